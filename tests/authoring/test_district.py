"""A district that begins: the first command gives a repository that checks, builds and can be looked at."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongkai import pipeline, publishing
from gongkai.cli import main
from gongkai.findings.finding import errors
from tests.conftest import AS_OF, ROOT
from tests.pages import page, text_of
from tests.theme import render_theme

BEGIN = (
    "new", "district", "shili", "--name", "示例市示例县人民政府", "--short-name", "示例县", "--region", "示例市",
    "--code", "示政办发",
)  # fmt: skip


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", "-c", "user.name=编辑", "-c", "user.email=a@b.c", "-C", str(root), *arguments], check=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of this repository, committed, as a district takes it over."""
    for name in ("plans", "content", "overrides"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "复制")
    return tmp_path


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--root", str(root)])


def built(root: Path) -> Path:
    done = pipeline.build(root, root / "site", root / ".cache", AS_OF, render_theme, offline=True)
    assert done.ok, done.report()
    wrong = errors(publishing.check_site(root, root / "site", AS_OF))
    assert not wrong, wrong
    return root / "site"


def test_a_district_alone_has_a_sound_site_before_its_first_file(root: Path) -> None:
    done = run(root, *BEGIN, "--only")
    assert done.exit_code == 0, done.output
    assert not list((root / "plans").glob("*.yml"))
    assert "changqing" not in "".join(path.read_text("utf-8") for path in (root / "plans/vocabularies").glob("*.yml"))
    assert not pipeline.check(root, AS_OF).findings
    site = built(root)
    home = text_of(page(site, "").css_first("main"))
    assert "本专栏刚刚建立，还没有收录文件。" in home
    assert "最新收录" not in home
    assert "示例县" in home
    assert not (site / "plans/index.html").exists(), "an empty column is a fault"
    assert "还没有收录文件" in text_of(page(site, "years/").css_first("main"))


def test_its_first_plan_appears(root: Path) -> None:
    run(root, *BEGIN, "--only")
    done = run(root, "new", "plan", "shili-2026", "--organ", "shili", "--year", "2026", "--title", "2026年工作要点")
    assert done.exit_code == 0, done.output
    path = root / "plans/shili-2026.yml"
    path.write_text(
        path.read_text("utf-8").replace("doc_number: 待填", "doc_number: 示政办发〔2026〕1号").replace("待填", "甲")
    )
    site = built(root)
    assert "1份年度工作要点的1项任务" in text_of(page(site, "").css_first("main"))
    assert "县政府办公室" in text_of(page(site, "plans/shili-2026/tasks/1/").css_first("main"))


def test_a_district_beside_others_changes_nothing_of_theirs(root: Path) -> None:
    before = {path: path.read_text("utf-8") for path in (root / "plans").rglob("*.yml")}
    done = run(root, *BEGIN)
    assert done.exit_code == 0, done.output
    for path, text in before.items():
        rest = iter(path.read_text("utf-8").splitlines())
        assert all(line in rest for line in text.splitlines()), path
    assert pipeline.check(root, AS_OF).ok


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("new", "district", "laiwu", *BEGIN[3:]), "已经有编号为 laiwu 的区县"),
        (("new", "district", "示例", *BEGIN[3:]), "编号 示例 不能用"),
        ((*BEGIN[:-1], "莱芜政办发"), "机关代字 莱芜政办发 已经在 plans/vocabularies/document-numbers.yml 里"),
        ((*BEGIN[:-1], "示政办发〔2026〕1号"), "看不懂机关代字"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(root: Path, arguments: tuple[str, ...], words: str) -> None:
    done = run(root, *arguments)
    assert done.exit_code == 1
    assert words in done.output
    assert not subprocess.run(["git", "-C", str(root), "status", "--porcelain"], capture_output=True, check=True).stdout


def test_nothing_leaves_that_git_does_not_know(root: Path) -> None:
    with (root / "plans/laiwu-2021.yml").open("a", encoding="utf-8") as file:
        file.write("# 还没有提交\n")
    done = run(root, *BEGIN, "--only")
    assert done.exit_code == 1
    assert "请先提交" in done.output
    assert (root / "plans/changqing-2022.yml").exists()
    assert not (root / "plans/vocabularies/units-shili.yml").exists()
