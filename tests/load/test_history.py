"""What git knows, and what is said where it knows nothing or only a part: nothing that accuses anybody."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongkai import pipeline
from gongkai.authoring.difference import DiffError, compare
from gongkai.cli import main
from gongkai.load.history import first_commits
from gongkai.output.manifest import commit_of
from tests.miniature.build import AS_OF, miniature_repository

LATE = "plans/shili-2021.yml"
"""A file whose day of publication lies long before the day of its commit."""


def git(root: Path, *arguments: str, day: str = "2026-05-01") -> str:
    command = ["git", "-c", "user.name=编辑", "-c", "user.email=a@b.c", "-c", "protocol.file.allow=always"]
    when = {"GIT_AUTHOR_DATE": f"{day}T12:00:00", "GIT_COMMITTER_DATE": f"{day}T12:00:00"}
    done = subprocess.run(
        [*command, "-C", str(root), *arguments], check=True, capture_output=True, text=True, env={**os.environ, **when}
    )
    return done.stdout.strip()


def commit(root: Path, message: str, day: str = "2026-05-01") -> str:
    git(root, "add", "-A", ".")
    git(root, "commit", "-q", "-m", message, day=day)
    return git(root, "rev-parse", "HEAD")


@pytest.fixture(name="origin")
def _origin(tmp_path: Path) -> Path:
    """A repository that began in 2021, to which a file was added five years after it was published."""
    root = miniature_repository(tmp_path)
    (root / LATE).rename(tmp_path / "late.yml")
    git(root, "init", "-q", "-b", "main")
    commit(root, "开始", day="2021-01-04")
    (root / "README.md").write_text("说明")
    commit(root, "说明", day="2021-01-05")
    shutil.move(tmp_path / "late.yml", root / LATE)
    commit(root, "补充", day="2026-05-01")
    (root / "README.md").write_text("新的说明")
    commit(root, "说明", day="2026-05-02")
    return root


def accused(root: Path) -> list[str]:
    found = pipeline.check(root, date(2026, 6, 1)).findings
    return [finding.file for finding in found if finding.code == "PUB-03"]


def test_with_the_whole_history_a_file_that_came_late_is_asked_about(origin: Path) -> None:
    assert accused(origin) == [LATE]


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_of_a_shallow_clone_nothing_is_inferred(origin: Path, tmp_path: Path, depth: int) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", str(depth), f"file://{origin}", str(clone))
    assert first_commits(clone) == {}
    assert accused(clone) == []
    git(clone, "fetch", "-q", "--unshallow")
    assert accused(clone) == [LATE]


def unpacked(origin: Path, place: Path) -> Path:
    """What somebody has who downloads the repository as a zip."""
    shutil.copytree(origin, place, ignore=shutil.ignore_patterns(".git"))
    return place


def test_of_an_unpacked_download_nothing_is_inferred(origin: Path, tmp_path: Path) -> None:
    root = unpacked(origin, tmp_path / "download")
    assert accused(root) == []
    assert commit_of(root) == {"commit": None, "committed": False}
    git(root, "init", "-q")
    assert accused(root) == []
    commit(root, "全部")
    assert accused(root) == [], "what was unpacked and then committed was published before, perhaps"


@pytest.mark.parametrize("known", ["ignored", "unknown", "committed"])
def test_in_another_repository_nothing_is_inferred(origin: Path, tmp_path: Path, known: str) -> None:
    outer = tmp_path / "outer"
    outer.mkdir()
    git(outer, "init", "-q")
    (outer / "notes.txt").write_text("别的")
    (outer / ".gitignore").write_text("column/\n" if known == "ignored" else "")
    commit(outer, "别的")
    root = unpacked(origin, outer / "column")
    if known == "committed":
        commit(outer, "放进来")
    assert accused(root) == []
    made_from = commit_of(root)
    assert (made_from["commit"] is not None) == (known == "committed"), "the site is made from no commit of others"


def test_without_git_nothing_is_inferred_and_nothing_fails(
    origin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert accused(origin) == []
    assert commit_of(origin) == {"commit": None, "committed": False}
    with pytest.raises(DiffError, match="没有 git 的历史"):
        compare(origin, "HEAD", AS_OF)


def test_a_comparison_says_why_a_commit_is_missing(origin: Path, tmp_path: Path) -> None:
    first = git(origin, "rev-list", "--max-parents=0", "HEAD")
    assert "读者看到的变化" in compare(origin, f"{first}..HEAD", AS_OF)
    with pytest.raises(DiffError, match="找不到版本 nobody，或者"):
        compare(origin, "nobody", AS_OF)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{origin}", str(clone))
    with pytest.raises(DiffError, match="git fetch --unshallow"):
        compare(clone, f"{first}..HEAD", AS_OF)
    with pytest.raises(DiffError, match="没有 git 的历史"):
        compare(unpacked(origin, tmp_path / "download"), first, AS_OF)


NEW = ("new", "district", "xin", "--name", "某市新县人民政府", "--short-name", "新县", "--region", "某市", "--only")


@pytest.mark.parametrize("place", ["alone", "in another repository", "without git"])
def test_without_a_history_the_files_of_other_districts_are_moved_aside(
    origin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    root = unpacked(origin, tmp_path / "outer/download")
    if place == "in another repository":
        git(root.parent, "init", "-q")
    if place == "without git":
        monkeypatch.setenv("PATH", str(tmp_path))
    before = {path.relative_to(root): path.read_bytes() for path in (root / "plans").rglob("*") if path.is_file()}
    done = CliRunner().invoke(main, [*NEW, "--root", str(root)])
    assert done.exit_code == 0, done.output
    assert "移到 other-districts/" in done.output
    lost = {name for name, content in before.items() if not same(root / name, content)}
    assert {Path(LATE), Path("plans/vocabularies/organs.yml")} < lost
    assert [name for name in lost if not same(root / "other-districts" / name, before[name])] == []
    assert pipeline.check(root, AS_OF).ok


def same(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def test_nothing_is_moved_onto_what_lies_there(origin: Path, tmp_path: Path) -> None:
    root = unpacked(origin, tmp_path / "download")
    (root / "other-districts").mkdir()
    done = CliRunner().invoke(main, [*NEW, "--root", str(root)])
    assert done.exit_code == 1
    assert "已经有这个目录" in done.output
    assert (root / LATE).is_file()


def test_what_git_does_not_know_yet_is_committed_first(origin: Path) -> None:
    (origin / LATE).write_text((origin / LATE).read_text("utf-8") + "# 改过\n", "utf-8")
    done = CliRunner().invoke(main, [*NEW, "--root", str(origin)])
    assert done.exit_code == 1
    assert "请先提交" in done.output
    assert (origin / LATE).is_file()
