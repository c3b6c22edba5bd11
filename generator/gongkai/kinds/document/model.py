"""Papers (文件): documents that stand for themselves, as policies, notices, planning documents and interpretations."""

from __future__ import annotations

from msgspec import Struct

from gongkai.column.document import Document
from gongkai.column.origin import Origin
from gongkai.column.planning import Planning
from gongkai.column.progress import Link


class Question(Struct, frozen=True):
    """A question and its answer, verbatim; ``clause`` is the one of the explained document that it is about."""

    number: int
    question: str
    answer: str
    clause: str | None
    origin: Origin

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The answer, paragraph by paragraph."""
        return tuple(filter(None, map(str.strip, self.answer.split("\n\n"))))


class StandaloneDocument(Struct, frozen=True):
    """One document with its own text. ``explains`` are the ids that an interpretation (解读) is about."""

    id: str
    organ: str
    year: int
    title: str
    document: Document
    explains: tuple[str, ...]
    second: bool
    questions: tuple[Question, ...]
    links: tuple[Link, ...]
    planning: Planning | None
    audiences: tuple[str, ...]
    themes: tuple[str, ...]
    related: tuple[str, ...]
    editor_note: str | None
    origin: Origin
