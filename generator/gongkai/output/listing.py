"""The list of files that this program wrote into a directory: a hidden file ``.gongkai`` in that directory.

A build changes and removes the files of the list and no others. A name is appended before its file is written, so
whoever kills a build, everything it left is in the list; a build that ends writes the list anew, sorted. A power cut
may lose names, but not the mark before them (:attr:`Listing.torn`). Nothing else stands in it, and pages never name it;
releases of ``publish`` go without it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct, field

from gongkai import disk
from gongkai.text.patterns import DOTALL, escape, whole

NAME = ".gongkai"
_MARK = "# 这个目录由 gongkai 生成"
_HEAD = f"{_MARK}。下面是它写的全部文件：再次生成时只改、只删这些文件，其他文件不动。请保留本文件。\n"
_UNFINISHED = "/ 生成没有结束，下面的名单可能不全"
"""Before the first name that a build appends; a name never begins with ``/``."""
_DRAFT = whole(escape(NAME) + r"\.\d+(\..*)?", DOTALL)


def is_inside(path: str) -> bool:
    """Whether a relative address stays inside the site and is not reserved for, or unwritable in, the listing."""
    inside = bool(path) and not path.startswith("/") and ".." not in path.split("/")
    first = path.partition("/")[0]
    return inside and not set(path) & set("\\\n\r\0") and first != NAME and not is_draft(first)


def is_draft(name: str) -> bool:
    """True for what a killed build left at the root of a file that it was writing."""
    return _DRAFT.fullmatch(name) is not None


def draft_name(name: str = "") -> str:
    """Where this process writes a file before it takes its place: at the root, where a later build finds leftovers."""
    return f"{NAME}.{os.getpid()}{'.' if name else ''}{name}"


Names = AbstractSet[str]
"""Names of the files of a directory."""
_FEW = 16


class Listing(Struct):
    """The files below ``root`` that this program wrote, by directory; ``whole`` when they stand on disk like this.

    Directories are named as addresses are: relative, with ``/`` at the end, and "" for the root. ``torn`` is one of a
    build that did not end: after a power cut there may be files of it that are not in the list. They may be written
    over, and are never removed.
    """

    root: Path
    names: dict[str, Names] = field(default_factory=dict)
    whole: bool = False
    torn: bool = False
    _journal: BinaryIO | None = None

    @classmethod
    def read(cls, root: Path) -> Listing | None:
        """The listing of a directory; None where the file is missing or is not a listing."""
        path = root / NAME
        try:
            content = b"" if path.is_symlink() else path.read_bytes()
        except OSError:
            return None
        head, *lines = content.decode("utf-8", "surrogateescape").split("\n")
        if not head.startswith(_MARK) or not lines:
            return None
        *paths, torn = lines  # a line half written is no name
        unfinished = _UNFINISHED in paths
        names = by_directory(path for path in paths if is_inside(path))
        return cls(root, names, whole=not torn and not unfinished, torn=unfinished)

    def has(self, directory: str, name: str) -> bool:
        """True for a file that this program wrote, or is about to write."""
        return name in self.names.get(directory, ())

    def paths(self) -> list[str]:
        """Every file, as an address."""
        return [f"{directory}{name}" for directory, names in self.names.items() for name in names]

    def begin(self) -> None:
        """Have the directory, with the list in it; done once, before other processes add names."""
        if not (self.whole and (self.root / NAME).is_file()):
            self.root.mkdir(parents=True, exist_ok=True)
            self._write()

    def add(self, directory: str, names: Iterable[str]) -> None:
        """Append names of files that are about to be written."""
        new = [name for name in names if not self.has(directory, name)]
        if not new:
            return
        if self._journal is None:
            self.begin()
            self._journal = (self.root / NAME).open("ab", buffering=0)
            self._journal.write(f"{_UNFINISHED}\n".encode())
            os.fsync(self._journal.fileno())
        self._journal.write("".join(f"{directory}{name}\n" for name in new).encode("utf-8", "surrogateescape"))
        add_names(self.names, directory, new)

    def close(self) -> None:
        """Nothing more is added; what was added is on disk already."""
        if self._journal is not None:
            self._journal.close()
            self._journal, self.whole = None, False

    def stop(self) -> None:
        """A build ends with an error: what it wrote is in the list."""
        self.close()
        left = Listing.read(self.root)
        if left and left.torn and not self.torn:
            left.end(left.names)

    def end(self, names: Mapping[str, Names]) -> None:
        """Leave exactly these names."""
        self.close()
        if self.torn or not self.whole or names != self.names:
            self.names, self.torn = dict(names), False
            self._write()

    def _write(self) -> None:
        text = _HEAD + f"{_UNFINISHED}\n" * self.torn + "".join(f"{path}\n" for path in sorted(self.paths()))
        draft = self.root / draft_name()
        draft.unlink(missing_ok=True)
        disk.write_through(draft, text.encode("utf-8", "surrogateescape"))
        disk.replace(draft, self.root / NAME)
        disk.sync_names(self.root)
        self.whole = True


def name_set(names: Iterable[str]) -> Names:
    """Names of the files of a directory. Many directories have the same few names: these are in memory once."""
    found = frozenset(names)
    return _once(found) if len(found) <= _FEW else found


@lru_cache(4096)
def _once(names: frozenset[str]) -> frozenset[str]:
    return names


def add_names(names: dict[str, Names], directory: str, new: Iterable[str]) -> None:
    """Add names to those of a directory, which may become many one by one: from the first on, its set is its own."""
    known = names.get(directory, frozenset())
    if not isinstance(known, set):
        known = names[directory] = set(known)
    known.update(new)


def by_directory(paths: Iterable[str]) -> dict[str, Names]:
    """Names of files by the directory that they are in."""
    found: dict[str, set[str]] = {}
    for path in paths:
        directory, slash, name = path.rpartition("/")
        found.setdefault(directory + slash, set()).add(name)
    return {directory: name_set(names) for directory, names in found.items()}


def replaced(draft: str | Path, path: str | Path, content: bytes) -> os.stat_result:
    """Write a file whole or not at all: first the draft, which then takes its place, whatever stood there.

    What a link at ``path`` leads to stays as it is, and so does the file that shares its content by a hard link.
    """
    with opened(draft) as file:
        file.write(content)
        file.flush()
        status = os.fstat(file.fileno())
    disk.replace(draft, path)
    return status


def opened(draft: str | Path) -> BinaryIO:
    """A new file for writing, instead of what a process of the same number left there."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(draft, flags, 0o666)
    except FileExistsError:
        os.unlink(draft)  # noqa: PTH108
        descriptor = os.open(draft, flags, 0o666)
    return os.fdopen(descriptor, "wb")
