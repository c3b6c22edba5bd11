"""What YAML would change without a word: it is told, or put right; and what is right is left alone."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gongkai import pipeline
from gongkai.importing.importer import import_file
from gongkai.load.files import load_text
from gongkai.load.yaml_comments import cut_texts
from gongkai.load.yaml_values import load_values
from gongkai.rules.rule import Example
from gongkai.rules.wording import _slips_in
from tests.conftest import ROOT
from tests.rules.examples import write_example

pytestmark = pytest.mark.quick

FOLDERS = ("plans", "tests/rules/district", "tests/miniature/plans")
CORRECT = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.yml"))
IMPORTS = sorted((ROOT / "tests/importing/examples").glob("*/input.*"))


def told(text: str) -> list[tuple[int, int, str]]:
    """Line, column and hint of what is told of cut text, whether the file can be read or not."""
    _, findings = load_text("plans/x.yml", text)
    return [(each.line, each.column, each.hint or "") for each in findings if each.code == "YAML-15"]


@pytest.mark.parametrize(
    ("written", "place", "meant"),
    [
        ("text: 公开A区 #3号楼改造和水库水质信息。", (1, 12), 'text: "公开A区 #3号楼改造和水库水质信息。"'),
        ("text: 公开A区\t#3号楼", (1, 12), 'text: "公开A区\t#3号楼"'),
        ("text: 公开A区  #3号楼", (1, 13), 'text: "公开A区  #3号楼"'),
        ("text: 公开A区 # 3号楼改造", (1, 12), 'text: "公开A区 # 3号楼改造"'),
        ("text: 公开（A区 # B区）的信息", (1, 13), 'text: "公开（A区 # B区）的信息"'),
        ("text: 公开 #甲 #乙。  ", (1, 10), 'text: "公开 #甲 #乙。"'),
        ('text: 公开“甲"乙 #丙”', (1, 14), "text: '公开“甲\"乙 #丙”'"),
        ("text: it's 甲 #乙", (1, 14), 'text: "it\'s 甲 #乙"'),
        ("text: #3机组大修", (1, 7), 'text: "#3机组大修"'),
        ("text: 公开养老服务\n  补贴标准 #3号楼", (2, 8), 'text: "公开养老服务补贴标准 #3号楼"'),
        ("body:\n  - 印发给你们 #甲", (2, 11), '- "印发给你们 #甲"'),
        ("body:\n  - #3机组大修", (2, 5), '- "#3机组大修"'),
        ("body: [甲, 乙 #丙\n  , 丁]", (1, 13), '"乙 #丙"'),
        ("rows:\n  - {text: 甲 #乙\n    , units: 丙}", (2, 14), 'text: "甲 #乙"'),
        ("text: 公开A区 #3号楼\r\nyear: 2026\r", (1, 12), 'text: "公开A区 #3号楼"'),
    ],
)
def test_text_that_yaml_takes_for_a_comment_is_told_with_what_to_write(
    written: str, place: tuple[int, int], meant: str
) -> None:
    assert told(f"{written}\nkind: plan\n") == [(*place, f"是正文请写成 {meant}；是注释请移到上一行")]
    quoted = meant.removeprefix("text: ").removeprefix("- ")
    assert not told(f"text: {quoted}\nkind: plan\n")
    assert load_values(f"text: {quoted}")["text"].startswith(load_values(quoted)[:2])


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("units: [区水务局, A区 #3号楼]\nyear: 2026", (1, 18)),
        ("rows:\n  - {text: 公开A区 #3号楼}\nyear: 2026", (2, 17)),
        ("text: 公开A区 #3号楼\n  改造\nyear: 2026", (1, 12)),
        ("body:\n  - 公开A区 #3号楼\n    改造\nyear: 2026", (2, 10)),
    ],
)
def test_text_cut_so_that_nothing_can_be_read_is_told_at_its_place(written: str, place: tuple[int, int]) -> None:
    ((line, column, hint),) = told(f"kind: plan\n{written}\n")
    assert (line - 1, column) == place
    assert "#3号楼" in hint
    assert "]" not in hint


@pytest.mark.parametrize(
    "written",
    [
        "text: 公开补贴标准  # 待核：单位名录中没有“县财政局”",
        "text: 公开补贴标准 # 待核",
        "text: 公开补贴标准 #待核",
        "text: 公开补贴标准  #照原文",
        "text: 公开补贴标准。 # 问过民政局了。",
        "text: 公开补贴标准 # 2026-03-01核过",
        "text: 公开补贴标准（试行） # （试行）两字照原文）",
        "text: 公开补贴标准 #",
        "text: 公开补贴标准 # ------",
        "text: C#语言和3#楼",
        "text: https://www.example.gov.cn/a#b",
        "text: '公开A区 #3号楼'",
        'text: "公开A区 #3号楼"',
        "text: |-\n  公开A区 #3号楼",
        "text: >-\n  公开A区 #3号楼",
        "text:  # 照原文填写",
        "text:\n  # 3号楼不在其中\n  公开补贴标准",
        "id: shili-2026 #发布后不改",
        "year: 2026 #年度",
        "date: 2026-03-01 #成文日期",
        "number: 3 #第3项",
        "# text: 公开A区 #3号楼",
        "body:\n  # 第一段 #1\n  - 印发给你们  # 照原文\n",
        "themes: [a, b]  # 主题编号",
    ],
)
def test_comments_stay_comments(written: str) -> None:
    assert not told(f"{written}\nkind: plan\n")


@pytest.mark.parametrize("path", CORRECT, ids=lambda path: path.name)
def test_no_alarm_on_what_is_right(path: Path) -> None:
    assert not list(cut_texts(path.read_text("utf-8")))


@pytest.mark.parametrize("path", IMPORTS, ids=lambda path: path.parent.name)
def test_no_alarm_on_what_the_importer_writes(path: Path) -> None:
    for draft in import_file(path).drafts:
        assert not list(cut_texts(draft.text)), draft.name


@given(st.text("公开A区#3号楼 、（）：-\"'", min_size=1, max_size=30))
def test_whatever_is_told_is_what_was_meant(text: str) -> None:
    """What stands in the hint reads back as the whole text; blanks at its ends do not count."""
    for cut in cut_texts(f"text: {text}\n") if _readable(f"text: {text}\n") else ():
        assert load_values(cut.written)["text"] == text.strip()


def _readable(text: str) -> bool:
    try:
        return isinstance(load_values(text), dict)
    except Exception:  # noqa: BLE001 - whatever is wrong with it, others tell
        return False


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("公开养老服务\n  补贴标准和发放情况。", "公开养老服务补贴标准和发放情况。"),
        ("公开养老服务、\n  补贴标准", "公开养老服务、补贴标准"),
        ("2026年\n  9月底前", "2026年9月底前"),
        ("使用 WPS Office\n  for Linux", "使用 WPS Office for Linux"),
        ("甲 乙\n  丙", "甲 乙丙"),
        ("甲\n  乙\n  丙", "甲乙丙"),
        ("甲\n\n  乙\n  丙", "甲\n乙丙"),
        ("'甲''\n  乙'", "甲'乙"),
        ('"甲\n  乙"', "甲乙"),
        ('"甲\\\n  乙"', "甲乙"),
        (">-\n    甲\n    乙\n\n    丙", "甲乙\n丙"),
        (">\n    甲\n    乙\n", "甲乙\n"),
        (">-\n    甲\n      乙\n    丙", "甲\n  乙\n丙"),
        ("|-\n    甲\n    乙", "甲\n乙"),
        ("𠮷\n  野", "𠮷野"),
    ],
)
@pytest.mark.parametrize("place", ["text: {}", "rows:\n  - {}", "rows:\n  - text: {}", "一: 中文\ntext: {}"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_line_break_inside_chinese_text_is_no_blank(place: str, written: str, meant: str, ending: str) -> None:
    text = place.format(written.replace("\n  ", "\n" + " " * 6)) + "\n"
    value = load_values(text.replace("\n", ending))
    found = value["text"] if "text" in value else value["rows"][0]
    assert (found if isinstance(found, str) else found["text"]) == meant


@given(st.lists(st.text("甲乙ab1，。 ", max_size=6), min_size=1, max_size=5))
def test_only_blanks_that_yaml_made_go(lines: list[str]) -> None:
    text = "\n".join(f"  {line}" for line in lines if line.strip())
    written = f"text:\n{text}\n"
    if text and _readable(written) and isinstance(folded := yaml.load(written, yaml.BaseLoader)["text"], str):
        found = load_values(written)["text"]
        assert re.sub(" ", "", str(found)) == re.sub(" ", "", folded)


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("https://www.example.gov.cn/a.html。", "https://www.example.gov.cn/a.html"),
        ("https://www.example.gov.cn/a.html；", "https://www.example.gov.cn/a.html"),
        ("https://www.example.gov.cn/a.html”，", "https://www.example.gov.cn/a.html"),
        ("https://www.example.gov.cn/公开.html", None),
        ("https://www.example.gov.cn/通知（2026）", None),
    ],
)
def test_punctuation_behind_an_address_is_no_part_of_it(tmp_path: Path, address: str, meant: str | None) -> None:
    patch = f'stages: {{result: {{status: published, url: "{address}", date: 2024-07-22}}}}'
    write_example(Example("decision", "", ""), patch, tmp_path)
    found = [each for each in pipeline.check(tmp_path, date(2024, 9, 1)).findings if each.code == "LINK-01"]
    assert [each.hint for each in found] == ([f"请写成 {meant}"] if meant else [])


@pytest.mark.parametrize("entity", ["&nbsp;", "&amp;", "&#160;", "&#x3000;", "&ldquo;"])
def test_marks_of_web_pages_are_told(entity: str) -> None:
    assert [name for name, _, _ in _slips_in(f"公开{entity}补贴")] == ["网页代码"]
    assert not list(_slips_in("科学&技术; AT&T; R&D；"))
