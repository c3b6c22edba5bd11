"""What a decision page says is asked next: by the state of the stages and the day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from gongkai import pipeline
from gongkai.kinds.decision_directory import KIND as DIRECTORY_FILES
from gongkai.kinds.decision_directory.model import StageStatus
from gongkai.kinds.decision_directory.obligations import ObligationState, answered, obligations
from gongkai.rules.rule import Example
from tests.rules.examples import write_example

pytestmark = pytest.mark.quick

PENDING = "adoption: {status: pending, date: null, url: null}"


def state_on(day: str, text: str, root: Path) -> list[tuple[str, ObligationState, date | None]]:
    write_example(Example("decision", "", ""), text, root)
    column = pipeline.check(root, date.fromisoformat(day)).column
    directory = DIRECTORY_FILES.of(column)["lizhou-2024-decisions"]
    found = obligations(column, directory, directory.decisions[0])
    return [(item.stage, item.state, item.due) for item in found]


CASES = [
    ("2024-05-20", f"stages: {{result: null, {PENDING}}}", ("consultation", ObligationState.OPEN, date(2024, 6, 6))),
    ("2024-06-06", f"stages: {{result: null, {PENDING}}}", ("consultation", ObligationState.OPEN, date(2024, 6, 6))),
    ("2024-07-29", f"stages: {{{PENDING}}}", ("adoption", ObligationState.DUE, date(2024, 8, 5))),
    ("2024-08-05", f"stages: {{{PENDING}}}", ("adoption", ObligationState.DUE, date(2024, 8, 5))),
    ("2024-08-06", f"stages: {{{PENDING}}}", ("adoption", ObligationState.LATE, date(2024, 8, 5))),
    ("2024-09-02", f"stages: {{result: null, {PENDING}}}", ("result", ObligationState.MISSED, date(2024, 7, 31))),
    ("2024-07-01", f"planned: null\nstages: {{result: null, {PENDING}}}", ("result", ObligationState.NEXT, None)),
]


@pytest.mark.parametrize(("day", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_what_is_asked(day: str, text: str, expected: tuple[object, ...], tmp_path: Path) -> None:
    assert state_on(day, text, tmp_path) == [expected]


def test_nothing_is_asked_of_a_finished_decision(tmp_path: Path) -> None:
    assert state_on("2024-09-02", "stages: {}", tmp_path) == []


def test_nothing_is_asked_of_what_is_lawfully_not_public(tmp_path: Path) -> None:
    text = "not_public: {basis: 《政府信息公开条例》第十四条, approved_by: 区政府}\nstages: {result: null}"
    assert state_on("2024-09-02", text, tmp_path) == []


REMOVED = "{date: 2024-07-15, kind: 调出, reason: 由市里统一编制, approved_by: 区政府常务会议}"
BACK = "{date: 2024-08-15, kind: 新增, reason: 仍由本区决策, approved_by: 区政府常务会议}"


def test_nothing_is_asked_of_what_left_the_directory_until_it_comes_back(tmp_path: Path) -> None:
    text = f"stages: {{result: null, {PENDING}}}\nchanges: ["
    assert state_on("2024-09-02", f"{text}{REMOVED}]", tmp_path / "left") == []
    assert state_on("2024-09-02", f"{text}{REMOVED}, {BACK}]", tmp_path / "back") != []


def test_a_year_without_holidays_is_said_to_be_an_estimate(tmp_path: Path) -> None:
    text = f"stages: {{result: {{date: 2026-12-28, issued: 2026-12-28}}, {PENDING}}}"
    write_example(Example("decision", "", ""), text, tmp_path)
    column = pipeline.check(tmp_path, date(2026, 12, 30)).column
    directory = DIRECTORY_FILES.of(column)["lizhou-2024-decisions"]
    (item,) = obligations(column, directory, directory.decisions[0])
    assert item.estimated


def test_completeness_counts_what_the_year_asks_for(checked: pipeline.Checked) -> None:
    directory = DIRECTORY_FILES.of(checked.column)["laiwu-2021-decisions"]
    assert [answered(directory, decision) for decision in directory.decisions] == [(0, 5)] * 5


def test_what_does_not_apply_is_not_owed(checked: pipeline.Checked) -> None:
    directory = DIRECTORY_FILES.of(checked.column)["laiwu-2021-decisions"]
    decision = directory.decisions[0]
    (slot, *_) = [slot for slot in directory.stage_set.slots if slot.required]
    for status, expected in ((StageStatus.NOT_APPLICABLE, (0, 4)), (StageStatus.WITHHELD, (1, 5))):
        stages = tuple(
            replace(stage, status=status) if stage.kind in slot.stages else stage for stage in decision.stages
        )
        assert answered(directory, replace(decision, stages=stages)) == expected
