"""Lists in the lay-outs that offices use: in a notice, with two rows of heads, as cards, without pages."""

from __future__ import annotations

import pytest

from benchmarks.importing.run import drafts_of
from gongkai.importing.blocks import Cell, Paragraph, Reading, Table
from gongkai.importing.importer import import_reading

pytestmark = pytest.mark.quick


def _table(*rows: str) -> Table:
    return Table(tuple(tuple(Cell(text) for text in row.split("|")) for row in rows), 1)


def _draft(*found: str | Table) -> dict:
    blocks = tuple(Paragraph(each, at) if isinstance(each, str) else each for at, each in enumerate(found, start=1))
    imported = import_reading(Reading("试验", blocks), "x.docx", year=2024)
    assert not imported.refused, imported.findings
    (draft,) = drafts_of(imported)
    return draft


def test_a_list_in_a_notice_has_its_own_title_and_its_rows_their_names():
    draft = _draft(
        "关于公布示例县行政检查事项清单的通知",
        "各乡镇人民政府，县政府各部门：",
        "现予公布。",
        "示例县人民政府办公室",
        "2024年5月20日",
        "示例县行政检查事项清单",
        _table("序号|检查类别|检查事项|实施机关", "1|登记|名称使用|县市场监管局", "2|登记|年报公示|县市场监管局"),
    )
    assert draft["kind"] == "official_list"
    assert draft["title"] == "示例县行政检查事项清单"
    assert [row["name"] for row in draft["rows"]] == ["名称使用", "年报公示"]


def test_wide_heads_have_heads_of_their_own_and_roles_their_printed_words():
    draft = _draft(
        "示例县2024年政协提案办理情况表",
        _table(
            "序号|提案号|案由|承办单位||办理结果",
            "|||主办|协办|",
            "1|001|关于停车的提案|县住建局|县交警大队|A",
        ),
    )
    (item,) = draft["items"]
    assert item["units"] == "主办：县住建局；协办：县交警大队"
    assert item["cells"] == {"提案号": "001"}


@pytest.mark.parametrize(
    "entries",
    [
        (_table("文号|标题|页码", "示政发〔2024〕1号|关于甲的通知|3", "示政发〔2024〕2号|关于乙的通知|9"),),
        ("【县政府文件】", "关于甲的通知（示政发〔2024〕1号）", "关于乙的通知　示政发〔2024〕2号"),
        ("县政府文件", "关于甲的通知（示政发〔2024〕1号）……（3）", "关于乙的通知（示政发〔2024〕2号）…9"),
    ],
    ids=["table", "no pages", "pages"],
)
def test_contents_of_a_gazette_in_every_form(entries):
    draft = _draft("示例县人民政府公报", "2024年第1期", "目录", *entries)
    found = [(item["title"], item["doc_number"]) for item in draft["items"]]
    assert found == [("关于甲的通知", "示政发〔2024〕1号"), ("关于乙的通知", "示政发〔2024〕2号")]


def test_questions_stand_in_tables():
    heads = "序号|问题|答复|答复单位"
    draft = _draft("示例县常见问题解答", _table(heads, "1|怎样办理？|到窗口办理。|县民政局"))
    (item,) = draft["items"]
    assert (item["question"], item["answer"], item["units"]) == ("怎样办理？", ["到窗口办理。"], "县民政局")


def test_cards_below_their_titles_are_rows():
    def card(unit: str) -> Table:
        return _table(f"承办单位|{unit}", "计划完成时间|2024年12月", "决策依据|《条例》")

    title = "示例县2024年度重大行政决策事项目录"
    draft = _draft(title, "事项一：规划纲要", card("县发改局"), "事项二：水价调整", card("县水务局"))
    assert [(each["title"], each["organizers"]) for each in draft["decisions"]] == [
        ("规划纲要", "县发改局"),
        ("水价调整", "县水务局"),
    ]
