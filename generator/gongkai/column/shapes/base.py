"""What all authored shapes share: plain scalars, links, and the record of a finding that is knowingly left."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from gongkai.text.dates import FIRST_YEAR, LAST_YEAR
from gongkai.text.patterns import whole

IDENTIFIER = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
_DATE = whole(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_ID = whole(IDENTIFIER)


def is_identifier(text: str) -> bool:
    """Whether a text can be an id."""
    return _ID.fullmatch(text) is not None


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
Identifier = Annotated[str, StringConstraints(pattern=IDENTIFIER, max_length=80)]
RecordId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9/-]+$", max_length=200)]
Text = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
"""Words: a full-width blank alone is none."""
Cells = Annotated[
    dict[Text, Text],
    Field(default_factory=dict, description="没有自己字段的各栏，按表头写，如 备注: 已列入民生实事；空白的不写"),
]
Totals = Annotated[
    dict[Text, Text],
    Field(default_factory=dict, description="原表印的小计、合计，按表头写，如 总投资（万元）: 16300；没有印的不写"),
]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]


class Shape(BaseModel):
    """Base of all authored shapes: unknown keys are errors, text is never trimmed or converted."""

    # A validator is built when a file of its kind is read: a build in which little changed reads few.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True, hide_input_in_errors=True)


class LinkShape(Shape):
    """一个链接。"""

    title: Text = Field(description="链接文字，说明点开是什么")
    url: Text = Field(description="网址，以 http:// 或 https:// 开头")


class CorrectedShape(Shape):
    """一次更正：已经公开的内容后来改了；读者看到是哪一天、改了什么、为什么。"""

    date: Day = Field(description="哪一天改的 YYYY-MM-DD")
    field: Text = Field(description="改了哪个字段，写字段名，如 progress、deadline、stages.result")
    reason: Text = Field(description="为什么改，写给读者看，如 数字误植")


Corrected = Annotated[
    list[CorrectedShape],
    Field(default_factory=list, description="更正：已经公开的内容改了的，每次写一条，只添加不修改"),
]
OldIds = Annotated[
    list[RecordId],
    Field(default_factory=list, description="曾用编号：改了序号的写原来的，如 shili-2021/tasks/3，旧网址自动转来"),
]


class IgnoreShape(Shape):
    """有意保留的一处问题：会列在公开的“数据说明”页。"""

    rule: Annotated[str, StringConstraints(pattern=r"^[A-Z]+-\d{2}$")] = Field(description="规则编号，如 DEC-06")
    reason: Text = Field(description="为什么保留，写给读者看")
    until: Day | None = Field(default=None, description="保留到哪一天，过后重新提示；一直保留就不填")
