"""Pages of an annual plan: the plan itself, each heading, each task."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypedDict

from msgspec import Struct

from gongkai.column import ids, urls
from gongkai.column.cell import Cell
from gongkai.column.document import Document
from gongkai.column.page import (
    DISCLOSURE,
    HOME,
    Crumb,
    Lineage,
    Neighbours,
    Page,
    connections,
    head_lists,
    lineage,
    neighbours,
    summary,
)
from gongkai.column.progress import Totals, totals
from gongkai.column.site_data import RecordRef, SiteData
from gongkai.column.targets import Measured
from gongkai.column.unit import Unit
from gongkai.column.vocabulary import Organ, Theme
from gongkai.kinds.plan.columns import TableColumn
from gongkai.kinds.plan.compared import compared_with
from gongkai.kinds.plan.model import Plan, Section, Task, TaskTable
from gongkai.kinds.plan.parts import PLAN
from gongkai.text.table_heads import Meaning

PLANS = Crumb("年度工作要点", urls.PLANS)


def plan_pages(column: SiteData, plan: Plan) -> Iterator[Page]:
    """All pages of one plan. Needs this plan and the indexes only."""
    yield _plan_page(column, plan)
    for at, section in enumerate(plan.sections):
        yield _section_page(column, plan, at, section)
    for at, task in enumerate(plan.tasks):
        yield _task_page(column, plan, at, task)


def _crumbs(plan: Plan, *more: Crumb) -> tuple[Crumb, ...]:
    return (HOME, DISCLOSURE, PLANS, Crumb(plan.title, urls.plan(plan.id)), *more)


class PlanView(Neighbours):
    """What the template ``plan`` shows."""

    plan: Plan
    document: Document
    organ: Organ
    outline: list[Chapter]
    rows: list[Row]
    totals: Totals
    measured: list[tuple[Task, Measured]]
    charged: int
    first_due: date | None
    themes: Mapping[str, Theme]
    units: Mapping[str, Unit]
    related: tuple[RecordRef, ...]
    connections: list[tuple[str, list[RecordRef]]]
    siblings: list[RecordRef]
    compared: list[tuple[str, str]]


def _plan_page(column: SiteData, plan: Plan) -> Page:
    return Page(
        kind="plan",
        of="plan",
        url=urls.plan(plan.id),
        title=plan.title,
        description=summary(plan.preamble[0] if plan.preamble else plan.title),
        crumbs=_crumbs(plan),
        view=PlanView(
            plan=plan,
            document=plan.document,
            organ=column.organs[plan.organ].as_on(plan.document.date_signed),
            outline=_outline(plan),
            rows=table_rows(plan.tasks, plan.table),
            totals=totals(task.status for task in plan.tasks),
            measured=[(task, found) for task in plan.tasks for found in task.measured],
            charged=len({given.unit for task in plan.tasks for given in task.assignments}),
            first_due=min(
                (task.deadline.due for task in plan.tasks if task.deadline and task.deadline.due), default=None
            ),
            themes=column.themes,
            units=column.units,
            related=column.index.related.get(plan.id, ()),
            connections=connections(column, plan.id),
            siblings=_other_years(column, plan),
            compared=[
                (later.id, earlier.id)
                for later, earlier in compared_with(column, plan.organ)
                if plan.id in (later.id, earlier.id)
            ],
            **neighbours(column.index.series[PLAN, plan.organ], plan.id),
        ),
        published=plan.document.date_published,
        content_source=plan.document.issuer_name,
        keywords=(
            plan.title,
            column.organs[plan.organ].as_on(plan.document.date_signed).short_name,
            f"{plan.year}年",
            "政务公开工作要点",
        ),
        source=plan.origin.file,
        rows=(
            ("plans", [plan.id]),
            ("sections", [ids.section(plan.id, section.key) for section in plan.sections]),
            ("tasks", [ids.task(plan.id, task.number) for task in plan.tasks]),
            ("documents", [plan.document.id]),
        ),
        listed="tasks",
    )


def _other_years(column: SiteData, plan: Plan) -> list[RecordRef]:
    """The organ's other plans, newest first."""
    series = column.index.series[PLAN, plan.organ]
    return [entry for entry in reversed(series) if entry.id != plan.id]


class Chapter(Struct, frozen=True):
    """A level-1 heading with its level-2 headings."""

    head: Section
    sections: tuple[Section, ...]


def _outline(plan: Plan) -> list[Chapter]:
    heads = [section for section in plan.sections if section.level == 1]
    return [Chapter(head, tuple(section for section in plan.sections if section.parent == head.key)) for head in heads]


class ShownCell(NamedTuple):
    """A cell of the table with its column and its height in rows: 0 where the cell above covers it."""

    column: TableColumn
    cell: Cell
    span: int


class Row(Struct, frozen=True):
    """A row of the task table, its cells as printed."""

    task: Task
    cells: tuple[ShownCell, ...]


def table_rows(tasks: Sequence[Task], table: TaskTable | None) -> list[Row]:
    """Give back the merged cells of the printed table: a cell of 工作任务 spans the rows that inherit from it."""
    columns = table.columns if table else ()
    return [
        Row(task, tuple(ShownCell(column, task.cell(column), _span(tasks, at, column)) for column in columns))
        for at, task in enumerate(tasks)
    ]


def _span(tasks: Sequence[Task], at: int, column: TableColumn) -> int:
    if not column.own or column.meaning not in (Meaning.AREA, Meaning.TOPIC):
        return 1
    if tasks[at].cell(column).inherited:
        return 0
    height = 1
    while at + height < len(tasks) and tasks[at + height].cell(column).inherited:
        height += 1
    return height


class SectionView(TypedDict):
    """What the template ``section`` shows."""

    plan: Plan
    document: Document
    organ: Organ
    section: Section
    parent: Section | None
    children: list[Section]
    tasks: list[Task]
    heads: dict[str, str]
    themes: Mapping[str, Theme]
    units: Mapping[str, Unit]
    related: tuple[RecordRef, ...]
    connections: list[tuple[str, list[RecordRef]]]
    elsewhere: tuple[RecordRef, ...]
    organs: Mapping[str, Organ]
    previous: Section | None
    next: Section | None


def _section_page(column: SiteData, plan: Plan, at: int, section: Section) -> Page:
    parent = next((above for above in plan.sections if above.key == section.parent), None)
    heading = (parent.number if parent else "") + section.number
    return Page(
        kind="section",
        url=urls.section(plan.id, section.key),
        title=section.title,
        description=summary(section.text or section.title),
        crumbs=_crumbs(plan, Crumb(f"{heading} {section.title}", urls.section(plan.id, section.key))),
        view=SectionView(
            plan=plan,
            document=plan.document,
            organ=column.organs[plan.organ].as_on(plan.document.date_signed),
            section=section,
            parent=parent,
            children=[child for child in plan.sections if child.parent == section.key],
            tasks=[task for task in plan.tasks if task.number in section.tasks],
            heads=_heads(plan),
            themes=column.themes,
            units=column.units,
            related=column.index.related.get(ids.section(plan.id, section.key), ()),
            connections=connections(column, ids.section(plan.id, section.key)),
            elsewhere=column.index.headings.of_other_years(plan.organ, section.themes, plan.year),
            organs=column.organs,
            previous=plan.sections[at - 1] if at else None,
            next=plan.sections[at + 1] if at + 1 < len(plan.sections) else None,
        ),
        published=plan.document.date_published,
        content_source=plan.document.issuer_name,
        keywords=tuple(column.themes[theme].name for theme in section.themes),
        source=plan.origin.file,
        rows=(
            ("sections", [ids.section(plan.id, section.key)]),
            ("tasks", [ids.task(plan.id, number) for number in section.tasks]),
        ),
    )


def _heads(plan: Plan) -> dict[str, str]:
    """What pages of headings and tasks call the fields of a task: as the table prints them, where it does."""
    table = plan.table or TaskTable("", ())
    wanted = (Meaning.AREA, Meaning.TOPIC, Meaning.TEXT, Meaning.UNITS, Meaning.DEADLINE)
    return {meaning.value: table.head(meaning) for meaning in wanted}


class TaskView(Lineage):
    """What the template ``task`` shows."""

    plan: Plan
    document: Document
    task: Task
    heads: dict[str, str]
    section: Section | None
    parent: Section | None
    themes: Mapping[str, Theme]
    units: Mapping[str, Unit]
    related: tuple[RecordRef, ...]
    connections: list[tuple[str, list[RecordRef]]]
    elsewhere: tuple[RecordRef, ...]
    organs: Mapping[str, Organ]
    previous: Task | None
    next: Task | None


def _task_page(column: SiteData, plan: Plan, at: int, task: Task) -> Page:
    section = next((section for section in plan.sections if section.key == task.section), None)
    parent = next((above for above in plan.sections if section and above.key == section.parent), None)
    label = f"第{task.number}项"
    return Page(
        kind="task",
        url=urls.task(plan.id, task.number),
        title=f"{label} {task.title}",
        description=summary(task.text),
        crumbs=_crumbs(plan, Crumb(label, urls.task(plan.id, task.number))),
        view=TaskView(
            plan=plan,
            document=plan.document,
            task=task,
            **lineage(column, ids.task(plan.id, task.number)),
            heads=_heads(plan),
            section=section,
            parent=parent,
            themes=column.themes,
            units=column.units,
            related=column.index.related.get(ids.task(plan.id, task.number), ()),
            connections=connections(column, ids.task(plan.id, task.number)),
            elsewhere=column.index.headings.of_other_years(plan.organ, task.themes, plan.year)[:6],
            organs=column.organs,
            previous=plan.tasks[at - 1] if at else None,
            next=plan.tasks[at + 1] if at + 1 < len(plan.tasks) else None,
        ),
        published=plan.document.date_published,
        content_source=plan.document.issuer_name,
        keywords=tuple(column.themes[theme].name for theme in task.themes),
        source=plan.origin.file,
        rows=(("tasks", [ids.task(plan.id, task.number)]),),
    )


def plan_lists(column: SiteData) -> Iterator[Page]:
    """All plans."""
    return head_lists(column, PLAN, PLANS, "plans", "plans", "历年政务公开工作要点和任务分解表。")
