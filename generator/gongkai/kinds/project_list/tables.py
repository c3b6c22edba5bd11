"""Lists of key projects and their projects in the open data."""

from __future__ import annotations

from gongkai.column import ids, urls
from gongkai.column.deadline_events import deadline_events
from gongkai.column.fields import (
    DOC_NUMBER,
    DOCUMENT_ID,
    EDITOR_NOTE,
    FILE_ID,
    FILE_THEMES,
    ORGAN,
    RELATED,
    THEMES,
    TITLE,
    YEAR,
    Nested,
    Place,
    field,
    table,
)
from gongkai.column.nested import CELL, CELLS, DEADLINE, PROGRESS_FIELD, STATUS, UNIT_REF
from gongkai.kinds.project_list.parts import PROJECT

CATEGORY = Nested.of(
    "CategoryRef",
    field("key", str, "分类的位置，如 1-2"),
    field("number", str, "印刷序号"),
    field("title", str, "分类名称，照原文"),
    field("level", int, "级别"),
    field("parent", str | None, "上级分类的位置"),
    field("announced", int | None, "标题中宣布的个数"),
    CELL.list_field("totals", "印在分类旁的小计，按表头"),
)

PROJECT_LISTS_TABLE = table(
    "project-lists",
    "项目清单",
    (
        FILE_ID,
        TITLE,
        field("subtitle", str | None, "标题下的个数一行，照原文"),
        field("announced", int | None, "宣布的项目总数"),
        CELL.list_field("totals", "表中印的合计，按表头"),
        DOCUMENT_ID,
        DOC_NUMBER,
        ORGAN,
        YEAR,
        CATEGORY.list_field("categories", "各级分类"),
        RELATED,
        FILE_THEMES,
        EDITOR_NOTE,
        field("url", str, None, lambda place: urls.project_list(place.file.id)),
    ),
    nested=(("categories", "项目分类（categories）", CATEGORY.row),),
)


def _headings(place: Place) -> list[str]:
    by_key = {category.key: category for category in place.file.categories}
    own = by_key[place.thing.category]
    return [category.title for category in (by_key.get(own.parent or ""), own) if category]


PROJECTS_TABLE = table(
    "projects",
    "重点项目",
    (
        field("id", str, None, lambda place: ids.item(place.file.id, place.thing.number)),
        field("list", str, "所属项目清单的编号", lambda place: place.file.id),
        field("number", int),
        field("title", str, "项目名称，照原文"),
        field("category", list[str], "所在的各级分类名称", _headings),
        field("tags", list[str], "名称后括号里的级别或来源"),
        CELLS,
        field("units_text", str, "各栏责任单位，照原文；没有的为空"),
        UNIT_REF.list_field("units", "识别出的责任单位", "assignments"),
        DEADLINE.field("deadline", "完成时限；原文没有的为空"),
        YEAR,
        ORGAN,
        RELATED,
        THEMES,
        STATUS,
        PROGRESS_FIELD,
        field("continues", str | None, "延续的是哪一项（较早年度的编号）"),
        field("list_announced", int | None, "清单宣布的项目总数", lambda place: place.file.announced),
        field("list_printed", int, "清单实际列出的项目总数", lambda place: len(place.file.projects)),
        field("editor_note", str | None, None, lambda place: place.thing.editor_note or place.file.editor_note),
        field("url", str, None, lambda place: urls.project(place.file.id, place.thing.number)),
    ),
    lambda projects: projects.projects,
    record=PROJECT,
    events=deadline_events,
)
