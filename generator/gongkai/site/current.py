"""What is going on at the day the column is built for. All is judged at ``column.as_of``, not by a clock."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date

from msgspec import Struct

from gongkai.column import ids
from gongkai.column.progress import TaskStatus
from gongkai.column.site_data import RecordRef, SiteData
from gongkai.kinds.decision_directory import KIND as DIRECTORY_FILES
from gongkai.kinds.decision_directory.model import Decision, DecisionDirectory, StageStatus
from gongkai.kinds.plan import KIND as PLAN_FILES
from gongkai.kinds.plan.model import Plan
from gongkai.kinds.project_list import KIND as PROJECT_FILES
from gongkai.kinds.project_list.model import ProjectList
from gongkai.text.deadline import Deadline, DeadlineKind, quarter

_MOST = 12
_FINISHED = (TaskStatus.DONE, TaskStatus.SUSTAINED, TaskStatus.STOPPED)
_TIMELESS = (DeadlineKind.YEAR, DeadlineKind.ONGOING)


class Ongoing(Struct, frozen=True):
    """A decision that is under way: the newest stage that is public, and its day."""

    entry: RecordRef
    organizers: str
    stage: str
    day: date | None


class Due(Struct, frozen=True):
    """A task or project with a day in this quarter."""

    entry: RecordRef
    units_text: str
    deadline: Deadline


class Quarter(Struct, frozen=True):
    """The tasks due in the quarter of ``as_of``: the first dozen by day, and how many there are."""

    label: str
    tasks: tuple[Due, ...]
    total: int


def decisions_in_progress(column: SiteData) -> list[Ongoing]:
    """Decisions in their directory of which something is public, but no result yet."""
    found = []
    for directory, decision in _all_decisions(column):
        public = {stage.kind for stage in decision.stages if stage.status is StageStatus.PUBLISHED}
        if public and "result" not in public and not decision.removed:
            found.append(_ongoing(column, directory, decision))
    return found[:_MOST]


def _all_decisions(column: SiteData) -> list[tuple[DecisionDirectory, Decision]]:
    newest = sorted(DIRECTORY_FILES.of(column).values(), key=lambda item: (-item.year, item.id))
    return [(directory, decision) for directory in newest for decision in directory.decisions]


def _ongoing(column: SiteData, directory: DecisionDirectory, decision: Decision) -> Ongoing:
    public = [stage for stage in decision.stages if stage.status is StageStatus.PUBLISHED]
    return Ongoing(
        entry=column.index.entries[ids.item(directory.id, decision.number)],
        organizers=decision.organizers_text,
        stage=column.stage_kinds[public[-1].kind].name if public else "",
        day=public[-1].date if public else None,
    )


def due_this_quarter(column: SiteData) -> Quarter | None:
    """Unfinished tasks and projects whose last day lies in the quarter of ``as_of``, earliest first; 全年 is no day."""
    year, number = quarter(column.as_of)
    dated = {
        task
        for task, deadline in column.index.deadlines.items()
        if deadline.due and quarter(deadline.due) == (year, number) and deadline.kind not in _TIMELESS
    }
    plans, lists = PLAN_FILES.of(column), PROJECT_FILES.of(column)
    found: list[Due] = []
    for file in dict.fromkeys(identifier.partition("/")[0] for identifier in sorted(dated)):
        plan, projects = plans.get(file), lists.get(file)
        found += _open_tasks(column, plan, dated) if plan else ()
        found += _open_projects(column, projects, dated) if projects else ()
    if not found:
        return None
    found.sort(key=lambda due: (due.deadline.due or column.as_of, due.entry.id))
    label = f"{year}年{3 * number - 2}月至{3 * number}月"
    return Quarter(label, tuple(found[:_MOST]), len(found))


def _open_tasks(column: SiteData, plan: Plan, wanted: Container[str]) -> Iterator[Due]:
    for task in plan.tasks:
        identifier = ids.task(plan.id, task.number)
        if task.deadline and identifier in wanted and task.status not in _FINISHED:
            yield Due(column.index.entries[identifier], task.units_text, task.deadline)


def _open_projects(column: SiteData, projects: ProjectList, wanted: Container[str]) -> Iterator[Due]:
    for project in projects.projects:
        identifier = ids.item(projects.id, project.number)
        if project.deadline and identifier in wanted and project.status not in _FINISHED:
            yield Due(column.index.entries[identifier], project.units_text, project.deadline)
