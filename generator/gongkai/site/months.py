"""In which month the tasks of a year are due: the lists, and the picture that counts them."""

from __future__ import annotations

from gongkai.column import urls
from gongkai.column.pictures.bars import Month, months_of_deadlines
from gongkai.column.pictures.picture import Picture
from gongkai.column.questions import question
from gongkai.column.site_data import SiteData
from gongkai.kinds.plan.parts import TASK
from gongkai.text.deadline import DeadlineKind

_DATED, _YEAR = "-dated", "-year"


@question
def due_by_month(column: SiteData, year: int) -> dict[str, list[str]]:
    """The ids of tasks by month; where some of a month say 全年 only, they and the others have lists, too."""
    found: dict[str, list[str]] = {}
    for entry in column.index.entries.values():
        if entry.kind is not TASK or entry.year != year:
            continue
        deadline = column.index.deadlines.get(entry.id)
        if deadline is None or deadline.due is None or deadline.due.year != year:
            continue
        found.setdefault(f"{deadline.due.month}", []).append(entry.id)
        kind = _YEAR if deadline.kind is DeadlineKind.YEAR else _DATED
        found.setdefault(f"{deadline.due.month}{kind}", []).append(entry.id)
    mixed = {month for month in found if f"{month}{_YEAR}" in found}
    kept = {month: tasks for month, tasks in found.items() if month.partition("-")[0] in mixed or "-" not in month}
    return {month: kept[month] for month in sorted(kept, key=_place)}


def _place(month: str) -> tuple[int, str]:
    number, _, kind = month.partition("-")
    return int(number), kind


def month_label(month: str) -> str:
    """What a list of a month is called."""
    number, _, kind = month.partition("-")
    return f"{number}月" + {"": "", "dated": "（写明日期的）", "year": "（只写“全年”的）"}[kind]


@question
def year_months(column: SiteData, year: int) -> Picture | None:
    """In which month the tasks of a year are due."""
    found = due_by_month(column, year)
    tasks = sum(entry.kind is TASK and entry.year == year for entry in column.index.entries.values())
    months = []
    for number in range(1, 13):
        whole = len(found.get(f"{number}{_YEAR}", ()))
        lists = (urls.year_month(year, f"{number}{kind}" if whole else f"{number}") for kind in (_DATED, _YEAR, ""))
        months.append(Month(number, len(found.get(f"{number}", ())) - whole, whole, *lists))
    return months_of_deadlines(year, months, tasks - sum(month.total for month in months))
