"""Waiting for states: no test is decided by how long something takes, for that depends on the machine and its load.

``GUARD`` ends what would hang for ever, and is an error that names what was waited for. Browsers have one of their own
(``tests/browser/browser.mjs``).
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from tests.tools import tool

ROOT = Path(__file__).resolve().parents[1]
GUARD = 3600
"""Seconds."""
Found = TypeVar("Found")


def until(what: str, look: Callable[[], Found | None]) -> Found:
    """Look again and again until there is something.

    Raises:
        TimeoutError: when it hangs.
    """
    for _ in range(GUARD * 20):
        if found := look():
            return found
        time.sleep(0.05)
    raise TimeoutError(f"hangs: {what}")


def finished(command: Sequence[object], **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a program to its end; its output is text, and whether it may fail is for the caller to say.

    Raises:
        TimeoutError: when it hangs.
    """
    words = [str(word) for word in command]
    settings = {"capture_output": True, "text": True, "errors": "replace", **options}
    try:
        return subprocess.run(words, timeout=GUARD, check=False, **settings)
    except subprocess.TimeoutExpired:
        raise TimeoutError(f"hangs: {' '.join(words)}") from None


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket(socket.AF_INET6) as probe:
        probe.bind(("::", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int) -> bool:
    """Whether somebody listens at a port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def passes_in_node(script: Path, **environment: str) -> None:
    """Run a script of tests in node; a failure shows node's own report."""
    done = finished([tool("node"), "--test", script], cwd=ROOT, env={**os.environ, **environment})
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]


@contextmanager
def guarded(what: str) -> Iterator[None]:
    """What is done inside ends.

    Raises:
        TimeoutError: when it hangs.
    """

    def hangs(*_: object) -> None:
        raise TimeoutError(f"hangs: {what}")

    before = signal.signal(signal.SIGALRM, hangs)
    signal.alarm(GUARD)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
