"""Answers that a query shows in place: of records that are questions, in small files found by the record's number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gongkai.column.answers import Holding
from gongkai.column.record import Record
from gongkai.search.encoding import compress, pack_text

_PER_FILE = 6
"""Answers that one file has, about: it is loaded before the first result, and has no more than 1 KB."""


def files_wanted(answers: Mapping[str, int]) -> int:
    """How many files the answers of a column are cut into, by the kinds of its questions: a record finds its own."""
    return -(-sum(answers.values()) // _PER_FILE)


def answer_files(records: Iterable[Record], files: int, holding: Mapping[str, Holding]) -> dict[str, bytes]:
    """By name ``answers-<number>``: numbers and rows of records whose answers hold, in the order of the records."""
    rows: dict[int, list[list[Any]]] = {at: [] for at in range(files)}
    for number, record in enumerate(records if files else ()):
        if record.id in holding:
            rows[number % files].append([number, *row_of_answer(holding[record.id])])
    return {f"answers-{at:x}": compress(pack_text(found)) for at, found in rows.items()}


def row_of_answer(answer: Holding) -> list[Any]:
    """Text, whether that is all, day, last day of its sources or "", and the sources."""
    sources = [[source.title, source.clause or "", source.url] for source in answer.sources]
    until = answer.until.isoformat() if answer.until else ""
    return [answer.text, int(answer.whole), answer.day.isoformat(), until, sources]
