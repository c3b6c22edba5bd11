"""What editors write of a year's occasions of public participation."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from gongkai.column.shapes.base import (
    Corrected,
    Day,
    Identifier,
    IgnoreShape,
    LinkShape,
    OldIds,
    RecordId,
    Shape,
    Text,
    Year,
)
from gongkai.kinds.participation.model import Channel, ParticipationKind

Count = Annotated[int, Field(ge=0)]


class OutcomeShape(Shape):
    """征集、听证、开放活动以后怎样了。"""

    date: Day = Field(description="公布日期")
    text: Text = Field(description="结果：采纳情况、办理情况、活动成效")
    url: Text | None = Field(default=None, description="公布的网址")
    received: Count | None = Field(default=None, description="收到意见的条数")
    adopted: Count | None = Field(default=None, description="采纳的条数")
    unadopted_reasons: Text | None = Field(default=None, description="不采纳的理由")


class ParticipationShape(Shape):
    """一次公众参与。"""

    number: Annotated[int, Field(ge=1)] = Field(description="序号")
    type: ParticipationKind = Field(description="方式：意见征集、听证、列席会议、政府开放活动、议题征集")
    title: Text = Field(description="名称，照公告")
    about: RecordId | None = Field(default=None, description="关于哪一项决策、文件或计划（编号）")
    organizer: Text = Field(description="承办单位，照公告")
    start: Day | None = Field(default=None, description="第一天")
    end: Day | None = Field(default=None, description="最后一天")
    shortened_reason: Text | None = Field(default=None, description="比规定短的理由")
    channels: list[Channel] = Field(default_factory=list, description="途径：网站、信函、电子邮件、电话、座谈、现场")
    contact: Text | None = Field(default=None, description="联系方式，照公告")
    links: list[LinkShape] = Field(default_factory=list, description="公告、草案、草案说明等材料")
    outcome: OutcomeShape | None = Field(default=None, description="结果")
    answer_due: Day | None = Field(default=None, description="公告承诺的答复日期")
    themes: list[Identifier] = Field(default_factory=list, description="主题编号")
    audiences: list[Identifier] = Field(default_factory=list, description="人群编号")
    editor_note: Text | None = Field(default=None, description="编者注")
    moved_from: OldIds
    corrected: Corrected
    ignore: list[IgnoreShape] = Field(default_factory=list, description="有意保留的问题")


class ParticipationFile(Shape):
    """一年的公众参与。"""

    kind: Literal["participation"]
    id: Identifier = Field(description="编号，与文件名相同")
    organ: Identifier = Field(description="区县编号")
    year: Year = Field(description="年份")
    title: Text = Field(description="标题")
    items: list[ParticipationShape] = Field(min_length=1)
    themes: list[Identifier] = Field(default_factory=list, description="主题编号")
    editor_note: Text | None = Field(default=None, description="编者注")
    sources: list[Text] = Field(min_length=1, description="来自哪里")
    moved_from: list[Identifier] = Field(default_factory=list, description="曾用编号")
    corrected: Corrected
    ignore: list[IgnoreShape] = Field(default_factory=list, description="有意保留的问题")
