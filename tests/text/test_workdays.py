"""Working days as the State Council arranged them: the committed table, counting with it, and years without one."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from gongkai.column.problems import Problems
from gongkai.linking.vocabulary_files import link_vocabularies
from gongkai.load.files import load_text
from gongkai.load.tree import SHARED
from gongkai.text.workdays import WorkCalendar

pytestmark = pytest.mark.quick

PATH = SHARED / "workdays.yml"


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    file, findings = load_text("workdays.yml", PATH.read_text("utf-8"))
    assert file is not None, findings
    return WorkCalendar(link_vocabularies((file,), Problems()).workdays)


def test_every_day_agrees_with_chinesecalendar(calendar: WorkCalendar) -> None:
    first, last = date(2019, 1, 1), date(2026, 12, 31)
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    assert [day for day in days if calendar.is_workday(day) != chinese_calendar.is_workday(day)] == []


def test_every_year_names_its_notice(calendar: WorkCalendar) -> None:
    assert sorted(calendar.years) == list(range(2019, 2027))
    for year, arranged in calendar.years.items():
        assert f"{year}年部分节假日安排的通知（国办发明电〔{year - 1}〕" in arranged.notice


VECTORS = [
    ("2021-04-08", {7: "2021-04-19", 10: "2021-04-22", 15: "2021-04-28", 20: "2021-05-08"}),
    ("2021-06-17", {7: "2021-06-28", 10: "2021-07-01", 15: "2021-07-08", 20: "2021-07-15"}),
    ("2021-06-18", {7: "2021-06-29", 10: "2021-07-02", 15: "2021-07-09", 20: "2021-07-16"}),
    ("2021-09-18", {7: "2021-09-29", 10: "2021-10-09", 15: "2021-10-15", 20: "2021-10-22"}),
    ("2022-01-20", {7: "2022-01-29", 10: "2022-02-08", 15: "2022-02-15", 20: "2022-02-22"}),
    ("2022-06-10", {7: "2022-06-21", 10: "2022-06-24", 15: "2022-07-01", 20: "2022-07-08"}),
    ("2025-01-20", {7: "2025-02-05", 10: "2025-02-08", 15: "2025-02-14", 20: "2025-02-21"}),
    ("2025-06-27", {7: "2025-07-08", 10: "2025-07-11", 15: "2025-07-18", 20: "2025-07-25"}),
    ("2025-09-22", {7: "2025-09-30", 10: "2025-10-11", 15: "2025-10-17", 20: "2025-10-24"}),
    ("2026-02-10", {7: "2026-02-26", 10: "2026-03-02", 15: "2026-03-09", 20: "2026-03-16"}),
    ("2023-09-25", {10: "2023-10-13", 20: "2023-10-27"}),
    ("2024-09-13", {10: "2024-09-29", 20: "2024-10-17"}),
    ("2026-09-24", {20: "2026-10-29"}),
]


@pytest.mark.parametrize(("start", "ends"), VECTORS, ids=lambda value: value if isinstance(value, str) else "")
def test_periods_end_where_they_should(calendar: WorkCalendar, start: str, ends: dict[int, str]) -> None:
    begun = date.fromisoformat(start)
    for days, end in ends.items():
        assert calendar.after(begun, days) == (date.fromisoformat(end), False)
        assert calendar.between(begun, date.fromisoformat(end)) == (days, False)


def test_a_real_case_of_late_publication(calendar: WorkCalendar) -> None:
    assert calendar.between(date(2022, 6, 7), date(2022, 11, 14)).value == 110


def test_a_year_without_a_notice_is_an_estimate(calendar: WorkCalendar) -> None:
    assert calendar.after(date(2026, 12, 25), 5) == (date(2027, 1, 1), True)
    assert calendar.after(date(2027, 2, 1), 5) == (date(2027, 2, 8), True)
    assert calendar.between(date(2026, 12, 30), date(2027, 1, 4)).estimated


def test_nothing_to_count(calendar: WorkCalendar) -> None:
    assert calendar.between(date(2026, 3, 2), date(2026, 3, 2)).value == 0
    assert calendar.between(date(2026, 3, 2), date(2026, 2, 2)).value == 0
