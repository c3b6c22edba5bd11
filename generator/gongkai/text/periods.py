"""Periods (期间) in days, working days, months and years, counted as the Civil Code (民法典) counts them.

The day on which a period begins is not counted (第二百零一条); one of months or years ends on the same day of a later
month, or on that month's last (第二百零二条); a last day that is a holiday gives way to the day after it
(第二百零三条).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from gongkai.text.workdays import DueDay, WorkCalendar

_MONTHS = 12


class SpanUnit(StrEnum):
    """The values are what editors write."""

    DAY = "日"
    WORKDAY = "工作日"
    MONTH = "月"
    YEAR = "年"


class Span(Struct, frozen=True):
    """A length of time."""

    number: int
    unit: SpanUnit

    @property
    def words(self) -> str:
        """In Chinese words: 90日, 20个工作日, 3个月, 1年."""
        counted = "个" if self.unit in (SpanUnit.MONTH, SpanUnit.WORKDAY) else ""
        return f"{self.number}{counted}{self.unit.value}"

    def after(self, start: date, calendar: WorkCalendar) -> DueDay:
        """The last day of the span that begins with an event on ``start``; a holiday is passed over."""
        if self.unit is SpanUnit.WORKDAY:
            return calendar.after(start, self.number)
        return calendar.on_or_after(self.end(start))

    def before(self, event: date, calendar: WorkCalendar) -> date:
        """The last day that lies a whole span before ``event`` (7日前): it is counted back and never moved."""
        if self.unit is SpanUnit.WORKDAY:
            return calendar.before(event, self.number)
        if self.unit is SpanUnit.DAY:
            return event - timedelta(days=self.number)
        return _months_later(event, -self.number * (_MONTHS if self.unit is SpanUnit.YEAR else 1))

    def end(self, start: date) -> date:
        """The day on which a span of days, months or years ends, holiday or not."""
        if self.unit is SpanUnit.DAY:
            return start + timedelta(days=self.number)
        return _months_later(start, self.number * (_MONTHS if self.unit is SpanUnit.YEAR else 1))

    @property
    def roughly(self) -> float:
        """Its length in calendar days, to compare spans of different units."""
        days = {SpanUnit.DAY: 1.0, SpanUnit.WORKDAY: 7 / 5, SpanUnit.MONTH: 30.4, SpanUnit.YEAR: 365.2}
        return self.number * days[self.unit]


def _months_later(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, _MONTHS)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
