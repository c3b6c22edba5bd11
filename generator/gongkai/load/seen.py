"""What was made of files before, for as long as they look on disk as they did: nobody reads them again to know it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Hashable, Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from stat import S_ISLNK
from typing import Any, TypeVar

Value = TypeVar("Value")
Stamp = tuple[int, int, int, int]
"""When a file was changed last (nanoseconds, twice: its content and its entry), its size, its number on the disk."""

RECENT_NS = 2_000_000_000
"""Nanoseconds after a change in which another one might leave the same stamp: the coarsest clock of a file system."""


def stamp(path: str | Path) -> Stamp | None:
    """How a file looks; None for a link and for what cannot be looked at."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    if S_ISLNK(status.st_mode):
        return None
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def is_recent(found: Stamp) -> bool:
    """True for a file that was changed only just now, or will have been: its stamp says nothing yet."""
    return max(found[:2]) > time.time_ns() - RECENT_NS


def files_in(*folders: Path) -> list[str]:
    """Every file below some directories but those that begin with a dot; single files as they are."""
    found: list[str] = []
    ahead = [str(folder) for folder in folders]
    while ahead:
        place = ahead.pop()
        try:
            with os.scandir(place) as entries:
                for entry in entries:
                    if not entry.name.startswith(".") and entry.name != "__pycache__":
                        (ahead if entry.is_dir(follow_symlinks=False) else found).append(entry.path)
        except NotADirectoryError:
            found.append(place)
        except OSError:
            continue
    return sorted(found)


class Seen:
    """Values by name, each with the stamps of the files that it was made of. A new one knows nothing."""

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[Mapping[str, Stamp | None], Any]] = {}

    def of(self, name: Hashable, paths: Iterable[str | Path], make: Callable[[], Value]) -> Value:
        """What ``make`` gives, made again when one of the files looks otherwise, is a link, or changed just now."""
        stamps = {str(path): stamp(path) for path in paths}
        known = self._known.get(name)
        if known and known[0] == stamps:
            value: Value = known[1]
            return value
        value = make()
        if all(found is not None and not is_recent(found) for found in stamps.values()):
            self._known[name] = stamps, value
        else:
            self._known.pop(name, None)
        return value


class Files:
    """Some files as they looked last. What was changed just now is told by its content, until its stamp can be."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Stamp | None, bytes | None]] | None = None

    def look(self, paths: Iterable[str]) -> bool:
        """Whether these are other files than at the last look, or one looks otherwise; True at the first look."""
        before, now = self._known or {}, {}
        changed = self._known is None
        for path in paths:
            found, known = stamp(path), before.get(path)
            if known and known[0] == found and known[1] is None and found is not None:
                now[path] = known
                continue
            said = _digest(path) if found is None or is_recent(found) else None
            same = known is not None and known[0] == found and said in (known[1], None)
            changed = changed or not same
            now[path] = found, said
        self._known = now
        return changed or before.keys() != now.keys()


def _digest(path: str) -> bytes | None:
    try:
        return blake2b(Path(path).read_bytes(), digest_size=16).digest()
    except OSError:
        return None
