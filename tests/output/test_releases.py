"""A release is links to the build: it never changes, nothing that is damaged is used again, and copies do as well."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.cache.entry import discard
from gongkai.output.publish import publish, rollback
from gongkai.output.purge import take_down
from gongkai.output.releases import PublishError, build_of, current
from gongkai.output.verification import verify
from tests.killing import at_event, ended, events, in_child
from tests.output.test_publish import FILES, made, releases, says

Look = dict[str, tuple[int, int, int, bytes]]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "zfxxgk"


def looks(release: Path) -> Look:
    """Inode, time, mode and bytes of every file."""
    found = {}
    for path in sorted(release.rglob("*")):
        if path.is_file():
            status = path.lstat()
            look = (status.st_ino, status.st_mtime_ns, status.st_mode, path.read_bytes())
            found[path.relative_to(release).as_posix()] = look
    return found


def test_the_served_release_never_changes_while_another_is_made(target: Path) -> None:
    """Looked at before everything that the publisher asks of the system."""
    publish(target, made("one"), {})
    served = target.resolve()
    before = looks(served)

    def watched() -> None:
        looking: list[bool] = []

        def look(event: str, _arguments: object) -> None:
            if event in ("open", "os.rename", "os.link", "os.remove", "os.chmod", "os.symlink") and not looking:
                looking.append(True)
                if looks(served) != before:
                    os._exit(2)
                looking.clear()

        sys.addaudithook(look)
        publish(target, made("two"), {})

    assert ended(in_child(watched)) == 0
    assert looks(served) == before
    assert says(target) == "two"


def test_unchanged_files_and_their_copies_are_the_same_file_in_both(target: Path) -> None:
    publish(target, made("one"), {})
    done = publish(target, made("two"), {})
    first, second = (looks(target.resolve().parent / number) for number in ("000001", "000002"))
    shared = {name for name, look in second.items() if first[name] == look}
    assert {name.split("/")[1] for name in shared} == {str(number) for number in range(1, FILES, 2)}
    assert len(shared) == done.unchanged == 3 * FILES // 2, "pages with two copies each"


def test_what_says_the_same_as_before_a_rollback_keeps_its_time(target: Path) -> None:
    publish(target, made("one"), {})
    publish(target, made("two"), {})
    rollback(target)
    before = looks(target.resolve())
    assert publish(target, made("one"), {}).unchanged == 3 * FILES
    after = looks(target.resolve())
    assert {name: look for name, look in after.items() if name != "manifest.json"} == {
        name: look for name, look in before.items() if name != "manifest.json"
    }


DAMAGE: dict[str, Callable[[Path], object]] = {
    "other bytes": lambda path: path.write_bytes(bytes(reversed(path.read_bytes()))),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:100]),
    "empty": lambda path: path.write_bytes(b""),
    "gone": discard,
    "a link": lambda path: (path.rename(path.with_suffix(".x")), path.symlink_to(path.with_suffix(".x").name)),
    "a directory": lambda path: (discard(path), path.mkdir()),
    "a file": lambda path: (discard(path), path.write_text("x")),
    "forbidden": lambda path: path.chmod(0),
}
PLACES = (
    "site/pages/1/index.html",
    "site/index.html",
    "site/pages/1",
    "site/.gongkai",
    "site/manifest.json",
    "copies/",
)


@pytest.mark.parametrize(
    ("place", "damage"),
    [
        pytest.param(place, damage, id=f"{place} {name}")
        for place in PLACES
        for name, damage in DAMAGE.items()
        if place != "site/pages/1" or name in ("gone", "a link", "a directory", "a file")
    ],
)
def test_nothing_that_is_damaged_is_used_again(target: Path, place: str, damage: Callable[[Path], object]) -> None:
    """The build shares its files with what is served: whoever damages one damages the other."""
    publish(target, made("one"), {})
    path = build_of(target) / place
    for damaged in sorted(path.iterdir()) if place.endswith("/") else [path]:
        times = damaged.stat()
        damage(damaged)
        if damaged.is_file() and not damaged.is_symlink():
            os.utime(damaged, ns=(times.st_atime_ns, times.st_mtime_ns))
    publish(target, made("two"), {})
    assert says(target) == "two"
    assert {path.lstat().st_mode & 0o777 for path in target.resolve().rglob("*") if path.is_file()} == {0o644}
    assert not any(path.is_symlink() for path in target.resolve().rglob("*"))
    assert len(looks(target.resolve())) == 3 * FILES + 1


def test_a_link_in_the_place_of_the_build_is_not_followed(target: Path) -> None:
    publish(target, made("one"), {})
    site = build_of(target) / "site"
    elsewhere = target.parent / "elsewhere"
    shutil.copytree(site, elsewhere)
    before = looks(elsewhere)
    shutil.rmtree(site)
    site.symlink_to(elsewhere)
    publish(target, made("two"), {})
    assert says(target) == "two"
    assert looks(elsewhere) == before


def test_what_others_put_into_the_build_is_not_published(target: Path) -> None:
    publish(target, made("one"), {})
    (build_of(target) / "site/pages/1/secret.html").write_text("x")
    publish(target, made("two"), {})
    assert says(target) == "two"
    assert not list(target.resolve().rglob("secret.html"))


def test_what_is_no_longer_made_leaves_nothing(target: Path) -> None:
    publish(target, made("one", {"more/index.html": "多" * 1000}), {})
    assert len(list((build_of(target) / "copies").iterdir())) == 2 * (FILES + 1)
    publish(target, made("one"), {})
    assert len(list((build_of(target) / "copies").iterdir())) == 2 * FILES
    assert not (build_of(target) / "site/more").exists()


NO_LINKS = {"another file system": errno.EXDEV, "no links there": errno.EPERM, "too many links": errno.EMLINK}


@pytest.fixture(params=NO_LINKS.values(), ids=NO_LINKS)
def no_links(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system on which no file can lie in two places."""

    def refused(source: object, place: object) -> None:
        raise OSError(request.param, os.strerror(request.param), source, None, place)

    monkeypatch.setattr(os, "link", refused)


@pytest.mark.usefixtures("no_links")
def test_where_there_are_no_links_copies_give_the_same(target: Path) -> None:
    publish(target, made("one"), {})
    first = looks(target.resolve())
    done = publish(target, made("two", {"plans/x/index.html": "秘密"}), {})
    assert done.unchanged == 3 * FILES // 2
    for name, (_, changed, mode, content) in looks(target.resolve()).items():
        if any(f"pages/{number}/" in name for number in range(1, FILES, 2)):
            assert (changed, mode, content) == first[name][1:]
    assert looks(target.resolve().parent / "000001") == first
    assert take_down(target, ["x"], []) == 1
    assert verify(str(target.resolve())) == (FILES + 1, [])
    publish(target, made("three"), {})
    publish(target, made("four"), {})
    rollback(target)
    assert says(target) == "three"


@pytest.mark.usefixtures("no_links")
def test_killed_where_there_are_no_links_the_site_is_whole(target: Path) -> None:
    publish(target, made("0"), {})
    instants = events(lambda: publish(target, made("x"), {}))
    for part in range(1, 10):

        def work(instant: int = instants * part // 10) -> None:
            at_event(instant)
            publish(target, made("1"), {})

        assert ended(in_child(work)) in (0, -signal.SIGKILL)
        assert says(target) in ("0", "1", "x")
    publish(target, made("last"), {})
    assert says(target) == "last"


DAMAGED_RELEASE: dict[str, Callable[[Path], object]] = {
    "内容不符：pages/2/index.html": lambda release: replaced(release / "pages/2/index.html"),
    "读不到：pages/2/index.html": lambda release: (release / "pages/2/index.html").unlink(),
    "清单以外的文件：more.html": lambda release: (release / "more.html").write_text("x"),
    "压缩副本与原文件不同：pages/2/index.html.gz": lambda release: replaced(release / "pages/2/index.html.gz"),
    "压缩副本与原文件不同：pages/2/index.html.br": lambda release: replaced(release / "pages/2/index.html.br"),
    "读不到 manifest.json": lambda release: (release / "manifest.json").unlink(),
    "manifest.json 不是本程序写的清单": lambda release: replaced(release / "manifest.json"),
}


def replaced(path: Path) -> None:
    path.unlink()
    path.write_bytes(b"something else")


@pytest.mark.parametrize(("words", "damage"), DAMAGED_RELEASE.items(), ids=range(len(DAMAGED_RELEASE)))
def test_a_damaged_release_is_not_gone_back_to(target: Path, words: str, damage: Callable[[Path], object]) -> None:
    for version in ("one", "two", "three"):
        publish(target, made(version), {})
    damage(target.resolve().parent / "000002")
    with pytest.raises(PublishError, match="没有恢复，网站不变：版本 000002 不完整或被改动过") as refused:
        rollback(target)
    assert words in "\n".join(refused.value.args)
    assert says(target) == "three"
    shutil.rmtree(target.resolve().parent / "000002")  # as the sentence says
    assert rollback(target).name == "000001"
    assert says(target) == "one"


def test_damage_to_what_is_served_never_comes_back_by_publishing(target: Path) -> None:
    """The same file in the build, in what is served and in older releases: the next release has a new one."""
    publish(target, made("one"), {})
    publish(target, made("two"), {})
    for name in ("pages/1/index.html", "pages/1/index.html.gz", "pages/1/index.html.br"):
        path = target.resolve() / name
        times = path.stat()
        path.write_bytes(b"x" * times.st_size)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    publish(target, made("three"), {})
    assert says(target) == "three"
    served = current(target)
    with pytest.raises(PublishError, match="请重新发布"):
        rollback(target)
    assert current(target) == served
    assert releases(target) == ["000001", "000002", "000003"]
