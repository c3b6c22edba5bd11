"""Who does a task, when each role has a line of its own, and the leaders who answer for it."""

from __future__ import annotations

import pytest

from gongkai.importing.blocks import Cell, Paragraph, Table
from gongkai.importing.readers.text import spread_boxes
from gongkai.importing.recognise.clauses import read_clause
from gongkai.importing.recognise.lists import ANSWERED, PROPOSED, read_list
from gongkai.importing.recognise.outline import read_outline
from gongkai.importing.recognise.papers import questions
from gongkai.importing.recognise.pasted_tables import table_at
from gongkai.importing.recognise.wrapping import paragraphs


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


def _tabbed(*lines):
    block, end = table_at(list(enumerate(lines, 1)), 0)
    return [[cell.text for cell in row] for row in block.rows], end


def test_a_line_that_groups_rows_of_tabs_is_a_row_of_their_table():
    rows = (
        "序号\t事项\t单位",
        "一、县公安局（2项）",
        "1\t甲证明\t县公安局",
        "2\t乙证明\t县公安局",
        "二、县民政局（1项）",
        "3\t丙证明\t县民政局",
    )
    read, end = _tabbed(*rows)
    assert [row[0] for row in read] == ["序号", "一、县公安局（2项）", "1", "2", "二、县民政局（1项）", "3"]
    assert end == len(rows)
    _, end = _tabbed(*rows, "三、其他要求", "各单位照办。")
    assert end == len(rows)
    _, end = _tabbed(*rows, "四、另一张表", "序号\t名称\t单位", "1\t丁\t乙局")
    assert end == len(rows)


@pytest.mark.parametrize(
    ("label", "heads", "name"),
    [
        ("标题（案由）", PROPOSED, "title"),
        ("事由(标题)", PROPOSED, "title"),
        ("意见建议（摘要）", ANSWERED, "text"),
        ("主办单位（牵头）", PROPOSED, "lead"),
    ],
)
def test_a_head_is_known_without_what_stands_in_brackets_or_by_it(label, heads, name):
    cells = [Cell(head) for head in (label, "案由", "主办单位", "意见内容", "采纳情况")]
    rows = read_list(Table((tuple(cells), tuple(Cell(str(at)) for at in range(len(cells)))), 1), heads)
    assert rows.heads[name] in (label, "案由", "主办单位", "意见内容")
    assert rows.rows[0][name].startswith("0")


def test_the_state_of_a_document_is_no_label_of_the_title_below_it():
    lines = ["成文日期：", "2024-11-12", "时效性：", "有效", "某某县人民政府关于发展冰雪经济的实施意见"]
    assert "某某县人民政府关于发展冰雪经济的实施意见" in [
        text for _, text in spread_boxes(list(enumerate(lines, 1)), [])
    ]


def test_a_signature_is_no_end_of_the_sentence_above_it():
    wrapped = [
        "现将《某某县农村互助幸福院运营补助实施方案》印发给你们，请认真",
        "组织实施，有关情况及时报告，并请各单位照此认真贯彻执行到位。",
    ]
    made = paragraphs([(at, line) for at, line in enumerate([*wrapped, "某某县人民政府办公室", "2024年12月9日"])], 60)
    assert [part.text for part in made] == ["".join(wrapped), "某某县人民政府办公室", "2024年12月9日"]
