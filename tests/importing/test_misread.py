"""Usual mistakes of text recognition: named with a proposal, never changed; what people write is no mistake."""

from __future__ import annotations

import pytest
import yaml

from gongkai.importing.blocks import Piece
from gongkai.importing.importer import import_reading
from gongkai.importing.misread import misread
from gongkai.importing.readers.text import parse_text
from tests.importing.support import SOURCES

pytestmark = pytest.mark.quick

WRONG = {
    "于2O25年完成": "于2025年完成",
    "示政办发〔2O25〕3号": "示政办发〔2025〕3号",
    "l2月底前": "12月底前",
    "新建3O个停车场": "新建30个停车场",
    "3月l5日前": "3月15日前",
    "己经县政府同意": "已经县政府同意",
    "加强自已的学习": "加强自己的学习",
    "2025年未前完成": "2025年末前完成",
    "末经批准不得公开": "未经批准不得公开",
    "把专区纳人便民中心": "把专区纳入便民中心",
    "于3月5口前报送": "于3月5日前报送",
    "第—条": "第一条",
    "—、总体要求": "一、总体要求",
    "由各部 门负责": "由各部门负责",
}
RIGHT = (
    "自己、知己知彼、各抒己见，已经完成，仅此而已",
    "2025年未完成的任务，年末、月末、期末按规定公开，未经批准",
    "1O1中学、ISO9001认证、A4纸、5G基站20个、PM2.5",
    "纳入人民群众评价，列入人员名单，投入资金，3月5日，人口12万人",
    "2024—2025年，第一条，5—10个，——示例县",
    "部门、单位，各 部门，责任 单位",
)


@pytest.mark.parametrize("text", WRONG)
def test_what_can_hardly_be_meant_has_a_proposal(text):
    (found,) = misread([Piece(text, 7)])
    assert (found.line, found.printed) == (
        7,
        text[: len(found.printed)] if text.startswith(found.printed) else found.printed,
    )
    assert found.printed in text
    assert found.proposed in WRONG[text]


@pytest.mark.parametrize("text", RIGHT)
def test_what_people_write_is_no_mistake(text):
    assert list(misread([Piece(text, 1)])) == []


def test_real_papers_have_none():
    lines = [line for path in SOURCES.iterdir() for line in path.read_text("utf-8").splitlines()]
    assert list(misread(Piece(line, 1) for line in lines)) == []


def test_the_draft_says_what_the_paper_says():
    text = "2025年示例区政务公开工作要点\n一、聚焦重点\n（一）健全机制。l2月底前完善制度，己经公布的除外。\n"
    result = import_reading(parse_text(text, source="文本文件"), "a.txt", organ="shili")
    (section,) = yaml.safe_load(result.drafts[0].text)["sections"]
    assert section["sections"][0]["text"] == "l2月底前完善制度，己经公布的除外。"
    said = [finding.message for finding in result.findings if finding.code == "IMP-05"]
    assert len(said) == 2
    assert "可能是“" in said[0]
    assert "没有改" in said[0]
