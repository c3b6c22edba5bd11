"""Manners of printing that are told by their structure: cards, rows that say a field, units in texts, nested pages."""

from __future__ import annotations

import pytest

from benchmarks.importing.pages import LEFT, UP, Table
from benchmarks.importing.pages import docx as word
from benchmarks.importing.run import drafts_of
from gongkai.importing.importer import ImportResult, import_reading
from gongkai.importing.readers.files import read_bytes
from gongkai.importing.recognise.clauses import read_clause
from gongkai.text.table_heads import Meaning, announced


def imported(content: bytes, suffix: str = ".docx") -> ImportResult:
    return import_reading(read_bytes(content, suffix), f"甲{suffix}", organ="shili")


def drafted(*blocks: str | Table) -> dict[str, object]:
    (draft,) = drafts_of(imported(word(blocks)))
    return draft


def rows_of(*rows: list[str]) -> list[dict[str, object]]:
    return drafted("示例县2025年重点任务分工表", Table(rows))["task_table"]["rows"]


@pytest.mark.parametrize("parts", [1, 2], ids=["one-table", "a-table-each"])
def test_a_card_for_each_project_is_a_project(parts):
    cards = [
        [["项目名称", name, LEFT, LEFT], ["建设地点", place, "总投资", "3亿元"], ["建设内容", "新建水厂。", LEFT, LEFT]]
        for name, place in (("甲水厂", "城东"), ("乙水厂", "城西"))
    ]
    tables = [Table(cards[0] + cards[1])] if parts == 1 else [Table(card) for card in cards]
    (category,) = drafted("示例县2025年重点项目表", *tables)["categories"]
    assert [(each["title"], each["cells"]["建设地点"]) for each in category["projects"]] == [
        ("甲水厂", "城东"),
        ("乙水厂", "城西"),
    ]


def test_a_row_across_the_table_may_say_the_deadline_of_the_row_above():
    first, second = rows_of(
        ["序号", "重点任务", "责任单位"],
        ["1", "公开预算。", "县财政局"],
        ["完成时限：6月底前", LEFT, LEFT],
        ["2", "公开招生。", "县教育局"],
    )
    assert (first["deadline"], "deadline" in second, "area" in second) == ("6月底前", False, False)


def test_units_behind_the_text_count_where_no_column_holds_them():
    (row,) = rows_of(["序号", "工作任务", "完成时限"], ["1", "公开预算。（责任单位：县财政局）", "3月底"])
    assert (row["text"], row["units"]) == ("公开预算。", "县财政局")


def test_groups_of_lower_rank_are_the_second_level_and_heads_below_groups_too():
    rows = rows_of(
        ["序号", "工作任务", "具体要求", "责任单位"],
        ["一、强化公开", LEFT, LEFT, LEFT],
        ["（一）财政", LEFT, LEFT, LEFT],
        ["1", "预算", "公开预算。", "县财政局"],
        ["（二）民生", LEFT, LEFT, LEFT],
        ["2", "招生", "公开招生。", "县教育局"],
        ["3", "低保", "公开低保。", "县民政局"],
    )
    assert [row.get("area") for row in rows] == ["一、强化公开", None, None]
    assert [row.get("topic") for row in rows] == ["（一）财政 预算", "（二）民生 招生", "低保"]


def test_two_columns_of_days_keep_their_heads():
    heads = ["序号", "项目名称", "时间节点", LEFT, "责任单位"], [UP, UP, "开工时间", "竣工时间", UP]
    draft = drafted("示例县2025年重点项目清单", Table([*heads, ["1", "甲水厂", "3月", "12月", "县水利局"]]))
    cells = draft["categories"][0]["projects"][0]["cells"]
    assert (cells["时间节点：开工时间"], cells["竣工时间"]) == ("3月", "12月")


@pytest.mark.parametrize(
    ("text", "rest", "units"),
    [
        ("公开结果（县财政局负责）。", "公开结果。", "县财政局负责"),
        ("一是公开预算（县财政局负责）；二是公开招生（县教育局负责）。", None, "县财政局负责；县教育局负责"),
        ("公开预算。（县财政局，各镇（街））", "公开预算。", "县财政局，各镇（街）"),
        ("公开预算。（责任单位：县财政局，各镇（街））", "公开预算。", "县财政局，各镇（街）"),
        ("推进医改。（医政科牵头，6月底前完成）", "推进医改。", "医政科牵头，6月底前完成"),
        ("责任领导：张某 牵头单位：县司法局", "责任领导：张某", "牵头单位：县司法局"),
        ("规范收费（含停车费）。", None, None),
    ],
)
def test_units_of_a_clause_wherever_they_stand(text, rest, units):
    clause = read_clause(text)
    assert (clause.text, clause.units) == (rest or text, units)


@pytest.mark.parametrize(
    "head",
    ["责任单位\nمەسئۇل ئورۇن", "责任单位 འགན་འཁྲི", "责任单位\n책임단위", "责任单位 Responsible Unit"],
    ids=["uygur", "tibetan", "korean", "english"],
)
def test_heads_in_two_languages_are_told_by_the_chinese_words(head):
    assert announced(head) is Meaning.UNITS


def test_a_page_of_nested_tables_keeps_its_text():
    inner = (
        "<table><tr><td>发布机构：</td><td>县政府办公室</td><td>文号：</td><td>示政办发〔2025〕9号</td></tr></table>"
    )
    text = "<p>示例县人民政府办公室关于印发《示例县救助办法》的通知</p><p>各乡镇：</p><p>现印发给你们，请遵照执行。</p>"
    rules = "<p>示例县救助办法</p><p>第一条　为规范救助，制定本办法。</p><p>第二条　本办法自2025年7月1日起施行。</p>"
    menu = "<tr><td>首页 | 政务公开 | 办事大厅</td></tr><tr><td>信息分类<br>法规文件</td>"
    page = f"<html><body><table>{menu}<td>{inner}{text}{rules}</td></tr></table></body></html>"
    (draft,) = drafts_of(imported(page.encode(), ".html"))
    assert draft["title"] == "示例县救助办法"
    assert draft["document"]["doc_number"] == "示政办发〔2025〕9号"
    assert "第一条　为规范救助，制定本办法。" in draft["document"]["body"]


def test_what_a_page_is_called_by_is_its_title_whatever_stands_above():
    title = "关于《示例县养犬办法（征求意见稿）》采纳情况的反馈"
    broken = title.replace("（征", "<br>（征")
    body = "<p>2025年5月，县公安局公开征求意见，共收到意见3条，采纳2条。</p><p>示例县公安局</p><p>2025年6月3日</p>"
    page = f"<title>示例县 {title}</title><div>智能问答 适老化</div><div>{broken}</div><div>{body}</div>"
    (draft,) = drafts_of(imported(page.encode(), ".html"))
    assert (draft["kind"], draft["title"], draft["received"]) == ("response", title, 3)


def test_what_stands_below_a_table_is_a_comment_of_the_draft():
    table = Table([["序号", "项目名称", "责任单位"], ["1", "甲水厂", "县水利局"], ["注：投资以审计为准。", LEFT, LEFT]])
    result = imported(word(["示例县2025年重点项目清单", "单位：万元", table]))
    head = result.drafts[0].text.partition("\nkind:")[0]
    assert "单位：万元" in head
    assert "注：投资以审计为准。" in head


def test_a_table_that_text_recognition_parted_by_blanks():
    text = (
        "示例县2025年重点项目清单\n序号  项目名称    建设性质  总投资  责任单位\n"
        "1  甲水厂    新建  3600  县水利局\n2  乙水厂    续建  2100  县水利局\n合 计              5700\n"
    )
    (draft,) = drafts_of(imported(text.encode(), ".txt"))
    assert [each["title"] for each in draft["categories"][0]["projects"]] == ["甲水厂", "乙水厂"]
    assert draft["totals"] == {"总投资": "5700"}
