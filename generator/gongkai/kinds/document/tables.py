"""Interpretations in the open data; documents have a table of their own, whatever file carries them."""

from __future__ import annotations

from gongkai.column import ids, urls
from gongkai.column.fields import FILE_ID, ORGAN, THEMES, TITLE, YEAR, Nested, document_field, field, table
from gongkai.column.nested import LINK
from gongkai.kinds.document.parts import INTERPRETATION, INTERPRETATION_QUESTION, kind_of

QUESTION = Nested.of(
    "QuestionRow",
    field("question", str, "问题，照原文"),
    field("answer", str, "回答，照原文"),
    field("clause", str | None, "说的是所解读文件的第几条，照原文"),
)
INTERPRETATION_QUESTIONS_TABLE = table(
    "interpretation-questions",
    "解读问答",
    (
        field("id", str, None, lambda place: ids.question(place.file.id, place.thing.number)),
        field("interpretation", str, "所在解读的编号", lambda place: place.file.id),
        field("number", int),
        field("question", str, "问题，照原文"),
        field("answer", list[str], "回答，一段一条，照原文", lambda place: place.thing.paragraphs),
        field("explains", list[str], "解读的文件、章节或任务的编号", lambda place: place.file.explains),
        field("clause", str | None, "说的是所解读文件的第几条，照原文"),
        document_field("date_published", str | None),
        ORGAN,
        YEAR,
        field("url", str, None, lambda place: urls.document_question(place.file.id, place.thing.number)),
    ),
    lambda paper: paper.questions,
    record=INTERPRETATION_QUESTION,
)
INTERPRETATIONS_TABLE = table(
    "interpretations",
    "政策解读",
    (
        FILE_ID,
        ORGAN,
        YEAR,
        TITLE,
        field("explains", list[str], "解读的文件、章节或任务的编号"),
        field("second", bool, "是不是二次解读"),
        field("text", list[str], "正文，一段一条，照原文", lambda place: place.file.document.paragraphs),
        QUESTION.list_field("questions", "问答"),
        LINK.list_field("links", "在别处的材料"),
        document_field("date_published", str | None),
        THEMES,
        field("url", str, None, lambda place: urls.document(place.file.id)),
    ),
    lambda paper: (paper,) if kind_of(paper) is INTERPRETATION else (),
    nested=(("questions", "问答（questions）", QUESTION.row),),
)
