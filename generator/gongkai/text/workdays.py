"""Working days (工作日): the State Council's yearly holiday arrangements, and counting with them.

Which texts ask for how many is said in ``gongkai/law/texts``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from msgspec import Struct, field

_SATURDAY = 5


class YearDays(Struct, frozen=True):
    """One year's arrangement: ``notice`` names the State Council notice, ``off`` and ``on`` the days it moves."""

    year: int
    notice: str
    off: frozenset[date]
    on: frozenset[date]


class Counted(NamedTuple):
    """A day or number that was counted; ``estimated`` when a year without a published arrangement was touched."""

    value: int
    estimated: bool


class DueDay(NamedTuple):
    """A last day; ``estimated`` when a year without a published arrangement was touched."""

    day: date
    estimated: bool


class WorkCalendar(Struct, frozen=True):
    """The arrangements by year. Years without one are counted Monday to Friday, and the result says so."""

    years: Mapping[int, YearDays] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool:
        """True on a working day: as arranged, else Monday to Friday."""
        arranged = self.years.get(day.year)
        if arranged:
            if day in arranged.on:
                return True
            if day in arranged.off:
                return False
        return day.weekday() < _SATURDAY

    def after(self, start: date, workdays: int) -> DueDay:
        """The last day of a period of ``workdays`` that begins with an event on ``start``, which is not counted."""
        day, left, estimated = start, workdays, False
        while left > 0:
            day += timedelta(days=1)
            estimated |= day.year not in self.years
            left -= self.is_workday(day)
        return DueDay(day, estimated)

    def before(self, event: date, workdays: int) -> date:
        """The day that lies ``workdays`` working days before ``event``, which is not counted."""
        day, left = event, workdays
        while left > 0:
            day -= timedelta(days=1)
            left -= self.is_workday(day)
        return day

    def on_or_after(self, last: date) -> DueDay:
        """The last day of a period that ends on ``last``: the next working day where that is none (民法典 203)."""
        day = last
        while not self.is_workday(day):
            day += timedelta(days=1)
        return DueDay(day, any(year not in self.years for year in (last.year, day.year)))

    def between(self, start: date, end: date) -> Counted:
        """Working days from the day after ``start`` to ``end`` inclusive; 0 when ``end`` is not later."""
        days = [start + timedelta(days=offset) for offset in range(1, (end - start).days + 1)]
        return Counted(sum(map(self.is_workday, days)), any(day.year not in self.years for day in days))
