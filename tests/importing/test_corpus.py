"""The scored corpus (``benchmarks/importing``): a few of its documents, and the measure itself."""

from __future__ import annotations

from datetime import date

import pytest

from benchmarks.importing.corpus import CASES, made
from benchmarks.importing.heads import heads, left_out, told
from benchmarks.importing.run import result
from benchmarks.importing.score import score
from gongkai.text.table_heads import Meaning, announced

SHORT = ("open-table-area-topic-docx", "open-decisions-basis-time-box-table", "open-projects-two-level-box-table",
         "open-clauses-bracket-docx", "open-rules-issued-docx")  # fmt: skip
DRAFT = {
    "kind": "plan",
    "title": "示例县2025年工作要点",
    "document": {"date_signed": date(2025, 3, 4), "body": ["甲", "乙"]},
    "task_table": {
        "rows": [{"number": 1, "text": "公开预算。", "cells": {"备注": "无"}}, {"number": 2, "text": "公开决算。"}]
    },
}  # fmt: skip


def changed(**rows):
    return DRAFT | {"task_table": {"rows": [*rows.values()]}}


@pytest.mark.parametrize("name", SHORT)
def test_these_documents_need_no_correction(name):
    (case,) = (case for case in CASES if case.name == name)
    assert result(case).score.corrections == []


def test_the_corpus_is_large_and_half_of_it_is_kept_back():
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names) >= 60
    assert {case.layout for case in CASES if case.half == "open"}.isdisjoint(
        case.layout for case in CASES if case.half == "held"
    )
    words = list(heads())
    assert len({head.words for head in words}) == len(words) >= 150


def test_documents_are_the_same_each_time_where_their_format_allows_it():
    for case in CASES:
        if case.form not in ("docx", "xlsx"):
            assert made(case).data == made(case).data


def test_a_right_draft_needs_nothing():
    found = score([DRAFT], [DRAFT | {"id": "shili-2025", "organ": "shili"}])
    assert found.corrections == []
    assert found.right == found.fields


first, second = DRAFT["task_table"]["rows"]


@pytest.mark.parametrize(
    ("draft", "corrections"),
    [
        (DRAFT | {"title": "别的"}, 1),
        (DRAFT | {"document": {"date_signed": "2025-03-04", "body": ["甲"]}}, 1),
        (DRAFT | {"subtitle": "多出来的"}, 1),
        (changed(one=first), 2),
        (changed(one=first, two={"number": 9, "text": "目录"}, three=second), 1),
        (changed(one=first | {"cells": {"说明": "无"}}, two=second), 2),
        (changed(one=second, two=first), 6),
    ],
    ids=["field", "paragraph", "more", "row-missing", "row-more", "cell", "order"],
)
def test_each_fault_costs_what_a_clerk_has_to_do(draft, corrections):
    assert len(score([DRAFT], [draft]).corrections) == corrections


def test_a_wrong_kind_costs_the_whole_draft():
    found = score([DRAFT], [{"kind": "document", "title": "示例县2025年工作要点"}])
    assert len(found.corrections) == found.fields.total() + 1


def test_few_heads_are_taken_for_something_else():
    """Taken for the wrong thing is worse than unknown: an unknown head keeps its words and its cells."""
    wrong = [head for head in heads() if told(head) == "wrong"]
    assert len(wrong) * 50 <= len(list(heads()))


@pytest.mark.parametrize(
    "head",
    [
        "建设单位",
        "施工单位",
        "监理单位",
        "审核部门",
        "起止时间",
        "开工时间",
        "印发日期",
        "公开内容",
        "文件名称",
        "联系单位",
    ],
)
def test_a_last_word_alone_says_nothing_of_other_things(head):
    """建设单位 builds, it is not responsible; 开工时间 is when work begins. Such columns keep their own names."""
    units, days = {Meaning.UNITS, Meaning.LEAD, Meaning.SUPPORT}, {Meaning.DEADLINE}
    assert announced(head) not in units | days


def test_heads_are_told_by_words_that_they_share():
    """Hardly any head rests on a rule that was made for it: what is new is told as well as what is known."""
    counts = left_out()
    for half in ("open", "held"):
        assert counts[half]["told"] >= 0.85 * counts[half].total()
