"""What editors write of a document that stands for itself."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from gongkai.column.shapes.base import Identifier, LinkShape, RecordId, Shape, Text
from gongkai.column.shapes.documents import AnnexedShape, DocumentShape
from gongkai.column.shapes.planning import PlanningShape


class QuestionShape(Shape):
    """一问一答。"""

    question: Text = Field(description="问题，照原文")
    answer: Text = Field(description="回答，照原文；多段用空行分开")
    clause: Text | None = Field(default=None, description="说的是所解读文件的第几条，照原文，如 第八条第二款")


class DocumentFile(AnnexedShape):
    """一份单独的文件：规范性文件、政策文件、通知、规划或者解读。"""

    kind: Literal["document"]
    document: DocumentShape = Field(description="公文要素；body 是正文，一段一条")
    explains: list[RecordId] = Field(default_factory=list, description="解读的是哪些文件、章节或任务（编号）")
    second: bool = Field(default=False, description="是不是二次解读")
    questions: list[QuestionShape] = Field(default_factory=list, description="问答形式的内容")
    links: list[LinkShape] = Field(default_factory=list, description="在别处的材料：图解、视频、发布会等")
    planning: PlanningShape | None = Field(default=None, description="是规划的填写")
    audiences: list[Identifier] = Field(default_factory=list, description="与哪些人群有关（人群编号）")
