"""Killed at any instant, or without power at any: what is published stays whole, and the next command works."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

import pytest

from gongkai import pipeline
from gongkai.column.withdrawal import named
from gongkai.findings.finding import Severity
from gongkai.linking.withdrawals import LIST, read_withdrawals
from gongkai.output import audit
from gongkai.output.output_dir import OutputDir
from gongkai.output.publish import RELEASES_KEPT, publish, rollback
from gongkai.output.purge import take_down
from gongkai.output.releases import PublishError, releases_of
from gongkai.output.verification import verify
from gongkai.withdrawing import withdraw
from tests import power
from tests.killing import at_event, ended, events, in_child
from tests.miniature.build import AS_OF, miniature_repository
from tests.theme import render_theme

SEED = 20261126
SECRET = {"plans/x/index.html": "秘密" * 100}


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_WORKERS", "1")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    (tmp_path / "www").mkdir()
    return tmp_path / "www/zfxxgk"


def site(version: str, more: Mapping[str, str] | None = None) -> Callable[[Path], list[str]]:
    """Makes a small site, one half of which says its version; ``more`` are other files by address."""

    def make(directory: Path) -> list[str]:
        tree = OutputDir.at(directory)
        with tree.writing():
            for number in range(4):
                said = version if number % 2 == 0 else "same"
                text = f"<!doctype html><title>{number}</title><p>{said} " + "字" * 700
                tree.write_file(f"pages/{number}/index.html" if number else "index.html", text.encode())
            for path, words in (more or {}).items():
                tree.write_file(path, words.encode())
        return []

    return make


def says(target: Path) -> str | None:
    """The version that is served, every file of it; None where nothing is served."""
    if not os.path.lexists(target):
        return None
    assert verify(str(target.resolve()))[1] == []
    files = [(target / place).read_text("utf-8") for place in ("index.html", "pages/2/index.html")]
    said = {text.partition("<p>")[2].partition(" ")[0] for text in files}
    assert len(said) == 1
    return said.pop()


def secret(target: Path) -> int:
    """How many files of what is served or could be say it."""
    files = (path for path in releases_of(target).rglob("*.html") if path.is_file())
    return sum("秘密" in path.read_text("utf-8", "replace") for path in files)


@dataclass(frozen=True)
class Act:
    """What is done to a target that has served ``before``; then it serves the last of ``served``."""

    name: str
    before: Sequence[Callable[[Path], list[str]]]
    work: Callable[[Path], object]
    served: tuple[str | None, str]


def purged(target: Path) -> None:
    """What ``gongkai purge`` does."""
    take_down(target, ["x"], [])
    publish(target, site("two"), {"withdrawn": ["x"]})


ACTS = [
    Act("first", [], lambda target: publish(target, site("one"), {}), (None, "one")),
    Act(
        "publish",
        [site(str(number)) for number in range(RELEASES_KEPT)],
        lambda target: publish(target, site("new"), {}),
        ("4", "new"),
    ),
    Act("rollback", [site("old"), site("new")], rollback, ("new", "old")),
    Act("purge", [site("zero"), site("one", SECRET)], purged, ("one", "two")),
]


def prepared(act: Act, target: Path) -> None:
    shutil.rmtree(target.parent, ignore_errors=True)
    target.parent.mkdir()
    for make in act.before:
        publish(target, make, {})


def goes_on(act: Act, target: Path) -> None:
    """Whatever happened, the site is whole, the old one or the new one; so it stays, whatever is done next."""
    said, hidden = says(target), secret(target)
    assert said in act.served
    if said != act.served[0]:
        lines = (releases_of(target) / audit.NAME).read_text("utf-8").splitlines()
        acts = [json.loads(line)["act"] for line in lines if line.startswith("{")]
        assert {"first": "publish"}.get(act.name, act.name) in acts, "what is served was written down before"
    with suppress(PublishError):
        rollback(target)
    assert said is None or says(target) in {"zero", "0", "1", "2", "3", "4", "old", "new", "one", "two"}
    assert secret(target) <= hidden
    act.work(target) if act.name == "purge" else publish(target, site("next"), {})
    assert says(target) == ("two" if act.name == "purge" else "next")
    assert not secret(target)


@pytest.mark.parametrize("times", [3, pytest.param(100, marks=pytest.mark.soak)])
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_killed_at_random_instants(act: Act, times: int, target: Path) -> None:
    prepared(act, target)
    instants = events(partial(act.work, target))
    chance = random.Random(f"{SEED} {act.name} {times}")
    for _ in range(times):
        prepared(act, target)
        instant = chance.randrange(instants * 9 // 10)

        def work(instant: int = instant) -> None:
            at_event(instant)
            act.work(target)

        assert ended(in_child(work)) == -signal.SIGKILL
        goes_on(act, target)


@pytest.mark.parametrize("more", [1, pytest.param(30, marks=pytest.mark.soak)])
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_without_power_at_each_moment_at_which_something_is_synced(act: Act, more: int, target: Path) -> None:
    prepared(act, target)
    moments = power.moments(target.parent, partial(act.work, target), target.parents[1] / "log")
    chance = random.Random(f"{SEED} {act.name} {more}")
    assert len(moments) > 4
    for moment in moments:
        for disk in moment.disks(chance, more):
            disk.lay(target.parent)
            assert moment is not moments[-1] or says(target) == act.served[1], "what is done stays done"
            goes_on(act, target)


REMOVED = ("shili-2021/tasks/2", "content/notes.md", "shili-gazette-2021-1")
"""A row, a page of content/ and a file."""


def repository(scratch: Path) -> Path:
    root = miniature_repository(scratch)
    (root / "content/notes.md").write_text("# 临时说明\n\n关于撤销某项补助资格的临时说明全文。\n", "utf-8")
    return root


def withdrawn(root: Path, identifier: str) -> None:
    withdraw(root, identifier, AS_OF, "含有个人信息", AS_OF)


def sources(disk: power.Disk) -> dict[str, power.Content]:
    """What the program reads: drafts of a writer who was stopped are hidden, and nobody reads them."""
    files = {path: content for path, content in disk.said().items() if path.startswith(("plans/", "content/"))}
    return {path: content for path, content in files.items() if not path.rpartition("/")[2].startswith(".")}


Sources = dict[str, power.Content]


def stands(now: Sources, before: Sources, after: Sources) -> bool:
    """Every file is the old one or the new one, and what went is on the list; True when all is done."""
    assert {name for name in before | now if now.get(name) not in (before.get(name), after.get(name))} == set()
    other = {name for name in before | after if before.get(name) != after.get(name)} - {LIST}
    assert now.get(LIST) == after[LIST] or all(now.get(name) == before.get(name) for name in other)
    return now == after


def finish(root: Path, identifier: str, *, done: bool) -> None:
    """The command once more, if there is anything left to be done; then the repository is as it should be."""
    if not done:
        withdrawn(root, identifier)
    checked = pipeline.check(root, AS_OF)
    listed = [found.id for found in read_withdrawals(root)]
    assert listed == [named(identifier)]
    assert not [found for found in checked.findings if found.severity is Severity.ERROR and "撤回" in found.message]


@pytest.mark.parametrize(
    "identifier", [REMOVED[0], *(pytest.param(name, marks=pytest.mark.soak) for name in REMOVED[1:])]
)
def test_a_withdrawal_without_power_leaves_old_files_and_new_ones(identifier: str, tmp_path: Path) -> None:
    root = repository(tmp_path)
    before = sources(power.Disk.read(root))
    moments = power.moments(root, partial(withdrawn, root, identifier), tmp_path / "log")
    after, chance = sources(power.Disk.read(root)), random.Random(SEED)
    states: list[Sources] = [after]
    for moment in moments:
        for disk in moment.disks(chance, 30):
            now = sources(disk)
            done = stands(now, before, after)
            assert done or moment is not moments[-1]
            if now not in states:
                disk.lay(root)
                finish(root, identifier, done=done)
                states.append(now)
    assert len(states) > 2


@pytest.mark.parametrize("times", [2, pytest.param(100, marks=pytest.mark.soak)])
def test_a_withdrawal_is_killed_at_random_instants(times: int, tmp_path: Path) -> None:
    root = repository(tmp_path)
    untouched = power.Disk.read(root)
    chance = random.Random(f"{SEED} withdraw {times}")
    known: dict[str, tuple[int, Sources]] = {}
    for _ in range(times):
        identifier = chance.choice(REMOVED)
        if identifier not in known:
            asked = events(partial(withdrawn, root, identifier))
            known[identifier] = asked, sources(power.Disk.read(root))
            untouched.lay(root)
        asked, after = known[identifier]

        def work(identifier: str = identifier, instant: int = chance.randrange(asked * 9 // 10)) -> None:
            at_event(instant)
            withdrawn(root, identifier)

        assert ended(in_child(work)) == -signal.SIGKILL
        finish(root, identifier, done=stands(sources(power.Disk.read(root)), sources(untouched), after))
        untouched.lay(root)


def built(root: Path, scratch: Path) -> None:
    assert pipeline.build(root, scratch / "site", scratch / "cache", AS_OF, render_theme).ok


def edited(root: Path, words: str) -> None:
    plan = root / "plans/shili-2021.yml"
    plan.write_text(re.sub("公布养老机构名单.*?。", f"公布养老机构名单{words}。", plan.read_text("utf-8")), "utf-8")


@pytest.mark.soak
def test_a_build_is_killed_at_a_hundred_random_instants(tmp_path: Path) -> None:
    """With its cache, each time after an edit; the last build is the same as one from nothing.

    A few such kills are in ``tests/output/test_publish.py``.
    """
    root, chance = miniature_repository(tmp_path), random.Random(f"{SEED} build")
    built(root, tmp_path / "made")
    edited(root, "甲")
    instants = events(partial(built, root, tmp_path / "made"))
    for attempt in range(100):
        edited(root, str(attempt))

        def work(instant: int = chance.randrange(instants * 9 // 10)) -> None:
            at_event(instant)
            built(root, tmp_path / "made")

        assert ended(in_child(work)) == -signal.SIGKILL
    built(root, tmp_path / "made")
    built(root, tmp_path / "clean")
    assert power.Disk.read(tmp_path / "made/site").said() == power.Disk.read(tmp_path / "clean/site").said()


@pytest.mark.parametrize("more", [None, pytest.param(3, marks=pytest.mark.soak)])
def test_a_build_without_power_is_made_good_by_the_next(more: int | None, tmp_path: Path) -> None:
    """Pages are not synced, for nobody serves them there: whatever is left of them and the cache, the next is right."""
    root, made, chance = miniature_repository(tmp_path), tmp_path / "made", random.Random(SEED)
    built(root, made)
    edited(root, "甲")
    moments = power.moments(made, partial(built, root, made), tmp_path / "log")
    built(root, tmp_path / "clean")
    clean = power.Disk.read(tmp_path / "clean/site").said()
    every = [list(moment.disks(chance, more or 0)) for moment in moments]
    for disk in chain(*every) if more else (every[2][1], every[-1][0]):  # names that no list has; lists, and old files
        disk.lay(made)
        built(root, made)
        assert power.Disk.read(made / "site").said() == clean
