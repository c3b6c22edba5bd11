"""What came of a task or project (落实情况, 回头看): dated entries, and the status that follows from them on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct

from gongkai.column.origin import Origin
from gongkai.column.targets import Count
from gongkai.text.deadline import Deadline


class ProgressStatus(StrEnum):
    """What an entry says of the work; the values are what editors write."""

    UNDERWAY = "推进中"
    DONE = "完成"
    SUSTAINED = "完成并长期坚持"
    STOPPED = "停止并说明"


class TaskStatus(StrEnum):
    """What a reader is told on a day; the values are part of the open data."""

    DONE = "done"
    SUSTAINED = "sustained"
    UNDERWAY = "underway"
    OVERDUE = "overdue"
    STOPPED = "stopped"
    NOT_DUE = "not_due"
    UNKNOWN = "unknown"


TASK_STATUS_LABELS = {
    TaskStatus.NOT_DUE: "未到期",
    TaskStatus.UNDERWAY: "推进中",
    TaskStatus.DONE: "已完成",
    TaskStatus.SUSTAINED: "已完成，长期坚持",
    TaskStatus.OVERDUE: "过了原定日期，未报完成",
    TaskStatus.STOPPED: "停止并说明",
    TaskStatus.UNKNOWN: "尚无落实情况",
}

_CLOSED = {
    ProgressStatus.DONE: TaskStatus.DONE,
    ProgressStatus.SUSTAINED: TaskStatus.SUSTAINED,
    ProgressStatus.STOPPED: TaskStatus.STOPPED,
}


class Link(Struct, frozen=True):
    """A link to something outside the column: the words to click on, and a full http(s) address."""

    title: str
    url: str


class Progress(Struct, frozen=True):
    """One entry: the day it describes, its status and words, the public material that shows it, and numbers."""

    date: date
    status: ProgressStatus
    text: str
    evidence: tuple[Link, ...]
    origin: Origin
    counts: tuple[Count, ...] = ()


Totals = tuple[tuple[TaskStatus, int], ...]
"""How many records have each status: in the order of :class:`TaskStatus`, none with nothing."""


def totals(statuses: Iterable[TaskStatus]) -> Totals:
    """Statuses, counted."""
    counts = Counter(statuses)
    return tuple((status, counts[status]) for status in TaskStatus if counts[status])


def status_on(day: date, progress: Sequence[Progress], deadline: Deadline | None) -> TaskStatus:
    """The status on ``day``, from the newest entry not younger than it and the last day that the deadline allows.

    It speaks of reports only: that nothing was published does not say that nothing was done.
    """
    known = [entry for entry in progress if entry.date <= day]
    newest = max(known, key=lambda entry: entry.date) if known else None
    if newest and newest.status in _CLOSED:
        return _CLOSED[newest.status]
    if deadline is None or deadline.due is None:
        return TaskStatus.UNDERWAY if newest else TaskStatus.UNKNOWN
    if deadline.due < day:
        return TaskStatus.OVERDUE
    return TaskStatus.UNDERWAY if newest else TaskStatus.NOT_DUE
