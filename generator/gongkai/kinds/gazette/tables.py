"""Issues of the gazette in the open data."""

from __future__ import annotations

from gongkai.column.fields import (
    EDITOR_NOTE,
    FILE_ID,
    ORGAN,
    YEAR,
    Nested,
    document_field,
    field,
    printed_workbook,
    table,
)
from gongkai.kinds.gazette.model import url_of

ITEM = Nested.of(
    "GazetteItemRow",
    field("title", str, "标题，照目录", label="标题", width=70, centred=False),
    field("column", str | None, "栏目", label="栏目", width=24),
    field("doc_number", str | None, label="发文字号", width=26),
    field("document", str | None, "本专栏收录的这份文件的编号；没有收录的为空"),
    field("page", int | None, "起始页码", label="起始页码", width=10),
)
GAZETTES_TABLE = table(
    "gazettes",
    "政府公报",
    (
        FILE_ID,
        ORGAN,
        YEAR,
        field("issue", int, "期号"),
        field("title", str, "刊名和期号"),
        field("date", str | None, "出版日期；来源没有写明的为空"),
        ITEM.list_field("items", "目录"),
        field("original", str | None, "公报原件的网址", lambda place: place.file.url),
        document_field("sources", list[str], "目录来自哪里"),
        EDITOR_NOTE,
        field("url", str, None, lambda place: url_of(place.file)),
    ),
    nested=(("items", "公报目录（items）", ITEM.row),),
    day="date",
)
gazette_workbook = printed_workbook("目录", ITEM.fields, lambda issue: issue.items)
