"""Plans, their headings and their tasks in the open data, and the last days of tasks in calendars."""

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
    Field,
    Nested,
    Place,
    document_field,
    field,
    lasting,
    table,
)
from gongkai.column.nested import CELLS, DEADLINE, PROGRESS, STATUS, UNIT_REF, notes
from gongkai.kinds.plan.columns import TableColumn
from gongkai.kinds.plan.model import Plan
from gongkai.kinds.plan.parts import SECTION, TASK
from gongkai.text.table_heads import MEANINGS

COLUMN = Nested.of(
    "ColumnRow",
    field("head", str, "表头，照原文"),
    field("meaning", str, f"这一栏是什么：{MEANINGS}"),
)


def _printed_columns(plan: Plan) -> list[TableColumn]:
    return [column for column in plan.table.columns if column.printed] if plan.table else []


def _organ_name(place: Place) -> str:
    """The full name that the district had when the plan was signed."""
    plan: Plan = place.file
    return place.column.organs[plan.organ].as_on(plan.document.date_signed).name


_OF_PLAN = field("plan", str, "所属工作要点的编号", lambda place: place.file.id)

PLANS_TABLE = table(
    "plans",
    "工作要点",
    (
        FILE_ID,
        TITLE,
        DOC_NUMBER,
        document_field("index_number", str | None),
        ORGAN,
        field("organ_name", str, "区县政府全称", _organ_name),
        field("issuer", str, "发布机构名称", lambda place: place.file.document.issuer_name),
        YEAR,
        *(document_field(day, str | None) for day in ("date_signed", "date_printed", "date_published")),
        document_field("openness", str),
        field("validity", str | None, None, lambda place: place.file.document.validity_on(place.column.as_of)),
        field("preamble", list[str], "总体要求，一段一条，照原文"),
        field(
            "table_title",
            str | None,
            "任务分解表的表题；没有表的为空",
            lambda place: place.file.table.title if place.file.table else None,
        ),
        field(
            "table_columns",
            list[str],
            "任务分解表的表头，照原文从左到右",
            lambda place: place.file.table.heads if place.file.table else (),
        ),
        field(
            "columns",
            list[COLUMN.row],  # type: ignore[name-defined]
            "任务分解表的各栏是什么，从左到右",
            lambda place: COLUMN.each(_printed_columns(place.file)),
        ),
        RELATED,
        DOCUMENT_ID,
        FILE_THEMES,
        field(
            "editor_note",
            str | None,
            None,
            lambda place: notes(place.file.editor_note, place.file.document.editor_note),
        ),
        field("url", str, None, lambda place: urls.plan(place.file.id)),
    ),
    nested=(("columns", "任务分解表的各栏（columns）", COLUMN.row),),
)
SECTIONS_TABLE = table(
    "sections",
    "要点章节",
    (
        field("id", str, None, lambda place: ids.section(place.file.id, place.thing.key)),
        _OF_PLAN,
        field("key", str, "在要点中的位置，如 1-2 表示一（二）"),
        field("number", str, "印刷序号，如 一 或（一）"),
        field("level", int, "标题级别，1 为一、，2 为（一）"),
        field(
            "parent",
            str | None,
            "上级标题的编号",
            lambda place: ids.section(place.file.id, place.thing.parent) if place.thing.parent else None,
        ),
        TITLE,
        field("text", str),
        field("units_text", str | None, "责任单位：条款末尾〔责任单位：…〕中的单位，照原文"),
        RELATED,
        THEMES,
        EDITOR_NOTE,
        field("url", str, None, lambda place: urls.section(place.file.id, place.thing.key)),
    ),
    lambda plan: plan.sections,
    record=SECTION,
)
REPORTED = Nested.of(
    "ReportedRow",
    field("unit", str | None, "单位的编号；合计的数为空", lambda place: place.thing.by),
    field("number", int, "到那一天累计多少"),
    field("date", str, "情况截至的日期", lambda place: place.thing.day),
)
TARGET = Nested.of(
    "TargetRow",
    field("what", str, "做什么，原文里的字", lambda place: place.thing.target.what),
    field("number", int, "数量", lambda place: place.thing.target.number),
    field("most", int | None, "原文写了范围的，最多多少", lambda place: place.thing.target.most),
    field("unit", str, "计量单位", lambda place: place.thing.target.unit),
    field("scope", str, "谁要达到：每个单位，合计", lambda place: place.thing.target.scope),
    REPORTED.list_field("reported", "各单位最近一次公布的数"),
)
COUNT = Nested.of(
    "CountRow",
    field("what", str, "哪一个数量"),
    field("unit", str | None, "单位的编号；合计的数为空", lambda place: place.thing.by),
    field("number", int, "到这一天累计多少"),
)
COUNTED_PROGRESS = Nested.of("CountedRow", *PROGRESS.fields, COUNT.list_field("counts", "到这一天累计完成的数量"))
_TASK_FIELDS: tuple[Field, ...] = (
    field("id", str, None, lambda place: ids.task(place.file.id, place.thing.number)),
    _OF_PLAN,
    field("number", int),
    field("number_printed", bool, "序号是否印在原文中"),
    field(
        "section",
        str | None,
        "对应要点正文标题的编号",
        lambda place: ids.section(place.file.id, place.thing.section) if place.thing.section else None,
    ),
    field("area", str | None, "工作任务第一级；合并单元格沿用上一行"),
    field("topic", str | None, "工作任务第二级；合并单元格沿用上一行"),
    field("text", str, "具体要求，照原文"),
    field("units_text", str, "责任单位一栏，照原文；合并单元格为空"),
    UNIT_REF.list_field("units", "识别出的责任单位", "assignments"),
    DEADLINE.field("deadline", "完成时限；原文没有的为空"),
    CELLS,
    RELATED,
    THEMES,
    STATUS,
    TARGET.list_field("targets", "原文规定的数量，和到数据截至之日公布的数；没有规定的为空", "measured"),
    lasting(COUNTED_PROGRESS.list_field("progress", "落实情况，按日期先后")),
    field("continues", str | None, "延续的是哪一项（较早年度的编号）"),
    EDITOR_NOTE,
    field("url", str, None, lambda place: urls.task(place.file.id, place.thing.number)),
)
TASKS_TABLE = table(
    "tasks",
    "任务",
    _TASK_FIELDS,
    lambda plan: plan.tasks,
    record=TASK,
    events=deadline_events,
    nested=(
        ("targets", "原文规定的数量（targets）", TARGET.row),
        ("reported", "各单位公布的数（targets 里的 reported）", REPORTED.row),
        ("task-progress", "任务的落实情况（progress）", COUNTED_PROGRESS.row),
        ("counts", "落实情况里的数量（progress 里的 counts）", COUNT.row),
    ),
)
