"""Publishing from the desk: where to, when not, and what it said."""

from __future__ import annotations

import sys

import pytest

from gongkai.desk import child
from gongkai.output.publish import publish
from gongkai.output.releases import locked
from tests.desk.desks import DAY, PLAN, Visitor
from tests.output.test_publish import made
from tests.output.test_publish import releases as numbers


def named(visitor: Visitor, words: str) -> None:
    path = visitor.root / "mkdocs.yml"
    path.write_text(path.read_text("utf-8").replace("  column:\n", f"  column:\n    {words}\n"), "utf-8")


def ended(visitor: Visitor) -> str:
    process = visitor.app.desk.publication._process
    assert process is not None
    process.wait()
    return visitor.get("/publish").text


def test_where_no_place_is_named_the_page_says_how(visitor: Visitor) -> None:
    assert "publish: " in visitor.get("/publish").text
    answer = visitor.post("/publish")
    assert answer.status_code == 422
    assert "还没有写发布到哪里" in answer.text


def test_only_what_is_handed_over_and_right_is_published(visitor: Visitor) -> None:
    named(visitor, "publish: ../www")
    visitor.edit("set", "title", "新的标题")
    assert "没有交出" in visitor.post("/publish").text
    visitor.edit("set", "task_table/rows/2/units", "区没有局")
    visitor.post("/handed")
    assert "还有错误" in visitor.post("/publish").text
    assert visitor.app.desk.publication.done is None


@pytest.mark.parametrize(("code", "words"), [(0, "已发布。"), (1, "没有发布成功")])
def test_a_process_of_its_own_publishes_and_is_heard(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    named(visitor, "publish: ../www\n    send: [a.zip]")
    asked: list[str] = []

    def stub(arguments: list[str], _megabytes: int = 0) -> list[str]:
        asked.extend(arguments)
        program = f"import sys; print('half', flush=True); sys.stdin.read(); print('whole'); sys.exit({code})"
        return [sys.executable, "-c", program]

    monkeypatch.setattr(child, "command", stub)
    assert visitor.post("/publish").status_code == 303
    assert asked[:2] == ["publish", str(visitor.root / "../www")]
    assert asked[-4:] == ["--as-of", DAY.isoformat(), "--send", "a.zip"]
    page = visitor.get("/publish").text
    assert 'http-equiv="refresh"' in page
    assert "正在发布" in page
    assert "正在发布" in visitor.post("/publish").text
    process = visitor.app.desk.publication._process
    assert process is not None
    assert process.stdin is not None
    process.stdin.close()
    page = ended(visitor)
    assert words in page
    assert "whole" in page
    assert 'http-equiv="refresh"' not in page
    assert visitor.data(PLAN)


def test_what_publish_refuses_is_shown(visitor: Visitor) -> None:
    """The command itself: plans/ is no place for a site."""
    named(visitor, "publish: plans")
    visitor.post("/publish")
    page = ended(visitor)
    assert "没有发布成功" in page
    assert "plans" in page.partition("<pre>")[2]


def test_what_is_withdrawn_leaves_the_served_site_at_once(visitor: Visitor) -> None:
    named(visitor, "publish: ../www/zfxxgk")
    site = visitor.root.parent / "www/zfxxgk"
    site.parent.mkdir()
    pages = [f"plans/shili-2021/tasks/{number}/index.html" for number in (1, 2, 3)]
    publish(site, made("one", dict.fromkeys(pages, "x")), {})
    with locked(site):
        assert "网站上还没有取下" in visitor.post("/withdraw/shili-2021/tasks/2", reason="含有个人信息").text
    answer = visitor.post("/withdraw/shili-2021/tasks/3", reason="含有个人信息")
    assert "已从网站取下" in answer.text
    assert "--purge" not in answer.text
    assert [(site / page).read_text("utf-8") == "x" for page in pages] == [True, True, False]  # a notice is there
    assert numbers(site) == ["000002"]
