"""The catalogue of what must be public (主动公开事项目录): items as printed."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from gongkai.column.cell import Cell
from gongkai.column.coverage import Place
from gongkai.column.document import Document
from gongkai.column.origin import Origin
from gongkai.column.unit import Assignment
from gongkai.text.periods import Span


class FromRequest(Struct, frozen=True):
    """That an item was open on request only (依申请公开): since when it is published unasked, and why."""

    since: date
    basis: str


class CatalogueItem(Struct, frozen=True):
    """One item, words as printed; None where the catalogue says nothing.

    ``every`` is how long it may take until something new is published, ``within`` how long after it was made.
    """

    number: int
    area: str | None
    title: str
    content: str | None
    basis: str | None
    deadline: str | None
    every: Span | None
    within: Span | None
    units_text: str
    units: tuple[Assignment, ...]
    channels: str | None
    audience: str | None
    method: str | None
    level: str | None
    place: Place
    editor_note: str | None
    origin: Origin
    cells: tuple[Cell, ...] = ()
    from_request: FromRequest | None = None


class Catalogue(Struct, frozen=True):
    """One catalogue of an organ, with the document it was issued with."""

    id: str
    organ: str
    year: int
    title: str
    document: Document
    items: tuple[CatalogueItem, ...]
    themes: tuple[str, ...]
    related: tuple[str, ...]
    editor_note: str | None
    origin: Origin

    @property
    def since(self) -> date | None:
        """The day from which its times run for what was never published."""
        return self.document.date_published or self.document.date_signed
