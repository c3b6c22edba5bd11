"""The shapes editors write: one class per kind of mapping in ``plans/``, with the meaning of every key.

These are the *authored* types. They know nothing of each other's files; ``link`` turns them into the model. The
``description`` of each field is Chinese on purpose: it is what editors see in their editor and in the handbook.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from generator.model.decision import StageStatus
from generator.model.document import Openness, Validity
from generator.model.unit import UnitKind
from generator.model.vocabulary import ThemeScheme

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def _plain_date(value: object) -> object:
    """Accept only a real day written YYYY-MM-DD: no timestamps, no numbers, no times of day."""
    if value is None or isinstance(value, date):
        return value
    match = _DATE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise PydanticCustomError("date_form", "not YYYY-MM-DD")
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        raise PydanticCustomError("date_impossible", "no such day") from None


Day = Annotated[date, BeforeValidator(_plain_date)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=80)]
RecordId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9/-]+$", max_length=200)]
Text = Annotated[str, StringConstraints(min_length=1)]
Year = Annotated[int, Field(ge=1949, le=2100)]


class Shape(BaseModel):
    """Base of all authored shapes: unknown keys are errors, text is never trimmed or converted."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class OrganShape(Shape):
    """发布机构所属的区县。"""

    id: Identifier = Field(description="编号，小写字母、数字和连字符，发布后不再改动")
    name: Text = Field(description="政府全称，如 济南市莱芜区人民政府")
    short_name: Text = Field(description="页面上显示的简称，如 莱芜区")
    region: Text = Field(description="所属的市，如 济南市")


class OrgansFile(Shape):
    """plans/vocabularies/organs.yml：区县名单。"""

    kind: Literal["organs"]
    organs: list[OrganShape]


class ThemeShape(Shape):
    """一个主题。"""

    id: Identifier = Field(description="编号，发布后不再改动")
    name: Text = Field(description="主题名称")
    scheme: ThemeScheme = Field(description="national 为国务院主题分类，local 为本专栏特色主题")
    parent: Identifier | None = Field(default=None, description="上级主题的编号")
    description: str = Field(default="", description="一句话说明，给读者看")
    synonyms: list[Text] = Field(default_factory=list, description="读者可能输入的其他说法")


class ThemesFile(Shape):
    """plans/vocabularies/themes.yml：主题词表。"""

    kind: Literal["themes"]
    themes: list[ThemeShape]


class UnitShape(Shape):
    """一个单位，或“各镇（街道）”这样的集体称谓。"""

    id: Identifier = Field(description="编号，以区县编号开头，如 laiwu-fagaiju")
    name: Text = Field(description="文件中最常用的印刷名称")
    full_name: Text | None = Field(default=None, description="法定全称，只在来源写明时填写")
    aliases: list[Text] = Field(default_factory=list, description="文件中出现过的其他写法")
    kind: UnitKind = Field(description="类别：department 部门、group 集体称谓、subset 范围未列明的集体称谓 等")
    members: list[Identifier] = Field(default_factory=list, description="集体称谓的成员，只填来源点名的")
    valid_from: Day | None = Field(default=None, description="名称启用日期")
    valid_to: Day | None = Field(default=None, description="名称停用日期（机构改革）")
    successor: Identifier | None = Field(default=None, description="承接职能的单位编号")
    note: Text | None = Field(default=None, description="给读者的说明")


class UnitsFile(Shape):
    """plans/vocabularies/units-<区县>.yml：责任单位名录。"""

    kind: Literal["units"]
    organ: Identifier
    units: list[UnitShape]


class PrefixShape(Shape):
    """一个机关代字。"""

    code: Text = Field(description="机关代字，如 莱芜政办发")
    organ: Identifier = Field(description="区县编号")
    issuer: Identifier = Field(description="发文机关的单位编号")


class PrefixesFile(Shape):
    """plans/vocabularies/document-numbers.yml：机关代字表。"""

    kind: Literal["document_numbers"]
    prefixes: list[PrefixShape]


class StageKindShape(Shape):
    """决策的一个环节。"""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z]+)*$")] = Field(description="环节编号，如 draft")
    name: Text = Field(description="环节名称，如 决策草案")
    description: Text = Field(description="一句话说明，给读者看")
    citation: Text = Field(description="依据")


class StageSlotShape(Shape):
    """目录中的一栏。"""

    label: Text = Field(description="栏目名称，如 意见征集采纳情况")
    stages: list[str] = Field(min_length=1, description="这一栏包含的环节编号")
    required: bool = Field(default=True, description="是否必须公开；视情况公开的写 false")


class StageSetShape(Shape):
    """某一年起目录应当展示的环节。"""

    id: Identifier = Field(description="编号")
    from_year: Year = Field(description="从哪一年的目录开始适用")
    organ: Identifier | None = Field(default=None, description="只适用于某个区县时填写")
    citation: Text = Field(description="依据的文件和条款")
    slots: list[StageSlotShape] = Field(min_length=1)


class StagesFile(Shape):
    """plans/vocabularies/decision-stages.yml：决策环节表。"""

    kind: Literal["decision_stages"]
    stages: list[StageKindShape]
    sets: list[StageSetShape]


class DocumentShape(Shape):
    """公文本身的要素，按印发的原文填写；来源没有写明的不填，页面会显示“尚未公开”。"""

    title: Text | None = Field(default=None, description="公文标题（通知的标题），照原文")
    header: Text | None = Field(default=None, description="发文机关标志（红头），照原文")
    doc_number: Text | None = Field(default=None, description="发文字号，如 莱芜政办发〔2021〕3号")
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
    openness: Openness = Field(description="公开属性；只有“主动公开”的才能放进仓库")
    validity: Validity | None = Field(default=None, description="有效性；来源没有写明就不填")
    date_abolished: Day | None = Field(default=None, description="废止或失效日期")
    themes: list[Identifier] = Field(default_factory=list, description="主题分类编号（国务院主题分类）")
    editor_note: Text | None = Field(default=None, description="编者注：原文有误或需要说明时写给读者")
    sources: list[Text] = Field(min_length=1, description="文本来自哪里，如 莱芜区公报2021年第2期（PDF）")


class _Annexed(Shape):
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


class SectionShape(Shape):
    """要点正文的一节。"""

    number: Text = Field(description="印刷序号，如 一 或 （一）")
    title: Text = Field(description="标题，照原文，不含序号和句号")
    text: Text | None = Field(default=None, description="标题后的正文，照原文；多段用空行分开")
    units: Text | None = Field(default=None, description="条款末尾〔责任单位：…〕方括号内的单位，照原文")
    themes: list[Identifier] = Field(default_factory=list, description="主题编号")
    related: list[RecordId] = Field(default_factory=list, description="相关事项的编号")
    editor_note: Text | None = Field(default=None, description="编者注")
    sections: list[SectionShape] = Field(default_factory=list, description="下级标题（一）（二）……")


class TaskShape(Shape):
    """任务分解表的一行。"""

    number: Annotated[int, Field(ge=1)] = Field(description="序号；表中没有印序号时按顺序填")
    area: Text | None = Field(default=None, description="工作任务第一级；与上一行合并时不写，未印时写 null")
    topic: Text | None = Field(default=None, description="工作任务第二级；与上一行合并时不写，未印时写 null")
    text: Text = Field(description="具体要求，照原文")
    units: Text | None = Field(default=None, description="责任单位，照原文；与上一行合并（空白）时不写")
    deadline: Text | None = Field(default=None, description="完成时限，照原文；与上一行合并（空白）时不写")
    section: Annotated[str, StringConstraints(pattern=r"^\d+(-\d+)?$")] | None = Field(
        default=None, description="对应要点正文的哪一节，如 1-2 表示 一（二）"
    )
    themes: list[Identifier] = Field(default_factory=list, description="主题编号")
    related: list[RecordId] = Field(default_factory=list, description="相关事项的编号")
    editor_note: Text | None = Field(default=None, description="编者注")


class TaskTableShape(Shape):
    """任务分解表。"""

    title: Text = Field(description="表题，照原文")
    columns: list[Text] = Field(min_length=2, description="表头，照原文从左到右")
    number_printed: bool = Field(default=True, description="表中是否印有序号")
    rows: list[TaskShape] = Field(min_length=1)


class PlanFile(_Annexed):
    """一份年度工作要点。"""

    kind: Literal["plan"]
    preamble: list[Text] = Field(default_factory=list, description="总体要求，一段一条，照原文")
    sections: list[SectionShape] = Field(min_length=1)
    task_table: TaskTableShape | None = Field(default=None, description="附件任务分解表；没有就不写")


class ProjectShape(Shape):
    """一个重点项目。"""

    number: Annotated[int, Field(ge=1)] = Field(description="印刷序号")
    title: Text = Field(description="项目名称，照原文，不含末尾括号里的标签")
    tags: list[Text] = Field(default_factory=list, description="名称后括号里的级别或来源，如 市级重点项目")
    themes: list[Identifier] = Field(default_factory=list, description="主题编号")
    related: list[RecordId] = Field(default_factory=list, description="相关事项的编号")
    editor_note: Text | None = Field(default=None, description="编者注")


class CategoryShape(Shape):
    """项目清单的一级或二级分类。"""

    number: Text = Field(description="印刷序号，如 一 或 （一）")
    title: Text = Field(description="分类名称，照原文，不含个数")
    announced: int | None = Field(default=None, ge=0, description="标题括号里宣布的个数")
    categories: list[CategoryShape] = Field(default_factory=list)
    projects: list[ProjectShape] = Field(default_factory=list)


class ProjectListFile(_Annexed):
    """一份重点项目清单。"""

    kind: Literal["project_list"]
    subtitle: Text | None = Field(default=None, description="标题下的个数一行，照原文，如 （60个项目）")
    announced: int | None = Field(default=None, ge=0, description="宣布的项目总数")
    categories: list[CategoryShape] = Field(min_length=1)


class StageShape(Shape):
    """决策事项的一个环节。没有公开的环节不用写，页面会显示“尚未公开”。"""

    status: StageStatus = Field(
        description="published 已公开、pending 尚未公开、not_applicable 不涉及、withheld 依法不公开"
    )
    title: Text | None = Field(default=None, description="材料名称")
    url: Text | None = Field(default=None, description="材料网址，以 http:// 或 https:// 开头")
    date: Day | None = Field(default=None, description="公开日期 YYYY-MM-DD")
    reason: Text | None = Field(default=None, description="不涉及或不公开的理由")


class DecisionShape(Shape):
    """一项重大行政决策。"""

    number: Annotated[int, Field(ge=1)] = Field(description="序号")
    number_text: Text = Field(description="印刷序号，如 一")
    title: Text = Field(description="决策事项名称，照原文")
    organizers: Text = Field(description="承办单位，照原文")
    stages: dict[str, StageShape] = Field(default_factory=dict, description="各环节，键是环节编号")
    themes: list[Identifier] = Field(default_factory=list, description="主题编号")
    related: list[RecordId] = Field(default_factory=list, description="相关事项的编号")
    editor_note: Text | None = Field(default=None, description="编者注")


class DirectoryFile(_Annexed):
    """一份年度重大行政决策事项目录。"""

    kind: Literal["decision_directory"]
    organizer_label: Text = Field(default="承办单位", description="目录中对承办单位的印刷称呼，如 承办部门")
    party_consent: Text | None = Field(default=None, description="原文中经同级党委同意的表述")
    decisions: list[DecisionShape] = Field(min_length=1)


class SearchVocabularyFile(Shape):
    """plans/vocabularies/search.yml：搜索词表。"""

    kind: Literal["search_vocabulary"]
    departments: list[list[Text]] = Field(default_factory=list, description="同一部门的各种写法")
    same: list[list[Text]] = Field(default_factory=list, description="两个方向都通用的说法")
    to: dict[str, list[Text]] = Field(default_factory=dict, description="群众的说法: 公文的说法")
    questions: list[Text] = Field(default_factory=list, description="问句里没有实际意思的词")


RECORD_FILES: dict[str, type[Shape]] = {
    "plan": PlanFile,
    "project_list": ProjectListFile,
    "decision_directory": DirectoryFile,
}
VOCABULARY_FILES: dict[str, type[Shape]] = {
    "organs": OrgansFile,
    "themes": ThemesFile,
    "units": UnitsFile,
    "document_numbers": PrefixesFile,
    "decision_stages": StagesFile,
    "search_vocabulary": SearchVocabularyFile,
}
