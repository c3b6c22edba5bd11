"""Questions about policies (政策问答) and their answers, each with the clauses it rests on."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from gongkai.column.document import Document
from gongkai.column.origin import Origin
from gongkai.column.page import Crumb
from gongkai.column.unit import Assignment

QUESTIONS = Crumb("政策问答", "questions/")


class Basis(Struct, frozen=True, kw_only=True):
    """What an answer rests on: the id of a document of the column, and the clause as printed, such as 第八条."""

    record: str
    clause: str | None


class PolicyQuestion(Struct, frozen=True, kw_only=True):
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


class QuestionList(Struct, frozen=True, kw_only=True):
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
