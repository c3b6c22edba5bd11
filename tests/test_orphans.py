"""Whoever publishes is killed alone, as a system short of memory does it: nothing that it forked is left or in the way.

The killer strikes at states, not at times: at the n-th thing that the publisher asks of the system, or in the first
instants after a fork, on either side of it.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from gongkai import workers
from gongkai.cli import main
from gongkai.output.output_dir import OutputDir
from gongkai.output.publish import Make, publish
from gongkai.output.verification import verify
from gongkai.workers import Shared, in_background, parallel_map
from tests.killing import after_fork, at_event, by_child, ended, in_child
from tests.miniature.build import miniature_repository
from tests.waiting import until

THINGS = 40
KILLS = 40
"""Of the parent alone, half of them within the first instants of a fork."""


@pytest.fixture(autouse=True)
def _three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_WORKERS", "3")


def site_by_children(directory: Path) -> list[str]:
    """A site of which every page is written by one of three processes."""

    tree = OutputDir.at(directory)
    with tree.writing():
        for names in parallel_map(write, range(THINGS), Shared(tree)):
            tree.names.setdefault("", set()).update(names[""])
            sys.audit("tests.written")  # another instant to be killed at
    return []


def write(tree: OutputDir, number: int) -> Mapping[str, set[str]]:
    worker = tree.for_worker()
    worker.write_file(f"{number}.html", ("字" * 2000).encode())
    return worker.names


def beside_one_that_never_ends(directory: Path) -> list[str]:
    """The same beside a fourth process, which is busy for ever."""
    busy = in_background(signal.pause)
    wrong = site_by_children(directory)
    del busy
    return wrong


@contextmanager
def publisher(target: Path, make: Make, dies: Callable[[], None]) -> Iterator[int]:
    """A process that publishes until it dies; afterwards everything that it forked is waited for."""
    reading, writing = os.pipe()

    def work() -> None:
        os.close(reading)  # the other end is held by this process and all that it forks, and by nobody else
        dies()
        publish(target, make, {})

    child = in_child(work)
    os.close(writing)
    yield child
    until("the end of all that was forked", lambda: select.select([reading], [], [], 0)[0])
    assert os.read(reading, 1) == b""
    os.close(reading)


def deaths() -> list[Callable[[], None]]:
    chance = random.Random(20261121)
    forks = [partial(dies, number) for number in range(4) for dies in (after_fork, by_child)] * 2
    return [*forks, *(partial(at_event, number) for number in chance.sample(range(1, 350), KILLS - len(forks)))]


def test_after_forty_kills_of_the_parent_alone_a_publish_goes_through_at_once(tmp_path: Path) -> None:
    target = tmp_path / "zfxxgk"
    for dies in deaths():
        with publisher(target, beside_one_that_never_ends, dies) as killed:
            assert ended(killed) == -signal.SIGKILL, dies
            publish(target, pages, {})  # at once: whatever it forked may still be there
        assert verify(str(target.resolve())) == (3, [])


def test_where_the_system_does_not_end_them_they_end_when_nobody_takes_what_they_do(tmp_path: Path) -> None:
    def dies() -> None:
        workers.ctypes.CDLL = no_library  # type: ignore[assignment, misc]
        at_event(30)  # while pages are written

    with publisher(tmp_path / "zfxxgk", site_by_children, dies) as killed:
        assert ended(killed) == -signal.SIGKILL


def no_library(_name: str | None) -> None:
    raise OSError


def test_nothing_that_is_forked_holds_the_lock(tmp_path: Path) -> None:
    def make(directory: Path) -> list[str]:
        held = [open_files(), *parallel_map(open_files, range(THINGS), Shared(None)), in_background(open_files)()]
        locked = [any(name.endswith(".zfxxgk.releases/lock") for name in names) for names in held]
        assert locked == [True, *[False] * (THINGS + 1)]
        return pages(directory)

    publish(tmp_path / "zfxxgk", make, {})


def open_files(*_: object) -> list[str]:
    return [str(path.readlink()) for path in Path("/proc/self/fd").iterdir() if path.is_symlink()]


def test_the_command_is_killed_alone_and_the_next_one_goes_through(tmp_path: Path) -> None:
    root, target = miniature_repository(tmp_path), tmp_path / "zfxxgk"

    def command() -> None:
        main(["publish", str(target), "--root", str(root), "--as-of", "2022-03-01"], standalone_mode=False)

    for fork in range(3):  # one that looks at the directory, two that make pages

        def work(number: int = fork) -> None:
            after_fork(number)
            command()

        assert ended(in_child(work)) == -signal.SIGKILL
    command()
    assert verify(str(target.resolve()))[1] == []


def pages(directory: Path) -> list[str]:
    tree = OutputDir.at(directory)
    with tree.writing():
        for number in range(3):
            tree.write_file(f"{number}.html", b"x")
    return []
