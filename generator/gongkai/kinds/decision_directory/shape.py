"""Decision directories: every item, every stage of its life, and every change of the directory."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from gongkai.column.shapes.base import Cells, Corrected, Day, Identifier, IgnoreShape, OldIds, RecordId, Shape, Text
from gongkai.column.shapes.documents import AnnexedShape
from gongkai.column.shapes.planning import PlanningShape
from gongkai.kinds.decision_directory.model import ChangeKind, DecisionCategory, MeetingType, StageStatus

Count = Annotated[int, Field(ge=0)]


class StageShape(Shape):
    """决策事项的一个环节。没有公开的环节不用写，页面会显示“尚未公开”。"""

    status: StageStatus = Field(
        description="公开情况：published 已公开、pending 尚未公开、not_applicable 不涉及、withheld 依法不公开"
    )
    title: Text | None = Field(default=None, description="材料名称")
    url: Text | None = Field(default=None, description="材料网址，以 http:// 或 https:// 开头")
    date: Day | None = Field(default=None, description="公开日期 YYYY-MM-DD")
    reason: Text | None = Field(default=None, description="不涉及或不公开的理由")


class ConsultationShape(StageShape):
    """公开征求意见。"""

    start: Day | None = Field(default=None, description="征求意见第一天")
    end: Day | None = Field(default=None, description="征求意见最后一天")
    shortened_reason: Text | None = Field(default=None, description="比规定短的理由，照公告")
    channels: list[Text] = Field(default_factory=list, description="提意见的途径：网址、信箱、电话、地址")
    enterprises: Text | None = Field(default=None, description="听取企业和行业协会商会意见的情况")


class AdoptionShape(StageShape):
    """意见采纳情况。"""

    received: Count | None = Field(default=None, description="收到意见的条数")
    adopted: Count | None = Field(default=None, description="采纳的条数")
    unadopted_reasons: Text | None = Field(default=None, description="较为集中的意见不采纳的理由")


class HearingShape(StageShape):
    """听证会。"""

    held: Day | None = Field(default=None, description="召开日期")
    materials_delivered: Day | None = Field(default=None, description="材料送达听证参加人的日期")
    participants_url: Text | None = Field(default=None, description="听证参加人名单的网址")
    participants: Count | None = Field(default=None, description="听证参加人人数")
    interested: Count | None = Field(default=None, description="其中利害关系人代表人数")


class AssessmentShape(StageShape):
    """专家论证、风险评估、效果评估等。"""

    by: Text | None = Field(default=None, description="承担论证或评估的机构")


class LegalityShape(StageShape):
    """合法性审查。"""

    sent: Day | None = Field(default=None, description="送审日期")
    opinion: Day | None = Field(default=None, description="出具审查意见的日期")


class MeetingShape(StageShape):
    """会议审议。"""

    type: MeetingType | None = Field(default=None, description="会议种类：常务会议、全体会议；其他会议写 其他会议")
    name: Text | None = Field(default=None, description="会议名称，如 区政府第84次常务会议")
    held: Day | None = Field(default=None, description="开会日期")


class ResultShape(StageShape):
    """决策结果。"""

    doc_number: Text | None = Field(default=None, description="决策文件的文号")
    issued: Day | None = Field(default=None, description="决策文件印发日期")


class StagesShape(Shape):
    """决策的各个环节；没有公开的不用写。"""

    draft: StageShape | None = Field(default=None, description="决策草案")
    explanation: StageShape | None = Field(default=None, description="草案说明")
    background: StageShape | None = Field(default=None, description="制订背景")
    consultation: ConsultationShape | None = Field(default=None, description="意见征集")
    adoption: AdoptionShape | None = Field(default=None, description="意见采纳")
    hearing: HearingShape | None = Field(default=None, description="听证会")
    attendance: StageShape | None = Field(default=None, description="公众代表列席")
    expert: AssessmentShape | None = Field(default=None, description="专家论证")
    risk: AssessmentShape | None = Field(default=None, description="风险评估")
    fair_competition: StageShape | None = Field(default=None, description="公平竞争审查")
    legality: LegalityShape | None = Field(default=None, description="合法性审查")
    meeting: MeetingShape | None = Field(default=None, description="会议审议")
    result: ResultShape | None = Field(default=None, description="决策结果")
    evaluation: AssessmentShape | None = Field(default=None, description="效果评估")


class PlannedShape(Shape):
    """拟决策时间。"""

    text: Text = Field(description="拟决策时间：照原文，如 第四季度")
    latest: Day | None = Field(default=None, description="最晚哪一天；原文看不出来就不填")


class NotPublicShape(Shape):
    """依法不公开。"""

    basis: Text = Field(description="法律依据，写明条款，如 《政府信息公开条例》第十四条")
    approved_by: Text = Field(description="批准不公开的机关")
    date: Day | None = Field(default=None, description="批准日期")
    reviewed_on: Day | None = Field(default=None, description="最近一次评估审查能不能公开的日期")


class ChangeShape(Shape):
    """目录的一次调整。"""

    date: Day | None = Field(default=None, description="调整日期")
    kind: ChangeKind = Field(description="怎样调整：新增、调出、变更")
    reason: Text | None = Field(default=None, description="为什么调整")
    approved_by: Text | None = Field(default=None, description="批准调整的机关或会议")
    url: Text | None = Field(default=None, description="调整通知的网址")


class CompletionShape(Shape):
    """年终公布的完成情况。"""

    text: Text = Field(description="完成情况，照公布的文字")
    date: Day = Field(description="公布日期")
    url: Text | None = Field(default=None, description="公布的网址")


class DecisionShape(Shape):
    """一项重大行政决策。"""

    number: Annotated[int, Field(ge=1)] = Field(description="序号")
    number_text: Text = Field(description="印刷序号，如 一")
    title: Text = Field(description="决策事项名称，照原文")
    organizers: Text = Field(description="承办单位，照原文")
    category: DecisionCategory | None = Field(default=None, description="类别：713号令第三条的哪一类；原文没有写就不填")
    planned: PlannedShape | None = Field(default=None, description="拟决策时间，照原文")
    business_impact: bool = Field(default=False, description="是否与企业生产经营密切相关")
    public_concern: bool = Field(default=False, description="是否社会公众普遍关心")
    technical: bool = Field(default=False, description="是否专业性、技术性较强")
    risk: bool = Field(default=False, description="是否可能对社会稳定、公共安全等造成不利影响")
    not_public: NotPublicShape | None = Field(default=None, description="全部依法不公开时填写")
    stages: StagesShape = Field(default_factory=StagesShape, description="各环节，键是环节编号")
    changes: list[ChangeShape] = Field(default_factory=list, description="本事项的调整记录")
    completion: CompletionShape | None = Field(default=None, description="年终公布的完成情况")
    evaluation_triggers: list[Text] = Field(
        default_factory=list, description="可以组织评估的情形：效果不佳、意见较多、机关认为有必要"
    )
    archived_on: Day | None = Field(default=None, description="归档日期（只供检查，不显示）")
    continues: RecordId | None = Field(default=None, description="结转自上一年的哪一项，如 shili-2021-decisions/3")
    planning: PlanningShape | None = Field(default=None, description="这项决策制定的是规划时填写")
    cells: Cells
    themes: list[Identifier] = Field(default_factory=list, description="主题编号")
    related: list[RecordId] = Field(default_factory=list, description="相关事项的编号")
    editor_note: Text | None = Field(default=None, description="编者注")
    moved_from: OldIds
    corrected: Corrected
    ignore: list[IgnoreShape] = Field(default_factory=list, description="有意保留的问题")


class DirectoryFile(AnnexedShape):
    """一份年度重大行政决策事项目录。"""

    kind: Literal["decision_directory"]
    organizer_label: Text = Field(default="承办单位", description="目录中对承办单位的印刷称呼，如 承办部门")
    party_consent: Text | None = Field(default=None, description="原文中经同级党委同意的表述")
    changes: list[ChangeShape] = Field(default_factory=list, description="整份目录的调整记录")
    decisions: list[DecisionShape] = Field(min_length=1)
