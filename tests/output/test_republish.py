"""Published again and again after changes, a site is the same as one that was published from nothing."""

from __future__ import annotations

import json
import random
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from gongkai import pipeline, publishing
from gongkai.authoring.lasting import compare_with
from gongkai.authoring.lasting.published import content_of_files, of_site, published_by
from gongkai.findings.finding import errors
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


def test_a_release_is_compared_with_the_one_that_is_served(tmp_path: Path) -> None:
    """Whatever stays is found again; what vanishes holds the publication, until the files say what became of it."""
    root, target, told = miniature_repository(tmp_path), tmp_path / "www", list[pipeline.Checked]()

    def again() -> tuple[str, set[tuple[str, str]]]:
        done = publishing.publish(root, target, tmp_path / "cache", AS_OF, render_theme, told.append)
        return done.compared, missed()

    def missed() -> set[tuple[str, str]]:
        return {(found.code, found.file) for found in told[-1].findings if found.code.startswith("STAY")}

    (root / "content/notes.md").write_text("# 说明\n\n一段说明。\n", "utf-8")
    again()
    sentence, found = again()
    assert found == set()
    before = published_by(told[-1].column)
    assert f"比较：{len(before.addresses)} 个网址、{before.facts} 处" in sentence
    assert min(len(before.addresses), before.facts) > 10
    assert set(of_site(str(target)).content) == set(content_of_files(root)) - {""}

    for name, code in (
        ("plans/shili-2022.yml", "STAY-01"),
        ("content/notes.md", "STAY-01"),
        ("plans/shili-2021.yml", "STAY-02"),
    ):
        text = (root / name).read_text("utf-8")
        if code == "STAY-01":
            (root / name).unlink()
        else:
            (root / name).write_text(text.replace("名单正在核对。", "名单已经核对。"), "utf-8")
        with pytest.raises(PublishError):
            again()
        assert (code, name) in missed()
        (root / name).write_text(text, "utf-8")
    shutil.move(root / "plans/shili-2022.yml", root / "plans/shili-eryi.yml")
    text = (root / "plans/shili-eryi.yml").read_text("utf-8").replace("id: shili-2022\n", "id: shili-eryi\n")
    (root / "plans/shili-eryi.yml").write_text(f"moved_from: [shili-2022]\n{text}", "utf-8")
    withdraw(root, "content/notes.md", AS_OF, "含有个人信息", AS_OF)
    assert again()[1] == set()
    assert again()[1] == set(), "what was moved or withdrawn is not missed later on"


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
        day = changed(root, target, chance, step, day)
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


def changed(root: Path, target: Path, chance: random.Random, step: int, day: date) -> date:
    """Another state of the repository that can be published; returns its day."""
    before = shutil.copytree(root / "plans", root.parent / "before")
    if step % 4 == 2:
        withdraw(root, chance.choice(sorted(known(root, day) & {*RECORDS})), day, "含有个人信息", day)
    elif step % 4 == 3:
        chance.choice([template, setting])(root, chance)
        day += timedelta(days=1)
    else:
        for change in chance.choices(CHANGES, k=2):
            change(root, chance)
    checked = pipeline.check(root, day)
    missed = compare_with(root, checked.column, checked.unread, of_site(str(target))).findings
    if not checked.ok or errors(list(missed)):
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
