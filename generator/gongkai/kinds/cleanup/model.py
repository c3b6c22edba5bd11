"""A clean-up, linked."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct

from gongkai.column.document import Document
from gongkai.column.origin import Origin
from gongkai.column.page import Crumb

CLEANUPS = Crumb("文件清理结果", "cleanups/")


class Outcome(StrEnum):
    """What a clean-up decided of a document."""

    ABOLISHED = "废止"
    LAPSED = "失效"
    TO_REVISE = "修改"
    VALID = "继续有效"


class CleanupItem(Struct, frozen=True, kw_only=True):
    """One document that was looked at; ``document`` is its id, if it is in this column."""

    number: int
    title: str
    doc_number: str | None
    result: Outcome
    since: date | None
    document: str | None
    reason: str | None
    origin: Origin


class Cleanup(Struct, frozen=True, kw_only=True):
    """One decision with its list."""

    id: str
    organ: str
    year: int
    title: str
    document: Document
    items: tuple[CleanupItem, ...]
    themes: tuple[str, ...]
    related: tuple[str, ...]
    editor_note: str | None
    origin: Origin

    @property
    def url(self) -> str:
        """Its page."""
        return f"{CLEANUPS.url}{self.id}/"
