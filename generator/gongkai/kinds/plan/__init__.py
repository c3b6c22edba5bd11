"""政务公开工作要点: annual work plans, with the outline of their text and the tasks of their table or clauses."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from gongkai.column.site_data import SiteData
from gongkai.column.words import RecordKind
from gongkai.kinds.interface import Door, FileKind
from gongkai.kinds.plan.link import link_plan
from gongkai.kinds.plan.model import Plan
from gongkai.kinds.plan.pages import PLANS, plan_lists, plan_pages
from gongkai.kinds.plan.parts import PLAN, SECTION, TASK, plan_parts
from gongkai.kinds.plan.shape import PlanFile
from gongkai.kinds.plan.tables import PLANS_TABLE, SECTIONS_TABLE, TASKS_TABLE
from gongkai.kinds.plan.workbook import plan_workbook


def _behind_the_door(_column: SiteData, total: Counter[RecordKind]) -> str:
    tasks = f"，{total[TASK]}项任务" if total[TASK] else ""
    return f"{total[PLAN]}份{tasks}" if total[PLAN] else ""


def _holding(total: Counter[RecordKind]) -> str:
    tasks = f"的{total[TASK]}项任务" if total[TASK] else ""
    return f"{total[PLAN]}份年度工作要点{tasks}" if total[PLAN] else ""


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
