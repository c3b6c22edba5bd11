"""What other processes do: their results, their failures, and their end when nobody wants them any more."""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from gongkai.workers import Shared, ending_processes, in_background, parallel_map
from tests.waiting import until

pytestmark = pytest.mark.quick


@pytest.fixture(autouse=True)
def _two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_WORKERS", "2")


def test_another_process_does_it() -> None:
    wait = in_background(os.getpid)
    assert wait() != os.getpid()


def test_what_fails_there_is_raised_here(tmp_path: Path) -> None:
    wait = in_background(Path.read_bytes, tmp_path / "missing")
    with pytest.raises(FileNotFoundError):
        wait()


def test_it_ends_when_nobody_waits() -> None:
    """A build that stops at a mistake in ``plans/`` has no use for it."""
    wait = in_background(bytes, 1_000_000)  # more than a pipe holds
    del wait
    until("the end of the process", lambda: not multiprocessing.active_children())


@pytest.mark.parametrize("start", ["one", "fork", "spawn"])
def test_results_do_not_depend_on_how_processes_start(monkeypatch: pytest.MonkeyPatch, start: str) -> None:
    in_processes(monkeypatch, start)
    with ending_processes():
        found = list(parallel_map(divided, range(1, 41), Shared(120, int, ("120",)), pages=1))
        assert [number for number, _ in found] == [120 // number for number in range(1, 41)]
        assert ({process for _, process in found} == {os.getpid()}) is (start == "one")
        with pytest.raises(ZeroDivisionError):
            list(parallel_map(divided, range(40), Shared(120, int, ("120",)), pages=1))
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_when_a_process_is_killed_the_others_end(monkeypatch: pytest.MonkeyPatch, start: str) -> None:
    """A system without memory kills one; with much left to do the pool must not stumble over what is cancelled."""
    in_processes(monkeypatch, start)
    broken = list[object]()
    monkeypatch.setattr("threading.excepthook", broken.append)
    with ending_processes(), pytest.raises(BrokenProcessPool):
        list(parallel_map(killed_at, range(20_000), Shared(700, int, ("700",)), pages=1))
    until("the end of the processes", lambda: not multiprocessing.active_children())
    assert broken == []


def test_what_cannot_be_made_anew_is_shared_by_forks_only(monkeypatch: pytest.MonkeyPatch) -> None:
    for start in ("fork", "spawn"):
        in_processes(monkeypatch, start)
        found = {process for _, process in parallel_map(divided, range(1, 41), Shared(120), pages=1)}
        assert (found == {os.getpid()}) is (start == "spawn")


def killed_at(last: int, number: int) -> int:
    if number == last:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def in_processes(monkeypatch: pytest.MonkeyPatch, start: str) -> None:
    """Have all work done by two processes that start in a way, however little it is; or by one."""
    monkeypatch.setattr("gongkai.workers.MIN_PARALLEL_ITEMS", 1)
    monkeypatch.setattr("gongkai.workers.MIN_SPAWN_PAGES", 1)
    monkeypatch.setenv("GONGKAI_WORKERS", "1" if start == "one" else "2")
    monkeypatch.setenv("GONGKAI_START", "fork" if start == "one" else start)


def divided(whole: int, number: int) -> tuple[int, int]:
    return whole // number, os.getpid()
