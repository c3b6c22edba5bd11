"""Loaded files -> one immutable Column. The only place where names become things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TypeVar

from generator.link.catalogues import link_catalogue
from generator.link.context import Context
from generator.link.directories import link_directory
from generator.link.documents import own_document, shared_document
from generator.link.index import build_index
from generator.link.moves import link_moves
from generator.link.plans import link_plan
from generator.link.problems import Problem, Problems
from generator.link.progress import note_waivers
from generator.link.project_lists import link_project_list
from generator.link.publications import link_gazette, link_paper, link_participation
from generator.link.vocabularies import Vocabularies, link_vocabularies
from generator.load.files import LoadedFile
from generator.load.shapes import (
    RECORD_FILES,
    VOCABULARY_FILES,
    CatalogueFile,
    DirectoryFile,
    DocumentFile,
    GazetteFile,
    ParticipationFile,
    PlanFile,
    ProjectListFile,
)
from generator.model.catalogue import Catalogue
from generator.model.column import Column
from generator.model.decision import DecisionDirectory
from generator.model.document import Document
from generator.model.gazette import Gazette
from generator.model.origin import Origin
from generator.model.paper import Paper
from generator.model.participation import ParticipationList
from generator.model.plan import Plan
from generator.model.project import ProjectList
from generator.model.records import Annexed
from generator.model.waiver import Waiver
from generator.model.workdays import WorkCalendar
from generator.store import Store

Kind = TypeVar("Kind", bound=Annexed)
Annexing = PlanFile | DirectoryFile | ProjectListFile | DocumentFile | CatalogueFile


@dataclass(frozen=True, slots=True)
class Linked:
    """The Column, and the problems met on the way. With an error among them the Column is not to be published."""

    column: Column
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """One linked file with what was met on the way: all that depends on it, its document and the vocabularies."""

    record: Annexed
    problems: tuple[Problem, ...]
    waivers: tuple[Waiver, ...]


def link(files: tuple[LoadedFile, ...], as_of: date, store: Store | None = None) -> Linked:
    """Resolve units, themes, deadlines and references of all files at once.

    Args:
        files: what ``load`` found well-shaped; files with mistakes are absent, and what refers to them is reported.
        as_of: the day that readers are told the column reflects.
        store: pieces in it are not linked again.
    """
    problems = Problems()
    vocabularies = link_vocabularies(tuple(file for file in files if file.kind in VOCABULARY_FILES), problems)
    pieces = _pieces(files, vocabularies, as_of, problems, store or Store())
    found = [piece.record for piece in pieces.values()]
    documents = {record.id: record.document for record in found if _is_carrier(record)}
    index = build_index(found, documents, vocabularies, problems, as_of)
    column = Column(
        as_of=as_of,
        organs=vocabularies.organs,
        themes=vocabularies.themes,
        prefixes=vocabularies.prefixes,
        units=vocabularies.units,
        stage_kinds=vocabularies.stage_kinds,
        search_vocabulary=vocabularies.search,
        documents=documents,
        plans=_of(Plan, found),
        directories=_of(DecisionDirectory, found),
        lists=_of(ProjectList, found),
        papers=_of(Paper, found),
        gazettes=_of(Gazette, found),
        participation=_of(ParticipationList, found),
        catalogues=_of(Catalogue, found),
        audiences=vocabularies.audiences,
        index=index,
        calendar=WorkCalendar(vocabularies.workdays),
        waivers=tuple(waiver for piece in pieces.values() for waiver in piece.waivers),
        moved=link_moves(files, problems),
    )
    met = [problem for piece in pieces.values() for problem in piece.problems]
    return Linked(column, (*problems.items, *met))


def _pieces(
    files: tuple[LoadedFile, ...], vocabularies: Vocabularies, as_of: date, problems: Problems, store: Store
) -> dict[str, Piece]:
    """Every record by the path of its file: first those with a document of their own, then those that share one."""
    everywhere = (as_of, *(file.digest for file in files if file.kind in VOCABULARY_FILES))
    found: dict[str, Piece] = {}
    carried: dict[str, Document] = {}
    digests: dict[str, str] = {}
    records = [file for file in files if file.kind in RECORD_FILES]
    for file in records:
        if file.document is None:
            made = partial(_linked, file, None, vocabularies, as_of)
            found[file.path] = store.kept(made, "piece", *everywhere, file.digest)
            record = found[file.path].record
            if _is_carrier(record):
                carried[record.id], digests[record.id] = record.document, file.digest
    for file in records:
        document = shared_document(file, carried, problems) if file.document else None
        if document is not None:
            made = partial(_linked, file, document, vocabularies, as_of)
            found[file.path] = store.kept(made, "piece", *everywhere, file.digest, digests[document.id])
    return {file.path: found[file.path] for file in records if file.path in found}


def _linked(file: LoadedFile, document: Document | None, vocabularies: Vocabularies, as_of: date) -> Piece:
    context = Context(vocabularies, Problems(), as_of)
    record = _record(file, document, context)
    return Piece(record, tuple(context.problems.items), tuple(context.waivers))


def _record(file: LoadedFile, document: Document | None, context: Context) -> Annexed:
    shape, path = file.shape, file.path
    assert isinstance(shape, Annexing | GazetteFile | ParticipationFile)
    note_waivers(shape.ignore, Origin(path), context)
    match shape:
        case GazetteFile():
            return link_gazette(shape, path, context)
        case ParticipationFile():
            return link_participation(shape, path, context)
    if document is None:
        document = replace(own_document(shape, path, context), attachments=tuple(file.attachments.values()))
    match shape:
        case PlanFile():
            return link_plan(shape, document, path, context)
        case DirectoryFile():
            return link_directory(shape, document, path, context)
        case ProjectListFile():
            return link_project_list(shape, document, path, context)
        case DocumentFile():
            return link_paper(shape, document, path, context)
        case CatalogueFile():
            return link_catalogue(shape, document, path, context)


def _is_carrier(record: Annexed) -> bool:
    """True where an official document lies in the record's own file; a gazette and an occasion are none."""
    return record.document.id == record.id and not isinstance(record, Gazette | ParticipationList)


def _of(kind: type[Kind], records: Sequence[Annexed]) -> dict[str, Kind]:
    return {record.id: record for record in records if isinstance(record, kind)}
