"""Two clerks, two clones and what both send to: nothing is lost, nothing half-merged, the same field is asked about."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gongkai.authoring.edits import Set, edit
from tests.desk.desks import PLAN, Visitor, run
from tests.desk.test_work import ROWS, sends, shared

DEADLINE = f"{PLAN}#{ROWS}/2/deadline"
TITLE = f"{PLAN}#title"


@pytest.fixture
def both(with_git: Visitor, tmp_path: Path) -> Visitor:
    """A desk whose clerk changed and committed what a colleague changed and sent, and other places."""
    colleague = shared(with_git, tmp_path)
    (colleague / "LIESMICH").write_text("ours")
    sends(colleague, "deadline: 全年", "deadline: 十一月底前")
    (colleague / PLAN).write_text(edit((colleague / PLAN).read_text("utf-8"), [Set(("title",), "同事的标题")]), "utf-8")
    run(colleague, "-c", "user.name=李四", "-c", "user.email=b@c", "commit", "-qam", "title")
    run(colleague, "push", "-q")
    with_git.edit("set", f"{ROWS}/2/deadline", "十月底前")
    with_git.edit("set", "title", "我的标题")
    with_git.edit("set", f"{ROWS}/2/units", "区民政局")
    with_git.post("/commit", name="张三")
    assert with_git.post("/fetch", name="张三").location == "/join"
    return with_git


def test_both_versions_and_the_one_before_stand_side_by_side(both: Visitor) -> None:
    page = both.get("/join").text
    for words in (
        "全年",
        "十月底前",
        "十一月底前",
        "我的标题",
        "同事的标题",
        "第3项",
        "您和b、李四改了同一处" if "b、李四" in page else "李四",
    ):
        assert words in page
    assert len(re.findall('value="own"', page)) == 2
    changes = both.get("/changes").text
    assert "别人的 2 次提交已经取来" in changes
    assert "还有 1 次提交没有送出" in changes
    assert not run(both.root, "status", "--short")
    assert run(both.root, "worktree", "list").count("\n") == 1


def test_nothing_is_written_before_everything_is_chosen(both: Visitor) -> None:
    before, text = run(both.root, "rev-parse", "HEAD"), both.text()
    ends = re.search('name="ends" value="([^"]*)"', both.get("/join").text)
    assert ends
    half = both.post("/join", name="张三", ends=ends[1], **{DEADLINE: "theirs"})
    assert half.status_code == 422
    assert "还有 1 处没有选" in half.text
    assert 'value="theirs" checked' in half.text
    late = both.post("/join", name="张三", ends="another", **{DEADLINE: "theirs", TITLE: "ours"})
    assert "刚才又有新的提交" in late.text
    assert (run(both.root, "rev-parse", "HEAD"), both.text()) == (before, text)
    done = both.post(
        "/join", name="张三", ends=ends[1], **{DEADLINE: "theirs", TITLE: "own", f"{TITLE}#own": "第三个标题"}
    )
    assert "已合并" in done.text
    row = both.at(f"{ROWS}/2")
    assert (row["deadline"], row["units"], both.at("title")) == ("十一月底前", "区民政局", "第三个标题")
    assert len(run(both.root, "rev-parse", "HEAD^1", "HEAD^2").split()) == 2
    assert not run(both.root, "status", "--short")
    assert "已送出" in both.post("/send").text


def test_of_a_file_that_is_no_text_one_version_is_taken(with_git: Visitor, tmp_path: Path) -> None:
    colleague = shared(with_git, tmp_path)
    name = "content/map.png"
    for place, content in ((colleague, b"\x89PNG\xff theirs"), (with_git.root, b"\x89PNG\xff ours")):
        (place / "content").mkdir(exist_ok=True)
        (place / name).write_bytes(content)
        run(place, "add", "-A")
        run(place, "-c", "user.name=b", "-c", "user.email=b@c", "commit", "-qm", "map")
    run(colleague, "push", "-q")
    assert with_git.post("/fetch", name="张三").location == "/join"
    page = with_git.get("/join")
    assert "只能整份取一边的" in page.text
    ends = re.search('name="ends" value="([^"]*)"', page.text)
    assert ends
    assert with_git.post("/join", name="张三", ends=ends[1]).status_code == 422
    assert with_git.post("/join", name="张三", ends=ends[1], **{f"{name}#": "theirs"}).status_code == 200
    assert (with_git.root / name).read_bytes() == b"\x89PNG\xff theirs"


def test_offline_it_says_what_waits(with_git: Visitor, tmp_path: Path) -> None:
    shared(with_git, tmp_path)
    with_git.edit("set", "title", "新的标题")
    with_git.post("/commit", name="张三")
    (tmp_path / "others.git").rename(tmp_path / "away.git")
    assert "您的 1 次提交还在这台电脑上" in with_git.post("/fetch", name="张三").text
