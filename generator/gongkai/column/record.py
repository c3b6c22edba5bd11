"""Records: everything a search can find, as one flat shape. Search and open data both start from here."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from gongkai.column.words import RecordKind


class Record(Struct, frozen=True):
    """One findable thing.

    ``text`` is verbatim, ``units`` are unit ids and ``units_text`` the printed cell, ``document`` the name of the plan,
    list or directory it stands in, ``audiences`` are ids of the people it concerns, ``url`` is relative to the site's
    root. Unknown facts are None.
    """

    id: str
    kind: RecordKind
    title: str
    text: str
    year: int
    organ: str
    organ_name: str
    doc_number: str | None
    document: str
    date: date | None
    units: tuple[str, ...]
    units_text: str
    themes: tuple[str, ...]
    url: str
    audiences: tuple[str, ...] = ()
