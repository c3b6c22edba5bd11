"""Proposals as data: one row a list, one row a proposal; the latter is the printed table, too."""

from __future__ import annotations

from gongkai.column import ids
from gongkai.column.fields import (
    EDITOR_NOTE,
    FILE_ID,
    FILE_THEMES,
    ORGAN,
    RELATED,
    THEMES,
    TITLE,
    YEAR,
    Nested,
    Value,
    document_field,
    field,
    lasting,
    printed_workbook,
    table,
)
from gongkai.column.nested import CELLS, PROGRESS_FIELD
from gongkai.kinds.proposal_list.model import Proposal, ProposalList
from gongkai.kinds.proposal_list.parts import PROPOSAL

ANSWER = Nested.of(
    "AnswerRow",
    field("date", str | None, "答复日期"),
    field("doc_number", str | None, "复文的文号或者编号"),
    field("result", str | None, "办理结果的类别，照原文"),
    field("text", list[str], "复文正文"),
    field("url", str | None, "复文的网址"),
)


def _of_answer(name: str) -> Value:
    return lambda place: getattr(place.thing.answer, name, None)


_ANSWER_CELLS = (
    field("answer_result", str | None, value=_of_answer("result"), label="办理结果", width=20),
    field("answer_url", str | None, value=_of_answer("url"), label="复文网址", width=40, centred=False),
)
"""What the workbook shows of an answer: nested values have no cell of their own."""
_FIELDS = (
    field("id", str, None, lambda place: ids.item(place.file.id, place.thing.number)),
    field("list", str, "所属目录的编号", lambda place: place.file.id),
    field("number", int, label="序号", width=8),
    field("number_text", str | None, "印刷的编号；和序号相同的为空", label="编号", width=16),
    field("type", str, "种类：人大代表建议，政协提案", label="种类", width=14),
    field("title", str, "案由，照原文", label="案由", width=60, centred=False),
    field("units", str, "承办单位，照原文", lambda place: place.thing.units_text, label="承办单位", width=30),
    field(
        "answer_date",
        str | None,
        "答复日期；没有写明或者没有公开的为空",
        _of_answer("date"),
        label="答复日期",
        width=12,
    ),
    lasting(ANSWER.field("answer", "答复；没有公开的为空")),
    field("about", list[str], "落实成了哪些任务、文件、项目（编号）"),
    PROGRESS_FIELD,
    CELLS,
    RELATED,
    ORGAN,
    YEAR,
    THEMES,
    EDITOR_NOTE,
    field("url", str, None, lambda place: place.file.url_of(place.thing.number)),
)

PROPOSAL_LISTS_TABLE = table(
    "proposal-lists",
    "建议提案目录",
    (
        FILE_ID,
        TITLE,
        field("session", str | None, "会议届次，照原文"),
        ORGAN,
        YEAR,
        RELATED,
        FILE_THEMES,
        document_field("sources", list[str], "来自哪里"),
        EDITOR_NOTE,
        field("url", str, None, lambda place: place.file.url),
    ),
)


def _proposals(listed: ProposalList) -> tuple[Proposal, ...]:
    return listed.items


PROPOSALS_TABLE = table(
    "proposals",
    "建议提案",
    _FIELDS,
    _proposals,
    record=PROPOSAL,
    day="answer_date",
    nested=(("answer", "对建议提案的答复（answer）", ANSWER.row),),
)
proposals_workbook = printed_workbook("建议提案", (*_FIELDS, *_ANSWER_CELLS), _proposals)
