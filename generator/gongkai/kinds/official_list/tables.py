"""Lists as data: one row a list with its columns, one row a row."""

from __future__ import annotations

from gongkai.column import ids
from gongkai.column.fields import (
    DOC_NUMBER,
    DOCUMENT_ID,
    EDITOR_NOTE,
    FILE_ID,
    FILE_THEMES,
    ORGAN,
    RELATED,
    TITLE,
    YEAR,
    Nested,
    field,
    table,
)
from gongkai.column.nested import CELLS
from gongkai.kinds.official_list.model import ListRow, OfficialList
from gongkai.kinds.official_list.parts import LIST_ROW

COLUMN = Nested.of(
    "ListColumnRow",
    field("head", str, "表头，照原文"),
    field("meaning", str, "这一栏是什么：序号，名称，金额，文字"),
    field("unit", str | None, "金额的单位；没有写明的为空"),
)
PERSONS = Nested.of(
    "PersonsRow",
    field("ordered_by", str, "规定在网上公示的文件"),
    field("clause", str, "第几条，照原文"),
    field("last_day", str, "公示到哪一天为止"),
)
LISTS_TABLE = table(
    "lists",
    "清单",
    (
        FILE_ID,
        TITLE,
        DOCUMENT_ID,
        DOC_NUMBER,
        ORGAN,
        YEAR,
        COLUMN.list_field("columns", "各栏，从左到右"),
        field("earlier", str | None, "它接替的上一版清单的编号"),
        PERSONS.field("persons", "公示名单的依据和期限；名单本身不在数据里，不是名单的为空"),
        RELATED,
        FILE_THEMES,
        EDITOR_NOTE,
        field("url", str, None, lambda place: place.file.url),
    ),
    nested=(
        ("list-columns", "清单的各栏（columns）", COLUMN.row),
        ("list-persons", "公示名单的依据和期限（persons）", PERSONS.row),
    ),
)


def _rows(listed: OfficialList) -> tuple[ListRow, ...]:
    return listed.rows


LIST_ROWS_TABLE = table(
    "list-rows",
    "清单的行",
    (
        field("id", str, None, lambda place: ids.item(place.file.id, place.thing.number)),
        field("list", str, "所属清单的编号", lambda place: place.file.id),
        field("number", int, "序号"),
        field("name", str, "名称栏，照原文"),
        field("group", str | None, "所在的小标题"),
        CELLS,
        EDITOR_NOTE,
        field("url", str, None, lambda place: place.file.url_of(place.thing.number)),
    ),
    _rows,
    record=LIST_ROW,
)
