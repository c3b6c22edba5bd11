"""Changes through the desk: what was meant stands in the file, and nothing else is another."""

from __future__ import annotations

import difflib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.authoring.edits import Set, edit
from gongkai.desk import paths
from gongkai.desk.editing import Asked, Editing
from gongkai.desk.forms import Forms
from gongkai.desk.session import OpenFile
from gongkai.kinds.registry import BY_NAME
from tests.desk.desks import PLAN, UNITS, Visitor, run
from tests.desk.test_forms import everything, tables

ROWS = "task_table/rows"


EXAMPLE = next(path for path in BY_NAME["plan"].examples if path.name == "shili-2021.yml")


def meaning(file: OpenFile) -> dict[int, list[Any]]:
    """What each row of a plan says once what it takes over is filled in, by its number."""
    found = {}
    for at, row in enumerate(file.data["task_table"]["rows"]):
        above = BY_NAME["plan"].items.takes_over(file.shape, ("task_table", "rows", at))
        said = {**{name: value for name, (_, value) in above.items()}, **row}
        found[row["number"]] = [said.get(name) for name in ("area", "topic", "text", "units", "deadline", "section")]
    return found


def changed_lines(before: str, after: str) -> list[str]:
    diff = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in diff if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def test_a_unit_that_is_misspelt_is_named_at_its_field_with_the_right_word(visitor: Visitor) -> None:
    before = visitor.text()
    answer = visitor.edit("set", UNITS, "区民证局牵头，各镇（街道）配合")
    (wrong,) = [each for each in answer.json["findings"] if each["place"] == UNITS and each["severity"] == "error"]
    assert wrong["word"] == "区民政局"
    assert wrong["offer"] == "区民政局牵头，各镇（街道）配合"
    assert answer.json["above"]["task_table/rows/1/units"] == "区民证局牵头，各镇（街道）配合"
    assert len(changed_lines(before, visitor.text())) == 2
    answer = visitor.edit("set", UNITS, wrong["offer"])
    assert not [each for each in answer.json["findings"] if each["severity"] == "error"]
    assert visitor.text() == before


def test_a_day_of_edits_does_not_grow_without_end(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every state of a file is kept for who undoes it soon, and goes after some checks that did not need it."""
    monkeypatch.setattr("gongkai.desk.session.EVICT_AFTER", 2)
    kept = []
    for day in range(1, 11):
        visitor.edit("set", f"{ROWS}/0/deadline", f"2021年9月{day}日前")
        visitor.session.checked()
        kept.append(len(visitor.session._cache._recent))
    assert max(kept[6:]) <= max(kept[2:5])
    monkeypatch.setattr("gongkai.desk.session.EVICT_AFTER", 1_000)
    for day in range(11, 15):
        visitor.edit("set", f"{ROWS}/0/deadline", f"2021年9月{day}日前")
        visitor.session.checked()
    assert len(visitor.session._cache._recent) > max(kept[6:])


def test_what_was_kept_is_looked_at_before_it_is_given_back(visitor: Visitor) -> None:
    """A power cut may leave half of what was kept, for saves do not wait for it."""
    visitor.edit("set", "title", "新的标题")
    step = visitor.session.history.steps[-1]
    (before,) = (pair[0] for pair in step.files.values())
    (visitor.session.state / "history" / str(before)).write_bytes(b"half")
    assert visitor.post("/undo").status_code == 422
    assert visitor.at("title") == "新的标题"


def test_a_page_without_changes_changes_nothing(visitor: Visitor) -> None:
    """Every field of every file of every kind, saved as it stands, is what it was."""
    for name in visitor.session.names:
        file = visitor.session.open(name)
        editing = Editing(file, file.data, {})
        for path, field in everything(Forms(file, file.data), file).items():
            if not field.missing and not field.fixed and field.value is not None:
                items = tuple(paths.identities(file.data, path))
                asked = Asked(do="set", path=paths.written(path), items=items, was=field.text, value=field.text)
                assert list(editing.meant(asked).edits) == [Set(path, field.value)], (name, path)


def test_a_save_never_hits_another_row(visitor: Visitor) -> None:
    """Somebody puts a row in with an editor; the page still shows the rows as they were."""
    seen = paths.identities(visitor.data(), paths.read(f"{ROWS}/2/deadline", visitor.data()))
    text = visitor.text()
    row = "    - number: 99\n      text: 别人插入的\n      units: 区民政局\n      deadline: 全年\n"
    at = text.index("    - number: 3\n")
    (visitor.root / PLAN).write_text(text[:at] + row + text[at:])
    answer = visitor.edit("set", f"{ROWS}/2/deadline", "2021年底前", items=seen, was="全年")
    assert answer.status_code == 409
    assert visitor.at(f"{ROWS}/2/deadline") == "全年"


def test_another_field_of_the_same_file_may_have_been_changed_meanwhile(visitor: Visitor) -> None:
    was = visitor.data()["title"]
    (visitor.root / PLAN).write_text(visitor.text().replace("全年", "12月底前"))
    assert visitor.edit("set", "title", "新的标题", was=was).status_code == 200
    assert "12月底前" in visitor.text()
    answer = visitor.edit("set", "title", "第三个标题", was=was)
    assert answer.status_code == 409
    assert answer.json["now"] == "新的标题"


@pytest.mark.parametrize(
    ("path", "typed", "stands"),
    [
        ("document/date_signed", "2021年4月2日", "2021-04-02"),
        ("year", "二〇二二年", 2022),
        ("themes", "n02-openness、rural，n02-openness", ["n02-openness", "rural"]),
        ("document/normative", "是", True),
        ("document/body/0", "第一行\r\n第二行\r\n", "第一行\n第二行"),
        ("document/note", "", paths.MISSING),
        ("document/body/0", "\u3000\u3000第⼀行\u200b\n\u3000第二\u00a0行", "第一行\n第二 行"),
    ],
)
def test_what_is_typed_is_read_as_it_was_meant(visitor: Visitor, path: str, typed: str, stands: Any) -> None:
    now = visitor.at(path)
    was = "、".join(now) if isinstance(now, list) else "false" if now is False else None
    more = {"was": was} if was is not None else {}
    assert visitor.edit("set", path, typed, **more).status_code == 200
    assert visitor.at(path) == stands


@pytest.mark.parametrize(
    ("path", "typed", "words"),
    [
        ("document/date_signed", "四月", "日期"),
        ("year", "去年", "数字"),
        ("year", "3000", "年度 超出范围"),
        ("document/openness", "公开", "可以选"),
        ("title", "  ", "不能空着"),
        ("document/issuer", "没有这个单位", "从列表里选"),
        (f"{ROWS}/0/number", "5", "不再改动"),
        ("document/body/0", "坏\u0007字符", "看不见"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_not_written(
    with_git: Visitor, path: str, typed: str, words: str
) -> None:
    before = with_git.text()
    answer = with_git.edit("set", path, typed)
    assert answer.status_code == 422
    assert words in answer.json["words"]
    assert answer.json["place"] == path or words == "看不见"
    assert with_git.text() == before


def test_a_row_in_the_middle_leaves_what_others_mean(visitor: Visitor) -> None:
    before = meaning(visitor.session.open(PLAN))
    answer = visitor.post(
        f"/item/{PLAN}",
        at=f"{ROWS}/1",
        number="5",
        text="新的要求",
        units="区财政局",
        deadline="12月底前",
        area="新的任务",
    )
    assert answer.status_code == 303
    assert visitor.data()["task_table"]["rows"][1]["number"] == 5
    after = meaning(visitor.session.open(PLAN))
    assert {number: after[number] for number in before} == before


def test_what_was_handed_over_is_neither_renumbered_nor_deleted_nor_moved(with_git: Visitor) -> None:
    before = with_git.text()
    for asked in (
        with_git.edit("set", f"{ROWS}/1/number", "9"), with_git.edit("delete", f"{ROWS}/1"),
        with_git.edit("move", f"{ROWS}/1", to=0), with_git.edit("set", "id", "other"),
        with_git.edit("set", f"{ROWS}/0/progress/0/text", "改写历史"), with_git.edit("delete", f"{ROWS}/0/progress/0"),
    ):  # fmt: skip
        assert asked.status_code == 422
        assert "公开" in asked.json["words"]
    assert with_git.text() == before
    assert "数字误植" not in before
    answer = with_git.post(f"/correct/{PLAN}", at=f"{ROWS}/0/progress/0/text", text="办了三次。", reason="数字误植")
    assert answer.status_code == 303
    row = with_git.data()["task_table"]["rows"][0]
    assert row["progress"][0]["text"] == "办了三次。"
    assert row["corrected"] == [{"date": "2022-03-01", "field": "progress", "reason": "数字误植"}]
    assert "progress" not in run(with_git.root, "status", "--short")
    changes = with_git.get("/changes").text
    assert "已经公开的" not in changes
    assert "disabled" not in changes.partition('action="/commit"')[2].partition("</form>")[0]


def test_a_published_value_that_is_changed_otherwise_hinders_the_commit(with_git: Visitor) -> None:
    path = with_git.root / PLAN
    path.write_text(with_git.text().replace("status: 推进中", "status: 完成", 1))
    page = with_git.get("/changes").text
    assert "已经公开的落实情况" in page
    assert with_git.post("/commit", name="张三").status_code == 422
    form = page.partition('href="/item/')[2].partition('"')[0].replace("&amp;", "&")
    asked = with_git.get(f"/item/{form}").text
    assert 'value="2022-03-01"' in asked
    assert ">progress</textarea>" in asked
    place = f"{ROWS}/0/corrected/0"
    with_git.post(f"/item/{PLAN}", at=place, field="progress", date="2022-03-01", reason="误报")
    assert "写更正" not in with_git.get("/changes").text


OPERATIONS = st.lists(
    st.tuples(st.sampled_from(["insert", "delete", "move"]), st.integers(0, 9), st.integers(0, 9)),
    min_size=1,
    max_size=5,
)


@settings(max_examples=40)
@given(OPERATIONS)
def test_rows_that_come_go_and_move_take_nothing_along(operations: list[tuple[str, int, int]]) -> None:
    """In a plan that nobody has seen yet."""
    file = OpenFile.of(PLAN, EXAMPLE.read_bytes())
    for new, (what, one, other) in enumerate(operations, 101):
        rows = file.data["task_table"]["rows"]
        before, at = meaning(file), one % len(rows)
        place, editing = ("task_table", "rows", at), Editing(file, None, {})
        asked = {"path": paths.written(place), "items": tuple(paths.identities(file.data, place))}
        edits: list[Any] = []
        if what == "insert":
            row = {"number": new, "text": "新", "units": "区财政局", "area": "新", "deadline": "全年"}
            edits += editing.inserted(place, row)
        elif what == "move":
            edits += editing.meant(Asked(do="move", to=other % len(rows), **asked)).edits
        elif len(rows) > 1:
            del before[rows[at]["number"]]
            edits += editing.meant(Asked(do="delete", **asked)).edits
        file = OpenFile.of(PLAN, edit(file.text, edits).encode())
        after = meaning(file)
        assert {number: after[number] for number in before} == before


def test_every_list_of_every_kind_takes_a_new_item(visitor: Visitor) -> None:
    for name in visitor.session.names:
        file = visitor.session.open(name)
        for table in tables(Forms(file, None).parts((), {})):
            answer = visitor.get(f"/item/{name}?at={paths.written((*table.path, table.total))}")
            assert answer.status_code == 200, (name, table.path)
            if table.rows and not table.rows[0].single:  # a form that is sent empty says what is lacking
                answer = visitor.post(f"/item/{name}", at=paths.written((*table.path, table.total)))
                assert answer.status_code == 422, (name, table.path)
                assert 'role="alert"' in answer.text


def test_a_remark_goes_once_it_was_looked_at(visitor: Visitor) -> None:
    path = visitor.root / PLAN
    path.write_text(visitor.text().replace("year: 2021\n", "year: 2021  # 待核：年度\n"))
    data = visitor.data()
    said = json.loads(visitor.get(f"/file/{PLAN}").text.partition('id="findings">')[2].partition("</script>")[0])
    (remark,) = [each for each in said if each["unchecked"]]
    assert remark["place"] == "year"
    assert "1 处待核" in visitor.get("/").text
    digest = visitor.session.open(PLAN).digest
    assert visitor.post(f"/settle/{PLAN}", line=str(remark["line"]), digest=digest).status_code == 303
    assert "待核" not in visitor.text()
    assert visitor.data() == data
