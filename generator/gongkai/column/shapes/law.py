"""Texts that bind a district: who issued them, their life, and what each clause asks; shipped ones look the same."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from gongkai.column.shapes.base import Day, Identifier, Shape, Text
from gongkai.law.model import Body, Condition, Force, Modality, State
from gongkai.text.patterns import anywhere, whole
from gongkai.text.periods import SpanUnit

Area = Annotated[str, StringConstraints(pattern=r"^\d{6}$")]
"""A code of GB/T 2260; 000000 is the nation."""
_PLACE = r"(?:\\[dw.]|\[[^\[\]\\^]+\]|[^\\\[\](){}*+?|.^$])"
_NUMBER_FORM = whole(rf"(?:{_PLACE}(?:\{{\d{{1,2}}(?:,\d{{1,2}})?\}})?)+")
_VARIES = anywhere(r"\{\d+,")
_MOST_VARIES = 4


def _number_form(text: str) -> str:
    """Districts write this pattern: only so much of regular expressions that none of them can take long."""
    if not _NUMBER_FORM.fullmatch(text) or len(_VARIES.findall(text)) > _MOST_VARIES:
        raise PydanticCustomError("law_pattern", "not the form of a number")
    return text


NumberForm = Annotated[str, StringConstraints(min_length=1), AfterValidator(_number_form)]


class SpanShape(Shape):
    """一段时间，如 {number: 10, unit: 工作日}。"""

    number: Annotated[int, Field(ge=1, le=1000)] = Field(description="多少")
    unit: SpanUnit = Field(description="日、工作日、月、年")


class AuthorityShape(Shape):
    """制定文件的机关。"""

    id: Identifier = Field(description="编号")
    name: Text = Field(description="机关全称")
    division: Area = Field(description="它管辖的地方的行政区划代码，六位数字加英文引号；全国写 000000")


class CheckedShape(Shape):
    """核对记录。"""

    on: Day = Field(description="哪一天核对的")
    source: Text = Field(description="对照什么核对的；不写网址")


class NormShape(Shape):
    """一条规定：一个条款要求的一件事。"""

    id: Identifier = Field(description="编号")
    clause: Text | None = Field(default=None, description="条款，如 第五条第一款、三（二）")
    duty: Text = Field(description="要求的是什么事，如 adoption.publish；全部编号见编辑手册“依据”")
    text: Text = Field(description="原文，只抄要求这件事的一句")
    modality: Modality = Field(description="应当、一般、可以、鼓励")
    state: State = Field(
        default=State.READ, description="read 条文和条号读过全文；uncompared 条款待核；unconfirmed 还没有确认，不起作用"
    )
    span: SpanShape | None = Field(default=None, description="多长时间；没有规定的不填")
    at_least: bool = Field(default=False, description="这段时间是“不少于”，不是“以内”")
    day: Annotated[str, StringConstraints(pattern=r"^\d{2}-\d{2}$")] | None = Field(
        default=None, description="每年最迟哪一天，月-日"
    )
    share: Annotated[float, Field(gt=0, le=1)] | None = Field(default=None, description="最低比例，如 0.5")
    pattern: NumberForm | None = Field(default=None, description="编号的格式（正则表达式）")
    when: list[Condition] = Field(default_factory=list, description="什么情况下适用；有一种就适用，不填都适用")
    binds: list[Body] = Field(default_factory=lambda: list(Body), description="约束谁；不填都约束")
    since: Day | None = Field(default=None, description="这一条从哪天起适用；和文件一起生效的不填")
    until: Day | None = Field(default=None, description="这一条适用到哪天")

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.state is State.READ and not self.clause:
            raise PydanticCustomError("law_clause", "no clause")
        return self


class InstrumentShape(Shape):
    """一份法规、文件或标准。"""

    id: Identifier = Field(description="编号")
    title: Text = Field(description="标题，不加书名号")
    number: Text | None = Field(description="文号或令号；没有的写 null")
    force: Force = Field(description="法律、行政法规、地方性法规、规章、规范性文件、通知、标准、检查指标、年度工作要点")
    issuer: Identifier = Field(description="制定机关的编号")
    in_force: Day | None = Field(description="哪天起施行；没有查到的写 null，不起作用")
    until: Day | None = Field(default=None, description="施行到哪天；年度工作要点必填，一般是当年最后一天")
    replaces: list[Text] = Field(default_factory=list, description="它取代的文件的文号")
    replaced_by: Text | None = Field(default=None, description="取代它的文件的文号")
    amended: list[Text] = Field(default_factory=list, description="修改过它的文件的文号")
    note: Text | None = Field(default=None, description="说明，如 生效日期没有查到")
    checked: CheckedShape | None = Field(default=None, description="核对记录")
    norms: list[NormShape] = Field(default_factory=list, description="各条规定")

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.force is Force.ANNUAL_PLAN and self.until is None:
            raise PydanticCustomError("law_until", "no last day")
        if self.until and self.in_force and self.until < self.in_force:
            raise PydanticCustomError("law_order", "ends before it begins")
        return self


class ConfirmationShape(Shape):
    """本地确认：程序附带、还没有读过全文的一条规定，确实适用于本区。"""

    norm: Identifier = Field(description="规定的编号，见 gongkai law 列出的“待本地确认”")
    clause: Text | None = Field(default=None, description="条款；程序没有写的必填")
    by: Text = Field(description="谁确认的，如 区司法局")
    on: Day = Field(description="哪一天确认的")
    source: Text = Field(description="对照什么确认的，如 省政府公报2025年第24期")


class LawFile(Shape):
    """plans/vocabularies/law-<区县>.yml：本区自己的文件和所在的市的文件，以及对程序附带的规定的确认。"""

    kind: Literal["law"]
    organ: Identifier | None = Field(default=None, description="区县编号；写了 confirmed 的必填")
    authorities: list[AuthorityShape] = Field(default_factory=list, description="制定机关")
    instruments: list[InstrumentShape] = Field(default_factory=list, description="各份文件")
    confirmed: list[ConfirmationShape] = Field(default_factory=list, description="本地确认的规定")

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.confirmed and not self.organ:
            raise PydanticCustomError("law_organ", "no district")
        return self
