"""Publishing: build apart, look at what was built, switch in one step.

    <parent>/<name>                     a symbolic link, what the web server serves
    <parent>/.<name>.releases/000007/   one directory a release; the newest few are kept for --rollback
    <parent>/.<name>.releases/lock      held by whoever publishes, and not by what it forks; free when that process dies

A release directory gets its number only when it is whole, by one rename, and the link is replaced by one rename.
Whenever the process dies, the link leads to a whole release, the old one or the new one.

What was withdrawn is in no release but older ones, and these are never served again: they are removed as soon as a
release without it is served, and :func:`rollback` refuses those that a killed process left. Lists, searches and tables
of a release name its records in hundreds of files, so that nothing less than the whole release would be free of them.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from gongkai.output.listing import NAME as LIST
from gongkai.output.manifest import NAME as MANIFEST
from gongkai.output.manifest import manifest_of, site_files, write_manifest
from gongkai.workers import ours_alone

try:
    import brotli
except ImportError:  # only publishing installs it, and may do without
    brotli = None

RELEASES_KEPT = 5
"""Releases that stay on disk, the current one among them. Unchanged files are shared, so an old release is small."""

PURGING = "purging"
"""In the manifest: ids whose pages and files were taken off a release that still names them elsewhere."""
_NUMBER = re.compile(r"\d{6}")
_COMPRESSED = {".html", ".json", ".jsonld", ".csv", ".xml", ".ics", ".css", ".js", ".svg", ".txt"}
_WORTH_IT = 1000
_BROTLI = 5
"""A fifth smaller than gzip for twice its time; the highest quality takes fifty times as long for another tenth."""
_LOOKS, _BETWEEN = 20, 0.05
"""How often the lock is looked at before we say that it is held, and the seconds between."""
_KEPT_OLD = "没有发布，原来的网站不变"


Make = Callable[[Path], Sequence[str]]


class PublishError(Exception):
    """Nothing was published and the old site still serves; the arguments are Chinese sentences for the operator."""


@dataclass(frozen=True, slots=True)
class Published:
    """What is served now: the release, how many files it has, how many of them are those of the release before."""

    release: Path
    files: int
    unchanged: int


def publish(target: Path, make: Make, about: Mapping[str, Any]) -> Published:
    """Make a release and serve it.

    Args:
        target: the link that the web server serves.
        make: writes the site into the directory it is given; returns what forbids publishing it, sentence by sentence.
        about: where the site came from, for the manifest, read once ``make`` is done; ``withdrawn`` are the ids of
            everything that was ever withdrawn from it, one for each time.

    Raises:
        PublishError: when anything at all is wrong; the old site still serves.
    """
    try:
        with _locked(target) as releases:
            return _publish(target, releases, make, about)
    except OSError as error:
        raise PublishError(
            f"没有发布，原来的网站不变：{error.strerror or error}（{error.filename or target}）"
        ) from None


def _publish(target: Path, releases: Path, make: Make, about: Mapping[str, Any]) -> Published:
    old = current(target)
    _drop(releases, [number for number in _numbers(releases) if old and number > int(old.name)])
    new, partial = _next(releases), releases / "partial"
    try:
        _make_sound(partial, make)
        _compress(partial)
        files = write_manifest(partial, about)
        unchanged = _share(partial, old) if old else 0
        _readable(partial)
        os.sync()
        partial.rename(new)
        _switch(target, new)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    _drop(releases, _numbers(releases)[:-RELEASES_KEPT])
    _drop_withdrawn(releases, new)
    return Published(new, files, unchanged)


def _make_sound(partial: Path, make: Make) -> None:
    problems = make(partial)
    (partial / LIST).unlink(missing_ok=True)  # whole releases are never written again
    if problems:
        raise PublishError(f"{_KEPT_OLD}：", *problems)


def rollback(target: Path) -> Path:
    """Serve the release before the current one; returns it.

    Raises:
        PublishError: when there is none, or it cannot be switched to.
    """
    try:
        with _locked(target) as releases:
            served = current(target)
            if served is None:
                raise PublishError("没有更早的版本可以恢复")
            if not manifest_of(served):
                raise PublishError("没有恢复，网站不变：现在的版本读不到 manifest.json，不知道撤回过什么，请重新发布")
            unfit = _drop_withdrawn(releases, served)
            earlier = _before(releases, served)
            if not earlier:
                withdrawn = "：撤回以前的版本里有已经撤回的内容，已经删除" if unfit or withdrawn_from(served) else ""
                raise PublishError(f"没有更早的版本可以恢复{withdrawn}")
            release = releases / f"{max(earlier):06}"
            _switch(target, release)
            return release
    except OSError as error:
        raise PublishError(f"没有恢复，网站不变：{error.strerror or error}") from None


def amend(target: Path, change: Callable[[Path], object], about: Mapping[str, Any]) -> None:
    """Serve a copy of the current release that ``change`` has changed, and remove all others.

    Files of the copy are those of the release itself: ``change`` may remove them and put others in their place, but
    never write into one. ``about`` is added to the manifest.

    Raises:
        PublishError: when nothing is served, or the copy cannot be made; the old site still serves.
    """
    try:
        with _locked(target) as releases:
            served = current(target)
            if served is None:
                raise PublishError(f"{target} 还没有发布过")
            new, partial = _next(releases), releases / "partial"
            try:
                shutil.copytree(served, partial, copy_function=os.link)
                change(partial)
                known = {key: said for key, said in manifest_of(served).items() if key not in ("version", "files")}
                (partial / MANIFEST).unlink(missing_ok=True)
                write_manifest(partial, {**known, **about})
                _readable(partial)
                os.sync()
                partial.rename(new)
                _switch(target, new)
            except BaseException:
                shutil.rmtree(partial, ignore_errors=True)
                raise
            _drop(releases, [number for number in _numbers(releases) if number != int(new.name)])
    except OSError as error:
        raise PublishError(f"没有完成：{error.strerror or error}（{error.filename or target}）") from None


def _drop_withdrawn(releases: Path, served: Path) -> bool:
    """Remove the releases older than ``served`` that may hold what was withdrawn since; True when there were some."""
    withdrawn = withdrawn_from(served)
    older = _before(releases, served)
    unfit = [number for number in older if withdrawn - _made_without(releases / f"{number:06}")]
    _drop(releases, unfit)
    return bool(unfit)


def _next(releases: Path) -> Path:
    return releases / f"{max(_numbers(releases), default=0) + 1:06}"


def _before(releases: Path, served: Path) -> list[int]:
    return [number for number in _numbers(releases) if number < int(served.name)]


def withdrawn_from(release: Path) -> Counter[str]:
    """How often each id was withdrawn, as far as a release knows."""
    return _made_without(release) + _named(release, PURGING)


def _made_without(release: Path) -> Counter[str]:
    return _named(release, "withdrawn")


def _named(release: Path, key: str) -> Counter[str]:
    found = manifest_of(release).get(key)
    return Counter(name for name in found if isinstance(name, str)) if isinstance(found, list) else Counter()


def current(target: Path) -> Path | None:
    """The release that is served, or None before the first."""
    return target.resolve() if target.is_symlink() and target.is_dir() else None


@contextmanager
def _locked(target: Path) -> Iterator[Path]:
    """Hold the lock of a target, with what a killed process left behind cleared away."""
    releases = releases_of(target)
    if os.path.lexists(target) and not _leads_to_a_release(target, releases):
        raise PublishError(f"{target} 已经存在，而且不是本程序发布的网站：请换一个位置，或先把它移走")
    releases.mkdir(parents=True, exist_ok=True)
    with (releases / "lock").open("a") as lock:
        _hold(ours_alone(lock))
        partial = releases / "partial"
        if partial.is_symlink():
            partial.unlink()
        shutil.rmtree(partial, ignore_errors=True)
        yield releases


def _hold(lock: IO[str]) -> None:
    """Hold the lock until its file is closed; waits for the child of a killed publish, which is about to end."""
    try:
        import fcntl  # noqa: PLC0415 - not on every system
    except ImportError:
        raise PublishError("这个系统上还不能发布：请在 Linux 上运行 gongkai publish") from None
    for _ in range(_LOOKS):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_BETWEEN)
        else:
            return
    raise PublishError("另一个发布正在进行：请等它结束后再试")


def releases_of(target: Path) -> Path:
    """Where the releases of a target lie."""
    return target.parent / f".{target.name}.releases"


def _leads_to_a_release(target: Path, releases: Path) -> bool:
    """True for a link as this program makes them, even when the release it leads to is gone."""
    try:
        to = target.parent / target.readlink()
        return _NUMBER.fullmatch(to.name) is not None and to.parent.resolve() == releases.resolve()
    except (OSError, RuntimeError):  # no link, or a loop of links
        return False


def _numbers(releases: Path) -> Sequence[int]:
    return sorted(int(path.name) for path in releases.iterdir() if _NUMBER.fullmatch(path.name))


def _switch(target: Path, release: Path) -> None:
    link = release.parent / "switch"
    link.unlink(missing_ok=True)
    link.symlink_to(_relative(target, release))
    link.replace(target)
    _sync_directory(target.parent)


def _relative(target: Path, release: Path) -> Path:
    """The link's text as seen from where it will lie, so that the whole directory may be moved."""
    return Path(os.path.relpath(release, target.parent))


def _sync_directory(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _compress(site: Path) -> None:
    """Copies for web servers that send ``x.gz`` or ``x.br`` instead of compressing ``x`` every time."""
    for name in list(site_files(site)):
        path = site / name
        if path.suffix in _COMPRESSED and path.stat().st_size >= _WORTH_IT:
            content = path.read_bytes()
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))
            if brotli is not None:
                path.with_name(path.name + ".br").write_bytes(brotli.compress(content, quality=_BROTLI))


def _share(new: Path, old: Path) -> int:
    """Replace what did not change by the old release's own file: its time stays, and it takes no room."""
    shared = 0
    for path in sorted(new.rglob("*")):
        before = old / path.relative_to(new)
        if not path.is_file() or not before.is_file() or before.is_symlink():
            continue
        if path.stat().st_size == before.stat().st_size and path.read_bytes() == before.read_bytes():
            link = path.with_name(path.name + ".shared")
            os.link(before, link)
            link.replace(path)
            shared += 1
    return shared


def _readable(site: Path) -> None:
    """The web server may read everything, whatever the umask of the one who publishes."""
    site.chmod(0o755)
    for path in site.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _drop(releases: Path, numbers: Sequence[int]) -> None:
    """Remove releases: the oldest, and those that were rolled back or never served, so that nobody rolls back to them.

    A release loses its number first: half of one is never served.
    """
    for number in numbers:
        (releases / f"{number:06}").rename(releases / "partial")
        shutil.rmtree(releases / "partial")
