"""A plan as an Excel workbook, laid out as printed, cells merged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongkai.column.sheets import Book, Fill, Sheet, workbook
from gongkai.kinds.plan.columns import OF_UNITS, TableColumn
from gongkai.kinds.plan.model import Plan, Task, TaskTable
from gongkai.text.table_heads import Meaning

_CENTRED = frozenset(Meaning) - {Meaning.TEXT, Meaning.OTHER}


def plan_workbook(plan: Plan, flat: Fill) -> bytes:
    """The plan as printed: the task table where it has one, and the outline."""

    def fill(book: Book) -> None:
        if plan.table:
            _task_table(book, plan, plan.table)
        _outline(book, plan)

    created = plan.document.date_signed or date(plan.year, 1, 1)
    return workbook(plan.title, plan.document.issuer_name, created, fill, flat)


def _task_table(book: Book, plan: Plan, table: TaskTable) -> None:
    columns = [column for column in table.columns if column.printed or column.meaning is not Meaning.NUMBER]
    heads = [column.label if column.span else "" for column in columns]
    sheet = book.sheet("任务分解表", table.title, heads, [column.width for column in columns])
    for at, column in enumerate(columns):
        if column.span > 1:
            sheet.put(1, at, column.head, "head", right=column.span - 1)
    for at in range(len(plan.tasks)):
        for position, column in enumerate(columns):
            _cell(sheet, plan.tasks, at, position, column)


def _cell(sheet: Sheet, tasks: Sequence[Task], at: int, position: int, column: TableColumn) -> None:
    """One cell; those of 工作任务 are merged with the blank ones below them."""
    cell = tasks[at].cell(column)
    levels = column.own and column.meaning in (Meaning.AREA, Meaning.TOPIC)
    if levels and cell.inherited:
        return
    below = 0
    while levels and at + below + 1 < len(tasks) and tasks[at + below + 1].cell(column).inherited:
        below += 1
    taken_over = cell.inherited and column.meaning in OF_UNITS
    text = f"{cell.text}（沿用上一行）" if taken_over else cell.text
    sheet.put(at + 2, position, text, "centre" if column.meaning in _CENTRED else "text", below=below)


def _outline(book: Book, plan: Plan) -> None:
    sheet = book.sheet("要点正文", plan.title, ("序号", "标题", "正文", "责任单位"), (8, 30, 90, 28))
    for at, section in enumerate(plan.sections, 2):
        sheet.put(at, 0, section.number, "centre")
        sheet.put(at, 1, section.title, "text")
        sheet.put(at, 2, section.text, "text")
        sheet.put(at, 3, section.units_text or "", "centre")
