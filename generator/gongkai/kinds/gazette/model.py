"""Gazettes (政府公报): issues with their contents, each item linked to its document where the column has it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from gongkai.column.document import Document
from gongkai.column.origin import Origin
from gongkai.column.page import Crumb

GAZETTES = Crumb("政府公报", "gazettes/")


class GazetteItem(Struct, frozen=True):
    """One entry of the contents. ``document`` is the id of the document in this column, if it is here."""

    title: str
    column: str | None
    doc_number: str | None
    document: str | None
    page: int | None


class Gazette(Struct, frozen=True):
    """One issue. ``document`` holds what lists show of it (title, publisher, day); it has no page of its own."""

    id: str
    organ: str
    year: int
    issue: int
    title: str
    document: Document
    date: date | None
    url: str | None
    items: tuple[GazetteItem, ...]
    themes: tuple[str, ...]
    related: tuple[str, ...]
    editor_note: str | None
    origin: Origin


def url_of(issue: Gazette) -> str:
    """The page of an issue."""
    return f"{GAZETTES.url}{issue.id}/"
