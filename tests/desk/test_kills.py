"""A desk that is killed in the middle of a save leaves a whole file, and the step can be undone or done."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gongkai.desk.history import History
from tests.desk.desks import PLAN, Visitor, column
from tests.killing import at_event
from tests.output.test_publish import ended, in_child

KILLS = 100
UNTOUCHED = 0


def events_of_a_save(root: Path, state: Path) -> int:
    visitor, count = Visitor(root, state), 0
    visitor.get(f"/file/{PLAN}")
    assert visitor.edit("set", "title", "零").status_code == 200

    def heard(_event: str, _arguments: object) -> None:
        nonlocal count
        count += 1

    sys.addaudithook(heard)
    assert visitor.edit("set", "title", "第一个标题").status_code == 200
    return count


@pytest.mark.soak
def test_a_save_that_is_killed_anywhere_is_done_or_not(tmp_path: Path) -> None:
    root, state = column(tmp_path), tmp_path / "state"
    every = events_of_a_save(root, state)
    before, killed = (root / PLAN).read_bytes(), 0
    for number in range(KILLS):
        title = f"第{number}次改的标题"

        def work(title: str = title, number: int = number) -> None:
            visitor = Visitor(root, state)
            visitor.get(f"/file/{PLAN}")
            at_event(number * every // KILLS)
            visitor.edit("set", "title", title)

        killed += ended(in_child(work)) != UNTOUCHED
        now = (root / PLAN).read_bytes()
        assert now == before or title.encode() in now
        history = History(root, state)
        if now != before:
            history.undo()
            assert (root / PLAN).read_bytes() == before
            history.redo()
            assert (root / PLAN).read_bytes() == now
        before = now
    assert killed > KILLS / 2
