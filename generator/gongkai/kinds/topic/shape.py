"""What editors write of a topic."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from gongkai.column.shapes.base import Corrected, Day, Identifier, IgnoreShape, RecordId, Shape, Text, Year


class TopicEntryShape(Shape):
    """专题收录的一条：本专栏的写编号，别处的写标题和网址。"""

    heading: Text | None = Field(default=None, description="小标题，从这一条开始一组；接着上一组的不写")
    record: RecordId | None = Field(default=None, description="本专栏里的文件、任务、问答、清单等的编号")
    title: Text | None = Field(default=None, description="别处的网页的标题；写了编号的不用写")
    url: Text | None = Field(default=None, description="别处的网址；写了编号的不用写")
    about: Text | None = Field(default=None, description="一句话说明在那里能找到什么")


class TopicFile(Shape):
    """一个专题。"""

    kind: Literal["topic"]
    id: Identifier = Field(description="编号，与文件名相同，发布后不再改动")
    organ: Identifier = Field(description="区县编号")
    year: Year = Field(description="年份：开始收录的那一年")
    title: Text = Field(description="标题，用办事人的话，如 老年人享受哪些补贴")
    summary: list[Text] = Field(min_length=1, description="这个专题讲什么，用平常的话，一段一条")
    reviewed: Day | None = Field(default=None, description="最近一次核对全部内容的日期")
    items: list[TopicEntryShape] = Field(min_length=1)
    audiences: list[Identifier] = Field(default_factory=list, description="为谁准备的（人群编号）")
    themes: list[Identifier] = Field(default_factory=list, description="主题编号")
    related: list[RecordId] = Field(default_factory=list, description="相关事项的编号，双向显示")
    editor_note: Text | None = Field(default=None, description="编者注")
    sources: list[Text] = Field(min_length=1, description="由谁整理、根据什么")
    moved_from: list[Identifier] = Field(default_factory=list, description="曾用编号")
    corrected: Corrected
    ignore: list[IgnoreShape] = Field(default_factory=list, description="有意保留的问题")
