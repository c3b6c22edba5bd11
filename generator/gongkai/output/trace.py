"""Trace of what is asked, and the day of a column, of which every look is noted."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

Question = tuple[str | int | None, ...]
"""The way of asking, the part of the column, and the key; see ``output/answers.py``."""


class Trace:
    """What was asked since :meth:`begin`."""

    def __init__(self) -> None:
        self.asked: set[Question] = set()

    def begin(self) -> None:
        """Begin anew."""
        self.asked = set()


class Day(date):
    """The day of a column: who compares it with another day depends on which is later, whoever does more on the day.

    What is underneath is no day that ever was: what does not go through here shows at once.
    """

    _own = frozenset({"__class__", "_day", "_trace", "_compared", "_whole"})
    _day: date
    _trace: Trace

    def __new__(cls, day: date, trace: Trace) -> Self:
        """A day that notes what is asked of it."""
        made = super().__new__(cls, 1, 1, 1)
        made._day, made._trace = day, trace
        return made

    def __getattribute__(self, name: str) -> Any:
        if name in Day._own:
            return object.__getattribute__(self, name)
        return getattr(self._whole(), name)

    def _whole(self) -> date:
        self._trace.asked.add(("field", "as_of"))
        return self._day

    def _compared(self, other: object) -> date:
        if isinstance(other, date):
            self._trace.asked.add(("day", date.isoformat(other)))
        return self._day

    def __lt__(self, other: date) -> bool:
        return self._compared(other) < other

    def __le__(self, other: date) -> bool:
        return self._compared(other) <= other

    def __gt__(self, other: date) -> bool:
        return self._compared(other) > other

    def __ge__(self, other: date) -> bool:
        return self._compared(other) >= other

    def __eq__(self, other: object) -> bool:
        return self._compared(other) == other

    def __ne__(self, other: object) -> bool:
        return self._compared(other) != other

    def __hash__(self) -> int:
        return hash(self._whole())

    def __sub__(self, other: Any) -> Any:
        return self._whole() - other

    def __rsub__(self, other: Any) -> Any:
        return other - self._whole()

    def __add__(self, other: Any) -> Any:
        return self._whole() + other

    __radd__ = __add__

    def __str__(self) -> str:
        return str(self._whole())

    def __repr__(self) -> str:
        return repr(self._whole())

    def __format__(self, form: str) -> str:
        return format(self._whole(), form)
