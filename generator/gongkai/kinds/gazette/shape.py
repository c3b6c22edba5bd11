"""What editors write of an issue of the gazette."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from gongkai.column.shapes.base import Corrected, Day, Identifier, IgnoreShape, RecordId, Shape, Text, Year


class GazetteItemShape(Shape):
    """公报的一篇。"""

    title: Text = Field(description="标题，照目录")
    column: Text | None = Field(default=None, description="栏目，如 区政府文件")
    doc_number: Text | None = Field(default=None, description="发文字号，照目录或正文")
    document: RecordId | None = Field(default=None, description="本专栏收录了这份文件的，写它的编号")
    page: Annotated[int, Field(ge=0)] | None = Field(default=None, description="起始页码")


class GazetteFile(Shape):
    """一期政府公报。"""

    kind: Literal["gazette"]
    id: Identifier = Field(description="编号，与文件名相同")
    organ: Identifier = Field(description="区县编号")
    year: Year = Field(description="年份")
    issue: Annotated[int, Field(ge=1)] = Field(description="期号")
    title: Text = Field(description="刊名和期号，照原文")
    date: Day | None = Field(default=None, description="出版日期；来源没有写明就不填")
    url: Text | None = Field(default=None, description="公报原件的网址")
    items: list[GazetteItemShape] = Field(min_length=1)
    editor_note: Text | None = Field(default=None, description="编者注")
    themes: list[Identifier] = Field(default_factory=list, description="主题编号")
    sources: list[Text] = Field(min_length=1, description="目录来自哪里")
    moved_from: list[Identifier] = Field(default_factory=list, description="曾用编号")
    corrected: Corrected
    ignore: list[IgnoreShape] = Field(default_factory=list, description="有意保留的问题")
