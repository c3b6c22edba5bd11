"""Questions about policies as data: one row a list, one row a question; the latter is the printed table, too."""

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
    document_field,
    field,
    lasting,
    printed_workbook,
    table,
)
from gongkai.kinds.question_list.model import PolicyQuestion, QuestionList
from gongkai.kinds.question_list.parts import QUESTION

BASIS = Nested.of(
    "BasisRow",
    field("record", str, "依据的文件、章节或任务的编号"),
    field("clause", str | None, "第几条，照原文"),
)
_FIELDS = (
    field("id", str, None, lambda place: ids.item(place.file.id, place.thing.number)),
    field("list", str, "所属问答集的编号", lambda place: place.file.id),
    field("number", int, label="序号", width=8),
    field("question", str, "问题，照原文", label="问题", width=50, centred=False),
    lasting(field("answer", list[str], "回答，一段一条，照原文", label="回答", width=80, centred=False)),
    BASIS.list_field("basis", "依据哪份文件、第几条"),
    field("date", str | None, "回答或者最近一次核对的日期", lambda place: place.thing.day, label="日期", width=12),
    field("units", str, "回答的单位，照原文", lambda place: place.thing.units_text, label="回答单位", width=24),
    field("hotline", str | None, "咨询电话，照原文", label="咨询电话", width=20),
    RELATED,
    ORGAN,
    YEAR,
    THEMES,
    EDITOR_NOTE,
    field("url", str, None, lambda place: place.file.url_of(place.thing.number)),
)

QUESTION_LISTS_TABLE = table(
    "question-lists",
    "政策问答集",
    (
        FILE_ID,
        TITLE,
        ORGAN,
        YEAR,
        RELATED,
        FILE_THEMES,
        document_field("sources", list[str], "来自哪里"),
        EDITOR_NOTE,
        field("url", str, None, lambda place: place.file.url),
    ),
)


def _questions(listed: QuestionList) -> tuple[PolicyQuestion, ...]:
    return listed.items


QUESTIONS_TABLE = table(
    "questions",
    "政策问答",
    _FIELDS,
    _questions,
    record=QUESTION,
    day="date",
    nested=(("basis", "回答的依据（basis）", BASIS.row),),
)
questions_workbook = printed_workbook("政策问答", _FIELDS, _questions)
