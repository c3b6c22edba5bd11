"""The catalogue of what must be public (主动公开事项目录)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from gongkai.column.shapes.base import (
    Cells,
    Corrected,
    Day,
    Identifier,
    IgnoreShape,
    LinkShape,
    OldIds,
    RecordId,
    Shape,
    Text,
)
from gongkai.column.shapes.documents import AnnexedShape
from gongkai.kinds import NAMES
from gongkai.text.periods import SpanUnit

Published = Literal[  # type: ignore[valid-type]
    "plan", "decision_directory", "project_list", "document", *NAMES, "participation", "catalogue",
    "规范性文件", "政策文件", "通知", "规划", "解读",
]  # fmt: skip
"""Kinds of files of this column, and genres of documents."""


class SpanShape(Shape):
    """一段时间，如 {number: 3, unit: 月}。"""

    number: Annotated[int, Field(ge=1, le=1000)] = Field(description="多少")
    unit: SpanUnit = Field(description="时间单位：日、工作日、月、年")


class PageShape(LinkShape):
    """在别处公开的一个网页。"""

    date: Day | None = Field(default=None, description="最近一次公开的日期；不知道就不填，程序不判断是否按时")


class PlaceShape(Shape):
    """在哪里公开。"""

    kinds: list[Published] = Field(
        default_factory=list, description="本专栏哪些种类的文件属于这一项，如 plan、规范性文件"
    )
    themes: list[Identifier] = Field(
        default_factory=list, description="主题编号：只有这些主题的属于这一项；没有写 kinds 的，不论种类"
    )
    records: list[RecordId] = Field(default_factory=list, description="属于这一项的文件、决策、活动等（编号）")
    pages: list[PageShape] = Field(default_factory=list, description="在别处公开的网页")


class FromRequestShape(Shape):
    """原来依申请公开、后来转为主动公开的，从哪天起、根据什么。"""

    since: Day = Field(description="从哪天起主动公开")
    basis: Text = Field(description="转为主动公开的依据或理由，如 2025年度依申请公开转主动公开审查意见")


class CatalogueItemShape(Shape):
    """主动公开事项目录的一项；目录没有的栏目不写。"""

    number: Annotated[int, Field(ge=1)] = Field(description="序号，一份目录里不能重复")
    area: Text | None = Field(default=None, description="一级事项，照原文；合并的单元格每一项都写")
    title: Text = Field(description="公开事项（二级事项），照原文")
    content: Text | None = Field(default=None, description="公开内容（要素），照原文")
    basis: Text | None = Field(default=None, description="公开依据，照原文")
    deadline: Text | None = Field(default=None, description="公开时限，照原文")
    every: SpanShape | None = Field(
        default=None, description="定期公开的：最长隔多久应当有新的公开；原文没有规定的不填"
    )
    within: SpanShape | None = Field(
        default=None, description="形成或者变更之日起多久以内公开，与文件的成文日期比较；原文没有规定的不填"
    )
    units: Text = Field(description="公开主体，照原文")
    channels: Text | None = Field(default=None, description="公开渠道和载体，照原文")
    audience: Text | None = Field(default=None, description="公开对象，照原文，如 全社会")
    method: Text | None = Field(default=None, description="公开方式，照原文，如 主动")
    level: Text | None = Field(default=None, description="公开层级，照原文，如 区级、镇（街道）级")
    cells: Cells
    from_request: FromRequestShape | None = Field(
        default=None, description="由依申请公开转为主动公开的，写从哪天起、根据什么"
    )
    published: PlaceShape = Field(default_factory=PlaceShape, description="在哪里公开")
    editor_note: Text | None = Field(default=None, description="编者注")
    moved_from: OldIds
    corrected: Corrected
    ignore: list[IgnoreShape] = Field(default_factory=list, description="有意保留的问题")


class CatalogueFile(AnnexedShape):
    """一份主动公开事项目录。"""

    kind: Literal["catalogue"]
    items: list[CatalogueItemShape] = Field(min_length=1, description="各项，照原表的顺序")
