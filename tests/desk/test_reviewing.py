"""Review in steps: who may do what when, what is kept of it, and what may be handed over."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from gongkai.desk import reviewing
from gongkai.load.reviews import passed, record_of
from gongkai.output.links import Links
from gongkai.output.page_templates import PageTemplates
from gongkai.output.reviewers import REVIEWED, Reviewers
from gongkai.output.trace import Trace
from gongkai.settings import SettingsError, load_settings
from gongkai.site.addresses import page_of
from tests.conftest import ROOT
from tests.desk.desks import DAY, PLAN, UNITS, Visitor, run

OTHER = "plans/shili-2021-decisions.yml"
ROW = "task_table/rows/0/deadline"


def set_steps(visitor: Visitor, steps: str) -> Visitor:
    path = visitor.root / "mkdocs.yml"
    path.write_text(path.read_text("utf-8").replace("  column:\n", f"  column:\n    review: {steps}\n"), "utf-8")
    return visitor


@pytest.fixture
def reviewed(with_git: Visitor) -> Visitor:
    """A desk whose column wants two steps, with one changed file."""
    set_steps(with_git, "[初审, 终审]").edit("set", ROW, "2021年10月底前")
    return with_git


def act(visitor: Visitor, did: str, by: str, *names: str, **more: str) -> str:
    """What the page sends, of what it shows now; the words of the answer, nothing where it was done."""
    now = reviewing.reviews(visitor.session)
    names = names or (PLAN,)
    seen = {f"of:{name}": now[name].digest if name in now else "" for name in names}
    answer = visitor.post("/review", do=did, by=by, file=list(names), **{**seen, **more})
    return "" if answer.status_code == 303 else answer.text


def label(visitor: Visitor, name: str = PLAN) -> str:
    return reviewing.reviews(visitor.session)[name].label


def test_without_steps_nothing_is_reviewed(visitor: Visitor) -> None:
    visitor.edit("set", ROW, "2021年10月底前")
    assert reviewing.reviews(visitor.session) == {}
    assert "没有设审核的步骤" in visitor.get("/review").text
    assert "有改动" in visitor.get("/").text


def test_a_change_goes_through_every_step_and_then_out(reviewed: Visitor) -> None:
    assert label(reviewed) == "草稿"
    assert "还没有审完" in reviewed.post("/commit", name="张三").text
    for did, by, after in (("送审", "张三", "待初审"), ("初审", "李四", "待终审"), ("终审", "王五", "已审")):
        assert "还没有审完" in reviewed.post("/commit", name="张三").text
        assert act(reviewed, did, by) == ""
        assert label(reviewed) == after
        assert after in reviewed.get("/").text
        assert after in reviewed.get("/review").text
    assert "已提交" in reviewed.post("/commit", name="张三").text
    message = run(reviewed.root, "log", "-1", "--format=%b")
    assert f"- {DAY} 初审 李四" in message
    kept = run(reviewed.root, "show", f"HEAD:{record_of(PLAN)}").splitlines()
    assert [line.split("\t")[:3] for line in kept] == [
        [DAY.isoformat(), did, by] for did, by in (("送审", "张三"), ("初审", "李四"), ("终审", "王五"))
    ]
    assert reviewing.reviews(reviewed.session) == {}
    assert not [each for each in reviewed.session.checked().findings if ".reviews" in each.file]


def test_nobody_approves_his_own_change_and_everybody_only_once(reviewed: Visitor) -> None:
    act(reviewed, "送审", "张三")
    assert "自己送审" in act(reviewed, "初审", "张三")
    assert "自己送审" in act(reviewed, "初审", " 张三 ")
    assert act(reviewed, "初审", "李四") == ""
    assert "每一步由不同的人审" in act(reviewed, "终审", "李四")
    assert "自己送审" in act(reviewed, "终审", "张三")
    reviewed.edit("set", ROW, "2021年11月底前")  # by whom the desk cannot know: who hands it in answers for it
    act(reviewed, "送审", "李四")
    assert "自己送审" in act(reviewed, "初审", "张三"), "a part of it is his"
    assert act(reviewed, "初审", "王五") == ""


@pytest.mark.parametrize(
    ("did", "by", "words"),
    [
        ("终审", "李四", "待初审"), ("初审", " ", "姓名"), ("退回", "李四", "退回的原因"), ("送审", "李四", "已经送审"),
        ("批准", "李四", "不能办"), ("", "李四", "不能办"),
    ],
)  # fmt: skip
def test_what_is_not_its_turn_is_refused_in_words(reviewed: Visitor, did: str, by: str, words: str) -> None:
    act(reviewed, "送审", "张三")
    before = reviewing.acts_on(reviewed.session, PLAN)
    assert words in act(reviewed, did, by)
    assert reviewing.acts_on(reviewed.session, PLAN) == before


def test_what_was_changed_after_a_step_is_a_draft_again(reviewed: Visitor) -> None:
    act(reviewed, "送审", "张三")
    act(reviewed, "初审", "李四")
    path = reviewed.root / PLAN
    text = path.read_bytes()
    path.write_bytes(text.replace(b"\n", b"\r\n"))
    assert label(reviewed) == "待终审", "other line ends are no other content"
    path.write_bytes(text + "# 用记事本加的\n".encode())
    assert label(reviewed) == "草稿"
    answer = reviewed.post("/review", **{"do": "终审", "by": "王五", "file": PLAN, f"of:{PLAN}": "seen before"})
    assert "刚才又改过" in answer.text


def test_what_is_sent_back_is_a_draft_with_the_reason(reviewed: Visitor) -> None:
    act(reviewed, "送审", "张三")
    assert act(reviewed, "退回", "李四", reason="日期与\n原件\t不一致") == ""
    assert label(reviewed) == "草稿"
    assert "日期与 原件 不一致" in reviewed.get("/review").text
    act(reviewed, "送审", "张三")
    assert label(reviewed) == "待初审"
    reviewed.post("/undo")
    assert label(reviewed) == "草稿"


def test_all_that_was_chosen_or_nothing(reviewed: Visitor) -> None:
    reviewed.edit("set", "title", "另一个标题", file=OTHER)
    act(reviewed, "送审", "张三", PLAN)
    assert "已经送审" in act(reviewed, "送审", "张三", OTHER, PLAN)
    assert label(reviewed, OTHER) == "草稿"
    assert "请先选文件" in reviewed.post("/review", do="送审", by="张三").text
    assert "请重新看" in act(reviewed, "送审", "张三", "plans/../mkdocs.yml")


def test_what_has_errors_is_not_handed_in(reviewed: Visitor) -> None:
    reviewed.edit("set", UNITS, "区没有局")
    assert "改好再送审" in act(reviewed, "送审", "张三")


def test_drafts_stay_while_what_is_reviewed_goes_out(reviewed: Visitor) -> None:
    reviewed.edit("set", "title", "另一个标题", file=OTHER)
    for did, by in (("送审", "张三"), ("初审", "李四"), ("终审", "王五")):
        act(reviewed, did, by)
    assert "已提交" in reviewed.post("/commit", name="张三").text
    assert list(reviewing.reviews(reviewed.session)) == [OTHER]


def test_what_does_not_stand_without_a_draft_waits_for_it(reviewed: Visitor) -> None:
    reviewed.post("/unit", organ="shili", name="区天气局")
    reviewed.edit("set", "task_table/rows/2/units", "区天气局")
    for did, by in (("送审", "张三"), ("初审", "李四"), ("终审", "王五")):
        act(reviewed, did, by)
    head = run(reviewed.root, "rev-parse", "HEAD")
    assert "一起审完" in reviewed.post("/commit", name="张三").text
    assert run(reviewed.root, "rev-parse", "HEAD") == head


def test_a_withdrawal_waits_for_nobody(with_git: Visitor) -> None:
    set_steps(with_git, "[初审]")
    assert with_git.post("/withdraw/shili-2021/tasks/3", reason="含有个人信息").status_code == 200
    assert with_git.session.history.undoable is None
    assert "已提交" in with_git.post("/commit", name="张三").text
    assert reviewing.reviews(with_git.session) == {}
    assert "\t撤回" in run(with_git.root, "show", f"HEAD:{record_of(PLAN)}")


def test_without_git_drafts_are_not_counted_as_handed_over(visitor: Visitor) -> None:
    set_steps(visitor, "[初审]").edit("set", ROW, "2021年10月底前")
    assert "没有审完" in visitor.post("/handed").text
    act(visitor, "送审", "张三")
    with zipfile.ZipFile(io.BytesIO(visitor.post("/changes.zip").data)) as archive:
        assert f"{PLAN}：待初审" in archive.read("改动.txt").decode()
        assert "张三" in archive.read(record_of(PLAN)).decode()
    act(visitor, "初审", "李四")
    assert visitor.post("/handed").status_code == 200
    assert reviewing.reviews(visitor.session) == {}


def actions(visitor: Visitor, trace: Trace) -> str:
    """What stands at the foot of the page of the reviewed file, as a build writes it."""
    settings, column = load_settings(visitor.root), visitor.session.checked().column
    reviewers = Reviewers(visitor.root, trace, shown=settings.show_reviewers)
    links = Links((), (), trace)
    page = page_of(column, "plans/shili-2021/")
    assert page
    return PageTemplates([ROOT / "overrides"], settings, DAY, links, reviewers).slots(page)["actions"]


def test_readers_see_who_reviewed_only_where_the_column_wants_it(reviewed: Visitor) -> None:
    for did, by in (("送审", "张三"), ("初审", "李<四>"), ("终审", "王五")):
        act(reviewed, did, by)
    trace = Trace()
    assert "审核：" not in actions(reviewed, trace)
    assert not [asked for asked in trace.asked if asked[0] == REVIEWED]
    path = reviewed.root / "mkdocs.yml"
    path.write_text(path.read_text("utf-8").replace("  column:\n", "  column:\n    show_reviewers: true\n"), "utf-8")
    assert f"审核：初审 李&lt;四&gt;（{DAY}），终审 王五（{DAY}）</p>" in actions(reviewed, trace)
    assert "张三" not in actions(reviewed, trace)
    assert (REVIEWED, PLAN) in trace.asked
    (reviewed.root / PLAN).write_bytes((reviewed.root / PLAN).read_bytes().replace(b"\n", b"\r\n"))
    assert len(passed(reviewed.root, PLAN)) == 2
    reviewed.edit("set", "title", "后来又改的标题")
    assert "审核：" not in actions(reviewed, trace)


@pytest.mark.parametrize("wrong", ["初审", '["初 审"]', '[""]'])
def test_steps_that_are_none_are_told(visitor: Visitor, wrong: str) -> None:
    set_steps(visitor, wrong)
    with pytest.raises(SettingsError, match="review"):
        load_settings(Path(visitor.root))
