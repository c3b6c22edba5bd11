"""What is asked of every file alike, whatever its kind: its parts, its records, all records of a column."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from gongkai.column.audiences import concerned
from gongkai.column.authored import AuthoredFile, newest_first
from gongkai.column.happening import Happening, document_happenings, publication
from gongkai.column.record import Record
from gongkai.column.site_data import Index, SiteData
from gongkai.column.words import DECIDED_BY, PARENT, REPLACED_BY
from gongkai.kinds.interface import Link, Part, Vocabulary, joined
from gongkai.kinds.registry import KINDS, WITHIN, of_file


def all_files(column: SiteData) -> Iterator[AuthoredFile]:
    """Every authored file, kind by kind."""
    for kind in KINDS:
        yield from kind.of(column).values()


def all_records(column: SiteData) -> Iterator[Record]:
    """Every findable record of the column."""
    for source in sorted(all_files(column), key=newest_first):
        yield from records_of(column, source)


def parts_of(file: AuthoredFile, vocabulary: Vocabulary) -> Iterator[Part]:
    """The parts of a file, itself first; what is said of its document holds of the file, too."""
    kind = of_file(file)
    for part in kind.parts(file, vocabulary):
        if part.id != file.id:
            yield replace(part, links=(*part.links, *_planning_links(part))) if part.planning else part
            continue
        yield replace(
            part,
            text=joined(file.document.title, part.text),
            themes=tuple(dict.fromkeys(part.themes + file.document.themes)),
            links=(*_replaced(file), *part.links, *_planning_links(part)),
            news=(*_document_news(file, vocabulary), *part.news),
        )


def _document_news(file: AuthoredFile, vocabulary: Vocabulary) -> Iterator[Happening]:
    """That the document of a file became public, and what became of it where it lies in the file itself."""
    yield from publication(file.document)
    if file.document.id == file.id:
        yield from document_happenings(file.document, vocabulary.as_of)


def _replaced(file: AuthoredFile) -> Iterator[Link]:
    if file.document.replaced_by:
        yield Link(REPLACED_BY, file.document.replaced_by, file.document.origin.child("replaced_by"))


def _planning_links(part: Part) -> Iterator[Link]:
    """The plans of the planning system above a plan, and the decision that made it."""
    planning = part.planning
    if planning and planning.parent:
        yield Link(PARENT, planning.parent, part.origin.child("planning", "parent"))
    if planning and planning.decision:
        yield Link(DECIDED_BY, planning.decision, part.origin.child("planning", "decision"))


def records_of(vocabulary: Vocabulary, source: AuthoredFile) -> Iterator[Record]:
    """The records of one file: itself first, then its parts."""
    yield from (record_of(vocabulary, source, part) for part in parts_of(source, vocabulary))


def record_of(vocabulary: Vocabulary, source: AuthoredFile, part: Part) -> Record:
    """One part as everything that a search can find looks."""
    document = source.document
    about = f"{part.title}\n{part.text}"
    return Record(
        id=part.id,
        kind=part.kind,
        title=part.title,
        text=part.text,
        year=source.year,
        organ=source.organ,
        organ_name=vocabulary.organs[source.organ].as_on(document.date_signed).short_name,
        doc_number=document.doc_number,
        document=source.title,
        date=part.day or document.date_published or document.date_signed,
        units=tuple(dict.fromkeys(given.unit for given in part.units)),
        units_text=part.units_text,
        themes=part.themes,
        url=part.url,
        audiences=concerned(vocabulary.audiences.values(), part.kind, part.named, part.themes, about),
    )


def within(column: SiteData) -> dict[str, tuple[str, ...]]:
    """By file that lists others, as an issue of the gazette: what a search within it finds, too."""
    edges = column.index.edges
    found = {
        head: tuple(edge.entry.id for edge in edges.get(head, ()) if edge.relation in WITHIN)
        for head in column.index.heads
    }
    return {head: listed for head, listed in found.items() if listed}


def alone(column: SiteData, file: AuthoredFile) -> SiteData:
    """A column of one authored file, with the document that lies in it and without what others say of it."""
    return column.but(
        documents={file.id: file.document} if file.id in column.documents else {},
        files={kind.name: {file.id: file} if kind is of_file(file) else {} for kind in KINDS},
        index=Index.empty(),
    )
