"""The data dictionary: what every published field means, in Chinese. The data page and the JSON Schemas print it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, get_origin, get_type_hints

from gongkai.alternates.registers import ATTACHMENT, EXPLANATION
from gongkai.column.nested import CELL, DEADLINE, LINK, PLANNING, PROGRESS, UNIT_REF
from gongkai.kinds import registry

_SAME: Mapping[str, str] = {
    "id": "编号，长期不变",
    "url": "网页地址，相对于本专栏首页",
    "title": "标题，照原文",
    "text": "正文，照原文",
    "year": "年度",
    "organ": "区县的编号",
    "themes": "主题的编号",
    "related": "相关事项的编号",
    "editor_note": "编者注：原文有误或需要说明的地方",
    "document": "所随公文的编号",
    "doc_number": "发文字号",
    "index_number": "索引号",
    "openness": "公开属性",
    "validity": "有效性",
    "date_signed": "成文日期",
    "date_printed": "印发日期",
    "date_published": "在网站公开的日期",
    "date_abolished": "废止或失效日期",
    "units_text": "责任单位一栏，照原文",
    "number": "序号：印刷的序号；没有印的按顺序",
    "name": "名称",
}
"""Fields that mean the same in every table."""

NESTED = (
    ("units", "责任单位和承办单位（units、organizers）", UNIT_REF.row),
    ("deadline", "完成时限（deadline）", DEADLINE.row),
    ("progress", "落实情况（progress）", PROGRESS.row),
    ("cells", "没有自己字段的各栏（cells）", CELL.row),
    ("evidence", "公开材料（evidence）", LINK.row),
    ("interpretations", "在别处的解读（interpretations）", EXPLANATION.row),
    ("attachments", "附件（attachments）", ATTACHMENT.row),
    ("planning", "规划体系（planning）", PLANNING.row),
    *(nested for table in registry.TABLES.values() for nested in table.nested),
)
"""The values that stand inside rows: anchor, Chinese label, published type; those of several kinds first."""


@cache
def _hints(row_type: type) -> dict[str, Any]:
    return get_type_hints(row_type, include_extras=True)


def meaning(row_type: type, field: str) -> str:
    """What a field of a published type means.

    Raises:
        KeyError: when nobody wrote it down; a test asks for every field.
    """
    beside = _hints(row_type)[field]
    return str(beside.__metadata__[0]) if get_origin(beside) is Annotated else _SAME[field]


def meanings(row_type: type) -> list[tuple[str, str]]:
    """Every field of a published type with its meaning, in the published order."""
    return [(field, meaning(row_type, field)) for field in _hints(row_type)]


def parts() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The values that stand inside rows: name, Chinese label and fields."""
    return [(f"in-{name}", label, meanings(row_type)) for name, label, row_type in NESTED]
