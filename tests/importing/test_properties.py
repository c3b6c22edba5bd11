"""What must hold for any text, not only for documents."""

from __future__ import annotations

import io

import docx
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.authoring.yaml_draft import Guess, settled, write_draft
from gongkai.importing.accounting import account
from gongkai.importing.blocks import Paragraph, Piece, Reading
from gongkai.importing.importer import import_reading
from gongkai.importing.provenance import Provenance
from gongkai.importing.readers.docx import read_docx
from gongkai.importing.readers.text import parse_text
from gongkai.importing.recognise.clauses import read_clause
from gongkai.importing.recognise.layout import laid_out
from gongkai.importing.recognise.wrapping import paragraphs
from gongkai.text.blanks import squeeze
from gongkai.text.characters import unlike
from gongkai.text.numerals import numeral, parse_numeral

WORDS = st.sampled_from(
    [
        *(
            "工作任务",
            "具体要求",
            "责任单位",
            "完成时限",
            "序号",
            "一、",
            "（一）",
            "1.",
            "2",
            "区发改局",
            "各街镇",
            "全年",
        ),
        *("2022年6月10日", "附件", "政务公开工作要点", "重大行政决策事项目录", "做好信息公开工作。", "承办单位："),
        *("（60个项目）", "抄送：", "〔责任单位：", "〕", "\n", "\n\n", "\t", " | ", "　"),
    ]
)
DOCUMENTS = st.lists(WORDS, max_size=60).map("".join)
TEXTS = st.text(st.sampled_from("政务公开工作要点：，。#-&*!|>'\"%@`{}[]01年 \n"), max_size=40)


@settings(max_examples=300, deadline=None)
@given(DOCUMENTS)
def test_any_text_is_imported_or_refused_and_nothing_is_lost(text):
    reading = parse_text(text, source="文本文件")
    result = import_reading(reading, "any.txt")
    if result.refused:
        return
    left = sum(len(squeeze(item.text)) for item in result.account.left_out)
    assert result.account.kept + result.account.reshaped + left >= result.account.total
    for draft in result.drafts:
        assert yaml.safe_load(draft.text) == yaml.safe_load(write_draft(settled(draft.data)))


def test_characters_that_nobody_sees_are_dropped_and_said_so():
    text = "2025年示例区政务公开工作要点\n\n一、抓好\x19公开\n（一）做好\u200b信息\u202e公开工作。"
    result = import_reading(parse_text(text, source="文本文件"), "any.txt")
    drafts = "".join(draft.text for draft in result.drafts)
    assert yaml.safe_load(result.drafts[0].text)
    assert "抓好公开" in drafts
    assert "做好信息公开工作" in drafts
    assert any("3个看不见的控制字符" in finding.message for finding in result.findings)


@settings(deadline=None)
@given(DOCUMENTS)
def test_joining_lines_keeps_every_character(text):
    lines = list(enumerate(text.split("\n"), 1))
    assert squeeze("".join(part.text for part in paragraphs(lines))) == squeeze(text)
    assert squeeze("".join(part.text for part in paragraphs(lines, 56))) == squeeze(text)


@given(
    st.dictionaries(
        st.sampled_from(["title", "text", "units"]), st.one_of(TEXTS, st.lists(TEXTS), st.none(), st.integers())
    )
)
def test_a_draft_says_in_yaml_what_it_holds(data):
    text = write_draft({key: Guess(value, "请核对") for key, value in data.items()}, ["开头"])
    assert (yaml.safe_load(text) or {}) == data


@given(st.integers(min_value=1, max_value=99))
def test_chinese_numerals_read_back(number):
    assert parse_numeral(numeral(number)) == number


@given(
    TEXTS,
    st.sampled_from(["区发改局", "区发改局、各街镇", "区教体局牵头，各街镇配合"]),
    st.sampled_from(["全年", "2025年9月底前"]),
)
def test_a_clause_keeps_its_text_and_gives_up_its_ending(text, units, due):
    body = squeeze(text).rstrip("：") + "。"
    clause = read_clause(f"{body}（责任单位：{units}，完成时限：{due}）")
    assert clause.text == body
    assert clause.units == f"{units}，完成时限：{due}"
    assert clause.deadline == due


def test_a_character_lost_by_a_recogniser_is_found_missing():
    pieces = [Piece("做好各类规划的主动公开和历史规划的归集整理。", 3)]
    result = account(pieces, [{"text": "做好各类规划的主动公开。"}], Provenance())
    assert [item.text for item in result.left_out] == ["和历史规划的归集整理"]
    assert result.left_out[0].line == 3


def test_a_character_used_twice_does_not_hide_a_loss():
    pieces = [Piece("全面推进政务公开", 1), Piece("全面推进政务公开", 2, 1)]
    result = account(pieces, [{"text": "全面推进政务公开"}], Provenance())
    assert [(item.text, item.line) for item in result.left_out] == [("全面推进政务公开", 2)]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30), min_size=1, max_size=8))
def test_a_word_file_gives_back_its_paragraphs(texts):
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    reading = read_docx(buffer.getvalue())
    if isinstance(reading, Reading):
        found = "".join(block.text for block in laid_out(reading)[0] if isinstance(block, Paragraph))
        assert squeeze(found) == squeeze(unlike("".join(texts)))
