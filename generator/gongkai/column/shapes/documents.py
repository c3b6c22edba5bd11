"""The official document that carries a plan, list or directory, and what the files of all three share."""

from __future__ import annotations

from pydantic import Field

from gongkai.column.document import Genre, InterpretationForm, Openness, Validity
from gongkai.column.shapes.base import Corrected, Day, Identifier, IgnoreShape, LinkShape, RecordId, Shape, Text, Year


class InterpretationShape(LinkShape):
    """一份解读。"""

    form: InterpretationForm = Field(description="解读形式：文字、图解、视频、问答、新闻发布会")
    date: Day | None = Field(default=None, description="发布日期")


class AttachmentShape(Shape):
    """一个附件：原样公开的文件。"""

    file: Text = Field(description="文件名；文件放在同一目录的 files/ 里，如 任务分解表.pdf")
    title: Text = Field(description="读者看到的名称，说明内容")


class DocumentShape(Shape):
    """公文本身的要素，按印发的原文填写；来源没有写明的不填，页面会显示“来源未写明”。"""

    title: Text | None = Field(default=None, description="公文标题（通知的标题），照原文")
    genre: Genre | None = Field(default=None, description="文件种类；随计划、目录印发的通知不用写")
    header: Text | None = Field(default=None, description="发文机关标志（红头），照原文")
    doc_number: Text | None = Field(default=None, description="发文字号，如 示政办发〔2021〕3号")
    issuer: Identifier = Field(description="发布机构的单位编号")
    addressees: Text | None = Field(default=None, description="主送机关一行，照原文，含末尾冒号")
    body: list[Text] = Field(default_factory=list, description="通知正文，一段一条，照原文")
    annexes: list[Text] = Field(default_factory=list, description="附件说明，照原文，含“附件：”")
    signature: Text | None = Field(default=None, description="落款机关，照原文")
    date_signed: Day | None = Field(default=None, description="成文日期 YYYY-MM-DD")
    note: Text | None = Field(default=None, description="附注，照原文含括号，如 （此件公开发布）")
    copies: Text | None = Field(default=None, description="抄送一行，照原文，含“抄送：”")
    printed_by: Text | None = Field(default=None, description="印发机关，照原文")
    printed_line: Text | None = Field(default=None, description="印发一行，照原文；不写时由印发机关和印发日期组成")
    date_printed: Day | None = Field(default=None, description="印发日期 YYYY-MM-DD")
    date_published: Day | None = Field(default=None, description="在网站公开的日期；不知道就不填")
    index_number: Text | None = Field(default=None, description="索引号；没有就不填")
    summary: Text | None = Field(default=None, description="内容概述，一两句话；检索和目录都用它")
    normative: bool = Field(default=False, description="是不是行政规范性文件")
    business_impact: bool = Field(default=False, description="是否与企业生产经营密切相关；是的，要公开征求意见")
    normative_number: Text | None = Field(default=None, description="规范性文件登记号")
    date_effective: Day | None = Field(default=None, description="施行日期")
    valid_until: Day | None = Field(default=None, description="有效期至")
    abolished_by: Text | None = Field(default=None, description="废止或失效的依据：文件编号或文号")
    replaced_by: RecordId | None = Field(default=None, description="替代它的文件编号")
    revises: RecordId | None = Field(default=None, description="它修订的是哪一份文件（编号）")
    date_changed: Day | None = Field(default=None, description="内容变更的日期；公开时限从这一天重新计算")
    law_deadline: Day | None = Field(default=None, description="法律法规另定的公开期限")
    taken_in: Day | None = Field(
        default=None, description="本栏目收录这份文件的日期；只有成文早于本栏目首次发布的文件才写"
    )
    review_by: Day | None = Field(
        default=None, description="最迟哪天要核对、清理这份文件或清单；核对以后改成下一次的日期"
    )
    reviewed_by: Text | None = Field(default=None, description="公开前审查的单位或岗位")
    reviewed_at: Day | None = Field(default=None, description="审查日期")
    interpretations: list[InterpretationShape] = Field(default_factory=list, description="解读材料")
    attachments: list[AttachmentShape] = Field(default_factory=list, description="附件，放在同一目录的 files/ 里")
    openness: Openness = Field(description="公开属性；只有“主动公开”的才能放进仓库")
    validity: Validity | None = Field(default=None, description="有效性；来源没有写明就不填")
    date_abolished: Day | None = Field(default=None, description="废止或失效日期")
    themes: list[Identifier] = Field(default_factory=list, description="主题分类编号（国务院主题分类）")
    editor_note: Text | None = Field(default=None, description="编者注：原文有误或需要说明时写给读者")
    sources: list[Text] = Field(min_length=1, description="文本来自哪里，如 示例区公报2021年第2期（PDF）")


class AnnexedShape(Shape):
    """What plans, lists and directories have in common: identity, and the document they were issued with."""

    id: Identifier = Field(description="编号，与文件名相同，发布后不再改动")
    organ: Identifier = Field(description="区县编号")
    year: Year = Field(description="年度")
    title: Text = Field(description="标题，照原文")
    document: DocumentShape | Identifier = Field(
        union_mode="left_to_right", description="随文印发的公文；与另一份文件同文印发时写那份文件的编号"
    )
    themes: list[Identifier] = Field(default_factory=list, description="主题编号")
    related: list[RecordId] = Field(default_factory=list, description="相关事项的编号，双向显示")
    editor_note: Text | None = Field(default=None, description="编者注")
    moved_from: list[Identifier] = Field(default_factory=list, description="曾用编号，旧网址会自动转到这里")
    corrected: Corrected
    ignore: list[IgnoreShape] = Field(default_factory=list, description="有意保留的问题，会列在“数据说明”页")
