"""When each authored file was first committed: one look at the history, and nothing where there is none."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path


def first_commits(root: Path) -> dict[str, date]:
    """The day of the first commit of every file below ``plans/``, by path; empty outside a repository.

    Renames are followed only as far as git sees them as new files: an address that moved is new to its readers.
    """
    command = [
        "git",
        "-C",
        str(root),
        "log",
        "--diff-filter=A",
        "--name-only",
        "--relative",
        "--format=%x00%cs",
        "--",
        "plans",
    ]
    try:
        done = subprocess.run(command, capture_output=True, check=True, timeout=30)  # noqa: S603 - fixed words
    except (OSError, subprocess.SubprocessError):
        return {}
    first: dict[str, date] = {}
    for commit in done.stdout.decode("utf-8", "replace").split("\0")[1:]:
        day, *files = commit.split("\n")
        for file in filter(None, files):
            first[file] = date.fromisoformat(day)  # newest commit first: the last one written stays
    return first
