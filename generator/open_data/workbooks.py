"""Excel workbooks of plans, units, decision directories and project lists, laid out as printed, with merged cells.

Every cell is written as text, so nothing that a document says is ever run as a formula. The creation date is the
document's, so that the same data make the same bytes.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from generator.model.column import Column, Duty
from generator.model.decision import STAGE_STATUS_LABELS, Decision, DecisionDirectory, Stage, StageSlot, StageStatus
from generator.model.plan import Plan, Task
from generator.model.project import ProjectList
from generator.model.unit import ROLE_LABELS, VIA_LABELS, Unit

_LONGEST_CELL = 32_767
_SHEET_NAME = 31
_CENTRE = {"align": "center", "valign": "vcenter", "text_wrap": True, "border": 1, "font_name": "仿宋"}
_FORMATS: dict[str, dict[str, Any]] = {
    "title": {**_CENTRE, "border": 0, "bold": True, "font_size": 16, "font_name": "宋体"},
    "head": {**_CENTRE, "font_name": "黑体"},
    "centre": _CENTRE,
    "text": {**_CENTRE, "align": "left"},
}
_LINE = 16.0
_TITLE_LINE = 26.0
_TALLEST = 409.0
"""Points: a line of cells, a line of the title, and the tallest row that Excel has."""
_CHINESE = 2.2
"""Widths of a digit, which columns are measured in, that a Chinese character of the same size takes."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet under construction: its columns are known, its rows get the height that their texts need.

    Excel would find the heights itself; WPS and LibreOffice show what the file says.
    """

    sheet: Worksheet
    formats: Mapping[str, Format]
    widths: Sequence[int]
    heights: dict[int, float] = field(default_factory=dict)

    def put(self, row: int, at: int, text: str, form: str, *, right: int = 0, below: int = 0) -> None:
        """Write text; with ``right`` or ``below`` the cell spans as many more columns or rows."""
        cut = text[:_LONGEST_CELL]
        if right or below:
            self.sheet.merge_range(row, at, row + below, at + right, "", self.formats[form])
        self.sheet.write_string(row, at, cut, self.formats[form])
        lines = _lines(cut, sum(self.widths[at : at + right + 1]))
        height = lines * (_TITLE_LINE if form == "title" else _LINE) / (below + 1)
        for line in range(row, row + below + 1):
            self.heights[line] = max(self.heights.get(line, _LINE), height)

    def finish(self) -> None:
        """Give every row its height."""
        for row, height in self.heights.items():
            self.sheet.set_row(row, min(height + 4, _TALLEST))


def _lines(text: str, width: int) -> int:
    """Lines that a text takes in a column, wrapped at any character."""
    return sum(
        max(1, math.ceil(sum(_CHINESE if ord(character) > _LATIN else 1 for character in line) / (width - 1)))
        for line in text.split("\n")
    )


_LATIN = 0x2000
"""Characters from here on are as wide as Chinese ones, the marks of Chinese texts among them."""


@dataclass(frozen=True, slots=True)
class _Book:
    """A workbook under construction."""

    file: xlsxwriter.Workbook
    formats: Mapping[str, Format]
    sheets: list[_Sheet] = field(default_factory=list)

    def sheet(self, name: str, title: str, heads: Sequence[str], widths: Sequence[int]) -> _Sheet:
        """A sheet as it will be printed: across, one page wide, with title and heads on every page."""
        sheet = self.file.add_worksheet(name[:_SHEET_NAME])
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, 1)
        sheet.freeze_panes(2, 0)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        made = _Sheet(sheet, self.formats, widths)
        self.sheets.append(made)
        made.put(0, 0, title, "title", right=len(heads) - 1)
        for at, head in enumerate(heads):
            made.put(1, at, head, "head")
        return made


def _workbook(title: str, author: str, created: date, fill: Callable[[_Book], None]) -> bytes:
    out = io.BytesIO()
    file = xlsxwriter.Workbook(out, {"in_memory": True})
    moment = datetime(created.year, created.month, created.day)  # noqa: DTZ001 - the format has no zone
    file.set_properties({"title": title, "author": author, "created": moment})
    book = _Book(file, {name: file.add_format(given) for name, given in _FORMATS.items()})
    fill(book)
    for sheet in book.sheets:
        sheet.finish()
    file.close()
    return out.getvalue()


def plan_workbook(plan: Plan) -> bytes:
    """The plan as printed: the task table where it has one, and the outline."""

    def fill(book: _Book) -> None:
        if plan.table:
            _task_table(book, plan, plan.table.columns)
        _outline(book, plan)

    created = plan.document.date_signed or date(plan.year, 1, 1)
    return _workbook(plan.title, plan.document.issuer_name, created, fill)


def _task_table(book: _Book, plan: Plan, columns: Sequence[str]) -> None:
    assert plan.table is not None
    heads: list[str] = []
    for name in columns:
        heads += ["工作任务", ""] if name == "工作任务" else [name]
    widths = {"序号": 6, "工作任务": 14, "": 18, "具体要求": 70, "责任单位": 28, "完成时限": 18}
    sheet = book.sheet("任务分解表", plan.table.title, heads, [widths.get(head, 20) for head in heads])
    if "工作任务" in columns:
        sheet.put(1, heads.index("工作任务"), "工作任务", "head", right=1)
    for at, task in enumerate(plan.tasks):
        _task_row(sheet, plan.tasks, at, task, columns)


def _task_row(sheet: _Sheet, tasks: Sequence[Task], at: int, task: Task, columns: Sequence[str]) -> None:
    column = 0
    for name in columns:
        match name:
            case "工作任务":
                _merged(sheet, tasks, at, column, "area")
                _merged(sheet, tasks, at, column + 1, "topic")
                column += 1
            case "序号":
                sheet.put(at + 2, column, str(task.number), "centre")
            case "责任单位":
                sheet.put(at + 2, column, task.units_text or _printed_units(task), "centre")
            case "完成时限":
                sheet.put(at + 2, column, task.deadline.text if task.deadline else "", "centre")
            case _:
                sheet.put(at + 2, column, task.text, "text")
        column += 1


def _printed_units(task: Task) -> str:
    names = "、".join(given.printed for given in task.assignments)
    return f"{names}（沿用上一行）" if names else ""


def _merged(sheet: _Sheet, tasks: Sequence[Task], at: int, column: int, field: str) -> None:
    if getattr(tasks[at], f"{field}_inherited"):
        return
    below = 0
    while at + below + 1 < len(tasks) and getattr(tasks[at + below + 1], f"{field}_inherited"):
        below += 1
    sheet.put(at + 2, column, getattr(tasks[at], field) or "", "centre", below=below)


def _outline(book: _Book, plan: Plan) -> None:
    sheet = book.sheet("要点正文", plan.title, ("序号", "标题", "正文", "责任单位"), (8, 30, 90, 28))
    for at, section in enumerate(plan.sections, 2):
        sheet.put(at, 0, section.number, "centre")
        sheet.put(at, 1, section.title, "text")
        sheet.put(at, 2, section.text, "text")
        sheet.put(at, 3, section.units_text or "", "centre")


def unit_workbook(column: Column, unit: Unit) -> bytes:
    """All that a unit is asked to do, newest year first, and the decisions it organizes."""
    use = column.index.units[unit.id]
    organ = column.organs[unit.organ]
    title = f"{organ.short_name}{unit.name}"
    created = date(max(duty.task.year for duty in (*use.duties, *use.decisions)), 1, 1)

    def fill(book: _Book) -> None:
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

    return _workbook(title, organ.name, created, fill)


def _via(column: Column, duty: Duty) -> str:
    return column.units[duty.group].name if duty.group else VIA_LABELS[duty.via]


def _duty_row(sheet: _Sheet, at: int, duty: Duty, via: str) -> None:
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


def directory_workbook(directory: DecisionDirectory) -> bytes:
    """The directory as its page shows it: every item, with what is public of each stage that it asks for."""
    slots = directory.stage_set.slots
    heads = ("序号", "决策事项名称", directory.organizer_label, *(slot.label for slot in slots))

    def fill(book: _Book) -> None:
        sheet = book.sheet("决策事项目录", directory.title, heads, (8, 50, 24, *(26 for _ in slots)))
        for at, decision in enumerate(directory.decisions, 2):
            sheet.put(at, 0, decision.number_text, "centre")
            sheet.put(at, 1, decision.title, "text")
            sheet.put(at, 2, decision.organizers_text, "centre")
            for column, slot in enumerate(slots, 3):
                sheet.put(at, column, _slot_text(decision, slot), "text")

    document = directory.document
    created = document.date_signed or date(directory.year, 1, 1)
    return _workbook(directory.title, document.issuer_name, created, fill)


def _slot_text(decision: Decision, slot: StageSlot) -> str:
    stages = [stage for kind in slot.stages if (stage := decision.stage(kind))]
    public = [stage for stage in stages if stage.status is StageStatus.PUBLISHED]
    return "\n".join(_stage_text(stage, slot.label) for stage in public or stages[:1])


def _stage_text(stage: Stage, label: str) -> str:
    if stage.status is StageStatus.PUBLISHED:
        day = stage.date.isoformat() if stage.date else ""
        return " ".join(filter(None, (stage.title or label, day, stage.url)))
    return STAGE_STATUS_LABELS[stage.status] + (f"（{stage.reason}）" if stage.reason else "")


def project_list_workbook(projects: ProjectList) -> bytes:
    """The list as printed: its headings across the sheet, and the projects under each."""
    by_number = {project.number: project for project in projects.projects}

    def fill(book: _Book) -> None:
        heads = ("序号", "项目名称", "级别和来源", "编者注")
        sheet = book.sheet("项目清单", projects.title, heads, (8, 70, 24, 40))
        at = 2
        for category in projects.categories:
            mark = "、" if category.level == 1 else ""
            count = f"（{category.announced}个）" if category.announced is not None else ""
            sheet.put(at, 0, f"{category.number}{mark}{category.title}{count}", "head", right=len(heads) - 1)
            at += 1
            for project in (by_number[number] for number in category.projects):
                sheet.put(at, 0, str(project.number), "centre")
                sheet.put(at, 1, project.title, "text")
                sheet.put(at, 2, "、".join(project.tags), "centre")
                sheet.put(at, 3, project.editor_note or "", "text")
                at += 1

    document = projects.document
    created = document.date_signed or date(projects.year, 1, 1)
    return _workbook(projects.title, document.issuer_name, created, fill)
