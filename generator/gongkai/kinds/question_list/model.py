"""Questions about policies (政策问答) and their answers, each with the clauses it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.column.document import Document
from gongkai.column.origin import Origin
from gongkai.column.page import Crumb
from gongkai.column.unit import Assignment

QUESTIONS = Crumb("政策问答", "questions/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What an answer rests on: the id of a document of the column, and the clause as printed, such as 第八条."""

    record: str
    clause: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyQuestion:
    """A question and its answer; ``day`` is when it was answered or last looked at, ``units`` who answered."""

    number: int
    question: str
    answer: tuple[str, ...]
    basis: tuple[Basis, ...]
    day: date | None
    units_text: str
    units: tuple[Assignment, ...]
    hotline: str | None
    themes: tuple[str, ...]
    audiences: tuple[str, ...]
    related: tuple[str, ...]
    editor_note: str | None
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionList:
    """Questions that belong together. ``document`` holds what lists show of it; it has no page of its own."""

    id: str
    organ: str
    year: int
    title: str
    document: Document
    items: tuple[PolicyQuestion, ...]
    themes: tuple[str, ...]
    related: tuple[str, ...]
    editor_note: str | None
    origin: Origin

    @property
    def url(self) -> str:
        """Its page."""
        return f"{QUESTIONS.url}{self.id}/"

    def url_of(self, number: int) -> str:
        """The page of one question."""
        return f"{self.url}{number}/"
