"""Who does a task, when each role has a line of its own, and the leaders who answer for it."""

from __future__ import annotations

import pytest

from gongkai.importing.blocks import Paragraph
from gongkai.importing.recognise.clauses import read_clause
from gongkai.importing.recognise.outline import read_outline
from gongkai.importing.recognise.papers import questions


def _first(*lines):
    return read_outline([Paragraph(text, at) for at, text in enumerate(("一、修路", *lines))]).headings[0]


@pytest.mark.parametrize(
    ("lines", "units"),
    [
        (("牵头单位：甲局", "责任单位：乙局、丙局"), "牵头单位：甲局；责任单位：乙局、丙局"),
        (("责任单位：乙局", "配合单位：丙局"), "责任单位：乙局；配合单位：丙局"),
        (("责任单位：乙局",), "乙局"),
    ],
)
def test_units_on_lines_below_each_other_keep_their_roles(lines, units):
    assert _first(*lines).units == units


@pytest.mark.parametrize(
    ("ending", "units", "leaders"),
    [
        ("（责任领导：黄志坤；责任单位：县发改局）", "县发改局", "责任领导：黄志坤"),
        ("责任单位：县发改局；包抓领导：张三、李四", "县发改局", "包抓领导：张三、李四"),
    ],
)
def test_leaders_beside_units_are_no_units(ending, units, leaders):
    clause = read_clause("建成三条路。" + ending)
    assert (clause.text, clause.units, clause.leaders) == ("建成三条路。", units, leaders)


def test_leaders_stay_in_the_text():
    assert "责任领导：黄志坤" in (_first("建成三条路。（责任领导：黄志坤；责任单位：县发改局）").text or "")


def test_sections_behind_questions_are_no_part_of_an_answer():
    lines = ["一、重点", "问：谁来管？", "答：大家管。", "二、有效期", "有效期5年。"]
    before, asked, _ = questions([Paragraph(text, at) for at, text in enumerate(lines)])
    assert ([line.text for line in before], asked) == (lines, [])
