"""政务公开工作要点: annual work plans, with the outline of their text and the tasks of their table or clauses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from gongkai.column.site_data import SiteData
from gongkai.column.words import RecordKind
from gongkai.kinds.interface import Door, FileKind, Items, Place, in_order
from gongkai.kinds.plan.link import link_plan
from gongkai.kinds.plan.model import Plan
from gongkai.kinds.plan.pages import PLANS, plan_lists, plan_pages
from gongkai.kinds.plan.parts import PLAN, SECTION, TASK, plan_parts
from gongkai.kinds.plan.shape import PlanFile, SectionShape, TaskShape
from gongkai.kinds.plan.tables import PLANS_TABLE, SECTIONS_TABLE, TASKS_TABLE
from gongkai.kinds.plan.unit_cells import taken_over
from gongkai.kinds.plan.workbook import plan_workbook


def _behind_the_door(_column: SiteData, total: Counter[RecordKind]) -> str:
    tasks = f"，{total[TASK]}项任务" if total[TASK] else ""
    return f"{total[PLAN]}份{tasks}" if total[PLAN] else ""


def _holding(total: Counter[RecordKind]) -> str:
    tasks = f"的{total[TASK]}项任务" if total[TASK] else ""
    return f"{total[PLAN]}份年度工作要点{tasks}" if total[PLAN] else ""


def _tasks(shape: PlanFile) -> Iterator[Place]:
    """The rows of the table; where there is none, the clauses that name units, numbered as readers count them."""
    if shape.task_table:
        yield from in_order("task_table", "rows", of=shape.task_table.rows)
        return
    number = 0
    for at, section in enumerate(shape.sections):
        clauses: list[tuple[tuple[str | int, ...], SectionShape]] = [(("sections", at), section)]
        clauses += [(("sections", at, "sections", below), child) for below, child in enumerate(section.sections)]
        for path, clause in clauses:
            if clause.units is not None:
                number += 1
                yield Place(path, number)


def _taken_over(shape: PlanFile, path: tuple[str | int, ...]) -> Mapping[str, tuple[int, object]]:
    """Areas, topics and units that a row leaves blank, as they stand above it."""
    at = path[-1]
    if shape.task_table is None or path[:-1] != ("task_table", "rows") or not isinstance(at, int):
        return {}
    return taken_over(shape.task_table, at)


KIND = FileKind(
    name="plan",
    folder=Path(__file__).parent,
    directory="plans/",
    label="工作要点",
    heads=(PLAN,),
    inner=(SECTION, TASK),
    shape=PlanFile,
    model=Plan,
    carries=True,
    link=link_plan,
    parts=plan_parts,
    items=Items(
        word="task",
        label="任务分解表的一行",
        shape=TaskShape,
        places=_tasks,
        first=lambda shape: ("task_table", "rows") if shape.task_table else None,
        takes_over=_taken_over,
    ),
    size=lambda plan: len(plan.tasks),
    pages=plan_pages,
    lists=plan_lists,
    tables=(PLANS_TABLE, SECTIONS_TABLE, TASKS_TABLE),
    doors=(
        Door(crumb=PLANS, about="每年政务公开做什么、哪个单位做、什么时候完成。", holds=_behind_the_door, place=10),
    ),
    workbook=plan_workbook,
    holding=_holding,
    not_applicable={
        "links": "a plan and its tasks name what belongs to them as related; no relation has words of its own",
    },
)
