"""Excel workbooks of plans, units, directories, project lists and catalogues, laid out as printed, cells merged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from generator.model.catalogue import Catalogue, CatalogueItem
from generator.model.column import Column, Duty
from generator.model.decision import STAGE_STATUS_LABELS, Decision, DecisionDirectory, Stage, StageSlot, StageStatus
from generator.model.plan import Plan, Task
from generator.model.project import ProjectList
from generator.model.unit import ROLE_LABELS, VIA_LABELS, Unit
from generator.open_data.sheets import Book, Sheet, workbook


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


def unit_workbook(column: Column, unit: Unit) -> bytes:
    """All that a unit is asked to do, newest year first, the decisions it organizes, and what it has to publish."""
    use = column.index.units[unit.id]
    organ = column.organs[unit.organ]
    title = f"{organ.short_name}{unit.name}"
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
        if use.items:
            names = ("年份", "目录", "序号", "公开事项", "依据", "公开时限")
            sheet = book.sheet("主动公开事项", f"{title}的主动公开事项", names, (8, 50, 8, 60, 22, 40))
            for at, duty in enumerate(use.items, 2):
                _item_duty_row(sheet, at, duty, _via(column, duty))

    return workbook(title, organ.name, created, fill)


def _item_duty_row(sheet: Sheet, at: int, duty: Duty, via: str) -> None:
    texts = (str(duty.task.year), duty.parent.title, duty.task.label, duty.task.title, via, duty.deadline or "")
    for position, text in enumerate(texts):
        sheet.put(at, position, text, "text" if position in (1, 3) else "centre")


def _via(column: Column, duty: Duty) -> str:
    return column.units[duty.group].name if duty.group else VIA_LABELS[duty.via]


def _duty_row(sheet: Sheet, at: int, duty: Duty, via: str) -> None:
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

    def fill(book: Book) -> None:
        sheet = book.sheet("决策事项目录", directory.title, heads, (8, 50, 24, *(26 for _ in slots)))
        for at, decision in enumerate(directory.decisions, 2):
            sheet.put(at, 0, decision.number_text, "centre")
            sheet.put(at, 1, decision.title, "text")
            sheet.put(at, 2, decision.organizers_text, "centre")
            for column, slot in enumerate(slots, 3):
                sheet.put(at, column, _slot_text(decision, slot), "text")

    document = directory.document
    created = document.date_signed or date(directory.year, 1, 1)
    return workbook(directory.title, document.issuer_name, created, fill)


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

    def fill(book: Book) -> None:
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
    return workbook(projects.title, document.issuer_name, created, fill)


_CATALOGUE_COLUMNS: tuple[tuple[str, str, int], ...] = (
    ("number", "序号", 6),
    ("area", "一级事项", 14),
    ("title", "公开事项", 26),
    ("content", "公开内容（要素）", 40),
    ("basis", "公开依据", 34),
    ("deadline", "公开时限", 22),
    ("units_text", "公开主体", 20),
    ("channels", "公开渠道和载体", 24),
    ("audience", "公开对象", 12),
    ("method", "公开方式", 12),
    ("level", "公开层级", 12),
)


def catalogue_workbook(catalogue: Catalogue) -> bytes:
    """The catalogue as printed: the columns that it has, and neighbours under one 一级事项 in one cell."""
    items = catalogue.items
    shown = [column for column in _CATALOGUE_COLUMNS if any(getattr(item, column[0]) for item in items)]

    def fill(book: Book) -> None:
        heads, widths = [label for _, label, _ in shown], [width for _, _, width in shown]
        sheet = book.sheet("主动公开事项目录", catalogue.title, heads, widths)
        for at, item in enumerate(items):
            for position, (field, _, _) in enumerate(shown):
                if field == "area":
                    _area(sheet, items, at, position)
                else:
                    form = "centre" if field == "number" else "text"
                    sheet.put(at + 2, position, str(getattr(item, field) or ""), form)

    document = catalogue.document
    created = document.date_signed or date(catalogue.year, 1, 1)
    return workbook(catalogue.title, document.issuer_name, created, fill)


def _area(sheet: Sheet, items: Sequence[CatalogueItem], at: int, column: int) -> None:
    area = items[at].area
    if at and area and items[at - 1].area == area:
        return
    below = 0
    while area and at + below + 1 < len(items) and items[at + below + 1].area == area:
        below += 1
    sheet.put(at + 2, column, area or "", "centre", below=below)
