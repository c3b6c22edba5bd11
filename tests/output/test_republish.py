"""Published again and again after changes, a site is the same as one that was published from nothing."""

from __future__ import annotations

import json
import random
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from gongkai import pipeline, publishing
from gongkai.output.releases import PublishError, releases_of
from gongkai.output.status import NAME as STATUS
from gongkai.output.verification import verify
from gongkai.withdrawing import withdraw
from tests.miniature.build import AS_OF, miniature_repository
from tests.output.test_incremental import CHANGES, setting, template
from tests.output.test_releases import looks
from tests.theme import render_theme

STEPS = 4
RECORDS = (
    "shili-2021/tasks/2",
    "shili-2021-decisions/2",
    "shili-yanglao-wenda",
    "shili-canyu-2021/2",
    "shili-mulu-2021/6",
)


def test_a_release_equals_one_that_was_published_from_nothing(tmp_path: Path) -> None:
    again_and_again(tmp_path, 0)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1, 9))
def test_more_releases_equal_those_published_from_nothing(tmp_path: Path, seed: int) -> None:
    again_and_again(tmp_path, seed)


def again_and_again(scratch: Path, seed: int) -> None:
    """Random changes, among them withdrawals, settings and days; what is served stays while a site is made."""
    root, chance, day = miniature_repository(scratch), random.Random(seed), AS_OF
    target = scratch / "www/zfxxgk"
    target.parent.mkdir()
    publish(root, target, scratch / "cache", day)
    shared = 0
    for step in range(STEPS):
        day = changed(root, scratch, chance, step, day)
        before, served = looks(target.resolve()), target.resolve()
        try:
            done = publish(root, target, scratch / "cache", day)
        except PublishError:  # a link into nowhere, say: the same from nothing
            with pytest.raises(PublishError):
                publish(root, scratch / "clean", scratch / "clean-cache", day)
            assert looks(target.resolve()) == before
        else:
            assert not served.exists() or looks(served) == before
            publish(root, scratch / "clean", scratch / "clean-cache", day)
            assert contents(target) == contents(scratch / "clean"), f"seed {seed}, step {step}"
            assert verify(str(target))[1] == []
            shared += done.unchanged
        shutil.rmtree(releases_of(scratch / "clean"), ignore_errors=True)
        (scratch / "clean").unlink(missing_ok=True)
        for name in ("rows", "state", "search", "pieces"):
            shutil.rmtree(scratch / "clean-cache" / name, ignore_errors=True)
    assert shared > STEPS * 100, "most files should have been those of the release before"


def publish(root: Path, target: Path, cache: Path, day: date) -> publishing.Published:
    return publishing.publish(root, target, cache, day, render_theme, lambda _: None)


def changed(root: Path, scratch: Path, chance: random.Random, step: int, day: date) -> date:
    """Another state of the repository that can be published; returns its day."""
    before = shutil.copytree(root / "plans", scratch / "before")
    if step % 4 == 2:
        withdraw(root, chance.choice(sorted(known(root, day) & {*RECORDS})), day, "含有个人信息", day)
    elif step % 4 == 3:
        chance.choice([template, setting])(root, chance)
        day += timedelta(days=1)
    else:
        for change in chance.choices(CHANGES, k=2):
            change(root, chance)
    if not pipeline.check(root, day).ok:
        shutil.rmtree(root / "plans")
        shutil.copytree(before, root / "plans")
    shutil.rmtree(before)
    return day


def known(root: Path, day: date) -> set[str]:
    return set(pipeline.check(root, day).column.index.entries)


def contents(target: Path) -> dict[str, bytes]:
    """Every file of what is served, without what says when it was published, and where."""
    found = {name: look[3] for name, look in looks(target.resolve()).items()}
    listed = json.loads(found["manifest.json"])["files"]
    assert STATUS in found.keys() & listed.keys()
    del found[STATUS], listed[STATUS]
    return found | {"manifest.json": repr(listed).encode()}
