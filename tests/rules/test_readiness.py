"""What is missing before a column goes live: all of it at once, in order, each at a line that can be filled in."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from gongkai import pipeline
from gongkai.cli import main
from gongkai.settings import PLACEHOLDER
from tests.conftest import ROOT
from tests.miniature.build import AS_OF, miniature_repository

LIVE = {
    "site_url": "https://www.shili.gov.cn/zfxxgk/",
    "portal_url": "https://www.shili.gov.cn/",
    "site_domain": "www.shili.gov.cn",
    "profile": "production",
    "footer": dict.fromkeys(("organizer", "contact", "site_code", "icp", "police", "mark", "correction"), "已填"),
}


@pytest.fixture(name="root")
def _root(tmp_path: Path) -> Path:
    root = miniature_repository(tmp_path)
    (root / "mkdocs.yml").write_text((ROOT / "mkdocs.yml").read_text("utf-8"), "utf-8")
    return root


def test_everything_missing_is_told_at_its_line(root: Path) -> None:
    found = [each for step in pipeline.check_readiness(root, AS_OF) for each in step.findings]
    settings = [each for each in found if each.file == "mkdocs.yml"]
    lines = (root / "mkdocs.yml").read_text("utf-8").splitlines()
    for name in ("site_url", "site_domain", *LIVE["footer"], "profile"):  # type: ignore[misc]
        (told,) = (each for each in settings if name in each.path)
        assert name in lines[told.line - 1], told
    pages = list((root / "content").rglob("*.md"))
    wanted = sum(line.count(PLACEHOLDER) for page in pages for line in page.read_text("utf-8").splitlines())
    spoken = sum(page.read_text("utf-8").count(f"{PLACEHOLDER}”") for page in pages)
    assert len([each for each in found if each.file.startswith("content/")]) == wanted - spoken
    assert found[-1].path[-1] == "profile"


def test_a_column_that_lacks_nothing_may_go_live(root: Path) -> None:
    text = (root / "mkdocs.yml").read_text("utf-8")
    for name, value in LIVE.items():
        written = json.dumps(value, ensure_ascii=False)
        if name == "site_url":
            text = text.replace('!ENV [SITE_URL, ""]', written)
        elif f"    {name}: " in text:
            line = next(line for line in text.splitlines() if line.startswith(f"    {name}: "))
            text = text.replace(line, f"    {name}: {written}")
        else:
            text = text.replace("    profile:", f"    {name}: {written}\n    profile:")
    (root / "mkdocs.yml").write_text(text, "utf-8")
    for page in (root / "content").rglob("*.md"):
        page.write_text(page.read_text("utf-8").replace(PLACEHOLDER, "已填"), "utf-8")
    steps = pipeline.check_readiness(root, AS_OF)
    left = [each for step in steps for each in step.findings]
    assert not [each for each in left if not each.file.startswith("plans/")]


def test_the_command_lists_steps_and_fails(root: Path) -> None:
    done = CliRunner().invoke(main, ["check", "--root", str(root), "--production", "--as-of", AS_OF.isoformat()])
    assert done.exit_code == 1
    assert done.output.index("一、") < done.output.index("二、") < done.output.index("三、") < done.output.index("五、")
    told = CliRunner().invoke(main, ["check", "--root", str(root), "--production", "--format", "json"])
    assert len(json.loads(told.output)["findings"]) > 10


PLACED = {
    "待核的注释": ("year: 2026", "year: 2026  # 待核：推定", True),
    "××": ("text: 公开政府采购项目信息。", "text: 公开××采购项目信息。", False),
    "请填写": ("text: 公开政府采购项目信息。", "text: （请填写）", False),
    "TODO": ("text: 公开政府采购项目信息。", "text: TODO 公开项目信息。", False),
    "某某": ("text: 公开政府采购项目信息。", "text: 公开某某项目信息。", False),
}


@pytest.mark.parametrize(("old", "new", "comment"), PLACED.values(), ids=PLACED)
def test_placeholders_are_told_and_stop_only_a_live_column(old: str, new: str, comment: bool, tmp_path: Path) -> None:
    from tests.load.test_mistakes import DAY, PLAN, column

    root = column(tmp_path)
    text = (root / PLAN).read_text("utf-8")
    (root / PLAN).write_text(text.replace(old, new, 1), "utf-8")
    for live, weight in ((False, "warning"), (True, "error")):
        found = [each for each in pipeline.check(root, DAY, production=live).findings if each.code == "TYPO-03"]
        assert [(each.severity.value, each.file) for each in found] == [(weight, PLAN)]
        assert (not found[0].path) is comment
    if comment:
        return
    data = yaml.safe_load((root / PLAN).read_text("utf-8"))
    waived = yaml.safe_dump(data | {"ignore": [{"rule": "TYPO-03", "reason": "原文如此"}]}, allow_unicode=True)
    (root / PLAN).write_text(waived, "utf-8")
    assert not [each for each in pipeline.check(root, DAY, production=True).findings if each.code == "TYPO-03"]


@pytest.mark.parametrize("words", ["待核实后公布", "3×4米", "EXXON公司", "申请人请填写申请表", "待定向招标"])
def test_ordinary_words_are_no_placeholders(words: str, tmp_path: Path) -> None:
    from tests.load.test_mistakes import PLAN, column

    root = column(tmp_path)
    text = (root / PLAN).read_text("utf-8")
    (root / PLAN).write_text(text.replace("text: 公开政府采购项目信息。", f"text: {words}。", 1), "utf-8")
    assert not [each for each in pipeline.check(root, date(2026, 11, 26)).findings if each.code == "TYPO-03"]
