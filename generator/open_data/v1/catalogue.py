"""What must be public (主动公开事项目录), and what was published of it."""

from __future__ import annotations

from typing import TypedDict

from generator.open_data.v1.parts import UnitRef


class SpanRow(TypedDict):
    """A length of time."""

    number: int
    unit: str


class PublicationRow(TypedDict):
    """Something published; the address is relative to the site's root where it is in the column."""

    title: str
    url: str
    date: str | None


class CatalogueHeadRow(TypedDict):
    """A catalogue of what must be public, without its items."""

    id: str
    title: str
    document: str
    doc_number: str | None
    organ: str
    year: int
    related: list[str]
    themes: list[str]
    editor_note: str | None
    url: str


class CatalogueRow(TypedDict):
    """An item of a catalogue; ``status`` and ``due`` hold on the day of the data."""

    id: str
    catalogue: str
    number: int
    area: str | None
    title: str
    content: str | None
    basis: str | None
    deadline_text: str | None
    every: SpanRow | None
    within: SpanRow | None
    units: list[UnitRef]
    units_text: str
    channels_text: str | None
    audience: str | None
    method: str | None
    level: str | None
    kinds: list[str]
    records: list[str]
    pages: list[PublicationRow]
    newest: PublicationRow | None
    status: str
    due: str | None
    due_estimated: bool | None
    organ: str
    year: int
    themes: list[str]
    editor_note: str | None
    url: str
