"""What editors write of an answer to a public consultation."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from gongkai.column.shapes.base import IgnoreShape, RecordId, Shape, Text
from gongkai.column.shapes.documents import AnnexedShape
from gongkai.kinds.response.model import Treatment

Count = Annotated[int, Field(ge=0)]


class OpinionShape(Shape):
    """一条意见和它的采纳情况。"""

    number: Annotated[int, Field(ge=1)] = Field(description="序号，一份采纳情况里不能重复")
    text: Text = Field(description="意见内容，照原文；不写提意见的人的姓名和联系方式")
    treatment: Treatment = Field(description="采纳情况：采纳、部分采纳、未采纳、解释说明")
    reason: Text | None = Field(default=None, description="理由，照原文")
    count: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="提出这条意见的人数或条数，原文写明的才填"
    )
    ignore: list[IgnoreShape] = Field(default_factory=list, description="有意保留的问题")


class ResponseFile(AnnexedShape):
    """一份意见采纳情况。"""

    kind: Literal["response"]
    about: RecordId | None = Field(
        default=None, description="答复的是哪一次征求意见、哪一项决策或者哪一份文件（编号），如 shili-2021-canyu/1"
    )
    received: Count | None = Field(default=None, description="收到意见的条数，照原文；原文没有写明就不填")
    adopted: Count | None = Field(default=None, description="采纳的条数，照原文；原文没有写明就不填")
    unadopted_reasons: Text | None = Field(default=None, description="没有采纳的理由，照原文；逐条写明的写在各条里")
    opinions: list[OpinionShape] = Field(default_factory=list, description="逐条的意见，照原表的顺序；没有列出就不写")
