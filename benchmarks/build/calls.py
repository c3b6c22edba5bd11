"""usage: python -m benchmarks.build.calls [--keep]   Calls of functions in a build from nothing, by room.

They are the same on a slow machine and on a busy one, so that whoever makes a build dearer sees it at once:
``history.csv`` has a line for each time that they were kept, ``tests/output/test_calls.py`` compares with the last one.
Other Pythons count otherwise.
"""

from __future__ import annotations

import cProfile
import csv
import os
import pstats
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.build import corpus

HISTORY = Path(__file__).with_name("history.csv")
RECORDS = 188
"""Four plans of a district, one a year."""
ROOMS = (
    "libraries",
    "cache",
    "load",
    "linking",
    "rules",
    "kinds",
    "site",
    "alternates",
    "search",
    "output",
    "other",
)
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


def counted() -> dict[str, int]:
    """Thousands of calls by room, of the whole build as a process of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        repository, stats = Path(scratch) / "column", Path(scratch) / "stats"
        repository.mkdir()
        corpus.make(RECORDS, repository)
        alone = {"PYTHONHASHSEED": "0", "GONGKAI_WORKERS": "1", "PYTHONPATH": str(corpus.ROOT)}
        command = [sys.executable, "-m", "benchmarks.build.calls", "--build", str(repository), str(stats)]
        subprocess.run(command, env={**os.environ, **alone}, check=True, capture_output=True)
        return _by_room(pstats.Stats(str(stats)))


def _by_room(stats: pstats.Stats) -> dict[str, int]:
    found: Counter[str] = Counter()
    for (file, _, _), (calls, *_) in stats.stats.items():  # type: ignore[attr-defined]
        inside = file.partition("/gongkai/")[2].split("/")
        room = inside[0] if len(inside) > 1 else "other" if inside[0] else "libraries"
        found[room if room in ROOMS else "other"] += calls
    return {room: round(found[room] / 1000) for room in ROOMS}


def build(repository: Path, stats: Path) -> None:
    """Build once and keep what was called."""
    from gongkai.cli import main

    profile = cProfile.Profile()
    arguments = ["build", "--root", str(repository), "--as-of", "2026-11-21", "--cache", str(repository / ".cache")]
    profile.runcall(main, [*arguments, "--out", str(repository / "site")], standalone_mode=False)
    profile.dump_stats(stats)


def kept() -> dict[str, int]:
    """The calls that were kept last with this Python; empty where there are none."""
    with HISTORY.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["python"] == PYTHON]
    return {room: int(rows[-1][room]) for room in ROOMS} if rows else {}


def keep(found: dict[str, int]) -> None:
    """Add a line."""
    with HISTORY.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow([time.strftime("%Y-%m-%d"), PYTHON, *found.values()])


def main() -> None:
    """Count, and print what was kept beside it."""
    if sys.argv[1:2] == ["--build"]:
        build(*map(Path, sys.argv[2:]))
        return
    found, before = counted(), kept()
    for room, calls in found.items():
        print(f"{room:<20} {calls:>8,} thousand   {before.get(room, 0):>8,}")
    if "--keep" in sys.argv:
        keep(found)


if __name__ == "__main__":
    main()
