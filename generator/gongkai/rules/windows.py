"""Whether people had as long to take part as the law asks: for decisions, occasions and documents."""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.column.origin import Origin
from gongkai.findings.finding import Severity
from gongkai.law.book import Asked
from gongkai.rules.rule import Violation, dated
from gongkai.text.periods import Span, SpanUnit
from gongkai.text.workdays import WorkCalendar


def short_window(law: Asked, start: date, end: date, calendar: WorkCalendar, place: Origin) -> Violation | None:
    """A consultation that ends before the law lets it; None where it does not, or where no text sets a time.

    The first day is not counted, and a last day that is a holiday gives way to the next (民法典 201, 203). What is
    short only by that is a note: many notices count both days.
    """
    span = law.counted.span if law.counted else None
    last = span.after(start, calendar).day if span else None
    if span is None or last is None or end >= last:
        return None
    days = (end - start).days + 1
    if end >= _counting_both(span, start, calendar):
        words = f"首尾两天都算，征求意见是{days}天；开始的当日不计入，最后一天是休息日的顺延，应当到{dated(last)}"
        hint = "见《民法典》第二百零一条、第二百零三条；下一次请多留几天"
        return Violation(place, words, hint, severity=Severity.INFO, day=start, law=law)
    words = f"征求意见只有{days}天，没有说明为什么少于{span.words}"
    return Violation(place, words, "请延长期限，或在 shortened_reason 写明公告中的理由", day=start, law=law)


def _counting_both(span: Span, start: date, calendar: WorkCalendar) -> date:
    """The last day where the first is counted, too, and holidays are not passed over."""
    before = start - timedelta(days=1)
    return calendar.after(before, span.number).day if span.unit is SpanUnit.WORKDAY else span.end(before)
