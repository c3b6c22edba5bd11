"""The workbook of a unit: all that it is asked to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongkai.alternates.flat_sheet import duty_lines, flat_sheet
from gongkai.column.sheets import Book, Sheet, workbook
from gongkai.column.site_data import SiteData, UnitAssignment
from gongkai.column.unit import VIA_LABELS, Unit
from gongkai.text.role import ROLE_LABELS


def unit_workbook(column: SiteData, unit: Unit, site_url: str) -> bytes:
    """All that a unit is asked to do, newest year first, the decisions it organizes, and what it has to publish."""
    use = column.index.units[unit.id]
    organ = column.organs[unit.organ]
    title = unit.name_in(organ.short_name)
    created = date(max(duty.task.year for duty in use.everything), 1, 1)

    def fill(book: Book) -> None:
        heads = ("年份", "文件", "序号", "任务", "职责", "依据", "完成时限")
        if use.duties:
            sheet = book.sheet("任务", f"{title}承担的任务", heads, (8, 34, 8, 70, 8, 22, 18))
            for at, duty in enumerate(use.duties, 2):
                _duty_row(sheet, at, duty, _via(column, duty))
        if use.decisions:
            sheet = book.sheet("重大行政决策", f"{title}承办的重大行政决策", ("年份", "目录", "决策事项"), (8, 50, 80))
            for at, duty in enumerate(use.decisions, 2):
                sheet.put(at, 0, str(duty.task.year), "centre")
                sheet.put(at, 1, duty.parent.title, "text")
                sheet.put(at, 2, duty.task.title, "text")
        if use.projects:
            _project_rows(book, title, use.projects)
        if use.items:
            names = ("年份", "目录", "序号", "公开事项", "依据", "公开时限")
            sheet = book.sheet("主动公开事项", f"{title}的主动公开事项", names, (8, 50, 8, 60, 22, 40))
            for at, duty in enumerate(use.items, 2):
                _item_duty_row(sheet, at, duty, _via(column, duty))
        given = [(duty, _via(column, duty)) for duty in use.everything]
        flat_sheet(book, list(duty_lines(column, given)), site_url)

    return workbook(title, organ.name, created, fill)


def _project_rows(book: Book, title: str, projects: Sequence[UnitAssignment]) -> None:
    names = ("年份", "清单", "项目", "完成时限")
    sheet = book.sheet("重点项目和实事", f"{title}负责的重点项目和实事", names, (8, 50, 60, 22))
    for at, duty in enumerate(projects, 2):
        texts = (str(duty.task.year), duty.parent.title, duty.task.title, duty.deadline or "清单未规定")
        for position, text in enumerate(texts):
            sheet.put(at, position, text, "text" if position in (1, 2) else "centre")


def _item_duty_row(sheet: Sheet, at: int, duty: UnitAssignment, via: str) -> None:
    texts = (str(duty.task.year), duty.parent.title, duty.task.label, duty.task.title, via, duty.deadline or "")
    for position, text in enumerate(texts):
        sheet.put(at, position, text, "text" if position in (1, 3) else "centre")


def _via(column: SiteData, duty: UnitAssignment) -> str:
    return column.units[duty.group].name if duty.group else VIA_LABELS[duty.via]


def _duty_row(sheet: Sheet, at: int, duty: UnitAssignment, via: str) -> None:
    cells = (
        (str(duty.task.year), "centre"),
        (duty.parent.title, "text"),
        (duty.task.label, "centre"),
        (duty.task.title, "text"),
        (ROLE_LABELS[duty.role], "centre"),
        (via, "centre"),
        (duty.deadline or "文件未规定", "centre"),
    )
    for position, (text, form) in enumerate(cells):
        sheet.put(at, position, text, form)
