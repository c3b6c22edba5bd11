"""What a power cut may leave of what a program wrote: its operations are recorded, then disks made that may be left.

A disk has what was synced. Of all else it may have any part: each change of names whole or not at all, in any order,
and of the end of a file that was written everything, nothing, or zeros. That is more than most file systems lose.
"""

from __future__ import annotations

import os
import pickle
import random
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from itertools import compress, product
from pathlib import Path
from typing import Any

from tests.killing import Work, ended, in_child

Place = tuple[int, str]
"""A directory, by number, and a name in it; the directory that is looked at is number 0."""
Change = dict[Place, int | None]
"""What stands in places after one operation, by number; None for nothing."""
Content = bytes | str | None
"""That of a file, where a link leads to, None for a directory."""
_TOP = 0
_FEW = 3


@dataclass
class Disk:
    """Names and contents. Everything has a number for ever, whatever names it has."""

    names: dict[Place, int] = field(default_factory=dict)
    contents: dict[int, Content] = field(default_factory=lambda: {_TOP: None})

    @classmethod
    def read(cls, top: Path) -> Disk:
        """What lies below a directory."""
        disk, known, ahead = cls(), dict[int, int](), [(top, _TOP)]
        while ahead:
            directory, number = ahead.pop()
            for path in sorted(directory.iterdir()):
                inode = path.lstat().st_ino
                if inode not in known:
                    link, folder = path.is_symlink(), path.is_dir()
                    known[inode] = disk.new(str(path.readlink()) if link else None if folder else path.read_bytes())
                    ahead += [(path, known[inode])] * (folder and not link)
                disk.names[number, path.name] = known[inode]
        return disk

    def new(self, content: Content) -> int:
        """The number of something new, which has no name yet."""
        self.contents[len(self.contents)] = content
        return len(self.contents) - 1

    def change(self, changed: Change) -> None:
        """Do one operation."""
        for place, number in changed.items():
            if number is None:
                self.names.pop(place, None)
            else:
                self.names[place] = number

    def files(self) -> Iterator[tuple[str, int]]:
        """Everything that can be reached, with its number; directories before what is in them."""
        inside: dict[int, list[tuple[str, int]]] = {}
        for (directory, name), number in self.names.items():
            inside.setdefault(directory, []).append((name, number))
        ahead = [("", _TOP)]
        while ahead:
            path, directory = ahead.pop()
            for name, number in inside.get(directory, ()):
                yield path + name, number
                if self.contents[number] is None:
                    ahead.append((f"{path}{name}/", number))

    def said(self) -> dict[str, Content]:
        """Everything that can be reached, with its content."""
        return {path: self.contents[number] for path, number in self.files()}

    def lay(self, top: Path) -> None:
        """Let a directory be like this."""
        shutil.rmtree(top, ignore_errors=True)
        top.mkdir()
        laid: dict[int, Path] = {}
        for path, number in self.files():
            match self.contents[number]:
                case None:
                    (top / path).mkdir()
                case str(to):
                    (top / path).symlink_to(to)
                case bytes(content) if number not in laid:
                    (top / path).write_bytes(content)
                    laid[number] = top / path
                case _:
                    (top / path).hardlink_to(laid[number])


@dataclass
class Moment:
    """Before or after something is synced, or the end: the disk as it is at least, and what may be there as well."""

    sure: Disk
    loose: list[Change]
    written: dict[int, bytes]

    def whole(self) -> Disk:
        """Nothing is lost."""
        return self._disk([True] * len(self.loose), lambda sure, end: sure + end)

    def disks(self, chance: random.Random, more: int) -> Iterator[Disk]:
        """Nothing but what is sure; names without contents; all; and ``more`` that chance decides on.

        Where few operations are not sure, every choice of them.
        """
        none, every = [False] * len(self.loose), [True] * len(self.loose)
        yield self._disk(none, lambda sure, _: sure)
        if not self.loose and not self.written:
            return
        yield self._disk(every, lambda sure, _: sure)
        yield self.whole()
        choices = [list(kept) for kept in product((False, True), repeat=len(self.loose))] if len(every) <= _FEW else []
        choices = [kept for kept in choices if kept not in (none, every)]
        for share in [chance.random() for _ in range(more)] if not choices else ():
            choices.append([chance.random() < share for _ in self.loose])
        for kept in choices:
            yield self._disk(kept, lambda sure, end: sure + chance.choice([end, b"", bytes(len(end))]))

    def _disk(self, kept: Sequence[bool], left: Callable[[bytes, bytes], bytes]) -> Disk:
        """A disk with some changes; ``left`` is told of each file that is not synced what of it is, and what is not."""
        contents = dict(self.sure.contents)
        for number, content in self.written.items():
            sure = contents[number]
            end = content.removeprefix(sure) if isinstance(sure, bytes) else content
            contents[number] = left(content[: len(content) - len(end)], end)
        disk = Disk(dict(self.sure.names), contents)
        for change in compress(self.loose, kept):
            disk.change(change)
        return disk


class _Recorder:
    """Hears what this process asks of the system below a directory, before the system does it."""

    def __init__(self, top: Path) -> None:
        self.top = str(top)
        self.now = Disk.read(top)
        self.sure = Disk(dict(self.now.names), dict(self.now.contents))
        self.loose: list[Change] = []
        self.written: dict[int, bytes] = {}
        self.moments: list[Moment] = []

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        match event, arguments:
            case "open", (str() | bytes() | os.PathLike() as path, _, flags) if flags & (os.O_WRONLY | os.O_RDWR):
                self._opened(self._place(path), flags)
            case "os.rename", (old, new, old_at, new_at):
                self._given(self._place(old, old_at), self._place(new, new_at), moved=True)
            case "os.link", (old, new, old_at, new_at):
                self._given(self._place(old, old_at), self._place(new, new_at), moved=False)
            case "os.symlink", (to, link, at):
                self._made(self._place(link, at), os.fsdecode(to))
            case "os.mkdir", (path, _, at):
                self._made(self._place(path, at), None)
            case "os.remove" | "os.rmdir", (path, at):
                place = self._place(path, at)
                if place in self.now.names:
                    self._change({place: None})

    def _place(self, path: Any, at: int = -1) -> Place | None:
        """None for what lies elsewhere."""
        directory, name = os.path.split(Path.cwd() / os.fsdecode(path))
        if at >= 0:
            directory = str(Path(f"/proc/self/fd/{at}").readlink())
        directory = os.path.realpath(directory)
        if not f"{directory}/".startswith(f"{self.top}/"):
            return None
        number: int | None = _TOP
        for step in directory[len(self.top) + 1 :].split("/") if directory != self.top else ():
            number = self.now.names.get((number, step)) if number is not None else None
        return (number, name) if number is not None else None

    def _opened(self, place: Place | None, flags: int) -> None:
        if place is not None and place not in self.now.names and flags & os.O_CREAT:
            self._made(place, b"")
        if place in self.now.names:
            self.written[self.now.names[place]] = b""

    def _made(self, place: Place | None, content: Content) -> None:
        if place is not None and place not in self.now.names:
            number = self.now.new(content)
            self.sure.contents[number] = content
            self._change({place: number})

    def _given(self, old: Place | None, new: Place | None, *, moved: bool) -> None:
        if old in self.now.names and new is not None and (moved or new not in self.now.names):
            self._change({**({old: None} if moved else {}), new: self.now.names[old]})

    def _change(self, changed: Change) -> None:
        gone = {self.now.names[place] for place in changed if place in self.now.names} & self.written.keys()
        self._look(gone)
        self.now.change(changed)
        self.loose.append(changed)

    def _look(self, numbers: set[int]) -> None:
        """Read what files that are not synced hold, as long as they have a name."""
        for path, number in self.now.files() if numbers else ():
            if number in numbers and Path(self.top, path).is_file():
                self.written[number] = Path(self.top, path).read_bytes()

    def moment(self) -> None:
        self._look(set(self.written))
        self.moments.append(Moment(copy(self.sure), list(self.loose), dict(self.written)))

    def synced(self, handle: int | None) -> None:
        """A file or a directory was brought to the disk, or with None everything."""
        self.moment()
        paths = {os.path.realpath(f"{self.top}/{path}"): number for path, number in self.now.files()}
        number = ({self.top: _TOP} | paths).get(str(Path(f"/proc/self/fd/{handle}").readlink())) if handle else None
        settled: list[Change] = []
        loose: list[Change] = []
        for change in reversed(self.loose):
            if handle is None or any(directory == number for directory, _ in change):
                settled.append(change)
            else:  # what a later one did to a place is there already
                loose.append({place: to for place, to in change.items() if not any(place in done for done in settled)})
        contents = {node: content for node, content in self.written.items() if handle is None or node == number}
        self.sure = Disk(dict(self.sure.names), {**self.sure.contents, **contents})
        self.loose = loose[::-1]
        for change in reversed(settled):
            self.sure.change(change)
        for node in contents:
            del self.written[node]
        self.moment()


def moments(top: Path, work: Work, scratch: Path) -> list[Moment]:
    """Do some work in one process of its own and record what it writes below ``top``; the last moment is its end.

    ``scratch`` is a file that lies elsewhere.
    """

    def record() -> None:
        recorder = _Recorder(top.resolve())
        fsync, sync = os.fsync, os.sync

        def to_disk(handle: int) -> None:
            fsync(handle)
            recorder.synced(handle)

        def all_to_disk() -> None:
            sync()
            recorder.synced(None)

        os.fsync, os.sync = to_disk, all_to_disk  # type: ignore[assignment]
        sys.addaudithook(recorder.hear)
        work()
        recorder.moment()
        scratch.write_bytes(pickle.dumps(recorder.moments))

    assert ended(in_child(record)) == 0
    found: list[Moment] = pickle.loads(scratch.read_bytes())
    assert found[-1].whole().said() == Disk.read(top).said(), "something was written of which nothing was heard"
    return found
