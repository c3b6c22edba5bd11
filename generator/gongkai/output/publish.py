"""Publishing: bring the build of a target up to date, look at it, link it into a new release, switch in one step.

    <parent>/.<name>.releases/build/site/     the site as it was last built for this target, with its manifest
    <parent>/.<name>.releases/build/copies/   compressed copies of its files
    <parent>/.<name>.releases/build/state/    what the next build needs to know of this one
    <parent>/.<name>.releases/build/reports   what was found in each file

A release is links to the files of the build, so what did not change is the same file in all of them. The build is
written by renames only, which never reach the files of a release; a file of an earlier build is used again only when it
was read and is as the manifest of that build says.

What was withdrawn is in no release but older ones, and these are never served again: they are removed as soon as a
release without it is served, and :func:`rollback` refuses those that a killed process left. Lists, searches and tables
of a release name its records in hundreds of files, so that nothing less than the whole release would be free of them.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from msgspec import Struct

from gongkai.cache.entry import discard, forget
from gongkai.output import audit
from gongkai.output.checksums import READABLE, Checked, built_files, sound_files
from gongkai.output.compressed import compressed_copies
from gongkai.output.manifest import NAME as MANIFEST
from gongkai.output.manifest import SIGNATURE, ManifestError, entry_of, manifest_of, write_manifest
from gongkai.output.releases import PublishError, Releases, Source, fill, link, locked
from gongkai.output.verification import verify

RELEASES_KEPT = 5
"""Releases that stay on disk, the current one among them. Unchanged files are shared, so an old release is small."""

PURGING = "purging"
"""In the manifest: ids whose pages and files were taken off a release that still names them elsewhere."""
_KEPT_OLD = "没有发布，原来的网站不变"
_NOT_BACK = "没有恢复，网站不变"

Make = Callable[[Path], Sequence[str]]
Sign = Callable[[bytes], bytes | None]
Check = Callable[[Path, Mapping[str, str]], Sequence[str]]


class Published(Struct, frozen=True):
    """What is served now: the release, how many files it has, how many of them are those of the release before.

    ``compared`` says in Chinese what it was compared with.
    """

    release: Path
    files: int
    unchanged: int
    compared: str = ""


def publish(
    target: Path,
    make: Make,
    about: Mapping[str, Any],
    check: Check = lambda *_: (),
    added: Callable[[], Mapping[str, bytes]] = dict,
    sign: Sign = lambda _: None,
    twins: Container[str] = (),
) -> Published:
    """Make a release and serve it.

    Args:
        target: the link that the web server serves.
        make: brings the directory that it is given to the state of the site, by renames only, with the list of its
            files (:class:`gongkai.output.output_dir.OutputDir`); returns what forbids publishing it, by sentences.
        about: where the site came from, for the manifest, read once ``make`` is done; ``withdrawn`` are the ids of
            everything that was ever withdrawn from it, one for each time.
        check: looks at the directory and its files, of which it gets the SHA-256; returns the same as ``make``.
        added: small files that belong to the release and not to the build, by name, asked for once the build is done.
        sign: gives the signature of the manifest, None where the release is not to be signed.
        twins: files that ``make`` writes with a compressed copy (:class:`gongkai.output.compressed.Twin`).

    Raises:
        PublishError: when anything at all is wrong; the old site still serves.
    """
    with _sentences(target, _KEPT_OLD), locked(target) as releases:
        old = releases.served
        releases.drop([number for number in releases.numbers() if old and number > int(old.name)])
        _tidy(releases.build)
        site = releases.build / "site"
        files, more = _built(site, make, about, check, added)
        copies = compressed_copies(site, files, copies_of(site), twins)
        signature = sign((site / MANIFEST).read_bytes())
        with releases.new() as partial:
            unchanged = fill(partial, chain(_sources(site, files), copies), old)
            link(site / MANIFEST, partial / MANIFEST)
            for name, content in more.items():
                (partial / name).parent.mkdir(parents=True, exist_ok=True)
                (partial / name).write_bytes(content)
                (partial / name).chmod(READABLE)
            if signature is not None:
                (partial / SIGNATURE).write_bytes(signature)
                (partial / SIGNATURE).chmod(READABLE)
            _note_publication(releases, partial, old)
        releases.drop(releases.numbers()[:-RELEASES_KEPT])
        new = releases.path(releases.numbers()[-1])
        _drop_withdrawn(releases, new)
        return Published(new, len(files) + len(more), unchanged)


def copies_of(site: Path) -> Path:
    """Where the compressed copies of the files of a build lie."""
    return site.with_name("copies")


def _note_publication(releases: Releases, made: Path, old: Path | None) -> None:
    """Write down what is about to be served, and what is withdrawn with it for the first time."""
    about, number = manifest_of(made), f"{max(releases.numbers(), default=0) + 1:06}"
    if new := withdrawn_from(made) - (withdrawn_from(old) if old else Counter()):
        audit.note(releases.directory, "withdraw", number, about, sorted(new))
    audit.note(releases.directory, "publish", number, about)


def _tidy(build: Path) -> None:
    """Remove what a killed process was writing."""
    forget(build, {"site", "copies", "state", "reports"})
    for draft in (build / "state").glob("*.json.*"):
        discard(draft)


def _built(
    site: Path, make: Make, about: Mapping[str, Any], check: Check, added: Callable[[], Mapping[str, bytes]]
) -> tuple[dict[str, Checked], Mapping[str, bytes]]:
    before = sound_files(site)
    if problems := make(site):
        raise PublishError(f"{_KEPT_OLD}：", *problems)
    files = built_files(site, before)
    more = added()
    entries = {name: checked.entry for name, checked in files.items()}
    write_manifest(site, about, entries | {name: entry_of(content) for name, content in more.items()})
    if problems := check(site, {name: checked.sha256 for name, checked in files.items()}):
        raise PublishError(f"{_KEPT_OLD}：", *problems)
    return files, more


def _sources(site: Path, files: Mapping[str, Checked]) -> Iterator[Source]:
    return (Source(name, site / name, checked.inode) for name, checked in files.items())


def rollback(target: Path) -> Path:
    """Serve the release before the current one, once every file of it was read; returns it.

    Raises:
        PublishError: when there is none, it is not as its manifest says, or it cannot be switched to.
    """
    with _sentences(target, _NOT_BACK), locked(target) as releases:
        served = releases.served
        if served is None:
            raise PublishError("没有更早的版本可以恢复")
        if not manifest_of(served):
            raise PublishError(f"{_NOT_BACK}：现在的版本读不到 {MANIFEST}，不知道撤回过什么，请重新发布")
        unfit = _drop_withdrawn(releases, served)
        earlier = releases.before(served)
        if not earlier:
            withdrawn = "：撤回以前的版本里有已经撤回的内容，已经删除" if unfit or withdrawn_from(served) else ""
            raise PublishError(f"没有更早的版本可以恢复{withdrawn}")
        release = releases.path(earlier[-1])
        _must_be_whole(release)
        audit.note(releases.directory, "rollback", release.name, manifest_of(release))
        releases.switch(release)
        return release


def _must_be_whole(release: Path) -> None:
    """Refuse a release that is damaged.

    Raises:
        PublishError: when a file is missing, is not as the manifest says, or is not in it.
    """
    try:
        wrong = verify(str(release))[1]
    except ManifestError as error:
        wrong = [str(error)]
    if wrong:
        more = f"（一共 {len(wrong)} 处）" if len(wrong) > 1 else ""
        hint = f"请重新发布；要恢复更早的版本，先删除 {release}"
        raise PublishError(f"{_NOT_BACK}：版本 {release.name} 不完整或被改动过，{wrong[0]}{more}", hint)


def amend(target: Path, change: Callable[[Path], object], about: Mapping[str, Any]) -> None:
    """Serve a copy of the current release that ``change`` has changed; remove all others, and the build.

    Files of the copy are those of the release itself: ``change`` may remove them and put others in their place, but
    never write into one. ``about`` is added to the manifest.

    Raises:
        PublishError: when nothing is served, or the copy cannot be made; the old site still serves.
    """
    with _sentences(target, "没有完成"), locked(target) as releases:
        served = releases.served
        if served is None:
            raise PublishError(f"{target} 还没有发布过")
        discard(releases.build)
        with releases.new() as partial:
            shutil.copytree(served, partial, copy_function=link)
            change(partial)
            known = {key: said for key, said in manifest_of(served).items() if key not in ("version", "files")}
            (partial / SIGNATURE).unlink(missing_ok=True)  # it was of the manifest before
            write_manifest(partial, {**known, **about})
            _readable(partial)
            audit.note(releases.directory, "purge", served.name, known, about.get(PURGING, ()))
        releases.drop(releases.numbers()[:-1])


@contextmanager
def _sentences(target: Path, what: str) -> Iterator[None]:
    """What the system refuses is a sentence for the operator."""
    try:
        yield
    except OSError as error:
        raise PublishError(f"{what}：{error.strerror or error}（{error.filename or target}）") from None


def _drop_withdrawn(releases: Releases, served: Path) -> bool:
    """Remove the releases older than ``served`` that may hold what was withdrawn since; True when there were some."""
    withdrawn = withdrawn_from(served)
    older = releases.before(served)
    unfit = [number for number in older if withdrawn - _made_without(releases.path(number))]
    releases.drop(unfit)
    return bool(unfit)


def withdrawn_from(release: Path) -> Counter[str]:
    """How often each id was withdrawn, as far as a release knows."""
    said = manifest_of(release)  # read once: it names every file
    return _named(said, "withdrawn") + _named(said, PURGING)


def _made_without(release: Path) -> Counter[str]:
    return _named(manifest_of(release), "withdrawn")


def _named(said: Mapping[str, Any], key: str) -> Counter[str]:
    found = said.get(key)
    return Counter(name for name in found if isinstance(name, str)) if isinstance(found, list) else Counter()


def _readable(site: Path) -> None:
    """The web server may read everything, whatever the umask of the one who publishes."""
    for path in (site, *site.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
