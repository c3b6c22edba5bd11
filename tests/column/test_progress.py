"""The status a reader is told follows from dated entries, the deadline and the day."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.column.origin import Origin
from gongkai.column.progress import Progress, ProgressStatus, TaskStatus, status_on
from gongkai.text.deadline import Deadline, DeadlineKind

pytestmark = pytest.mark.quick

DAY = date(2024, 9, 2)
PAST = Deadline("8月底前", DeadlineKind.DATE, date(2024, 8, 31))
TODAY = Deadline("9月2日前", DeadlineKind.DATE, DAY)
COMING = Deadline("年底前", DeadlineKind.DATE, date(2024, 12, 31))
ONGOING = Deadline("长期坚持", DeadlineKind.ONGOING, None)


def entry(day: str, status: ProgressStatus) -> Progress:
    return Progress(date.fromisoformat(day), status, "说明", (), Origin("plans/x.yml"))


UNDERWAY = entry("2024-05-01", ProgressStatus.UNDERWAY)
DONE = entry("2024-06-01", ProgressStatus.DONE)


@pytest.mark.parametrize(
    ("progress", "deadline", "status"),
    [
        ([], COMING, TaskStatus.NOT_DUE),
        ([], TODAY, TaskStatus.NOT_DUE),
        ([], PAST, TaskStatus.OVERDUE),  # its end was not reported: that says nothing of what was done
        ([], ONGOING, TaskStatus.UNKNOWN),
        ([], None, TaskStatus.UNKNOWN),
        ([UNDERWAY], COMING, TaskStatus.UNDERWAY),
        ([UNDERWAY], PAST, TaskStatus.OVERDUE),
        ([UNDERWAY], ONGOING, TaskStatus.UNDERWAY),
        ([UNDERWAY, DONE], PAST, TaskStatus.DONE),
        ([DONE, UNDERWAY], PAST, TaskStatus.DONE),  # the newest day counts, not the last line
        ([entry("2024-07-01", ProgressStatus.SUSTAINED)], PAST, TaskStatus.SUSTAINED),
        ([entry("2024-07-01", ProgressStatus.STOPPED)], COMING, TaskStatus.STOPPED),
        ([entry("2024-10-01", ProgressStatus.DONE)], COMING, TaskStatus.NOT_DUE),  # not yet on this day
    ],
)
def test_status(progress: list[Progress], deadline: Deadline | None, status: TaskStatus) -> None:
    assert status_on(DAY, progress, deadline) is status
