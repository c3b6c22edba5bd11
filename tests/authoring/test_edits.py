"""Edits of a file: the value is as meant, nothing else changes, and no comment is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.authoring.edits import Delete, Edit, EditError, Insert, Move, Set, edit, values, write_whole
from gongkai.importing.importer import import_file
from gongkai.kinds.registry import KINDS
from gongkai.load.files import SHAPES
from tests.authoring.editing import try_edit, try_edits
from tests.authoring.layouts import Writer
from tests.importing.support import SOURCES, vocabularies

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("plans", "generator/gongkai/vocabularies", "tests/miniature/plans", "tests/rules/district/plans")
AUTHORED = [
    path for folder in FOLDERS
    for path in sorted((ROOT / folder).rglob("*.yml"))
] + [ROOT / "tests/examples/withdrawn.yml", *(path for kind in KINDS for path in kind.examples)]  # fmt: skip
DRAFTED = ("changqing-2022-work-plan.txt", "laiwu-2021-work-plan.docx.txt", "laiwu-2025-work-plan.html.txt")


def authored() -> list[str]:
    """Files of every kind, with LF, CRLF, a byte order mark, without the last line break, and small ones first."""
    texts = sorted((path.read_text("utf-8") for path in AUTHORED), key=len)
    ways = [
        lambda text: text, lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text,
        lambda text: text.rstrip("\n"),
    ]  # fmt: skip
    return [ways[at % len(ways)](text) for at, text in enumerate(texts)]


def drafted() -> list[str]:
    """What the importer writes, with its doubts as comments."""
    known = vocabularies()
    return [draft.text for name in DRAFTED for draft in import_file(SOURCES / name, vocabularies=known).drafts]


def laid_out(count: int) -> list[str]:
    """Files as no program would write them."""
    return [Writer(seed).file() for seed in range(count)]


def wrong(texts: list[str], count: int) -> list[object]:
    """Everything that came out wrong of ``count`` random edits."""
    tried = [(seed, try_edit(texts[seed % len(texts)], seed)) for seed in range(count)]
    return [(seed, each.edit, each.wrong) for seed, each in tried if each.wrong]


def test_all_kinds_of_files_are_among_the_authored() -> None:
    kinds = {values(path.read_text("utf-8"))["kind"] for path in AUTHORED}
    assert kinds == SHAPES.keys()


@pytest.mark.parametrize("count", [150, pytest.param(5000, marks=pytest.mark.soak)])
def test_random_edits_of_authored_files(count: int) -> None:
    assert wrong(authored(), count) == []


@pytest.mark.parametrize("count", [40, pytest.param(2000, marks=pytest.mark.soak)])
def test_random_edits_of_drafts(count: int) -> None:
    texts = drafted()
    assert any("# 待核" in text for text in texts)
    assert wrong(texts, count) == []


@pytest.mark.parametrize("count", [600, pytest.param(20000, marks=pytest.mark.soak)])
def test_random_edits_of_odd_layouts(count: int) -> None:
    assert wrong(laid_out(count), count) == []


@pytest.mark.parametrize("count", [200, pytest.param(5000, marks=pytest.mark.soak)])
def test_several_edits_at_once(count: int) -> None:
    found = [(seed, try_edits(Writer(seed).file(), seed)) for seed in range(count)]
    assert [each for each in found if each[1]] == []


PLAN = """\
# 文件说明
kind: plan  # 种类
title: 原标题  # 待核
themes: [a, b]  # 主题
document:
  issuer: x
  body:
    - 第一段。  # 一
    - |-
      第二段。

      又一段。
  # date_signed: 2021-01-01  # 成文日期
  openness: 主动公开

task_table:
  # 表的说明

  # 第一项
  - number: 1
    text: 甲  # 见原件
    # 第一项的补充
  # 第二项
  - number: 2
    text: "乙"

  - {number: 3, text: 丙}  # 第三项
"""

CASES: dict[str, tuple[Edit, list[tuple[str, str]]]] = {
    "a comment at the end of a line stays": (Set(("title",), "新标题"), [("title: 原标题  #", "title: 新标题  #")]),
    "a list in brackets stays one": (Set(("themes",), ["a", "c", "b"]), [("[a, b]", "[a, c, b]")]),
    "brackets may become empty": (Set(("themes",), []), [("[a, b]", "[]")]),
    "an item in brackets": (Set(("themes", 1), "c: d"), [("[a, b]", "[a, 'c: d']")]),
    "an item is taken out of brackets": (Delete(("themes", 0)), [("[a, b]", "[b]")]),
    "an item moves in brackets": (Move(("themes", 0), 1), [("[a, b]", "[b, a]")]),
    "a field in braces": (Set(("task_table", 2, "text"), "丁, 戊"), [("text: 丙}", "text: '丁, 戊'}")]),
    "a new field in braces": (Set(("task_table", 2, "units"), "局"), [("text: 丙}", "text: 丙, units: 局}")]),
    "an item of a list of texts": (Set(("document", "body", 0), "首段。"), [("- 第一段。  # 一", "- 首段。  # 一")]),
    "a block of text stays one": (
        Set(("document", "body", 1), "改。"),
        [("      第二段。\n\n      又一段。\n", "      改。\n")],
    ),
    "paragraphs become a block": (
        Set(("title",), "一。\n\n二。"),
        [("title: 原标题  # 待核\n", "title: |-  # 待核\n  一。\n\n  二。\n")],
    ),
    "quotes stay": (Set(("task_table", 1, "text"), "丁"), [('text: "乙"', 'text: "丁"')]),
    "a number is no text": (Set(("task_table", 0, "text"), "2022"), [("text: 甲  #", "text: '2022'  #")]),
    "a day needs no quotes": (
        Set(("document", "date_signed"), "2021-02-03"),
        [("又一段。\n", "又一段。\n  date_signed: 2021-02-03\n")],
    ),
    "a new key stands in the order of the schema": (
        Set(("document", "title"), "通知"),
        [("  issuer: x\n", "  title: 通知\n  issuer: x\n")],
    ),
    "a field goes, what is commented out above it stays": (
        Delete(("document", "openness")),
        [("  openness: 主动公开\n", "")],
    ),
    "a row goes with what is its own": (
        Delete(("task_table", 0)),
        [("  # 第一项\n  - number: 1\n    text: 甲  # 见原件\n    # 第一项的补充\n", "")],
    ),
    "a row is inserted above the next one's comment": (
        Insert(("task_table", 1), {"number": 9, "text": "新"}),
        [("  # 第二项\n", "  - number: 9\n    text: 新\n  # 第二项\n")],
    ),
    "a row takes its comments along": (
        Move(("task_table", 1), 0),
        [
            ('  # 第二项\n  - number: 2\n    text: "乙"\n', ""),
            ("  # 第一项\n", '  # 第二项\n  - number: 2\n    text: "乙"\n  # 第一项\n'),
        ],
    ),
    "the first field of a row": (Delete(("task_table", 0, "number")), [("- number: 1\n    text", "- text")]),
    "a list is begun": (
        Insert(("task_table", 0, "progress", 0), {"date": "2021-05-06", "status": "完成"}),
        [("甲  # 见原件\n", "甲  # 见原件\n    progress:\n      - date: 2021-05-06\n        status: 完成\n")],
    ),
    "what is equal is not touched": (Set(("themes",), ["a", "b"]), []),
}  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("change", "expected"), CASES.values(), ids=CASES)
def test_only_what_is_meant_changes(change: Edit, expected: list[tuple[str, str]], newline: str) -> None:
    text = PLAN
    for old, new in expected:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    text, before = (("\ufeff" + each).replace("\n", newline) for each in (text, PLAN))
    if isinstance(change, Insert) and "progress" in change.path:
        text = text.replace(f"    # 第一项的补充{newline}", "", 1).replace(
            f"完成{newline}", f"完成{newline}    # 第一项的补充{newline}"
        )
    assert edit(before, [change]) == text


def test_the_last_item_goes_and_what_is_said_of_the_list_stays() -> None:
    text = "a:  # 一\n  # 说明\n\n  # 第一条\n  - x  # 二\n    # 三\n# 四\nb: 1\n"
    assert edit(text, [Delete(("a", 0))]) == "a: []  # 一\n  # 说明\n\n# 四\nb: 1\n"
    assert edit("a:\n  - b: 1\n", [Delete(("a", 0, "b"))]) == "a:\n  - {}\n"


def test_every_kind_of_file_gets_new_keys_in_the_order_of_its_schema() -> None:
    text = "kind: units\norgan: a\nunits:\n  - id: a-b\n    kind: office\n    note: 注\n"
    new = {"note": "说明", "name": "甲", "aliases": ["乙"], "valid_from": "2020-01-01"}
    after = edit(text, [Set(("units", 0, key), value) for key, value in new.items()])
    assert list(values(after)["units"][0]) == ["id", "name", "aliases", "kind", "valid_from", "note"]


def test_edits_at_once_see_each_other() -> None:
    after = edit(
        "a: []\n",
        [Insert(("a", 0), "x"), Insert(("a", 0), "y"), Move(("a", 1), 0), Set(("b",), {}), Set(("b", "c"), 1)],
    )
    assert values(after) == {"a": ["x", "y"], "b": {"c": 1}}


@pytest.mark.parametrize(
    ("text", "change", "words"),
    [
        ("a: [\n", Set(("a",), 1), "有错误"),
        ("a: 1\na: 2\n", Set(("a",), 3), "第 2 行有错误（字段 a 写了两次）"),
        ("a: \x01\n", Set(("a",), 3), "控制字符"),
        ("", Set(("a",), 1), "不是一组字段"),
        ("- a\n", Set((0,), 1), "不是一组字段"),
        ("a: 1\n", Set(("a",), "零\u200b宽"), "看不见的控制字符"),
        ("a: 1\n", Set(("a",), 1.5), "不能写入"),
        ("a: 1\n", Set(("b", "c"), 1), "b 不在文件里"),
        ("a: 1\n", Delete(("b",)), "b 不在文件里"),
        ("a: [1]\n", Insert(("a", 5), 1), "a 里没有第 6 条的位置"),
        ("a: [1]\n", Move(("a", 0), 1), "a.2 不在文件里"),
        ("a: 1\n", Insert(("a", 0), 1), "a 里没有第 1 条的位置"),
        ("a: 1\n", Delete(()), "不能没有内容"),
        ("a: 1\n", Delete(("a",)), "不能没有内容"),
    ],
)
def test_what_cannot_be_is_a_sentence(text: str, change: Edit, words: str) -> None:
    with pytest.raises(EditError, match=words):
        edit(text, [change])


def test_a_result_that_reads_otherwise_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the editor gets wrong is found before anything is written."""
    monkeypatch.setattr("gongkai.authoring.edits.scalars.inline", lambda *_: "别的")
    with pytest.raises(EditError, match="不能自动修改，文件没有改动：请手工修改（a）"):
        edit("a: 1\n", [Set(("a",), "甲")])


def test_files_are_written_all_or_none(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("old")
    (tmp_path / ".b.yml.new").mkdir()
    with pytest.raises(OSError, match="new"):
        write_whole({tmp_path / "a.yml": b"new", tmp_path / "b.yml": b"new"})
    assert (tmp_path / "a.yml").read_text() == "old"
    write_whole({tmp_path / "a.yml": b"new", tmp_path / "below" / "c.yml": b"new"})
    assert sorted(path.name for path in tmp_path.rglob("*.yml")) == ["a.yml", "c.yml"]
    assert (tmp_path / "a.yml").read_text() == "new"
