"""Answers as data: one row an answer, one row an opinion; the latter is the printed table, too."""

from __future__ import annotations

from gongkai.column import ids
from gongkai.column.fields import (
    DOC_NUMBER,
    DOCUMENT_ID,
    EDITOR_NOTE,
    FILE_ID,
    FILE_THEMES,
    ORGAN,
    RELATED,
    TITLE,
    YEAR,
    field,
    lasting,
    printed_workbook,
    table,
)
from gongkai.kinds.response.model import Opinion, Response

RESPONSES_TABLE = table(
    "responses",
    "意见采纳情况",
    (
        FILE_ID,
        TITLE,
        DOCUMENT_ID,
        DOC_NUMBER,
        ORGAN,
        YEAR,
        field("about", str | None, "答复的是哪一次征求意见、决策或文件（编号）"),
        lasting(field("received", int | None, "收到意见的条数；没有写明的为空")),
        lasting(field("adopted", int | None, "采纳的条数；没有写明的为空")),
        field("unadopted_reasons", str | None, "没有采纳的理由，照原文"),
        RELATED,
        FILE_THEMES,
        EDITOR_NOTE,
        field("url", str, None, lambda place: place.file.url),
    ),
)
_FIELDS = (
    field("id", str, None, lambda place: ids.item(place.file.id, place.thing.number)),
    field("response", str, "所属采纳情况的编号", lambda place: place.file.id),
    field("number", int, label="序号", width=8),
    field("text", str, "意见内容，照原文", label="意见", width=60, centred=False),
    field("count", int | None, "提出的人数或条数；没有写明的为空", label="人数或条数", width=12),
    lasting(field("treatment", str, "采纳情况：采纳，部分采纳，未采纳，解释说明", label="采纳情况")),
    field("reason", str | None, "理由，照原文", label="理由", width=50, centred=False),
    field("url", str, None, lambda place: place.file.url),
)


def _opinions(response: Response) -> tuple[Opinion, ...]:
    return response.opinions


OPINIONS_TABLE = table("opinions", "意见", _FIELDS, _opinions)
response_workbook = printed_workbook("意见采纳情况", _FIELDS, _opinions)
