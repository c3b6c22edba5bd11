"""Loaded files -> one immutable SiteData. The only place where names become things."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gongkai.cache.cache import Cache, CachedValue, LazyMapping
from gongkai.column.authored import AuthoredFile
from gongkai.column.context import Context
from gongkai.column.document import Document
from gongkai.column.linking import note_waivers, shown_document
from gongkai.column.origin import Origin
from gongkai.column.problems import Problem, Problems
from gongkai.column.shapes import VOCABULARY_FILES
from gongkai.column.shapes.documents import AnnexedShape
from gongkai.column.site_data import RecordRef, SiteData
from gongkai.column.vocabularies import Vocabularies
from gongkai.column.waiver import Waiver
from gongkai.column.withdrawal import gone
from gongkai.kinds.registry import BY_NAME, KINDS
from gongkai.linking.amendments import link_corrections, link_renumbered
from gongkai.linking.documents import own_document, shared_document, unknown_document
from gongkai.linking.index import build_index
from gongkai.linking.moves import link_moves
from gongkai.linking.summary import FileSummary, summary
from gongkai.linking.vocabulary_files import link_vocabularies, proposed_names
from gongkai.linking.withdrawals import check_withdrawals, softened
from gongkai.load.files import LoadedFile, holds_records, is_proposed
from gongkai.text.workdays import WorkCalendar


class Linked(Struct, frozen=True):
    """The site data, and the problems met on the way. With an error among them it is not to be published."""

    column: SiteData
    problems: tuple[Problem, ...]


class Piece(Struct, frozen=True):
    """One linked file with what was met on the way: all that depends on it, its document and the vocabularies."""

    record: AuthoredFile
    problems: tuple[Problem, ...]
    waivers: tuple[Waiver, ...]


class SummaryWithProblems(Struct, frozen=True):
    """A :class:`Piece` without the record itself: what is needed of all files at the same time."""

    summary: FileSummary
    problems: tuple[Problem, ...]
    waivers: tuple[Waiver, ...]


def link(files: tuple[LoadedFile, ...], as_of: date, cache: Cache | None = None) -> Linked:
    """Resolve units, themes, deadlines and references of all files at once.

    Args:
        files: what ``load`` found well-shaped; files with mistakes are absent, and what refers to them is reported.
        as_of: the day that readers are told the column reflects.
        cache: what the indexes need of a file is found in it, and a file is linked when somebody asks for more.
    """
    problems = Problems()
    known = tuple(file for file in files if file.kind in VOCABULARY_FILES)
    vocabularies = link_vocabularies(tuple(file for file in known if not is_proposed(file.path)), problems)
    vocabularies.proposed = proposed_names(known)
    pieces = _pieces(files, vocabularies, as_of, problems, cache or Cache())
    said: list[Problem] = []
    waivers: list[Waiver] = []
    amended = {file.path for file in files if file.amended}
    places: dict[Origin, RecordRef] = {}

    def summaries() -> Iterator[FileSummary]:
        """The summaries, newest first, read one at a time: together they would take more memory than the index."""
        for gist in sorted((gist for _, _, gist in pieces), key=lambda gist: gist().summary.place):
            found = gist.read_once()
            said.extend(found.problems)
            waivers.extend(found.waivers)
            if found.summary.head.file in amended:
                places.update((row.origin, row.entry) for row in found.summary.rows)
            yield found.summary

    def of(kind: str) -> LazyMapping[Any]:
        return LazyMapping({file.ids[0]: partial(_record_of, piece) for file, piece, _ in pieces if file.kind == kind})

    documents = LazyMapping({file.ids[0]: partial(_document_of, piece) for file, piece, _ in pieces if _carries(file)})
    shelves = {kind.name: of(kind.name) for kind in KINDS}
    demanding = (file for kind in KINDS if kind.demands for file in shelves[kind.name].values())
    index = build_index(summaries(), documents, demanding, vocabularies, problems, as_of)
    withdrawals = vocabularies.withdrawals
    check_withdrawals(withdrawals, index.entries, index.documents, problems)
    column = SiteData(
        as_of=as_of,
        organs=vocabularies.organs,
        themes=vocabularies.themes,
        prefixes=vocabularies.prefixes,
        units=vocabularies.units,
        stage_kinds=vocabularies.stage_kinds,
        search_vocabulary=vocabularies.search,
        documents=documents,
        kind_labels={kind.name: kind.label for kind in KINDS},
        files=shelves,
        audiences=vocabularies.audiences,
        index=index,
        calendar=WorkCalendar(vocabularies.workdays),
        waivers=tuple(waivers),
        moved=link_moves(files, problems, gone(withdrawals)),
        renumbered=link_renumbered(files, places, index.entries, gone(withdrawals), problems),
        corrections=link_corrections(files, places, as_of, problems),
        withdrawals=withdrawals,
        law=vocabularies.law,
    )
    return Linked(column, tuple(softened((*problems.items, *said), withdrawals)))


def _record_of(piece: CachedValue[Piece]) -> AuthoredFile:
    return piece().record


def _document_of(piece: CachedValue[Piece]) -> Document:
    return piece().record.document


_Linking = tuple[LoadedFile, CachedValue[Piece], CachedValue[SummaryWithProblems]]


def _pieces(
    files: tuple[LoadedFile, ...], vocabularies: Vocabularies, as_of: date, problems: Problems, cache: Cache
) -> list[_Linking]:
    """Every record with its file: those that share a document of another file are linked once that is known."""
    everywhere = (as_of, *(file.digest for file in files if file.kind in VOCABULARY_FILES))
    records = [file for file in files if holds_records(file.kind)]
    found: dict[str, _Linking] = {}

    def add(file: LoadedFile, document: Callable[[], Document] | None, *digests: str) -> None:
        made = partial(_linked, file, document, vocabularies, as_of)
        piece = cache.lazy(made, "piece", *everywhere, *digests, kind=None)
        short = partial(_gist, piece, vocabularies, as_of)
        found[file.path] = file, piece, cache.lazy(short, "gist", *everywhere, *digests, kind=SummaryWithProblems)

    carried = {file.ids[0]: file for file in records if _carries(file)}
    for file in records:
        if file.document is None:
            add(file, None, file.digest)
    cache.make_missing(gist for _, _, gist in found.values())
    for file in records:
        if file.document is None:
            continue
        carrier = shared_document(file, carried, problems)
        if carrier is not None:
            _, piece, _ = found[carrier.path]
            add(file, partial(_document_of, piece), file.digest, carrier.digest)
        else:
            add(file, partial(unknown_document, file, Context(vocabularies, Problems(), as_of)), file.digest)
    cache.make_missing(gist for _, _, gist in found.values())
    return [found[file.path] for file in records if file.path in found]


def _gist(piece: CachedValue[Piece], vocabularies: Vocabularies, as_of: date) -> SummaryWithProblems:
    linked = piece.read_once()
    return SummaryWithProblems(summary(linked.record, vocabularies, as_of), linked.problems, linked.waivers)


def _linked(
    file: LoadedFile, document: Callable[[], Document] | None, vocabularies: Vocabularies, as_of: date
) -> Piece:
    context = Context(vocabularies, Problems(), as_of)
    record = _record(file, document() if document else None, context)
    return Piece(record, tuple(context.problems.items), tuple(context.waivers))


def _record(file: LoadedFile, document: Document | None, context: Context) -> AuthoredFile:
    shape, path, kind = file.shape, file.path, BY_NAME[file.kind]
    note_waivers(shape.ignore, Origin(path), context)  # type: ignore[attr-defined]
    if not kind.carries:
        document = shown_document(shape, kind.day(shape), Origin(path), context)  # type: ignore[arg-type]
    elif document is None:
        assert isinstance(shape, AnnexedShape)
        own = own_document(shape, path, context, standalone=kind.standalone)
        document = replace(own, attachments=tuple(file.attachments.values()))
    linked: AuthoredFile = kind.link(shape, document, path, context)
    return linked


def _carries(file: LoadedFile) -> bool:
    """True where an official document lies in the record's own file."""
    return file.document is None and BY_NAME[file.kind].carries
