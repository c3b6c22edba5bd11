"""Proposals of deputies and advisers (建议提案): who deals with each, and what was answered."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct

from gongkai.column.cell import Cell
from gongkai.column.document import Document
from gongkai.column.origin import Origin
from gongkai.column.page import Crumb
from gongkai.column.progress import Progress
from gongkai.column.unit import Assignment

PROPOSALS = Crumb("建议提案办理", "proposals/")


class ProposalType(StrEnum):
    """Who proposes; the values are what editors write."""

    DEPUTIES = "人大代表建议"
    ADVISERS = "政协提案"


class Answer(Struct, frozen=True, kw_only=True):
    """An answer (复文). ``text`` are its paragraphs; ``result`` is its class as printed, such as A类."""

    date: date | None
    doc_number: str | None
    result: str | None
    text: tuple[str, ...]
    url: str | None


class Proposal(Struct, frozen=True, kw_only=True):
    """One proposal. ``number_text`` is its number as printed; ``about`` are ids of what it led to."""

    number: int
    number_text: str | None
    type: ProposalType
    title: str
    units_text: str
    units: tuple[Assignment, ...]
    answer: Answer | None
    about: tuple[str, ...]
    progress: tuple[Progress, ...]
    cells: tuple[Cell, ...]
    themes: tuple[str, ...]
    audiences: tuple[str, ...]
    related: tuple[str, ...]
    editor_note: str | None
    origin: Origin


class ProposalList(Struct, frozen=True, kw_only=True):
    """The proposals of one session or year. ``document`` holds what lists show of it; it has no page of its own."""

    id: str
    organ: str
    year: int
    title: str
    session: str | None
    document: Document
    items: tuple[Proposal, ...]
    themes: tuple[str, ...]
    related: tuple[str, ...]
    editor_note: str | None
    origin: Origin

    @property
    def url(self) -> str:
        """Its page."""
        return f"{PROPOSALS.url}{self.id}/"

    def url_of(self, number: int) -> str:
        """The page of one proposal."""
        return f"{self.url}{number}/"
