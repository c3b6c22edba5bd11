"""What came of a task or project, as authored."""

from __future__ import annotations

from pydantic import Field

from gongkai.column.progress import ProgressStatus
from gongkai.column.shapes.base import Day, LinkShape, Shape, Text


class ProgressShape(Shape):
    """一条落实情况。只在末尾添加，已经公开的不改不删。"""

    date: Day = Field(description="情况截至哪一天")
    status: ProgressStatus = Field(description="状态：推进中、完成、完成并长期坚持、停止并说明")
    text: Text = Field(description="做了什么、结果怎样；停止的写明原因")
    evidence: list[LinkShape] = Field(default_factory=list, description="可以查证的公开材料")
