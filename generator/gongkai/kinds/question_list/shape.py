"""What editors write of questions about policies and their answers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from gongkai.column.shapes.base import Corrected, Day, Identifier, IgnoreShape, OldIds, RecordId, Shape, Text, Year


class BasisShape(Shape):
    """回答依据的一份文件。"""

    record: RecordId = Field(description="依据的文件、章节或任务的编号，如 shili-yanglao-2021")
    clause: Text | None = Field(default=None, description="第几条，照原文，如 第八条第二款")


class PolicyQuestionShape(Shape):
    """一个问题和它的回答。"""

    number: Annotated[int, Field(ge=1)] = Field(description="序号")
    question: Text = Field(description="问题，照原文")
    answer: list[Text] = Field(min_length=1, description="回答，一段一条，照原文")
    basis: list[BasisShape] = Field(default_factory=list, description="依据哪份文件、第几条")
    date: Day | None = Field(default=None, description="回答或者最近一次核对的日期；没有写明就不填")
    units: Text = Field(description="回答的单位，照原文")
    hotline: Text | None = Field(default=None, description="咨询电话，照原文")
    audiences: list[Identifier] = Field(default_factory=list, description="人群编号")
    themes: list[Identifier] = Field(default_factory=list, description="主题编号")
    related: list[RecordId] = Field(default_factory=list, description="相关事项的编号")
    editor_note: Text | None = Field(default=None, description="编者注")
    moved_from: OldIds
    corrected: Corrected
    ignore: list[IgnoreShape] = Field(default_factory=list, description="有意保留的问题")


class QuestionListFile(Shape):
    """放在一起的政策问答。"""

    kind: Literal["question_list"]
    id: Identifier = Field(description="编号，与文件名相同，发布后不再改动")
    organ: Identifier = Field(description="区县编号")
    year: Year = Field(description="年份")
    title: Text = Field(description="标题")
    items: list[PolicyQuestionShape] = Field(min_length=1)
    themes: list[Identifier] = Field(default_factory=list, description="主题编号")
    related: list[RecordId] = Field(default_factory=list, description="相关事项的编号，双向显示")
    editor_note: Text | None = Field(default=None, description="编者注")
    sources: list[Text] = Field(min_length=1, description="来自哪里")
    moved_from: list[Identifier] = Field(default_factory=list, description="曾用编号")
    corrected: Corrected
    ignore: list[IgnoreShape] = Field(default_factory=list, description="有意保留的问题")
