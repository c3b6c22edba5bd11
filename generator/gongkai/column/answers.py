"""Answers to questions about policies, and which of them may be shown in place: those whose sources still hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from gongkai.column.answered import Answered
from gongkai.column.site_data import SiteData
from gongkai.column.states import ended
from gongkai.text.patterns import anywhere

_SENTENCE = anywhere("[^。！？]{0,400}[。！？]")
_LEAD_CHARACTERS = 120
"""How much of an answer is shown before 全文: whole sentences up to this length, one at least."""


class Source(Struct, frozen=True):
    """A document that an answer rests on: its title, the clause as printed, and the address of its page."""

    title: str
    clause: str | None
    url: str


class Holding(Struct, frozen=True):
    """An answer that may be shown in place: its first sentences, verbatim; ``whole`` where that is all of it.

    ``until`` is the last day on which all its sources hold, as far as they say; None where none says.
    """

    text: str
    whole: bool
    sources: tuple[Source, ...]
    day: date
    until: date | None


def holding(column: SiteData) -> Mapping[str, Holding]:
    """By id of its record: every answer that has a day and sources, all of which hold on the day of the column."""
    found = ((record, _holding(column, answer)) for record, answer in column.index.answers.items())
    return {record: shown for record, shown in found if shown}


def answered(column: SiteData) -> Mapping[str, int]:
    """How many questions have an answer, by the kind of their records: whether it holds makes no difference."""
    kinds = Counter(column.index.entries[record].kind.value for record in column.index.answers)
    return dict(sorted(kinds.items()))


def _holding(column: SiteData, answer: Answered) -> Holding | None:
    entries = column.index.entries
    if answer.day is None or not answer.basis or any(record not in entries for record, _ in answer.basis):
        return None
    if any(ended(column, record) for record, _ in answer.basis):
        return None
    documents = [column.index.documents.get(record.partition("/")[0]) for record, _ in answer.basis]
    last = [document.valid_until for document in documents if document and document.valid_until]
    sources = tuple(Source(entries[record].title, clause, entries[record].url) for record, clause in answer.basis)
    text, whole = lead(answer.paragraphs)
    return Holding(text, whole, sources, answer.day, min(last, default=None))


def lead(paragraphs: tuple[str, ...]) -> tuple[str, bool]:
    """The first sentences of an answer, as many as fit, and whether that is the whole of it."""
    first = paragraphs[0]
    if len(first) <= _LEAD_CHARACTERS:
        return first, len(paragraphs) == 1
    end = 0
    for match in _SENTENCE.finditer(first):
        if match.start() != end or (end and match.end() > _LEAD_CHARACTERS):
            break
        end = match.end()
    return first[: end or len(first)], not end and len(paragraphs) == 1
