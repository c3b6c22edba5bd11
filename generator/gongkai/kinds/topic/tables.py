"""Topics as data: one row a topic; what it gathers is the printed table, too."""

from __future__ import annotations

from gongkai.column.fields import (
    EDITOR_NOTE,
    FILE_ID,
    FILE_THEMES,
    ORGAN,
    RELATED,
    TITLE,
    YEAR,
    Nested,
    document_field,
    field,
    printed_workbook,
    table,
)

ENTRY = Nested.of(
    "TopicEntryRow",
    field("heading", str | None, "小标题；接着上一组的为空", label="小标题", width=24),
    field("record", str | None, "本专栏的记录编号；别处的为空", label="编号", width=30),
    field("title", str | None, "别处的网页的标题", label="标题", width=50, centred=False),
    field("url", str | None, "别处的网址", label="网址", width=50, centred=False),
    field("about", str | None, "在那里能找到什么", label="说明", width=50, centred=False),
)
TOPICS_TABLE = table(
    "topics",
    "专题",
    (
        FILE_ID,
        TITLE,
        ORGAN,
        YEAR,
        field("summary", list[str], "这个专题讲什么"),
        field("reviewed", str | None, "最近一次核对全部内容的日期"),
        ENTRY.list_field("items", "收录的内容"),
        RELATED,
        FILE_THEMES,
        document_field("sources", list[str], "由谁整理、根据什么"),
        EDITOR_NOTE,
        field("url", str, None, lambda place: place.file.url),
    ),
    day="reviewed",
    nested=(("topic-items", "专题收录的内容（items）", ENTRY.row),),
)
topic_workbook = printed_workbook("专题", ENTRY.fields, lambda topic: topic.items)
