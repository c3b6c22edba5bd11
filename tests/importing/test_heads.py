"""Heads of documents: title, number, addressees, signature, date and remark are found however they are printed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.authoring.yaml_draft import settled
from gongkai.importing.importer import import_reading
from gongkai.importing.readers.files import read_bytes

pytestmark = pytest.mark.quick

BEFORE = """示例县人民政府办公室
关于印发2025年示例县政务公开工作要点的通知
示政办发〔2025〕3号
各乡镇人民政府，县政府各部门：
《2025年示例县政务公开工作要点》已经县政府同意，现印发给你们，请认真贯彻落实。
"""
AFTER = """（此件公开发布）
2025年示例县政务公开工作要点
一、深化公开
（一）财政公开。公开预算。（责任单位：县财政局）
"""
RADICALS = str.maketrans("一二人工月日民示", "⼀⼆⼈⼯⽉⽇⺠⽰")


def drafted(text: str) -> dict[str, Any]:
    reading = read_bytes(text.encode(), ".txt")
    result = import_reading(reading, "甲.txt", organ="shili")
    assert not [item for item in result.account.left_out if item.reason.startswith(("没有识别", "没有认出"))]
    return settled(result.drafts[0].data)


@pytest.mark.parametrize(
    "signed",
    ["二0二五年三月四日", "二O二五年三月四日", "2025.3.4", "2025-03-04", "２０２５年３月４日", "2025年3月", ""],
    ids=["zero", "latin", "dots", "dashes", "wide", "no-day", "none"],
)
def test_the_signature_ends_the_notice_whatever_form_its_date_has(signed):
    data = drafted(f"{BEFORE}示例县人民政府办公室\n{signed}\n{AFTER}")
    document = data["document"]
    assert data["title"] == "2025年示例县政务公开工作要点"
    assert document["signature"] == "示例县人民政府办公室"
    assert document["note"] == "（此件公开发布）"
    assert len(document["body"]) == 1
    assert document.get("date_signed") == (
        date(2025, 3, 4) if "4" in signed or "四" in signed or "４" in signed else None
    )


def test_characters_that_only_look_like_others_are_those():
    plain = f"{BEFORE}示例县人民政府办公室\n2025年3月4日\n{AFTER}"
    assert drafted(plain.translate(RADICALS)) == drafted(plain)


FIELDS = (
    ("索引号", "1122000/2025-03030"), ("发文机关", "示例县人民政府办公室"), ("发文字号", "示政办发〔2025〕3号"),
    ("成文日期", "2025年03月04日"), ("发布日期", "2025年03月14日"), ("专栏归属", "综合政务"), ("时效", "有效"),
)  # fmt: skip
PAIRS = [f"{label}：\t{value}" for label, value in FIELDS]
BOXES = {
    "lines": "\n".join(f"{label}：{value}" for label, value in FIELDS if label != "专栏归属"),
    "tabs": "\n".join("\t".join(PAIRS[at : at + 2]) for at in range(0, len(PAIRS), 2)),
    "bars": "\n".join("|".join(PAIRS[at : at + 2]).replace("\t", "|") for at in range(0, len(PAIRS), 2)),
    "blanks": "　　".join(f"{label}：{value}" for label, value in FIELDS if label != "专栏归属"),
}
NOISE = "首页 > 政务公开 > 政策文件\n【字体：大 中 小】\n打印本页\n分享到：微信\n"


@pytest.mark.parametrize("box", sorted(BOXES))
def test_the_box_of_a_portal_is_no_part_of_the_text(box):
    signed = f"{BEFORE}示例县人民政府办公室\n2025年3月4日\n{AFTER}"
    data, plain = drafted(f"{NOISE}{BOXES[box]}\n{signed}"), drafted(signed)
    document = data["document"]
    assert document.pop("index_number") == "1122000/2025-03030"
    assert document.pop("date_published") == date(2025, 3, 14)
    assert document.pop("validity") == "有效"
    assert data == plain


def test_a_title_that_only_the_box_prints_is_the_title():
    rows = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in FIELDS)
    title = "<tr><td>文件名称</td><td>关于印发2025年示例县政务公开工作要点的通知</td></tr>"
    lines = f"{BEFORE}示例县人民政府办公室\n2025年3月4日\n{AFTER}".split("\n")[3:]
    text = "".join(f"<p>{line}</p>" for line in lines)
    page = f"<html><body><div><table>{title}{rows}</table>{text}</div></body></html>"
    result = import_reading(read_bytes(page.encode(), ".html"), "甲.html", organ="shili")
    document = settled(result.drafts[0].data)["document"]
    assert document["title"] == "关于印发2025年示例县政务公开工作要点的通知"
    assert document["doc_number"] == "示政办发〔2025〕3号"
    assert len(document["body"]) == 1
