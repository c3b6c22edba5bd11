"""A plan as an Excel workbook, laid out as printed, cells merged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongkai.column.sheets import Book, Sheet, workbook
from gongkai.kinds.plan.model import Plan, Task


def plan_workbook(plan: Plan) -> bytes:
    """The plan as printed: the task table where it has one, and the outline."""

    def fill(book: Book) -> None:
        if plan.table:
            _task_table(book, plan, plan.table.columns)
        _outline(book, plan)

    created = plan.document.date_signed or date(plan.year, 1, 1)
    return workbook(plan.title, plan.document.issuer_name, created, fill)


def _task_table(book: Book, plan: Plan, columns: Sequence[str]) -> None:
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


def _task_row(sheet: Sheet, tasks: Sequence[Task], at: int, task: Task, columns: Sequence[str]) -> None:
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


def _merged(sheet: Sheet, tasks: Sequence[Task], at: int, column: int, field: str) -> None:
    if getattr(tasks[at], f"{field}_inherited"):
        return
    below = 0
    while at + below + 1 < len(tasks) and getattr(tasks[at + below + 1], f"{field}_inherited"):
        below += 1
    sheet.put(at + 2, column, getattr(tasks[at], field) or "", "centre", below=below)


def _outline(book: Book, plan: Plan) -> None:
    sheet = book.sheet("要点正文", plan.title, ("序号", "标题", "正文", "责任单位"), (8, 30, 90, 28))
    for at, section in enumerate(plan.sections, 2):
        sheet.put(at, 0, section.number, "centre")
        sheet.put(at, 1, section.title, "text")
        sheet.put(at, 2, section.text, "text")
        sheet.put(at, 3, section.units_text or "", "centre")
