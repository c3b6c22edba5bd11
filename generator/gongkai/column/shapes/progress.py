"""What came of a task or project, as authored."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from gongkai.column.progress import ProgressStatus
from gongkai.column.shapes.base import Day, LinkShape, Shape, Text
from gongkai.column.targets import Scope


class ProgressShape(Shape):
    """一条落实情况。只在末尾添加，已经公开的不改不删。"""

    date: Day = Field(description="情况截至哪一天")
    status: ProgressStatus = Field(description="状态：推进中、完成、完成并长期坚持、停止并说明")
    text: Text = Field(description="做了什么、结果怎样；停止的写明原因")
    evidence: list[LinkShape] = Field(default_factory=list, description="可以查证的公开材料")


class TargetShape(Shape):
    """任务原文规定的一个数量，如 列席不少于3次。"""

    what: Text = Field(description="做什么，用任务原文里的字，如 政务公开培训")
    number: Annotated[int, Field(ge=1)] = Field(description="数量，如 1；写2-3个的，写 2")
    most: Annotated[int, Field(ge=1)] | None = Field(default=None, description="原文写了范围的，最多多少，如 3")
    unit: Text = Field(description="计量单位，照原文，如 次、场、个")
    scope: Scope = Field(description="谁要达到：每个单位 或 合计")


class CountShape(Shape):
    """到这一天累计完成的数量，只写已经报告的。"""

    of: Text | None = Field(default=None, description="哪一个数量：targets 里的 what；只有一个时不写")
    by: Text | None = Field(default=None, description="哪个单位，照单位名录；合计的数不写")
    number: Annotated[int, Field(ge=0)] = Field(description="到这一天累计多少，不是这一次多少")


class CountedProgressShape(ProgressShape):
    """一条落实情况，可以写明数量。"""

    counts: list[CountShape] = Field(default_factory=list, description="到这一天累计完成的数量，按单位写")
