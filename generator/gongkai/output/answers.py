"""Answers to the questions that a :class:`Reader` notes, as digests: what agrees with last time is left alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from gongkai.cache.plain import fingerprint
from gongkai.column.questions import QUESTIONS
from gongkai.column.site_data import DocumentHead, RecordRef, SiteData
from gongkai.output.reader import USES, file_of
from gongkai.output.trace import Question

GONE = b"gone"


class Answers:
    """Asks a column; every question once, for nothing changes during a build.

    ``others`` answer what is asked of the site rather than of the column, by the first word of the question.
    """

    def __init__(self, column: SiteData, others: Mapping[str, Callable[..., bytes]]) -> None:
        self._column = column
        self._others = others
        self._known: dict[Question, bytes] = {}

    def __call__(self, question: Question) -> bytes:
        """The digest of the answer."""
        found = self._known.get(question)
        if found is None:
            way, *rest = question
            answer = self._others.get(str(way)) or getattr(self, f"_{way}")
            found = self._known[question] = answer(*rest)
        return found

    def agree(self, asked: Collection[Question], then: Mapping[Question, bytes]) -> bool:
        """Whether all answers are those of last time."""
        return all(self(question) == then.get(question) for question in asked)

    # One method for each way of asking.

    def _get(self, name: str, *key: Any) -> bytes:
        found = self._value(name, key)
        return GONE if found is None else fingerprint(found)

    def _has(self, name: str, *key: Any) -> bytes:
        return b"no" if self._value(name, key) is None else b"yes"

    def _count(self, name: str, *key: Any) -> bytes:
        found = self._value(name, key)
        return GONE if found is None else str(len(found)).encode()

    def _keys(self, name: str) -> bytes:
        return fingerprint(list(self._part(name)))

    def _values(self, name: str) -> bytes:
        return fingerprint(list(self._part(name).items()))

    def _field(self, name: str) -> bytes:
        if name == "calendar":  # its sets have no order
            years = self._column.calendar.years.values()
            return fingerprint([(known.year, known.notice, sorted(known.off), sorted(known.on)) for known in years])
        return fingerprint(self._part(name))

    def _day(self, other: str) -> bytes:
        day = date.fromisoformat(other)
        return b"later" if self._column.as_of > day else b"same" if self._column.as_of == day else b"earlier"

    def _file(self, identifier: str) -> bytes:
        return self._column.index.digests.get(identifier, (GONE, GONE))[0]

    def _document(self, identifier: str) -> bytes:
        return self._column.index.digests[identifier][1] if identifier in self._column.documents else GONE

    def _names(self, file: str) -> bytes:
        return fingerprint((self._column.index.heads.get(file), self._entries.get(file)))

    def _links(self, file: str) -> bytes:
        index = self._column.index
        linked = (
            index.related,
            index.earlier,
            index.later,
            index.edges,
            index.texts,
            index.coverage,
            index.deadlines,
            index.statuses,
            index.measured,
            index.answers,
        )
        records = [entry.id for entry in self._entries.get(file, ())]
        return fingerprint([(record, [known.get(record) for known in linked]) for record in records])

    def _issued(self, document: str) -> bytes:
        return fingerprint(self._together.get(document))

    def _elsewhere(self, organ: str, year: int, *themes: str) -> bytes:
        return fingerprint(self._column.index.headings.of_other_years(organ, themes, year))

    def _ask(self, name: str, *arguments: Any) -> bytes:
        return fingerprint(QUESTIONS[name](self._column, *arguments)) if name in QUESTIONS else GONE

    # Where it is found.

    def _part(self, name: str) -> Any:
        found: Any = self._column
        for step in name.split("."):
            found = found.get(step, {}) if isinstance(found, Mapping) else getattr(found, step)
        return found

    def _value(self, name: str, key: tuple[Any, ...]) -> Any:
        room, _, part = name.partition(".")
        if room == "units" and part:
            use = self._column.index.units.get(key[0])
            return getattr(use, part) if use and part in (*USES, "years") else None
        return self._part(name).get(key if len(key) > 1 else key[0])

    @cached_property
    def _entries(self) -> Mapping[str, list[RecordRef]]:
        found: dict[str, list[RecordRef]] = defaultdict(list)
        for entry in self._column.index.entries.values():
            found[file_of(entry.id)].append(entry)
        return found

    @cached_property
    def _together(self) -> Mapping[str, list[DocumentHead]]:
        found: dict[str, list[DocumentHead]] = defaultdict(list)
        for head in self._column.index.heads.values():
            found[head.document].append(head)
        return found
