"""Stamps of directories: by them a build sees that the files of the last one are as it left them, reading none."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from hashlib import blake2b
from pathlib import Path


def with_parents(directories: Iterable[str]) -> set[str]:
    """Directories and all that they lie in."""
    found = {""}
    for directory in directories:
        while directory not in found:
            found.add(directory)
            directory = directory[: directory.rfind("/", 0, -1) + 1]  # noqa: PLW2901
    return found


def scan(root: str, names: Mapping[str, AbstractSet[str]]) -> dict[str, str]:
    """Every directory that has files of ours, or has such directories, with the stamp of those files."""
    stamps: dict[str, str] = {}
    ours = with_parents(names)
    ahead = [""] if os.path.isdir(root) else []  # noqa: PTH112
    while ahead:
        directory = ahead.pop()
        known = names.get(directory, ())
        files = []
        with os.scandir(f"{root}/{directory}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if f"{directory}{entry.name}/" in ours:
                        ahead.append(f"{directory}{entry.name}/")
                elif entry.name in known and not entry.is_symlink():
                    files.append((entry.name, entry.stat(follow_symlinks=False)))
        stamps[directory] = fingerprint(files)
    return stamps


def fingerprint_of(root: Path, directory: str) -> str | None:
    """The stamp of all files of a directory, whoever wrote them; None where there is no such directory."""
    try:
        with os.scandir(root / directory) as entries:
            files = [entry for entry in entries if not entry.is_dir(follow_symlinks=False)]
            return fingerprint((entry.name, entry.stat(follow_symlinks=False)) for entry in files)
    except OSError:
        return None


def fingerprint(files: Iterable[tuple[str, os.stat_result]]) -> str:
    """How many files there are, and a digest of their names, sizes and times of change."""
    known = sorted([f"{name}\0{status.st_size}\0{status.st_mtime_ns}" for name, status in files])
    look = blake2b("\n".join(known).encode(), digest_size=8).hexdigest()
    return f"{len(known)} {look}"
