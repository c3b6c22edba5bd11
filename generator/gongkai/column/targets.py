"""Numbers that a task orders (列席不少于3次, 培训不少于1次), and what was reported of them, never more than that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct

from gongkai.column.origin import Origin
from gongkai.text.numerals import parse_numeral
from gongkai.text.patterns import anywhere

_NUMBER = r"(?:[0-9]{1,7}|[一二两三四五六七八九十百]{1,7})"
_AMOUNT = anywhere(rf"(?<![0-9一二两三四五六七八九十百])({_NUMBER})(?:[-~—–至到]({_NUMBER}))?\s?")
_ORDERED = anywhere(rf"(?:不少于|不得少于|不低于|不得低于|至少)\s?{_NUMBER}\s?(?:人次|[次场期条件篇个家名部项份])")


class Scope(StrEnum):
    """Who has to reach the number; the values are what editors write."""

    EACH = "每个单位"
    ALL = "合计"


class Target(Struct, frozen=True):
    """A number that the text of a task orders.

    ``what`` and ``unit`` (次, 场, 个) are words of that text; ``most`` is the end of a range (2-3个), None where
    none is printed.
    """

    what: str
    number: int
    most: int | None
    unit: str
    scope: Scope
    origin: Origin

    @property
    def by_unit(self) -> bool:
        """Whether each unit has to reach the number."""
        return self.scope is Scope.EACH

    @property
    def words(self) -> str:
        """How it is shown: 政务公开培训：每个单位1次."""
        most = f"至{self.most}" if self.most else ""
        return f"{self.what}：{self.scope.value}{self.number}{most}{self.unit}"


class Count(Struct, frozen=True):
    """How much of a target was done up to the day of an entry, in all; ``by`` is a unit's id, None for all together."""

    what: str
    by: str | None
    number: int


class Reported(Struct, frozen=True):
    """The newest number of a unit, or of all together where ``by`` is None, and the day that it is of."""

    by: str | None
    number: int
    day: date


class Measured(Struct, frozen=True):
    """A target with what was reported: ``asked`` are the units that the text names, directly or as members of a group.

    ``closed`` is False where it names others without saying which (各部门, 有关单位): nobody is then said to be
    missing.
    """

    target: Target
    asked: tuple[str, ...]
    closed: bool
    reported: tuple[Reported, ...]

    def of(self, unit: str) -> Reported | None:
        """What a unit reported, if anything."""
        return next((known for known in self.reported if known.by == unit), None)

    @property
    def total(self) -> int | None:
        """What all did: the number reported of all together, else the sum of what units reported; None: nothing."""
        whole = next((known.number for known in self.reported if known.by is None), None)
        numbers = [known.number for known in self.reported]
        return whole if whole is not None else sum(numbers) if numbers else None

    @property
    def reached(self) -> int:
        """How many units reported the number or more."""
        return sum(known.by is not None and known.number >= self.target.number for known in self.reported)

    @property
    def short(self) -> tuple[Reported, ...]:
        """Reports of less than the text orders: of units, or of all together."""
        if self.target.by_unit:
            return tuple(known for known in self.reported if known.number < self.target.number)
        total, day = self.total, self.day
        return (Reported(None, total, day),) if total is not None and day and total < self.target.number else ()

    @property
    def day(self) -> date | None:
        """The newest day that a number is of."""
        return max((known.day for known in self.reported), default=None)

    @property
    def lines(self) -> tuple[tuple[str, Reported | None], ...]:
        """A line for each unit: those that are asked, then whoever else reported."""
        others = (known.by for known in self.reported if known.by)
        return tuple((unit, self.of(unit)) for unit in dict.fromkeys((*self.asked, *others)))


def reported(counts: Iterable[tuple[date, Count]], target: Target) -> tuple[Reported, ...]:
    """The newest number of each unit, in the order of their first reports."""
    newest: dict[str | None, Reported] = {}
    for day, count in counts:
        known = newest.get(count.by)
        if count.what == target.what and (known is None or day >= known.day):
            newest[count.by] = Reported(count.by, count.number, day)
    return tuple(newest.values())


def amounts(text: str, unit: str) -> Iterator[tuple[int, int | None]]:
    """Numbers, or ranges, that stand before a unit of measure; ``text`` has half-width digits."""
    for match in _AMOUNT.finditer(text):
        if text.startswith(unit, match.end()):
            least, most = match.groups()
            yield _value(least), _value(most) if most else None


def ordered(text: str) -> Sequence[str]:
    """What looks like an order of a number: 不少于3次."""
    return [match.group() for match in _ORDERED.finditer(text)]


def _value(text: str) -> int:
    return int(text) if text.isascii() else parse_numeral(text) or 0
