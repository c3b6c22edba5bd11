"""Catalogues of what must be public in the open data, each item with its newest publication and whether it is late."""

from __future__ import annotations

from gongkai.column import ids, urls
from gongkai.column.coverage import Coverage
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
    Place,
    field,
    table,
)
from gongkai.column.nested import CELLS, UNIT_REF
from gongkai.kinds.catalogue.parts import CATALOGUE_ITEM

SPAN = Nested.of("SpanRow", field("number", int, "多少"), field("unit", str, "单位：日，工作日，月，年"))
PUBLICATION = Nested.of(
    "PublicationRow",
    TITLE,
    field("url", str, "网页地址：在本专栏的相对于首页，在别处的是完整网址"),
    field("date", str | None, "公开日期；不知道的为空", lambda place: place.thing.day),
)

FROM_REQUEST = Nested.of(
    "FromRequestRow",
    field("since", str, "从哪天起主动公开"),
    field("basis", str, "转为主动公开的依据或理由"),
)

CATALOGUES_TABLE = table(
    "catalogues",
    "主动公开事项目录",
    (
        FILE_ID,
        TITLE,
        DOCUMENT_ID,
        DOC_NUMBER,
        ORGAN,
        YEAR,
        RELATED,
        FILE_THEMES,
        EDITOR_NOTE,
        field("url", str, None, lambda place: urls.catalogue(place.file.id)),
    ),
)


def _coverage(place: Place) -> Coverage:
    return place.column.index.coverage[ids.item(place.file.id, place.thing.number)]


CATALOGUE_TABLE = table(
    "catalogue",
    "主动公开事项",
    (
        field("id", str, None, lambda place: ids.item(place.file.id, place.thing.number)),
        field("catalogue", str, "所属主动公开事项目录的编号", lambda place: place.file.id),
        field("number", int),
        field("area", str | None, "一级事项，照原文"),
        TITLE,
        field("content", str | None, "公开内容（要素），照原文"),
        field("basis", str | None, "公开依据，照原文"),
        field("deadline_text", str | None, "公开时限，照原文", lambda place: place.thing.deadline),
        SPAN.field("every", "最长间隔：定期公开的，最长隔多久应当有新的公开；没有规定的为空"),
        SPAN.field("within", "期限：形成或者变更之日起多久以内公开；没有规定的为空"),
        UNIT_REF.list_field("units", "公开主体"),
        field("units_text", str, "公开主体，照原文"),
        field("channels_text", str | None, "公开渠道和载体，照原文", lambda place: place.thing.channels),
        field("audience", str | None, "公开对象，照原文"),
        field("method", str | None, "公开方式，照原文"),
        field("level", str | None, "公开层级，照原文"),
        CELLS,
        FROM_REQUEST.field("from_request", "由依申请公开转为主动公开的，从哪天起、根据什么；不是的为空"),
        field("kinds", list[str], "本专栏哪些种类的文件属于这一项", lambda place: place.thing.place.kinds),
        field("records", list[str], "点名属于这一项的文件和事项的编号", lambda place: place.thing.place.records),
        field(
            "pages",
            list[PUBLICATION.row],  # type: ignore[name-defined]
            "在别处公开的网页",
            lambda place: PUBLICATION.each(place.thing.place.pages),
        ),
        field(
            "newest",
            PUBLICATION.row | None,
            "最近一次公开：截至 as_of；没有的为空",
            lambda place: PUBLICATION.one(_coverage(place).newest),
        ),
        field(
            "status",
            str,
            "公开状态：on_time 按时公开，late 超过目录时限，published 已经公开（没有规定间隔，或者日期不明，不判断），"
            "elsewhere 在别处公开（不判断），unknown 尚未公开",
            lambda place: _coverage(place).state,
        ),
        field(
            "due",
            str | None,
            "推算的最后一天：按 every 或 within；没有规定的为空",
            lambda place: due.day if (due := _coverage(place).due) else None,
        ),
        field(
            "due_estimated",
            bool | None,
            "最后一天是不是估算（那一年的节假日安排还没有公布）",
            lambda place: due.estimated if (due := _coverage(place).due) else None,
        ),
        ORGAN,
        YEAR,
        field("themes", list[str], None, lambda place: place.thing.place.themes),
        EDITOR_NOTE,
        field("url", str, None, lambda place: urls.catalogue_item(place.file.id, place.thing.number)),
    ),
    lambda catalogue: catalogue.items,
    record=CATALOGUE_ITEM,
    nested=(
        ("spans", "间隔和期限（every、within）", SPAN.row),
        ("from-request", "由依申请公开转为主动公开（from_request）", FROM_REQUEST.row),
        ("publications", "公开的地方（newest、pages）", PUBLICATION.row),
    ),
)
