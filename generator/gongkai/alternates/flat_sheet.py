"""The sheet to work with that workbooks have besides what is printed: a row a record, heads that filter, real dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from gongkai.column.authored import AuthoredFile
from gongkai.column.news import News, news_of
from gongkai.column.progress import TASK_STATUS_LABELS
from gongkai.column.sheets import Book, Fill, Sheet
from gongkai.column.site_data import SiteData, UnitAssignment
from gongkai.kinds.interface import Part
from gongkai.kinds.walk import parts_of
from gongkai.text.role import ROLE_LABELS, Role

NAME = "可筛选"


class Line(Struct, frozen=True, kw_only=True):
    """One row. ``role`` and ``via`` say what a unit has to do with it, where the sheet is the unit's."""

    organ: str
    year: str
    document: str
    label: str
    kind: str
    title: str
    text: str = ""
    units: str = ""
    lead: str = ""
    support: str = ""
    responsible: str = ""
    role: str = ""
    via: str = ""
    deadline: str = ""
    due: date | None = None
    status: str = ""
    happened: str = ""
    happened_on: date | None = None
    themes: str = ""
    url: str = ""


_COLUMNS = (
    ("organ", "区县", 10),
    ("year", "年份", 8),
    ("document", "文件", 30),
    ("label", "序号", 10),
    ("kind", "类型", 12),
    ("title", "名称", 50),
    ("text", "内容", 70),
    ("units", "单位（原文）", 26),
    ("lead", "牵头", 20),
    ("support", "配合", 20),
    ("responsible", "责任（未分主次）", 20),
    ("role", "职责", 10),
    ("via", "依据", 18),
    ("deadline", "时限（原文）", 20),
    ("due", "最晚日期", 13),
    ("status", "落实情况", 16),
    ("happened", "最近动态", 24),
    ("happened_on", "动态日期", 13),
    ("themes", "主题", 20),
    ("url", "网页", 12),
)
"""Attributes of a line, the heads of their columns, and how wide these are."""


def flat_sheet(book: Book, lines: Sequence[Line], site_url: str) -> None:
    """The lines, with those columns that say anything; links where the site's own address is known."""
    columns = [known for known in _COLUMNS if any(getattr(line, known[0]) for line in lines)]
    if not site_url:  # a workbook is carried away: an address that depends on its place leads nowhere
        columns = [known for known in columns if known[0] != "url"]
    if not lines:
        return
    sheet = book.flat(NAME, [head for _, head, _ in columns], [width for _, _, width in columns])
    for row, line in enumerate(lines, 1):
        for at, (name, _, _) in enumerate(columns):
            _put(sheet, row, at, name, getattr(line, name), site_url)
    sheet.filtered(0, len(lines))


def _put(sheet: Sheet, row: int, at: int, name: str, value: str | date | None, site_url: str) -> None:
    if isinstance(value, date) or value is None:
        sheet.put_day(row, at, value)
    elif name == "url":
        sheet.put_link(row, at, site_url + value, "打开网页")
    else:
        sheet.put(row, at, value, "text")


def items_sheet(column: SiteData, file: AuthoredFile, site_url: str) -> Fill:
    """What writes the sheet of the records in a file, of its headings or itself where it has nothing else."""

    def fill(book: Book) -> None:
        parts = list(parts_of(file, column))
        inner = [part for part in parts if part.id != file.id]
        items = [part for part in inner if not part.kind.heading] or inner or parts
        flat_sheet(book, [_line(column, file, part) for part in items], site_url)

    return fill


def _line(column: SiteData, file: AuthoredFile, part: Part) -> Line:
    def units(role: Role) -> str:
        named = dict.fromkeys(given.unit for given in part.units if given.role is role)
        return "、".join(column.units[unit].name for unit in named)

    news = _newest(column, part.id)
    return Line(
        organ=column.organs[file.organ].short_name,
        year=str(file.year),
        document=file.title,
        label=part.label,
        kind=part.kind.label,
        title=part.title,
        text=part.text,
        units=part.units_text,
        lead=units(Role.LEAD),
        support=units(Role.SUPPORT),
        responsible=units(Role.RESPONSIBLE),
        deadline=part.deadline_text or "",
        due=part.deadline.due if part.deadline else None,
        status=TASK_STATUS_LABELS[part.status] if part.status else "",
        happened=news.what if news else "",
        happened_on=news.day if news else None,
        themes="、".join(column.themes[theme].name for theme in part.themes),
        url=part.url,
    )


def duty_lines(column: SiteData, duties: Iterable[tuple[UnitAssignment, str]]) -> Iterable[Line]:
    """What a unit is asked to do, each with how it reaches the unit: of indexes, without the texts of files."""
    for duty, via in duties:
        task, deadline = duty.task, column.index.deadlines.get(duty.task.id)
        news = _newest(column, task.id)
        yield Line(
            organ=column.organs[task.organ].short_name,
            year=str(task.year),
            document=duty.parent.title,
            label=task.label,
            kind=task.kind.label,
            title=task.title,
            role=ROLE_LABELS[duty.role],
            via=via,
            deadline=duty.deadline or "",
            due=deadline.due if deadline else None,
            status=TASK_STATUS_LABELS[duty.status] if duty.status else "",
            happened=news.what if news else "",
            happened_on=news.day if news else None,
            url=task.url,
        )


def _newest(column: SiteData, record: str) -> News | None:
    """The newest that happened to a record after it was public."""
    return next((news for news in news_of(column, [record]) if not news.is_publication), None)
