"""The site on disk: files are written only when their bytes change, and what is no longer made is removed.

Every directory belongs either to one page, with exactly the files of that page, or to single files that are put there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO


class UnsafePathError(Exception):
    """A page would lie outside the site."""


Files = Iterable[tuple[str, bytes]]
"""Files of one directory: names and contents."""
Counts = tuple[int, int, int]
"""Files written, kept and removed."""


@dataclass(slots=True)
class Tree:
    """Collects the files of one build below ``root``. Counts what was written, kept and removed.

    Directories are named as addresses are: relative, with ``/`` at the end, and "" for the root.
    """

    root: Path
    written: int = 0
    kept: int = 0
    removed: int = 0
    _found: dict[str, str] = field(default_factory=dict)
    _owned: dict[str, str] = field(default_factory=dict)
    _put: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def at(cls, root: Path) -> Tree:
        """The tree that lies at ``root``, or none yet."""
        return cls(root, _found=_scan(str(root)))

    def after(self) -> Tree:
        """The tree as this build leaves it, for the next build of a process that alone writes there."""
        return Tree(self.root, _found=dict.fromkeys(self._put, "") | self._owned)

    def put(self, path: str, content: bytes) -> None:
        """Write a single file unless it already has this content.

        Raises:
            UnsafePathError: when the path is empty, absolute or climbs out of the site.
        """
        _check(path)
        directory, _, name = path.rpartition("/")
        directory += "/" if directory else ""
        self._put.setdefault(directory, set()).add(name)
        self._write(directory, name, content)

    def keep(self, name: str) -> None:
        """Leave a single file at the root as it is."""
        self._put.setdefault("", set()).add(name)
        self.kept += 1

    def fill(self, directory: str, files: Files) -> str:
        """Give a directory exactly these files (directories in it are left alone); returns its stamp."""
        _check(directory)
        made = dict(self._write(directory, name, content) for name, content in files)
        if directory in self._found:
            self._drop(directory, set(made))
        self._owned[directory] = _stamp(made.items())
        return self._owned[directory]

    def rename(self, directory: str, name: str) -> None:
        """Let a directory that the last build left have another name, before it is filled: most files stay as they are.

        Whoever dies meanwhile leaves a directory that the next build fills again, as any other.
        """
        if directory in self._found and name not in self._found:
            os.rename(self.root / directory, self.root / name)  # noqa: PTH104
            self._found[name] = self._found.pop(directory)

    @contextmanager
    def streams(self, directory: str, names: Sequence[str]) -> Iterator[dict[str, BinaryIO]]:
        """All files of a directory, open for writing; at the end they take the place of the old ones."""
        place = self.root / directory
        place.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            yield {name: stack.enter_context((place / f"{name}.tmp").open("wb")) for name in names}
        for name in names:
            (place / f"{name}.tmp").replace(place / name)
        self.written += len(names)
        self._drop(directory, set(names))
        self._owned[directory] = self.look(directory)

    def look(self, directory: str) -> str:
        """The stamp of a directory as it is now."""
        place = self.root / directory
        return _stamp((entry.name, entry.stat()) for entry in os.scandir(place) if not _is_directory(entry))

    def own(self, stamps: Mapping[str, str], kept: bool = False) -> None:
        """Note that directories belong to the site; with ``kept``, their files are as they should be."""
        self._owned.update(stamps)
        if kept:
            self.kept += sum(int(stamp.split()[0]) for stamp in stamps.values())

    def stamp(self, directory: str) -> str | None:
        """What the files of a directory looked like when the build began."""
        return self._found.get(directory)

    def branch(self) -> Tree:
        """The same tree with counters of its own, for another process."""
        return Tree(self.root, _found=self._found)

    def count(self, other: Counts) -> None:
        """Add what another process wrote, kept and removed."""
        self.written, self.kept, self.removed = (a + b for a, b in zip(self.counts, other, strict=True))

    @property
    def counts(self) -> Counts:
        """Files written, kept and removed."""
        return self.written, self.kept, self.removed

    def paths(self) -> list[str]:
        """Every file of this build so far."""
        found = [f"{directory}{name}" for directory, names in self._put.items() for name in names]
        for directory in self._owned:
            with os.scandir(self.root / directory) as entries:
                found += [f"{directory}{entry.name}" for entry in entries if not _is_directory(entry)]
        return found

    def sweep(self) -> None:
        """Remove files that this build did not make, and directories left empty."""
        for directory in sorted(self._found.keys() - self._owned, reverse=True):
            path = self.root / directory
            if path.is_dir():  # another process may have renamed it
                self._drop(directory, self._put.get(directory, set()))
                if directory and not os.listdir(path):  # noqa: PTH208
                    path.rmdir()

    def _write(self, directory: str, name: str, content: bytes) -> tuple[str, os.stat_result]:
        place = os.path.join(self.root, directory)  # noqa: PTH118 - pathlib costs more than the comparison itself
        path = place + name
        if directory in self._found:
            known = _unchanged(path, content)
            if known:
                self.kept += 1
                return name, known
        self.written += 1
        try:
            return name, _written(path, content)
        except FileNotFoundError:
            os.makedirs(place, exist_ok=True)  # noqa: PTH103
            return name, _written(path, content)

    def _drop(self, directory: str, wanted: set[str]) -> None:
        with os.scandir(self.root / directory) as found:
            unwanted = [entry.path for entry in found if entry.name not in wanted and not _is_directory(entry)]
        for path in unwanted:
            os.remove(path)  # noqa: PTH107
        self.removed += len(unwanted)


def _check(path: str) -> None:
    if not path or path.startswith("/") or ".." in path.split("/") or "\\" in path:
        raise UnsafePathError(path)


def _is_directory(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def _scan(root: str) -> dict[str, str]:
    """Every directory with the stamp of its files."""
    stamps: dict[str, str] = {}
    ahead = [""] if os.path.isdir(root) else []  # noqa: PTH112
    while ahead:
        directory = ahead.pop()
        files = []
        with os.scandir(f"{root}/{directory}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    ahead.append(f"{directory}{entry.name}/")
                else:
                    files.append((entry.name, entry.stat(follow_symlinks=False)))
        stamps[directory] = _stamp(files)
    return stamps


def _stamp(files: Iterable[tuple[str, os.stat_result]]) -> str:
    """How many files there are, and a digest of their names, sizes and times of change."""
    known = sorted([f"{name}\0{status.st_size}\0{status.st_mtime_ns}" for name, status in files])
    look = blake2b("\n".join(known).encode(), digest_size=8).hexdigest()
    return f"{len(known)} {look}"


def _written(path: str, content: bytes) -> os.stat_result:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(descriptor, left) :]
        return os.fstat(descriptor)
    finally:
        os.close(descriptor)


def _unchanged(path: str, content: bytes) -> os.stat_result | None:
    """The status of a file that already has this content."""
    try:
        status = os.stat(path)  # noqa: PTH116
        if status.st_size == len(content):
            with open(path, "rb") as file:  # noqa: PTH123
                return status if file.read() == content else None
    except OSError:
        pass
    return None
