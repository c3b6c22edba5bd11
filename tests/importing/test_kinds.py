"""What a file is taken for: by its title, by its shape, or as it is told; and what is not in print stays blank."""

from __future__ import annotations

import pytest

from gongkai.importing.importer import ImportResult, import_reading
from gongkai.importing.readers.text import parse_text
from gongkai.importing.report import render_report
from gongkai.load.files import load_text

pytestmark = pytest.mark.quick

HEAD = "示例县人民政府办公室\n{title}\n示政办发〔2025〕3号\n各乡镇人民政府，县政府各部门：\n"
FOOT = "示例县人民政府办公室\n2025年3月4日\n"
CLAUSES = "一、总体要求\n统筹安排各项工作。\n二、重点任务\n（一）落实政策。用好存量。\n（二）加强管理。明确职责。\n"
UNITS = (
    "一、重点任务\n（一）落实政策。用好存量。（责任单位：县财政局）\n（二）加强管理。明确职责。（责任单位：县民政局）\n"
)
ISSUED = [
    ("2025年示例县政务公开工作要点", CLAUSES, "工作要点"),
    ("示例县2025年度重点工作计划", CLAUSES, "工作要点"),
    ("示例县2025年政务公开工作方案", UNITS, "工作要点"),
    ("示例县2025年重点工作责任分工方案", UNITS, "工作要点"),
    ("示例县保障性租赁住房实施方案", CLAUSES, "文件"),
    ("示例县保障性租赁住房实施方案", UNITS, "文件"),
    ("示例县养老服务三年行动方案（2025—2027年）", UNITS, "文件"),
    ("示例县促进消费若干措施", UNITS, "文件"),
    ("示例县2025年政务公开工作方案", CLAUSES, "文件"),
]
ALONE = [
    ("关于进一步加强政策解读工作的通知", "文件"),
    ("关于做好2025年防汛工作的通知", "文件"),
    ("关于加快养老服务发展的意见", "文件"),
    ("关于贯彻落实《示例市养老服务办法》的通知", "文件"),
    ("关于印发《示例县养老服务办法》的通知", "规范性文件"),
    ("关于印发重大行政决策公开征求意见办法的通知", "规范性文件"),
    ("关于《示例县养老服务办法》的解读", "解读"),
    ("图解《示例县养老服务办法》", "解读"),
    ("关于公开征求《示例县养老服务实施方案（征求意见稿）》意见的公告", "公众参与公告"),
    ("示例县城区公交票价调整听证会公告", "公众参与公告"),
    ("关于《示例县养老服务办法（征求意见稿）》意见采纳情况的公告", "采纳情况"),
]


def read(text: str, **how: str) -> ImportResult:
    return import_reading(parse_text(text, source="文本文件"), "甲.txt", organ="shili", **how)


def labels(result: ImportResult) -> list[str]:
    return [words.split("（依据")[0] for words in result.taken]


@pytest.mark.parametrize(("title", "text", "label"), ISSUED, ids=[f"{at}-{case[2]}" for at, case in enumerate(ISSUED)])
def test_what_a_notice_issues_is_told_by_title_and_shape(title, text, label):
    notice = HEAD.format(title=f"关于印发{title}的通知") + f"现将《{title}》印发给你们。\n{FOOT}{title}\n{text}"
    result = read(notice)
    assert labels(result) == [label]
    assert render_report(result).startswith(f"认作：{label}（依据：")


@pytest.mark.parametrize(("title", "label"), ALONE, ids=[f"{at}-{case[1]}" for at, case in enumerate(ALONE)])
def test_what_a_document_is_alone(title, label):
    text = HEAD.format(title=title) + "为做好有关工作，现就有关事项说明如下，请大家知悉。\n" + CLAUSES + FOOT
    assert labels(read(text)) == [label]


@pytest.mark.parametrize("kind", ["解读", "文件", "规范性文件", "采纳情况", "工作要点", "plan", "document", "response"])
def test_the_editor_has_the_last_word(kind):
    title = "示例县保障性租赁住房实施方案"
    notice = HEAD.format(title=f"关于印发{title}的通知") + f"现印发给你们。\n{FOOT}{title}\n{UNITS}"
    result = read(notice, kind=kind)
    assert [words.split("（依据")[1] for words in result.taken] == ["：按 --kind 的指定）"]
    kinds = {"工作要点": "plan", "采纳情况": "response", "plan": "plan", "response": "response"}
    assert result.drafts[0].data["kind"] == kinds.get(kind, "document")


def test_an_unknown_kind_is_a_sentence_with_the_choices():
    report = render_report(read("甲", kind="年报"))
    assert "没有“年报”这一种" in report
    assert "工作要点" in report
    assert "解读" in report


@pytest.mark.parametrize("text", [
    "《示例县停车收费方案》政策解读\n一、背景依据\n为规范收费。\n",
    "序号\t决策事项名称\t承办单位\n1\t养老服务规划\t\n2\t停车收费方案\t\n",
    "关于征求《示例县停车收费方案》意见的公告\n请大家于4月10日前反馈意见。\n",
], ids=["year", "organizer", "participation"])  # fmt: skip
def test_what_is_not_in_print_is_blank_and_told_by_check(text):
    result = read(text)
    for draft in result.drafts:
        for word in ("请填写", "未列明", "2000", "甲.txt", "待填"):
            assert not any(word in line.split("#")[0] for line in draft.text.split("\n") if "甲.txt（" not in line)
        file, findings = load_text(f"plans/{draft.name}", draft.text)
        if "，请补上 " in draft.text:
            assert file is None
            assert all(finding.line for finding in findings)
