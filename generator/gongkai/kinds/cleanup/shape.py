"""What editors write of a clean-up."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from gongkai.column.shapes.base import Day, IgnoreShape, RecordId, Shape, Text
from gongkai.column.shapes.documents import AnnexedShape
from gongkai.kinds.cleanup.model import Outcome


class CleanupItemShape(Shape):
    """清理的一份文件。"""

    number: Annotated[int, Field(ge=1)] = Field(description="序号，一份清理结果里不能重复")
    title: Text = Field(description="文件名称，照原文")
    doc_number: Text | None = Field(default=None, description="发文字号，照原文")
    result: Outcome = Field(description="清理结果：废止、失效、修改、继续有效")
    since: Day | None = Field(default=None, description="从哪一天起废止或失效；原文没有写明就不填")
    document: RecordId | None = Field(default=None, description="本专栏收录了这份文件的，写它的编号")
    reason: Text | None = Field(default=None, description="理由或依据，照原文")
    ignore: list[IgnoreShape] = Field(default_factory=list, description="有意保留的问题")


class CleanupFile(AnnexedShape):
    """一次文件清理的结果。"""

    kind: Literal["cleanup"]
    items: list[CleanupItemShape] = Field(min_length=1, description="各份文件，照原表的顺序")
