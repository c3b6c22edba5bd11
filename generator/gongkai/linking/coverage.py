"""What this column and others published of each item of a catalogue, and whether it is late.

Looked up once everything is linked: what belongs to an item may lie in any file of the same district.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import NamedTuple

from gongkai.column import ids
from gongkai.column.authored import AuthoredFile
from gongkai.column.coverage import Coverage, Place, Publication, age, coverage
from gongkai.column.document import Document
from gongkai.column.site_data import RecordRef
from gongkai.kinds.catalogue.model import Catalogue
from gongkai.kinds.interface import Part
from gongkai.kinds.registry import of_file
from gongkai.text.workdays import WorkCalendar


class Found(NamedTuple):
    """A publication with the record that holds it, and what it is filed under."""

    record: str
    kinds: tuple[str, ...]
    themes: tuple[str, ...]
    publication: Publication


_Key = tuple[str, str | None, str | None]
"""District, kind, theme; None stands for any."""


def link_coverage(
    catalogues: Iterable[Catalogue],
    found: Iterable[tuple[str, Found]],
    entries: Mapping[str, RecordRef],
    documents: Mapping[str, Document],
    day: date,
    calendar: WorkCalendar,
) -> dict[str, Coverage]:
    """The coverage of every item by id.

    Args:
        catalogues: all of them; nothing is looked for where there is none.
        found: what was published, each with its district.
        entries: all records.
        documents: by id of their file.
        day: that of the column; what is later has not happened yet.
        calendar: which days are workdays.
    """
    catalogues = list(catalogues)
    if not catalogues:
        return {}
    known = _Publications(entries, documents, day)
    for organ, each in found:
        known.put(organ, each)
    return {
        ids.item(catalogue.id, item.number): coverage(
            item, list(known.of(catalogue.organ, item.place)), catalogue.since, day, calendar
        )
        for catalogue in catalogues
        for item in catalogue.items
    }


class _Publications:
    """Of every kind and theme only the newest publication, and the newest without a day: more is never asked for."""

    def __init__(self, entries: Mapping[str, RecordRef], documents: Mapping[str, Document], day: date) -> None:
        self._entries, self._documents, self._day = entries, documents, day
        self._newest: dict[tuple[_Key, bool], Publication] = {}
        self._by_record: dict[str, list[Publication]] = {}

    def put(self, organ: str, found: Found) -> None:
        """Keep a publication that is not later than the column's day."""
        publication = found.publication
        if publication.day and publication.day > self._day:
            return
        for record in dict.fromkeys((found.record, _file(found.record))):
            self._by_record.setdefault(record, []).append(publication)
        for kind, theme in product((None, *found.kinds), (None, *found.themes)):
            place = (organ, kind, theme), publication.day is None
            known = self._newest.get(place, publication)
            self._newest[place] = max(known, publication, key=age)

    def of(self, organ: str, place: Place) -> Iterator[Publication]:
        """What belongs to an item, newest of each kind."""
        if place.kinds or place.themes:
            for kind, theme in product(place.kinds or (None,), place.themes or (None,)):
                for undated in (False, True):
                    if publication := self._newest.get(((organ, kind, theme), undated)):
                        yield publication
        for record in place.records:
            yield from self._by_record.get(record) or self._part(record)
        yield from place.pages

    def _part(self, record: str) -> Iterator[Publication]:
        """A task, section or project became public with its file; what does not exist is reported elsewhere."""
        entry = self._entries.get(record)
        if entry:
            yield _with(self._documents[_file(record)], entry.title, entry.url)


def _file(record: str) -> str:
    return record.partition("/")[0]


def _with(document: Document, title: str, url: str) -> Publication:
    """What became public with a document. The day of signing is not taken for the day of publishing."""
    return Publication(title, url, document.date_published, document.formed)


def publications(file: AuthoredFile, parts: Sequence[Part]) -> Iterator[Found]:
    """What became public with a file: itself, and what its parts tell with days of their own."""
    kind = of_file(file)
    kinds = (kind.name, *kind.genres(file))
    themes = parts[0].themes
    for part in parts:
        default = (_with(file.document, part.title, part.url),) if part is parts[0] else ()
        for publication in default if part.publications is None else part.publications:
            yield Found(part.id, kinds, tuple(dict.fromkeys(themes + part.themes)), publication)
