"""What came of a task or project (落实情况, 回头看): dated entries, and the status that follows from them on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.column.origin import Origin
from gongkai.text.deadline import Deadline


class ProgressStatus(StrEnum):
    """What an entry says of the work; the values are what editors write."""

    UNDERWAY = "推进中"
    DONE = "完成"
    SUSTAINED = "完成并长期坚持"
    STOPPED = "停止并说明"


class TaskStatus(StrEnum):
    """What a reader is told on a day; the values are part of the open data."""

    NOT_DUE = "not_due"
    UNDERWAY = "underway"
    DONE = "done"
    SUSTAINED = "sustained"
    OVERDUE = "overdue"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


TASK_STATUS_LABELS = {
    TaskStatus.NOT_DUE: "未到期",
    TaskStatus.UNDERWAY: "推进中",
    TaskStatus.DONE: "完成",
    TaskStatus.SUSTAINED: "完成并长期坚持",
    TaskStatus.OVERDUE: "已过完成时限，推进中",
    TaskStatus.STOPPED: "停止并说明",
    TaskStatus.UNKNOWN: "尚未公开",
}

_CLOSED = {
    ProgressStatus.DONE: TaskStatus.DONE,
    ProgressStatus.SUSTAINED: TaskStatus.SUSTAINED,
    ProgressStatus.STOPPED: TaskStatus.STOPPED,
}


@dataclass(frozen=True, slots=True)
class Link:
    """A link to something outside the column: the words to click on, and a full http(s) address."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Progress:
    """One entry: the day it describes, its status and words, and the public material that shows it."""

    date: date
    status: ProgressStatus
    text: str
    evidence: tuple[Link, ...]
    origin: Origin


def status_on(day: date, progress: Sequence[Progress], deadline: Deadline | None) -> TaskStatus:
    """The status on ``day``, from the newest entry not younger than it and the last day the deadline allows.

    A task without any entry is never called overdue: that nothing was published does not say that nothing was done.
    """
    known = [entry for entry in progress if entry.date <= day]
    late = deadline is not None and deadline.due is not None and deadline.due < day
    if not known:
        return TaskStatus.NOT_DUE if deadline and deadline.due and not late else TaskStatus.UNKNOWN
    newest = max(known, key=lambda entry: entry.date)
    if newest.status in _CLOSED:
        return _CLOSED[newest.status]
    return TaskStatus.OVERDUE if late else TaskStatus.UNDERWAY
