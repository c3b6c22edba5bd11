"""The memory of a program: what all its processes hold at a time, shared pages counted once."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import Self

_EVERY = 0.1
_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


class Peak:
    """Looks at a process and its descendants ten times a second until it ends; ``megabytes`` is the most they held."""

    def __init__(self, process: int) -> None:
        self._process, self.megabytes = process, 0.0
        self._ended = threading.Event()
        self._watching = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._watching.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._watching.join()

    def _watch(self) -> None:
        while not self._ended.wait(_EVERY):
            held = sum(_held(process) for process in _family(self._process))
            self.megabytes = max(self.megabytes, held / 1024)


def _family(process: int) -> list[int]:
    try:
        below = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:  # it has just ended
        return []
    return [process, *(other for child in below for other in _family(int(child)))]


def _held(process: int) -> int:
    """Kilobytes: the proportional set size, which the kernel computes from the pages themselves."""
    try:
        found = _PSS.search(Path(f"/proc/{process}/smaps_rollup").read_text())
    except OSError:
        return 0
    return int(found[1]) if found else 0
