"""Clean-ups as data: one row a decision, one row a document; the latter is the printed table, too."""

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
from gongkai.kinds.cleanup.model import Cleanup, CleanupItem

CLEANUPS_TABLE = table(
    "cleanups",
    "文件清理结果",
    (
        FILE_ID,
        TITLE,
        DOCUMENT_ID,
        DOC_NUMBER,
        ORGAN,
        YEAR,
        RELATED,
        FILE_THEMES,
        EDITOR_NOTE,
        field("url", str, None, lambda place: place.file.url),
    ),
)
_FIELDS = (
    field("id", str, None, lambda place: ids.item(place.file.id, place.thing.number)),
    field("cleanup", str, "所属清理结果的编号", lambda place: place.file.id),
    field("number", int, label="序号", width=8),
    field("title", str, "文件名称，照原文", label="文件名称", width=70, centred=False),
    field("doc_number", str | None, label="发文字号", width=28),
    lasting(field("result", str, "清理结果：废止，失效，修改，继续有效", label="清理结果")),
    lasting(field("since", str | None, "从哪一天起；没有写明的为空", label="起始日期")),
    field("document", str | None, "本专栏收录的这份文件的编号；没有收录的为空"),
    field("reason", str | None, "理由或依据，照原文", label="理由或依据", width=40, centred=False),
    field("url", str, None, lambda place: place.file.url),
)


def _items(cleanup: Cleanup) -> tuple[CleanupItem, ...]:
    return cleanup.items


CLEANUP_ITEMS = table("cleanup", "清理的文件", _FIELDS, _items)
cleanup_workbook = printed_workbook("清理结果", _FIELDS, _items)
