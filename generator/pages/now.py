"""What is going on at the day the column is built for. All is judged at ``column.as_of``, not by a clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from generator.model import ids
from generator.model.column import Column, Entry
from generator.model.deadline import Deadline, DeadlineKind
from generator.model.decision import Decision, DecisionDirectory, StageStatus

_CONSULTATION = "consultation"
_AFTER_CONSULTATION = ("adoption", "meeting", "result")
_USUAL_DAYS = 30
"""国务院令第713号第十五条: comments are normally taken for at least 30 days."""

_MOST = 12
_TIMELESS = (DeadlineKind.YEAR, DeadlineKind.ONGOING)


@dataclass(frozen=True, slots=True)
class Ongoing:
    """A decision that is under way: where it stands, since when, and the address of the material."""

    entry: Entry
    organizers: str
    stage: str
    day: date | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Due:
    """A task with a day in this quarter."""

    entry: Entry
    units_text: str
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class Quarter:
    """The tasks due in the quarter of ``as_of``: the first dozen by day, and how many there are."""

    label: str
    tasks: tuple[Due, ...]
    total: int


def state_of(deadline: Deadline | None, as_of: date) -> tuple[str, bool] | None:
    """Where a task stands by the calendar alone: a word, and True when its last day is over. None without a day."""
    if deadline is None:
        return None
    if deadline.due is None:
        return ("长期工作", False) if deadline.kind is DeadlineKind.ONGOING else None
    if deadline.due < as_of:
        return ("期限已到，继续坚持", True) if deadline.kind is DeadlineKind.DATE_ONGOING else ("期限已到", True)
    return "期限未到", False


def open_consultations(column: Column) -> list[Ongoing]:
    """Consultations announced in the last 30 days of decisions of which nothing later is public."""
    since = column.as_of - timedelta(days=_USUAL_DAYS)
    found = []
    for directory, decision in _all_decisions(column):
        public = {stage.kind: stage for stage in decision.stages if stage.status is StageStatus.PUBLISHED}
        stage = public.get(_CONSULTATION)
        later = any(kind in public for kind in _AFTER_CONSULTATION)
        if stage and stage.date and since <= stage.date <= column.as_of and not later:
            found.append(_ongoing(column, directory, decision))
    return found


def decisions_in_progress(column: Column) -> list[Ongoing]:
    """Decisions of which something is public, but no result yet."""
    found = []
    for directory, decision in _all_decisions(column):
        public = {stage.kind for stage in decision.stages if stage.status is StageStatus.PUBLISHED}
        if public and "result" not in public:
            found.append(_ongoing(column, directory, decision))
    return found[:_MOST]


def _all_decisions(column: Column) -> list[tuple[DecisionDirectory, Decision]]:
    newest = sorted(column.directories.values(), key=lambda item: (-item.year, item.id))
    return [(directory, decision) for directory in newest for decision in directory.decisions]


def _ongoing(column: Column, directory: DecisionDirectory, decision: Decision) -> Ongoing:
    latest = [stage for stage in decision.stages if stage.status is StageStatus.PUBLISHED][-1]
    return Ongoing(
        entry=column.index.entries[ids.item(directory.id, decision.number)],
        organizers=decision.organizers_text,
        stage=column.stage_kinds[latest.kind].name,
        day=latest.date,
        url=latest.url,
    )


def due_this_quarter(column: Column) -> Quarter | None:
    """Tasks whose last day lies in the quarter of ``as_of``, earliest first; 全年 is no day. None without any."""
    first = column.as_of.month - (column.as_of.month - 1) % 3
    found = [
        Due(column.index.entries[ids.task(plan.id, task.number)], task.units_text, task.deadline)
        for plan in column.plans.values()
        for task in plan.tasks
        if task.deadline
        and task.deadline.due
        and task.deadline.kind not in _TIMELESS
        and (task.deadline.due.year, first) == (column.as_of.year, _first_month(task.deadline.due))
    ]
    if not found:
        return None
    found.sort(key=lambda due: (due.deadline.due or column.as_of, due.entry.id))
    label = f"{column.as_of.year}年{first}月至{first + 2}月"
    return Quarter(label, tuple(found[:_MOST]), len(found))


def _first_month(day: date) -> int:
    return day.month - (day.month - 1) % 3
