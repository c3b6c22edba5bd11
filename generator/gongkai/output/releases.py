"""The releases of a target, and the link that serves one of them.

    <parent>/<name>                     a symbolic link, what the web server serves
    <parent>/.<name>.releases/000007/   one directory a release; the newest few are kept for --rollback
    <parent>/.<name>.releases/lock      held by whoever publishes, and not by what it forks; free when that process dies

A release directory gets its number only when it is whole, by one rename, and the link is replaced by one rename.
Whenever the process dies, the link leads to a whole release, the old one or the new one.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from filecmp import cmp
from pathlib import Path
from typing import IO, NamedTuple

from msgspec import Struct

from gongkai import disk
from gongkai.cache.entry import discard
from gongkai.text.patterns import whole
from gongkai.workers import ours_alone

_NUMBER = whole(r"\d{6}")
_LOOKS, _BETWEEN = 20, 0.05
"""How often the lock is looked at before we say that it is held, and the seconds between."""


class PublishError(Exception):
    """Nothing was published and the old site still serves; the arguments are Chinese sentences for the operator."""


class Source(NamedTuple):
    """A file for a release: its address there, where it lies, and its inode."""

    name: str
    path: Path
    inode: int


class Releases(Struct, frozen=True):
    """The releases of a target, whose lock is held."""

    target: Path
    directory: Path

    @property
    def build(self) -> Path:
        """What releases of this target are made from, and what is known of it; never served."""
        return build_of(self.target)

    @property
    def served(self) -> Path | None:
        """The release that is served, or None before the first."""
        return current(self.target)

    def numbers(self) -> list[int]:
        """The releases on disk, oldest first."""
        return sorted(int(path.name) for path in self.directory.iterdir() if _NUMBER.fullmatch(path.name))

    def before(self, release: Path) -> list[int]:
        """Those older than a release."""
        return [number for number in self.numbers() if number < int(release.name)]

    def path(self, number: int) -> Path:
        """The directory of a release."""
        return self.directory / f"{number:06}"

    @contextmanager
    def new(self) -> Iterator[Path]:
        """A directory for the next release, which is served when the body ends; whatever fails leaves nothing of it."""
        release, partial = self.path(max(self.numbers(), default=0) + 1), self._partial
        try:
            yield partial
            disk.sync(partial)
            partial.rename(release)
            disk.sync_names(self.directory)  # or a power cut leaves a link to what has no name yet
            self.switch(release)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise

    def switch(self, release: Path) -> None:
        """Serve a release. The text of the link is as seen from where it lies, so that all may be moved together."""
        disk.point(self.target, release, self.directory / "switch")
        disk.sync_names(self.target.parent)

    def drop(self, numbers: Sequence[int]) -> None:
        """Remove releases. Each loses its number first: half of one is never served."""
        for number in numbers:
            self.path(number).rename(self._partial)
            shutil.rmtree(self._partial)

    @property
    def _partial(self) -> Path:
        return self.directory / "partial"

    def clear(self) -> None:
        """Remove what a killed process left of a release."""
        discard(self._partial)


@contextmanager
def locked(target: Path) -> Iterator[Releases]:
    """Hold the lock of a target, with what a killed process left behind cleared away.

    Raises:
        PublishError: when ``target`` is somebody else's, or somebody holds the lock.
    """
    releases = Releases(target, releases_of(target))
    if os.path.lexists(target) and not _leads_to_a_release(target, releases.directory):
        raise PublishError(f"{target} 已经存在，而且不是本程序发布的网站：请换一个位置，或先把它移走")
    _make(releases.directory)
    with (releases.directory / "lock").open("a") as lock:
        _hold(ours_alone(lock))
        releases.clear()
        yield releases


def _hold(lock: IO[str]) -> None:
    """Hold the lock until its file is closed; waits for the child of a killed publish, which is about to end."""
    for _ in range(_LOOKS):
        if disk.try_lock(lock):
            return
        time.sleep(_BETWEEN)
    raise PublishError("另一个发布正在进行：请等它结束后再试")


def releases_of(target: Path) -> Path:
    """Where the releases of a target lie."""
    return target.parent / f".{target.name}.releases"


def build_of(target: Path) -> Path:
    """Where what is served at a target is built."""
    return releases_of(target) / "build"


def current(target: Path) -> Path | None:
    """The release that a target serves, or None before the first."""
    return target.resolve() if disk.leads_to(target) and target.is_dir() else None


def _leads_to_a_release(target: Path, releases: Path) -> bool:
    """True for a link as this program makes them, even when the release it leads to is gone."""
    to = disk.leads_to(target)
    try:
        return to is not None and _NUMBER.fullmatch(to.name) is not None and to.parent.resolve() == releases.resolve()
    except (OSError, RuntimeError):  # a loop of links
        return False


def fill(release: Path, files: Iterable[Source], old: Path | None) -> int:
    """Put files into a new release, by links; returns how many are those of the ``old`` one.

    What says the same as a file of the old release is that file, so that its time stays.
    """
    unchanged, known = 0, _Inodes(old)
    for name, path, inode in files:
        directory, _, own = name.rpartition("/")
        if directory not in known:
            _make(release / directory)
        same = known[directory].get(own)
        if same and old and same != inode and cmp(old / name, path, shallow=False):
            path = old / name  # noqa: PLW2901
            inode = same  # noqa: PLW2901
        unchanged += same == inode
        link(path, release / name)
    return unchanged


class _Inodes(dict[str, dict[str, int]]):
    """The inodes of the files of every directory of a release that is asked about."""

    def __init__(self, release: Path | None) -> None:
        super().__init__()
        self._release = release

    def __missing__(self, directory: str) -> dict[str, int]:
        found = {}
        if self._release and (place := self._release / directory).is_dir():
            with os.scandir(place) as entries:
                found = {entry.name: entry.inode() for entry in entries if entry.is_file(follow_symlinks=False)}
        self[directory] = found
        return found


def _make(directory: Path) -> None:
    """Make a directory, with those that it lies in, into which the web server may look."""
    if not directory.is_dir():
        _make(directory.parent)
        directory.mkdir()
        directory.chmod(0o755)


def link(file: str | Path, place: str | Path) -> None:
    """Let a file lie in another place, too; where there can be no links, a copy of the same time."""
    try:
        os.link(file, place)
    except OSError:  # another file system, one without links, or as many links as a file may have
        shutil.copy2(file, place)
