"""What git knows of a repository. Nothing is inferred from a history that is cut off or missing."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

_ALONE = {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0"}
"""Git asks nobody and fetches nothing: who has not all of it, has no history."""


def git(root: Path, *arguments: str) -> bytes | None:
    """What a git command says in a directory; None without git, outside a repository, or when the command fails."""
    command = ["git", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=True, env={**os.environ, **_ALONE})  # noqa: S603 - our own words
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout


def in_repository(root: Path) -> bool:
    """False where there is surely no repository around a directory: to know that, no program need be started."""
    return "GIT_DIR" in os.environ or any((place / ".git").exists() for place in (root, *root.resolve().parents))


def is_shallow(root: Path) -> bool:
    """True for a repository with only the newest part of its history."""
    return git(root, "rev-parse", "--is-shallow-repository") not in (b"false\n", None)


def is_tracked(root: Path, name: str) -> bool:
    """True when a file or something in a directory belongs to the repository, not only lies in one."""
    return bool(git(root, "ls-files", "--", name))


def first_commits(root: Path) -> dict[str, date]:
    """The day of the first commit of every file below ``plans/``, by path; empty outside a repository.

    Empty as well when only a part of the history is there, and in a directory of another repository: what was copied
    there may be old. For the same reason files of a commit without parents are left out: a column that was unpacked
    and then committed was published before, perhaps.
    Renames are followed only as far as git sees them as new files: an address that moved is new to its readers.
    """
    if not in_repository(root):
        return {}
    if git(root, "rev-parse", "--show-prefix", "--is-shallow-repository") != b"\nfalse\n":
        return {}
    what = ("--diff-filter=A", "--name-only", "--relative", "--format=%x00%cs %P")
    said = git(root, "-c", "core.quotePath=off", "log", *what, "--", "plans")
    first: dict[str, date] = {}
    begun_elsewhere: set[str] = set()
    for commit in (said or b"").decode("utf-8", "replace").split("\0")[1:]:
        head, *files = commit.split("\n")
        day, _, parents = head.partition(" ")
        for file in filter(None, files):
            first[file] = date.fromisoformat(day)  # newest commit first: the last one written stays
            if not parents:
                begun_elsewhere.add(file)
    return {file: day for file, day in first.items() if file not in begun_elsewhere}
