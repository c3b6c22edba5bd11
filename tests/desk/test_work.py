"""The everyday jobs, from the list of what is to do to the file, the commit or the zip."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from pathlib import Path

import pytest

from gongkai.desk.history import History
from gongkai.desk.pasting import cells_of
from gongkai.desk.session import Session
from tests.desk.desks import DAY, PLAN, UNITS, Visitor, column, run

ROWS = "task_table/rows"
FILLED = {
    "status": "推进中",
    "text": "正在办。",
    "date": "2022-02-28",
    "title1": "公告",
    "url1": "https://www.example.com/1",
}


def test_the_list_names_what_the_day_asks_for(visitor: Visitor) -> None:
    page = visitor.get("/").text
    for words in (
        "等待答复的征集",
        "正在办理的决策",
        "没有报完成",
        "目录里该公开的",
        "全部文件",
        "/reports/shili-2021",
    ):
        assert words in page
    assert "/progress/shili-2021/tasks/" in visitor.get("/reports/shili-2021").text


def test_progress_is_reported_with_its_evidence(visitor: Visitor) -> None:
    assert visitor.post("/progress/shili-2021/tasks/2", **FILLED).status_code == 303
    entry = visitor.at(f"{ROWS}/1/progress")[-1]
    evidence = [{"title": "公告", "url": "https://www.example.com/1"}]
    assert entry == {"date": "2022-02-28", "status": "推进中", "text": "正在办。", "evidence": evidence}
    assert "正在办。" in visitor.get("/progress/shili-2021/tasks/2").text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"status": ""}, "请选状态"), ({"text": " "}, "做了什么"), ({"date": "昨天"}, "日期"),
        ({"title1": ""}, "名称，也要写网址"),
    ],
)  # fmt: skip
def test_progress_that_lacks_something_is_asked_for(visitor: Visitor, wrong: dict[str, str], words: str) -> None:
    before = visitor.text()
    answer = visitor.post("/progress/shili-2021/tasks/2", **{**FILLED, **wrong})
    assert answer.status_code == 422
    assert words in answer.text
    assert "正在办。" in answer.text or "text" in wrong
    assert visitor.text() == before


def test_a_stage_is_published(visitor: Visitor) -> None:
    file = "plans/shili-2021-decisions.yml"
    page = visitor.get("/stage/shili-2021-decisions/1").text
    free = page.replace("\n", "").split('name="stage" value="')[1:]
    stage = next(each.partition('"')[0] for each in free if "disabled" not in each.partition(">")[0])
    answer = visitor.post(
        "/stage/shili-2021-decisions/1", stage=stage, url="https://www.example.com/x", date="2022-02-01"
    )
    assert answer.status_code == 303
    said = visitor.at(f"decisions/0/stages/{stage}", file)
    assert said == {"status": "published", "url": "https://www.example.com/x", "date": "2022-02-01"}


def test_what_a_stage_says_already_stays_when_its_material_is_published(visitor: Visitor) -> None:
    file = "plans/shili-2021-decisions.yml"
    text = visitor.text(file)
    there = visitor.data(file)["decisions"][0]["stages"]
    stage = next(name for name, said in there.items() if said.keys() - {"status", "url", "date", "title"})
    kept = {name: said for name, said in there[stage].items() if name not in ("status", "url", "date")}
    answer = visitor.post(
        "/stage/shili-2021-decisions/1", stage=stage, url="https://www.example.com/x", date=there[stage]["date"]
    )
    assert answer.status_code == 303
    said = visitor.at(f"decisions/0/stages/{stage}", file)
    assert said["url"] == "https://www.example.com/x"
    assert said.items() >= kept.items()
    assert visitor.text(file).count("\n") == text.count("\n")


def test_what_is_sent_twice_is_written_once(visitor: Visitor) -> None:
    """By a second click, or by the button back and the same form again."""
    for address, fields in (
        ("/progress/shili-2021/tasks/2", FILLED),
        (f"/correct/{PLAN}?at=title", {"at": "title", "title": "改过", "reason": "误植"}),
    ):
        assert visitor.post(address, **fields).status_code == 303
        before = visitor.text()
        again = visitor.post(address, **fields)
        assert (again.status_code, visitor.text()) == (422, before)
        assert "没有" in again.text


def test_a_draft_of_a_district_that_is_only_proposed_does_not_break_the_comparison(visitor: Visitor) -> None:
    """As the import of another district's document leaves it."""
    plans = visitor.root / "plans"
    for old, new in (
        (PLAN, "plans/qita-2021.yml"),
        ("plans/vocabularies/organs.yml", "plans/vocabularies/organs-qita-proposed.yml"),
    ):
        (visitor.root / new).write_text(visitor.text(old).replace("shili", "qita"), "utf-8")
    assert plans.joinpath("qita-2021.yml").is_file()
    page = visitor.get("/changes?readers=1")
    assert page.status_code == 200
    assert "没有编号为 qita 的区县" in page.text


def test_where_nothing_is_yet_it_says_what_to_do(tmp_path: Path) -> None:
    root = column(tmp_path)
    shutil.rmtree(root / "plans")
    (root / "plans").mkdir()
    visitor = Visitor(root, tmp_path / "state")
    asked = {"kind": "plan", "year": "2023", "title": "要点", "id": "shili-2023", "name": "区财政局"}
    for answer in (visitor.get("/"), visitor.post("/new", **asked), visitor.post("/unit", **asked)):
        assert "没有区县名单" in answer.text


def test_a_consultation_is_answered(visitor: Visitor) -> None:
    page = visitor.get("/").text
    record = page.partition('href="/answer/')[2].partition('"')[0]
    address = visitor.get(f"/answer/{record}").headers["Location"]
    assert "outcome" in address
    assert visitor.session.checked().column.index.entries[record].title in visitor.get(address).text
    name, _, place = address.removeprefix("/item/").partition("?at=")
    refused = visitor.post(f"/item/{name}", at=place, text="采纳两条。")
    assert refused.status_code == 422
    assert visitor.post(f"/item/{name}", at=place, text="采纳两条。", date="2022年2月20日").status_code == 303
    assert visitor.at(place, name) == {"date": "2022-02-20", "text": "采纳两条。"}
    assert f"/answer/{record}" not in visitor.get("/").text


def test_what_is_withdrawn_is_nowhere_any_more(visitor: Visitor) -> None:
    visitor.edit("set", "title", "另一个标题")
    secret = visitor.at(f"{ROWS}/2/text")
    assert visitor.post("/withdraw/shili-2021/tasks/3", reason="").status_code == 422
    answer = visitor.post("/withdraw/shili-2021/tasks/3", reason="含有个人信息")
    assert answer.status_code == 200
    assert "--purge shili-2021/tasks/3" in answer.text
    assert "含有个人信息" in visitor.text("plans/withdrawn.yml")
    kept = [path for path in visitor.session.state.rglob("*") if path.is_file()]
    assert not [path for path in kept if secret.encode() in path.read_bytes()]
    assert visitor.session.history.undoable is None


def test_steps_are_undone_and_done_again_also_after_a_restart(visitor: Visitor) -> None:
    first = visitor.text()
    visitor.edit("set", "title", "第一步")
    visitor.edit("set", UNITS, "区财政局")
    last = visitor.text()
    again = History(visitor.root, visitor.session.state)
    assert again.undoable == "改第1项责任单位"
    again.undo()
    again.undo()
    assert visitor.text() == first
    assert again.undoable is None
    later = Visitor(visitor.root, visitor.session.state)
    assert later.post("/redo", back=f"/file/{PLAN}").headers["Location"] == f"/file/{PLAN}"
    later.post("/redo", back="//evil.example")
    assert visitor.text() == last
    assert later.post("/redo").status_code == 422


def test_what_somebody_else_saved_is_not_undone(visitor: Visitor) -> None:
    visitor.edit("set", "title", "第一步")
    (visitor.root / PLAN).write_text(visitor.text() + "# 用记事本加的\n")
    answer = visitor.post("/undo")
    assert answer.status_code == 422
    assert "别的程序" in answer.text
    assert "用记事本加的" in visitor.text()
    assert visitor.get(f"/state/{PLAN}").json["digest"] == visitor.session.open(PLAN).digest


def test_a_commit_says_what_was_changed_and_why(with_git: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    hook = with_git.root / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    with_git.edit("set", UNITS, "区财政局")
    page = with_git.get("/changes")
    assert "责任单位：区民政局牵头" in page.text
    assert "提交" in page.text
    blocked = with_git.post("/commit", name="张三", reason="机构改革")
    assert blocked.status_code == 422, "the unit is not in the register"
    with_git.edit("set", UNITS, "区民政局")
    nameless = with_git.post("/commit", reason="机构改革")
    assert nameless.status_code == 422
    assert "姓名" in nameless.text
    assert with_git.post("/commit", name="张三", reason="机构改革").status_code == 200
    message = run(with_git.root, "log", "-1", "--format=%s%n%b")
    assert "1 处改动" in message
    assert "第1项 责任单位：区民政局牵头，各镇（街道）配合 → 区民政局" in message
    assert "原因：机构改革" in message
    assert not run(with_git.root, "status", "--short")
    assert "没有还没交出的改动" in with_git.get("/changes").text


def shared(visitor: Visitor, place: Path) -> Path:
    """A repository that others send to, and the copy of one of them."""
    others = place / "others.git"
    run(place, "clone", "-q", "--bare", str(visitor.root), str(others))
    run(visitor.root, "remote", "add", "origin", str(others))
    run(visitor.root, "fetch", "-q", "origin")
    branch = run(visitor.root, "branch", "--show-current").strip()
    run(visitor.root, "branch", "-q", "--set-upstream-to", f"origin/{branch}")
    run(place, "clone", "-q", str(others), "colleague")
    return place / "colleague"


def sends(colleague: Path, old: str, new: str) -> None:
    path = colleague / PLAN
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    run(colleague, "-c", "user.name=b", "-c", "user.email=b@c", "commit", "-qam", "colleague")
    run(colleague, "push", "-q")


def test_commits_are_sent_to_where_the_others_are(with_git: Visitor, tmp_path: Path) -> None:
    assert "没有送出" not in with_git.get("/changes").text
    shared(with_git, tmp_path)
    with_git.edit("set", f"{ROWS}/0/deadline", "2021年10月底前")
    with_git.post("/commit", name="张三")
    assert "还有 1 次提交没有送出" in with_git.get("/changes").text
    others = tmp_path / "others.git"
    others.rename(tmp_path / "away.git")
    assert "还在这台电脑上" in with_git.post("/send").text
    (tmp_path / "away.git").rename(others)
    assert "已送出" in with_git.post("/send").text
    assert run(others, "rev-parse", "HEAD") == run(with_git.root, "rev-parse", "HEAD")


def test_the_work_of_others_is_put_together_by_field_or_not_at_all(with_git: Visitor, tmp_path: Path) -> None:
    colleague = shared(with_git, tmp_path)
    assert "没有新的改动" in with_git.post("/fetch", name="张三").text
    sends(colleague, "deadline: 全年", "deadline: 十二月底前")
    with_git.edit("set", f"{ROWS}/2/units", "区民政局")  # the line above it
    assert "先提交" in with_git.post("/fetch").text
    with_git.post("/commit", name="张三")
    assert "请先“取回”" in with_git.post("/send").text
    assert "已取回别人的 1 次提交" in with_git.post("/fetch", name="张三").text
    row = with_git.at(f"{ROWS}/2")
    assert (row["units"], row["deadline"]) == ("区民政局", "十二月底前")
    with_git.post("/send")
    run(colleague, "pull", "-q")
    sends(colleague, "deadline: 十二月底前", "deadline: 十一月底前")
    with_git.edit("set", f"{ROWS}/2/deadline", "十月底前")
    with_git.post("/commit", name="张三")
    before = with_git.text()
    assert with_git.post("/fetch", name="张三").location == "/join"
    assert with_git.text() == before
    assert not run(with_git.root, "status", "--short")


def test_readers_see_is_told_in_words(visitor: Visitor) -> None:
    visitor.edit("set", f"{ROWS}/0/deadline", "2021年10月底前")
    page = visitor.get("/changes?readers=1").text
    assert "读者看到的变化" in page
    assert "2021年10月底前" in page


def test_without_git_the_changes_are_a_zip_for_a_colleague(visitor: Visitor) -> None:
    visitor.edit("set", "title", "新的标题")
    answer = visitor.post("/changes.zip", reason="标题有误")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.read(PLAN) == (visitor.root / PLAN).read_bytes()
        words = archive.read("改动.txt").decode()
    assert "标题：2021年示例区政务公开工作要点 → 新的标题" in words
    assert "标题有误" in words
    assert visitor.post("/handed").status_code == 200
    assert "没有还没交出的改动" in visitor.get("/changes").text
    later = Session(visitor.root, visitor.session.state, DAY)
    assert later.baseline.changed() == []


def test_cells_from_a_spreadsheet() -> None:
    text = 'a\t"两行\n一格"\tb\r\n"引号""在中间"""\t"制表\t符"\t\r\n'
    assert cells_of(text) == [["a", "两行\n一格", "b"], ['引号"在中间"', "制表\t符", ""]]


def test_pasting_shows_what_would_change_first(visitor: Visitor) -> None:
    before = visitor.text()
    columns = visitor.get(f"/paste/{PLAN}?at={ROWS}").text.partition('name="column"')[2].partition("</select>")[0]
    at = [each.partition(">")[2].partition("<")[0] for each in columns.split("<option")[1:]].index("责任单位")
    cells = {"text": "区民政局\t12月底前\n区民政局\t全年\n", "at": ROWS, "row": "2", "column": str(at)}
    seen = visitor.post(f"/paste/{PLAN}", **cells)
    assert seen.status_code == 200
    assert "会改 4 格" in seen.text
    assert visitor.text() == before
    digest = visitor.session.open(PLAN).digest
    assert visitor.post(f"/paste/{PLAN}", **cells, digest="0").status_code == 422
    assert visitor.post(f"/paste/{PLAN}", **cells, digest=digest).status_code == 303
    rows = visitor.at(ROWS)
    assert [(row["units"], row["deadline"]) for row in rows[2:4]] == [("区民政局", "12月底前"), ("区民政局", "全年")]
    visitor.post("/undo")
    assert visitor.text() == before


def test_pasted_rows_go_on_behind_the_last(visitor: Visitor) -> None:
    cells = {"at": ROWS, "row": "4", "column": "0", "text": "5\t新任务\t\t新要求\t区民政局\n"}
    digest = visitor.session.open(PLAN).digest
    assert visitor.post(f"/paste/{PLAN}", **cells, digest=digest).status_code == 303
    assert visitor.at(f"{ROWS}/4") == {"number": 5, "area": "新任务", "text": "新要求", "units": "区民政局"}
    wrong = visitor.post(f"/paste/{PLAN}", **{**cells, "row": "0", "text": "7\n"}, digest=digest)
    assert "不再改动" in wrong.text
    wide = visitor.post(f"/paste/{PLAN}", **{**cells, "text": "1\t" * 40})
    assert wide.status_code == 422


def test_a_new_file_is_begun(visitor: Visitor) -> None:
    asked = {"kind": "plan", "organ": "shili", "year": "2023", "title": "2023年要点", "id": "shili-2023"}
    for wrong in ("Bad Id", "../../outside", "", "a/b"):
        assert visitor.post("/new", **{**asked, "id": wrong}).status_code == 422
    answer = visitor.post("/new", **asked)
    assert answer.headers["Location"] == "/file/plans/shili-2023.yml"
    assert visitor.get("/file/plans/shili-2023.yml").status_code == 200
    assert visitor.post("/new", **asked).status_code == 422


def test_a_file_that_cannot_be_read_is_shown_and_mended_where_that_is_sure(visitor: Visitor) -> None:
    path = visitor.root / PLAN
    path.write_text(visitor.text().replace("year: 2021", "year：2021"))
    page = visitor.get(f"/file/{PLAN}").text
    assert "读不出来" in page
    assert visitor.edit_raw(PLAN).status_code == 409
    assert visitor.post(f"/fix/{PLAN}").status_code == 303
    assert visitor.data()["year"] == 2021


def test_an_upload_becomes_a_draft_beside_plans_first(visitor: Visitor) -> None:
    text = "示例区2022年政务公开工作要点\n\n一、做好民生信息公开\n（一）公开补贴。\n二、抓好落实\n各单位抓好落实。\n"
    upload = {
        "file": (io.BytesIO(text.encode()), "..\\..\\要点.txt"),
        "organ": "shili",
        "id": "shili-2029",
        "year": "2029",
    }
    answer = visitor.post("/import", **upload, kind="解读")
    assert answer.status_code == 303, answer.text
    job = answer.headers["Location"]
    page = visitor.get(job).text
    assert "抓好落实" in page
    assert not (visitor.root / "plans" / "shili-2029.yml").exists()
    kept = {path.name for path in (visitor.session.state / "imports").rglob("*") if path.is_file()}
    assert "要点.txt" in kept
    for wrong in ({"id": "../../plans/x"}, {"year": "今年"}, {"organ": "--output"}):
        assert visitor.post(f"{job}/again", **wrong).status_code == 422
    again = visitor.post(f"{job}/again", kind="工作要点", organ="shili", id="shili-2029", year="2029")
    assert again.status_code == 303
    assert "工作要点" in visitor.get(job).text.partition("<h2>导入报告")[2]
    put = visitor.post(f"{job}/put")
    assert put.headers["Location"] == "/file/plans/shili-2029.yml"
    assert visitor.get(put.headers["Location"]).status_code == 200
    assert visitor.get(job).status_code == 404
    visitor.post("/undo")
    assert not (visitor.root / "plans" / "shili-2029.yml").exists()
    assert visitor.post("/import").status_code == 422


@pytest.mark.parametrize("job", ["..", "0123456789abcdef", "%2e%2e%2f", "history"])
def test_only_jobs_can_be_asked_for(visitor: Visitor, job: str) -> None:
    assert visitor.get(f"/import/{job}").status_code in (404, 405)
    assert visitor.post(f"/import/{job}/drop").status_code in (404, 405)
    assert Path(visitor.session.state).is_dir()


def test_an_attachment_is_looked_at_before_it_lies_beside_its_document(visitor: Visitor) -> None:
    place = {"at": "document/attachments/0", "title": "名单"}

    def upload(name: str, content: bytes, **more: str) -> int:
        return visitor.post(f"/item/{PLAN}", **{**place, **more}, file=(io.BytesIO(content), name)).status_code

    assert 'type="file"' in visitor.get(f"/item/{PLAN}?at=document/attachments/0").text
    assert upload("x.html", b"<script>") == 422
    assert upload("x.pdf", b"<script>") == 422
    assert upload("x.txt", "张三 身份证号 110101199003077758".encode()) == 422
    assert upload("x.txt", b"") == 422
    assert upload("a.txt", b"a", title=" ") == 422
    before = visitor.text()
    assert upload("../../2021年 名单(1).TXT", "甲\n乙\n".encode()) == 303
    assert visitor.at("document/attachments/0") == {"file": "2021年-名单-1.txt", "title": "名单"}
    path = visitor.root / "plans" / "files" / "2021年-名单-1.txt"
    assert path.read_text("utf-8") == "甲\n乙\n"
    place["at"] = "document/attachments/1"
    assert upload("2021年-名单-1.txt", "丙".encode()) == 422
    visitor.post("/undo")
    assert visitor.text() == before
    assert not path.exists()


def test_a_unit_that_is_lacking_is_added_from_the_field(visitor: Visitor) -> None:
    answer = visitor.edit("set", UNITS, "区民政局、区天气局")
    (wrong,) = [each for each in answer.json["findings"] if each["severity"] == "error"]
    assert wrong["lacking"] == "区天气局"
    assert 'value="区天气局"' in visitor.get("/unit?name=区天气局&organ=shili").text
    assert visitor.post("/unit", organ="shili", name="区民政局").status_code == 422
    assert visitor.post("/unit", organ="shili", name="甲\n乙").status_code == 422
    assert visitor.post("/unit", organ="shili", name="区天气局").status_code == 303
    state = visitor.get(f"/state/{PLAN}").json
    assert not [each for each in state["findings"] if each["severity"] == "error"]


def test_long_tables_have_pages(visitor: Visitor) -> None:
    rows = "".join(
        f"    - {{number: {at}, area: 任务, text: 第{at}件事。, units: 区民政局, deadline: 全年}}\n"
        for at in range(5, 255)
    )
    path = visitor.root / PLAN
    path.write_text(visitor.text().rstrip("\n") + "\n" + rows)
    assert len(visitor.at("task_table/rows")) == 254
    page = visitor.get(f"/file/{PLAN}").text
    assert "第3页" in page
    assert "第104件事" not in page
    assert page.count('<tr data-row="task_table/rows/') == 100
    last = page.partition(">第3页")[0].rpartition('href="')[2].rstrip('"').replace("&amp;", "&")
    assert "第254件事" in visitor.get(f"/file/{PLAN}{last}").text
    assert visitor.edit("set", "task_table/rows/253/deadline", "12月底前").status_code == 200


@pytest.mark.parametrize("stopped", ["before it was written", "behind it"])
def test_a_step_in_which_the_program_was_stopped_can_be_undone_or_done(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, stopped: str
) -> None:
    """As a kill at that moment leaves it."""
    first = visitor.text()

    def stop(history: History, contents: object) -> None:
        if stopped == "behind it":
            put(history, contents)
        raise KeyboardInterrupt

    put = History._put
    monkeypatch.setattr(History, "_put", stop)
    with pytest.raises(KeyboardInterrupt):
        visitor.session.history.write("改标题", {PLAN: b"kind: plan\n"})
    monkeypatch.undo()
    again = History(visitor.root, visitor.session.state)
    assert again.undoable == ("改标题" if stopped == "behind it" else None)
    _ = again.undo() if again.undoable else again.redo()
    assert visitor.text() == (first if stopped == "behind it" else "kind: plan\n")


def test_a_file_that_cannot_be_written_is_said_and_no_step(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: object) -> None:
        raise PermissionError(13, "held open")

    monkeypatch.setattr(History, "_put", held)
    assert "别的程序打开着" in visitor.edit("set", "title", "x").json["words"]
    answer = visitor.post("/progress/shili-2021/tasks/2", **FILLED)
    assert answer.status_code == 500
    assert "别的程序打开着" in answer.text
    monkeypatch.undo()
    assert visitor.session.history.undoable is None
    assert visitor.post("/progress/shili-2021/tasks/2", **FILLED).status_code == 303
