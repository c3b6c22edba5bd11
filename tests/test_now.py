"""What the home page says is going on, judged at the day of the build."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator import pipeline
from generator.model.column import Column
from generator.model.deadline import Deadline, DeadlineKind
from generator.model.decision import StageStatus
from generator.pages.now import decisions_in_progress, due_this_quarter, open_consultations, state_of
from tests.pages import page, text_of

DAY = date(2022, 9, 30)


@pytest.mark.parametrize(
    ("kind", "due", "as_of", "expected"),
    [
        (DeadlineKind.DATE, DAY, date(2022, 9, 30), ("期限未到", False)),
        (DeadlineKind.DATE, DAY, date(2022, 10, 1), ("期限已到", True)),
        (DeadlineKind.DATE_ONGOING, DAY, date(2022, 10, 1), ("期限已到，继续坚持", True)),
        (DeadlineKind.ONGOING, None, date(2030, 1, 1), ("长期工作", False)),
        (DeadlineKind.UNKNOWN, None, date(2030, 1, 1), None),
    ],
)
def test_a_task_is_due_only_when_its_last_day_is_over(
    kind: DeadlineKind, due: date | None, as_of: date, expected: tuple[str, bool] | None
) -> None:
    assert state_of(Deadline("…", kind, due), as_of) == expected


def test_no_deadline_no_state() -> None:
    assert state_of(None, DAY) is None


def test_tasks_of_the_quarter_are_those_with_a_day_in_it(checked: pipeline.Checked) -> None:
    quarter = due_this_quarter(replace(checked.column, as_of=date(2022, 8, 15)))
    assert quarter is not None
    assert quarter.label == "2022年7月至9月"
    days = [due.deadline.due for due in quarter.tasks]
    assert days == sorted(days)
    assert {day.month for day in days if day} <= {7, 8, 9}
    assert quarter.total == 4
    assert due_this_quarter(replace(checked.column, as_of=date(2030, 1, 1))) is None


def with_consultation(column: Column, day: date, *, result: bool = False) -> Column:
    directory = column.directories["laiwu-2021-decisions"]
    first = directory.decisions[0]
    public = {"consultation", "result"} if result else {"consultation"}
    stages = tuple(
        replace(stage, status=StageStatus.PUBLISHED, date=day) if stage.kind in public else stage
        for stage in first.stages
    )
    changed = replace(directory, decisions=(replace(first, stages=stages), *directory.decisions[1:]))
    return replace(column, directories={**column.directories, directory.id: changed})


def test_a_consultation_is_open_for_thirty_days_unless_something_later_is_public(checked: pipeline.Checked) -> None:
    column = replace(checked.column, as_of=date(2021, 7, 31))
    assert open_consultations(column) == []
    (found,) = open_consultations(with_consultation(column, date(2021, 7, 1)))
    assert (found.entry.id, found.stage, found.day) == ("laiwu-2021-decisions/1", "意见征集", date(2021, 7, 1))
    assert open_consultations(with_consultation(column, date(2021, 6, 30))) == []
    assert open_consultations(with_consultation(column, date(2021, 8, 1))) == []
    assert open_consultations(with_consultation(column, date(2021, 7, 1), result=True)) == []


def test_a_decision_is_in_progress_between_its_first_and_its_last_public_word(checked: pipeline.Checked) -> None:
    column = checked.column
    assert decisions_in_progress(column) == []
    assert len(decisions_in_progress(with_consultation(column, date(2021, 7, 1)))) == 1
    assert decisions_in_progress(with_consultation(column, date(2021, 7, 1), result=True)) == []


def test_home_shows_nothing_that_the_data_does_not_have(site: Path) -> None:
    headings = [text_of(node) for node in page(site, "").css("main h2")]
    assert "正在征求意见" not in headings
    assert headings[:3] == ["按机构", "按年份", "按主题"]
    assert "最新收录" in headings


def test_a_task_says_that_its_day_is_over(site: Path) -> None:
    state = page(site, "plans/changqing-2022/tasks/22/").css_first(".answer .state")
    assert state is not None
    assert text_of(state) == "期限已到"
