"""What another process does in the meantime: its result, its failure, and its end when nobody wants it any more."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest

from gongkai.workers import in_background
from tests.waiting import until

pytestmark = pytest.mark.quick


@pytest.fixture(autouse=True)
def _two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_WORKERS", "2")


def test_another_process_does_it() -> None:
    wait = in_background(os.getpid)
    assert wait() != os.getpid()


def test_what_fails_there_is_raised_here(tmp_path: Path) -> None:
    wait = in_background((tmp_path / "missing").read_bytes)
    with pytest.raises(FileNotFoundError):
        wait()


def test_it_ends_when_nobody_waits() -> None:
    """A build that stops at a mistake in ``plans/`` has no use for it."""
    wait = in_background(lambda: bytes(1_000_000))  # more than a pipe holds
    del wait
    until("the end of the process", lambda: not multiprocessing.active_children())
