"""What the column holds beside plans: documents of their own, gazettes, public participation; and audiences."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from generator.load.shapes.base import Day, Identifier, IgnoreShape, LinkShape, RecordId, Shape, Text, Year
from generator.load.shapes.documents import AnnexedShape, DocumentShape
from generator.load.shapes.planning import PlanningShape
from generator.model.participation import Channel, ParticipationKind

Count = Annotated[int, Field(ge=0)]


class QuestionShape(Shape):
    """一问一答。"""

    question: Text = Field(description="问题，照原文")
    answer: Text = Field(description="回答，照原文；多段用空行分开")


class DocumentFile(AnnexedShape):
    """一份单独的文件：规范性文件、政策文件、通知、规划或者解读。"""

    kind: Literal["document"]
    document: DocumentShape = Field(description="公文要素；body 是正文，一段一条")
    explains: list[RecordId] = Field(default_factory=list, description="解读的是哪些文件、章节或任务（编号）")
    second: bool = Field(default=False, description="是不是二次解读")
    questions: list[QuestionShape] = Field(default_factory=list, description="问答形式的内容")
    links: list[LinkShape] = Field(default_factory=list, description="图解、视频、发布会等在别处的材料")
    planning: PlanningShape | None = Field(default=None, description="是规划的填写")
    audiences: list[Identifier] = Field(default_factory=list, description="与哪些人群有关（人群编号）")


class GazetteItemShape(Shape):
    """公报的一篇。"""

    title: Text = Field(description="标题，照目录")
    column: Text | None = Field(default=None, description="栏目，如 区政府文件")
    doc_number: Text | None = Field(default=None, description="发文字号，照目录或正文")
    document: RecordId | None = Field(default=None, description="本专栏收录了这份文件的，写它的编号")
    page: Count | None = Field(default=None, description="起始页码")


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
    ignore: list[IgnoreShape] = Field(default_factory=list, description="有意保留的问题")


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
    type: ParticipationKind = Field(description="意见征集、听证、列席会议、政府开放活动、议题征集")
    title: Text = Field(description="名称，照公告")
    about: RecordId | None = Field(default=None, description="关于哪一项决策、文件或计划（编号）")
    organizer: Text = Field(description="承办单位，照公告")
    start: Day | None = Field(default=None, description="第一天")
    end: Day | None = Field(default=None, description="最后一天")
    shortened_reason: Text | None = Field(default=None, description="少于30日的理由")
    channels: list[Channel] = Field(default_factory=list, description="途径：网站、信函、电子邮件、电话、座谈、现场")
    contact: Text | None = Field(default=None, description="联系方式，照公告")
    links: list[LinkShape] = Field(default_factory=list, description="公告、草案、草案说明等材料")
    outcome: OutcomeShape | None = Field(default=None, description="结果")
    answer_due: Day | None = Field(default=None, description="公告承诺的答复日期")
    themes: list[Identifier] = Field(default_factory=list, description="主题编号")
    audiences: list[Identifier] = Field(default_factory=list, description="人群编号")
    editor_note: Text | None = Field(default=None, description="编者注")
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
    ignore: list[IgnoreShape] = Field(default_factory=list, description="有意保留的问题")


class AudienceShape(Shape):
    """一个人群。"""

    id: Identifier = Field(description="编号，发布后不再改动")
    name: Text = Field(description="名称，如 老年人")
    description: str = Field(default="", description="一句话说明，给读者看")
    themes: list[Identifier] = Field(default_factory=list, description="属于这个人群的主题，有这些主题的内容自动归入")
    words: list[Text] = Field(default_factory=list, description="文字里有这些词的任务和文件自动归入，如 老年人、养老")


class AudiencesFile(Shape):
    """plans/vocabularies/audiences.yml：人群词表（特色主题、政策找人）。"""

    kind: Literal["audiences"]
    audiences: list[AudienceShape]
