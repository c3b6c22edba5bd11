"""The vocabularies that documents refer to: organs, themes, units, issuing codes, stages, working days, search."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from gongkai.column.shapes.base import Day, Identifier, IgnoreShape, LinkShape, Shape, Text, Year
from gongkai.column.unit import UnitKind
from gongkai.column.vocabulary import ThemeScheme

Division = Annotated[str, StringConstraints(pattern=r"^[1-9]\d{5}$")]


class FormerOrganShape(Shape):
    """区县以前的名称和区划。"""

    name: Text = Field(description="当时的政府全称")
    short_name: Text = Field(description="当时的简称")
    region: Text = Field(description="当时所属的市")
    division: Division | None = Field(default=None, description="当时的行政区划代码")
    under: list[Division] = Field(default_factory=list, description="当时的上级的代码；代码看得出的不写")
    until: Day = Field(description="用到哪天")


class OrganShape(Shape):
    """发布机构所属的区县。"""

    id: Identifier = Field(description="编号，小写字母、数字和连字符，发布后不再改动")
    name: Text = Field(description="政府全称，如 示例市示例区人民政府")
    short_name: Text = Field(description="页面上显示的简称，如 示例区")
    region: Text = Field(description="所属的市，如 示例市")
    division: Division | None = Field(
        default=None, description="行政区划代码（GB/T 2260），六位数字加英文引号；不填就不适用任何省、市的规定"
    )
    under: list[Division] = Field(
        default_factory=list,
        description='代码看不出隶属的（没有代码的开发区、兵团等），写上级的代码，如 ["410000", "410100"]',
    )
    since: Day | None = Field(default=None, description="现在的名称和区划从哪天起用；写了 former 的必填")
    former: list[FormerOrganShape] = Field(default_factory=list, description="以前的名称和区划")
    until: Day | None = Field(default=None, description="撤销的日子")
    successor: Identifier | None = Field(default=None, description="撤销以后，由哪个区县（编号）承接")
    first_published: Day | None = Field(default=None, description="本栏目首次发布这个区县内容的日期")

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if self.former and self.since is None:
            raise PydanticCustomError("organ_since", "former names without a day")
        return self


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
    """plans/vocabularies/themes.yml：本专栏另加的、或者要改的主题；其余的随程序带来。"""

    kind: Literal["themes"]
    themes: list[ThemeShape]


class UnitShape(Shape):
    """一个单位，或“各镇（街道）”这样的集体称谓。"""

    id: Identifier = Field(description="编号，以区县编号开头，如 shili-fagaiju")
    name: Text = Field(description="文件中最常用的印刷名称")
    full_name: Text | None = Field(default=None, description="法定全称，只在来源写明时填写")
    aliases: list[Text] = Field(default_factory=list, description="文件中出现过的其他写法")
    kind: UnitKind = Field(description="类别：department 部门、group 集体称谓、subset 范围未列明的集体称谓 等")
    members: list[Identifier] = Field(default_factory=list, description="集体称谓的成员，只填来源点名的")
    valid_from: Day | None = Field(default=None, description="名称启用日期")
    valid_to: Day | None = Field(default=None, description="名称停用日期（机构改革）")
    successor: Identifier | None = Field(default=None, description="承接职能的单位编号")
    level: Literal["市", "省", "国家"] | None = Field(default=None, description="不是本区设立的单位，写它的隶属层级")
    note: Text | None = Field(default=None, description="给读者的说明")
    tasks: Text | None = Field(default=None, description="一句话的职责，照“三定”规定或者机构职能公开的写法")
    telephone: Text | None = Field(default=None, description="对外公开的办公电话，不写个人手机")
    address: Text | None = Field(default=None, description="办公地址")
    hours: Text | None = Field(default=None, description="办公时间，如 工作日9:00—12:00，13:30—17:00")
    website: LinkShape | None = Field(default=None, description="单位自己的网站或者栏目")
    ignore: list[IgnoreShape] = Field(default_factory=list, description="有意保留的问题")


class UnitsFile(Shape):
    """plans/vocabularies/units-<区县>.yml：责任单位名录。"""

    kind: Literal["units"]
    organ: Identifier = Field(description="区县编号")
    units: list[UnitShape]


class PrefixShape(Shape):
    """一个机关代字。"""

    code: Text = Field(description="机关代字，如 示政办发")
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
    duty: Text | None = Field(
        default=None, description="哪一件事要求它，如 consultation.period；没有法规要求、只是参考做法的不填"
    )
    citation: Text | None = Field(default=None, description="以前的写法，不再起作用，改写 duty")
    optional: bool = Field(default=False, description="只涉及少数事项，没有写到就不显示")


class AdoptionTermShape(Shape):
    """以前的写法，不再起作用。"""

    workdays: Annotated[int, Field(ge=1)] = Field(description="多少个工作日内")
    citation: Text = Field(description="规定这个期限的文件和条款")


class StageSlotShape(Shape):
    """目录中的一栏。"""

    label: Text = Field(description="栏目名称，如 意见征集采纳情况")
    stages: list[str] = Field(min_length=1, description="这一栏包含的环节编号")
    required: bool = Field(default=True, description="是否必须公开；视情况公开的写 false")


class StageSetShape(Shape):
    """某一年起目录展示哪些环节。写了 organ 的只适用于那个区县，没有写的适用于全国。"""

    id: Identifier = Field(description="编号")
    from_year: Year = Field(description="从哪一年的目录开始适用")
    organ: Identifier | None = Field(default=None, description="只适用于某个区县时填写")
    until_year: Year | None = Field(default=None, description="适用到哪一年的目录；年度工作要点只管当年")
    duty: Text | None = Field(
        default=None, description="写了 organ 的必填，一般是 directory.stages；文件和条款写在 law-<区县>.yml"
    )
    citation: Text | None = Field(default=None, description="以前的写法，不再起作用，改写 duty 和 law-<区县>.yml")
    adoption_within: AdoptionTermShape | None = Field(default=None, description="以前的写法，不再起作用")
    slots: list[StageSlotShape] = Field(min_length=1)

    @model_validator(mode="after")
    def _grounded(self) -> Self:
        if self.organ and not (self.duty or self.citation):
            raise PydanticCustomError("stages_duty", "a district's own set without a duty")
        return self


class StagesFile(Shape):
    """plans/vocabularies/decision-stages.yml：决策环节表；区县自己的是 decision-stages-<区县>.yml。"""

    kind: Literal["decision_stages"]
    stages: list[StageKindShape] = Field(default_factory=list, description="全国通用的环节")
    sets: list[StageSetShape] = Field(default_factory=list, description="各年目录展示哪些环节")


class SearchVocabularyFile(Shape):
    """plans/vocabularies/search.yml：搜索词表，补充随程序带来的。"""

    kind: Literal["search_vocabulary"]
    departments: list[list[Text]] = Field(default_factory=list, description="同一部门的各种写法")
    same: list[list[Text]] = Field(default_factory=list, description="两个方向都通用的说法")
    to: dict[str, list[Text]] = Field(default_factory=dict, description="群众的说法: 公文的说法")
    questions: list[Text] = Field(default_factory=list, description="问句里没有实际意思的词")
    everyday: dict[str, list[Text]] = Field(
        default_factory=dict, description="群众的说法: 公文的说法；原词查不到时才用"
    )
    weak: list[Text] = Field(default_factory=list, description="单独不说明问题的词，如服务、政策")
    pages: dict[str, list[Text]] = Field(default_factory=dict, description="栏目页面的地址: 读者对它的其他叫法")
    fillers: list[Text] = Field(default_factory=list, description="词尾没有实际意思的字，如停车难的“难”")


class WordingShape(Shape):
    """本单位不用的一种写法。"""

    wrong: Text = Field(description="不用的写法，如 帐号")
    right: Text = Field(description="应当写的，如 账号")
    reason: Text | None = Field(default=None, description="为什么，写给编辑看")


class WordingFile(Shape):
    """plans/vocabularies/wording.yml：用词表。"""

    kind: Literal["wording"]
    entries: list[WordingShape] = Field(default_factory=list, description="不用的写法和应当写的")


class HolidayShape(Shape):
    """一段放假。"""

    name: Text = Field(description="节日名称")
    from_: Day = Field(alias="from", description="第一天")
    to: Day = Field(description="最后一天")


class YearDaysShape(Shape):
    """一年的放假安排。"""

    year: Year = Field(description="年份")
    notice: Text = Field(description="国务院办公厅通知的标题和文号")
    days_off: list[HolidayShape] = Field(min_length=1, description="放假的日子，含周末，照通知")
    workdays: list[Day] = Field(default_factory=list, description="调休上班的周六、周日")


class WorkdaysFile(Shape):
    """plans/vocabularies/workdays.yml：法定节假日和调休上班日，程序还没有带来的年份。"""

    kind: Literal["workdays"]
    years: list[YearDaysShape]


class AudienceShape(Shape):
    """一个人群。"""

    id: Identifier = Field(description="编号，发布后不再改动")
    name: Text = Field(description="名称，如 老年人")
    description: str = Field(default="", description="一句话说明，给读者看")
    themes: list[Identifier] = Field(default_factory=list, description="属于这个人群的主题，有这些主题的内容自动归入")
    words: list[Text] = Field(default_factory=list, description="文字里有这些词的任务和文件自动归入，如 老年人、养老")


class AudiencesFile(Shape):
    """plans/vocabularies/audiences.yml：另加的、或者要改的人群（特色主题、政策找人）；其余的随程序带来。"""

    kind: Literal["audiences"]
    audiences: list[AudienceShape]
