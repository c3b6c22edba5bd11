"""Loaded files -> one immutable Column. The only place where names become things."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.link.context import Context
from generator.link.directories import link_directory
from generator.link.documents import link_documents
from generator.link.index import build_index
from generator.link.moves import link_moves
from generator.link.plans import link_plan
from generator.link.problems import Problem, Problems
from generator.link.progress import note_waivers
from generator.link.project_lists import link_project_list
from generator.link.vocabularies import link_vocabularies
from generator.load.files import LoadedFile
from generator.load.shapes import DirectoryFile, PlanFile, ProjectListFile
from generator.model.column import Column
from generator.model.decision import DecisionDirectory
from generator.model.document import Document
from generator.model.origin import Origin
from generator.model.plan import Plan
from generator.model.project import ProjectList
from generator.model.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Linked:
    """The Column, and the problems met on the way. With an error among them the Column is not to be published."""

    column: Column
    problems: tuple[Problem, ...]


def link(files: tuple[LoadedFile, ...], as_of: date) -> Linked:
    """Resolve units, themes, deadlines and references of all files at once.

    Args:
        files: what ``load`` found well-shaped; files with mistakes are absent, and what refers to them is reported.
        as_of: the day that readers are told the column reflects.
    """
    problems = Problems()
    vocabularies = link_vocabularies(files, problems)
    context = Context(vocabularies, problems, as_of)
    documents = link_documents(files, context)
    plans: dict[str, Plan] = {}
    directories: dict[str, DecisionDirectory] = {}
    lists: dict[str, ProjectList] = {}
    for file in files:
        shape = file.shape
        if not isinstance(shape, PlanFile | DirectoryFile | ProjectListFile):
            continue
        document = _document_of(shape, documents)
        if document is None:
            continue  # reported by link_documents
        note_waivers(shape.ignore, Origin(file.path), context)
        match shape:
            case PlanFile():
                plans[shape.id] = link_plan(shape, document, file.path, context)
            case DirectoryFile():
                directories[shape.id] = link_directory(shape, document, file.path, context)
            case ProjectListFile():
                lists[shape.id] = link_project_list(shape, document, file.path, context)
    index = build_index([*plans.values(), *directories.values(), *lists.values()], vocabularies.units, problems)
    column = Column(
        as_of=as_of,
        organs=vocabularies.organs,
        themes=vocabularies.themes,
        prefixes=vocabularies.prefixes,
        units=vocabularies.units,
        stage_kinds=vocabularies.stage_kinds,
        search_vocabulary=vocabularies.search,
        documents=documents,
        plans=plans,
        directories=directories,
        lists=lists,
        index=index,
        calendar=WorkCalendar(vocabularies.workdays),
        waivers=tuple(context.waivers),
        moved=link_moves(files, problems),
    )
    return Linked(column, tuple(problems.items))


def _document_of(shape: PlanFile | DirectoryFile | ProjectListFile, documents: dict[str, Document]) -> Document | None:
    return documents.get(shape.document if isinstance(shape.document, str) else shape.id)
