"""What editors write of proposals and their answers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from gongkai.column.shapes.base import (
    Cells,
    Corrected,
    Day,
    Identifier,
    IgnoreShape,
    OldIds,
    RecordId,
    Shape,
    Text,
    Year,
)
from gongkai.column.shapes.progress import ProgressShape
from gongkai.kinds.proposal_list.model import ProposalType


class AnswerShape(Shape):
    """对一件建议或提案的答复。"""

    date: Day | None = Field(default=None, description="答复日期，照复文；没有写明就不填")
    doc_number: Text | None = Field(default=None, description="复文的文号或者编号，照原文")
    result: Text | None = Field(default=None, description="办理结果的类别，照原文，如 A类（已经解决）")
    text: list[Text] = Field(default_factory=list, description="复文正文，一段一条，照原文；不写代表、委员的联系方式")
    url: Text | None = Field(default=None, description="复文的网址")


class ProposalShape(Shape):
    """一件建议或提案。"""

    number: Annotated[int, Field(ge=1)] = Field(description="序号；没有印序号时按顺序填")
    number_text: Text | None = Field(default=None, description="印刷的编号，如 第2021035号；和序号相同的不写")
    type: ProposalType = Field(description="种类：人大代表建议、政协提案")
    title: Text = Field(description="案由，照原文")
    units: Text = Field(description="承办单位，照原文；有主办、会办的写成 主办单位：甲；会办单位：乙")
    answer: AnswerShape | None = Field(default=None, description="答复；还没有答复或者没有公开的不写")
    about: list[RecordId] = Field(default_factory=list, description="落实成了哪些任务、文件、项目（编号）")
    progress: list[ProgressShape] = Field(default_factory=list, description="落实情况，按日期先后，只添加不修改")
    cells: Cells
    themes: list[Identifier] = Field(default_factory=list, description="主题编号")
    audiences: list[Identifier] = Field(default_factory=list, description="人群编号")
    related: list[RecordId] = Field(default_factory=list, description="相关事项的编号")
    editor_note: Text | None = Field(default=None, description="编者注")
    moved_from: OldIds
    corrected: Corrected
    ignore: list[IgnoreShape] = Field(default_factory=list, description="有意保留的问题")


class ProposalListFile(Shape):
    """一次会议或者一年的建议提案和办理情况。"""

    kind: Literal["proposal_list"]
    id: Identifier = Field(description="编号，与文件名相同，发布后不再改动")
    organ: Identifier = Field(description="区县编号")
    year: Year = Field(description="年份")
    title: Text = Field(description="标题，照原文")
    session: Text | None = Field(default=None, description="会议届次，照原文，如 示例区第十届人民代表大会第一次会议")
    items: list[ProposalShape] = Field(min_length=1)
    themes: list[Identifier] = Field(default_factory=list, description="主题编号")
    related: list[RecordId] = Field(default_factory=list, description="相关事项的编号，双向显示")
    editor_note: Text | None = Field(default=None, description="编者注")
    sources: list[Text] = Field(min_length=1, description="来自哪里")
    moved_from: list[Identifier] = Field(default_factory=list, description="曾用编号")
    corrected: Corrected
    ignore: list[IgnoreShape] = Field(default_factory=list, description="有意保留的问题")
