"""Dates in every printed form, and nothing that is none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.dates import FIRST_YEAR, is_date, parse_date

pytestmark = pytest.mark.quick

FORMS = (
    "2025年3月4日",
    "２０２５年３月４日",
    "2025 年 3 月 4 日",
    "二〇二五年三月四日",
    "二○二五年三月四日",
    "二0二五年三月四日",
    "二O二五年三月四日",
    "二Ｏ二五年三月四日",
    "二零二五年三月四日",
    "2025年03月04号",
    "2025-03-04",
    "2025-3-4",
    "2025.3.4",
    "2025/3/4",
    "2025．3．4",
    "2025-03-04 10:30",
    "（2025年3月4日）",
)


@pytest.mark.parametrize("form", FORMS)
def test_a_date_is_read_in_every_form(form: str) -> None:
    assert parse_date(form) == date(2025, 3, 4)
    assert is_date(form)


@pytest.mark.parametrize("text", ["2025年3月", "二〇二五年三月"])
def test_a_date_without_its_day_is_a_date_that_is_not_known(text: str) -> None:
    assert is_date(text)
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "text", ["2025年13月1日", "2025年2月30日", "1900年1月1日", "0531-2025-1", "12025.3.4", "2025.3.45"]
)
def test_what_cannot_be_is_no_date(text: str) -> None:
    assert parse_date(text) is None


@given(st.dates(date(FIRST_YEAR, 1, 1), date(2060, 12, 31)), st.sampled_from("〇○O零0"))
def test_years_in_chinese_round_trip(day: date, zero: str) -> None:
    year = "".join((zero, *"一二三四五六七八九")[int(digit)] for digit in str(day.year))
    assert parse_date(f"{year}年{day.month}月{day.day}日") == day


@given(st.text(max_size=40))
def test_no_date_is_older_than_the_republic(text: str) -> None:
    found = parse_date(text)
    assert found is None or found.year >= FIRST_YEAR
