"""Deadlines: the vocabulary of real plans, and a round trip through every normal form."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.deadline import DeadlineKind as Kind
from gongkai.text.deadline_grammar import parse_deadline

pytestmark = pytest.mark.quick

PRINTED = date(2022, 6, 10)
REAL = [
    ("全年", Kind.YEAR, date(2022, 12, 31)),
    ("年底前", Kind.DATE, date(2022, 12, 31)),
    ("2022年年底", Kind.DATE, date(2022, 12, 31)),
    ("2022年年底前", Kind.DATE, date(2022, 12, 31)),
    ("2022年年底 前", Kind.DATE, date(2022, 12, 31)),
    ("2022 年年底前完成，长期坚持", Kind.DATE_ONGOING, date(2022, 12, 31)),
    ("2022年年底完成，长期坚持", Kind.DATE_ONGOING, date(2022, 12, 31)),
    ("2022年9月底前", Kind.DATE, date(2022, 9, 30)),
    ("2022年9月底前完成，长期坚持", Kind.DATE_ONGOING, date(2022, 9, 30)),
    ("2022年6月底前", Kind.DATE, date(2022, 6, 30)),
    ("长期坚持", Kind.ONGOING, None),
    ("持续推进", Kind.ONGOING, None),
    ("11月底前完成", Kind.DATE, date(2022, 11, 30)),
    ("本文件印发后30日内", Kind.RELATIVE, date(2022, 7, 11)),  # the 10th is a Sunday
    ("第二季度", Kind.DATE, date(2022, 6, 30)),
    ("2023年12月底前", Kind.DATE, date(2023, 12, 31)),
    ("２０２２年９月底前", Kind.DATE, date(2022, 9, 30)),
    ("二〇二二年九月底前", Kind.DATE, date(2022, 9, 30)),
    ("十二月底前", Kind.DATE, date(2022, 12, 31)),
    ("2022年6月20日前", Kind.DATE, date(2022, 6, 20)),
    ("上半年", Kind.DATE, date(2022, 6, 30)),
    ("2024年2月底前", Kind.DATE, date(2024, 2, 29)),
    ("尽快", Kind.UNKNOWN, None),
    ("13月底前", Kind.UNKNOWN, None),
    ("2022年2月30日前", Kind.UNKNOWN, None),
    ("印发后10个工作日内", Kind.UNKNOWN, None),
    ("", Kind.UNKNOWN, None),
]


@pytest.mark.parametrize(("text", "kind", "due"), REAL)
def test_printed_deadlines(text: str, kind: Kind, due: date | None) -> None:
    deadline = parse_deadline(text, 2022, PRINTED)
    assert (deadline.text, deadline.kind, deadline.due) == (text, kind, due)


def test_a_relative_deadline_waits_for_the_day_of_printing() -> None:
    assert parse_deadline("印发后30日内", 2022, None).due is None


@given(st.integers(2000, 2060), st.integers(1, 12), st.booleans())
def test_months_round_trip(year: int, month: int, ongoing: bool) -> None:
    text = f"{year}年{month}月底前" + ("完成，长期坚持" if ongoing else "")
    deadline = parse_deadline(text, 1999, None)
    assert deadline.due == date(year, month, monthrange(year, month)[1])
    assert deadline.kind is (Kind.DATE_ONGOING if ongoing else Kind.DATE)


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)))
def test_days_round_trip(day: date) -> None:
    assert parse_deadline(f"{day.year}年{day.month}月{day.day}日前", 1999, None).due == day


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(1, 365))
def test_relative_days_are_calendar_days_after_the_event(printed: date, days: int) -> None:
    last = printed + timedelta(days=days)
    due = parse_deadline(f"本文件印发后{days}日内", 2000, printed).due
    assert due == next(day for day in (last + timedelta(days=more) for more in range(3)) if day.weekday() < 5)


@given(st.text(max_size=40))
def test_any_text_is_kept(text: str) -> None:
    assert parse_deadline(text, 2022, PRINTED).text == text
