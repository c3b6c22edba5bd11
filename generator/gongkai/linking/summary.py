"""What the indexes need of one file, gathered while it is in memory: its texts are not kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from gongkai.cache.plain import fingerprint
from gongkai.column.answered import Answered
from gongkai.column.authored import AuthoredFile, newest_first
from gongkai.column.document import Document
from gongkai.column.happening import Happening
from gongkai.column.origin import Origin
from gongkai.column.progress import TaskStatus, totals
from gongkai.column.site_data import DocumentHead, RecordRef
from gongkai.column.targets import Measured
from gongkai.column.unit import Assignment, Unit, UnitKind, Via
from gongkai.column.vocabularies import Vocabularies
from gongkai.kinds.interface import Known, Part
from gongkai.kinds.registry import of_file
from gongkai.kinds.walk import parts_of, record_of
from gongkai.linking.coverage import Found, publications
from gongkai.linking.edges import Link
from gongkai.linking.lineage import Claim
from gongkai.text.deadline import Deadline
from gongkai.text.role import Role


class Row(Struct, frozen=True):
    """A record as other pages show it, what it is filed under, and what it names as related."""

    entry: RecordRef
    themes: tuple[str, ...]
    related: tuple[str, ...]
    origin: Origin


class Duty(NamedTuple):
    """What a record asks of a unit: a :class:`UnitAssignment` with the number of its row instead of the records."""

    unit: str
    row: int
    role: Role
    via: Via
    open: bool
    printed: str
    group: str | None
    deadline: str | None
    status: TaskStatus | None


class FileSummary(Struct, frozen=True):
    """One file: its place in lists, its rows (itself first), and what it says of others.

    ``document`` comes without its text. ``concerned`` pairs audiences with records, ``digests``
    are of the whole file and of its document.
    """

    place: tuple[int, int, str, str]
    head: DocumentHead
    document: Document
    rows: tuple[Row, ...]
    duties: tuple[Duty, ...]
    claims: tuple[Claim, ...]
    links: tuple[Link, ...]
    concerned: tuple[tuple[str, str], ...]
    published: tuple[Found, ...]
    deadlines: tuple[tuple[str, Deadline], ...]
    statuses: tuple[tuple[str, TaskStatus], ...]
    measured: tuple[tuple[str, tuple[Measured, ...]], ...]
    answers: tuple[tuple[str, Answered], ...]
    news: tuple[tuple[str, Happening], ...]
    digests: tuple[bytes, bytes]


def summary(file: AuthoredFile, vocabularies: Vocabularies, as_of: date) -> FileSummary:
    """What the indexes need of a linked file on the day of the column."""
    known = Known(as_of, vocabularies.organs, vocabularies.audiences, vocabularies.stage_kinds)
    parts = tuple(parts_of(file, known))
    entries = {part.id: _entry(file, part) for part in parts}
    rows = tuple(Row(entries[part.id], part.themes, part.related, part.origin) for part in parts)
    return FileSummary(
        place=newest_first(file),
        head=_head_of(file, parts, rows, as_of),
        document=replace(file.document, paragraphs=()),
        rows=rows,
        duties=tuple(_duties(parts, vocabularies.units)),
        claims=tuple(Claim(part.id, part.continues, part.origin) for part in parts if part.continues),
        links=tuple(Link(part.id, *link) for part in parts for link in part.links),
        concerned=tuple(_concerned(file, parts, known)),
        published=tuple(publications(file, parts)),
        deadlines=tuple((part.id, part.deadline) for part in parts if part.deadline),
        statuses=tuple((part.id, part.status) for part in parts if part.status),
        measured=tuple((part.id, part.measured) for part in parts if part.measured),
        answers=tuple((part.id, part.answer) for part in parts if part.answer),
        news=tuple((part.id, told) for part in parts for told in part.news if told.day <= as_of),
        digests=(fingerprint(file), fingerprint(file.document)),
    )


def _entry(file: AuthoredFile, part: Part) -> RecordRef:
    """A record of a file as other pages show it."""
    return RecordRef(part.kind, part.id, part.title, part.url, file.organ, file.year, part.label)


def _concerned(file: AuthoredFile, parts: Sequence[Part], known: Known) -> Iterator[tuple[str, str]]:
    if known.audiences and file.organ in known.organs:
        for part in parts:
            found = record_of(known, file, part)
            yield from ((audience, found.id) for audience in found.audiences)


def _head_of(file: AuthoredFile, parts: Sequence[Part], rows: Sequence[Row], as_of: date) -> DocumentHead:
    document, (own, *inner) = file.document, parts
    return DocumentHead(
        entry=rows[0].entry,
        file=file.origin.file,
        carries=of_file(file).carries,
        document=document.id,
        document_title=document.title,
        doc_number=document.doc_number,
        issuer_name=document.issuer_name,
        date_signed=document.date_signed,
        genre=document.genre.value,
        validity=document.validity_on(as_of),
        day=document.date_published or document.date_signed,
        chapters=tuple(row.entry for row, part in zip(rows, parts, strict=True) if part.chapter),
        sections=sum(part.kind.heading for part in inner),
        items=of_file(file).size(file),
        statuses=totals(part.status for part in inner if part.status),
        announced=own.announced,
        inside=tuple(dict.fromkeys(theme for part in inner for theme in part.themes)),
        planning=own.planning,
    )


def _duties(parts: Sequence[Part], units: Mapping[str, Unit]) -> Iterator[Duty]:
    """What a file asks of units."""
    for row, part in enumerate(parts):
        yield from _spread(part.units, row, part.deadline_text or None, units, part.status)


def _spread(
    assignments: tuple[Assignment, ...],
    row: int,
    deadline: str | None,
    units: Mapping[str, Unit],
    status: TaskStatus | None,
) -> Iterator[Duty]:
    """Each assignment as a duty of its unit, and of every listed member of a closed group.

    Subsets such as 有关部门 stay with the subset: nobody is told that it is meant when the document does not say so.
    """
    for given in assignments:
        duty = Duty(given.unit, row, given.role, given.via, given.open, given.printed, None, deadline, status)
        yield duty
        unit = units[given.unit]
        if unit.kind is UnitKind.GROUP:
            for member in unit.members:
                yield duty._replace(unit=member, via=Via.GROUP, group=unit.id)
