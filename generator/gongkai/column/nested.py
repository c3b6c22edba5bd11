"""Values inside rows of the open data that several kinds share."""

from __future__ import annotations

from gongkai.column.fields import Nested, Place, field, lasting
from gongkai.column.progress import TaskStatus

UNIT_REF = Nested.of(
    "UnitRef",
    field("id", str, "单位的编号", lambda place: place.thing.unit),
    field("name", str, "单位在名录中的名称", lambda place: place.column.units[place.thing.unit].name),
    field("printed", str, "原文中的写法"),
    field("role", str, "职责：lead 牵头，support 配合，responsible 责任"),
    field("via", str, "依据：named 文件点名，group 集体称谓，inherited 沿用上一行"),
    field("open", bool, "原文是否写“等”，即还有其他单位"),
    field("detail", str | None, "名称后括号里的内容"),
)
DEADLINE = Nested.of(
    "DeadlineRow",
    field("text", str, "完成时限，照原文"),
    field(
        "kind",
        str,
        "类别：date 日期，year 当年，ongoing 长期，date+ongoing 到期后长期坚持，relative 印发后若干日，unknown 未识别",
    ),
    field("due", str | None, "最晚日期；没有的为空"),
    field("inherited", bool, "是否沿用上一行（合并单元格）"),
)
CELL = Nested.of(
    "CellRow",
    field("head", str, "表头，照原文"),
    field("text", str, "这一格的内容，照原文"),
    field("inherited", bool, "是否沿用上一行（合并单元格）"),
)
CELLS = CELL.list_field("cells", "没有自己字段的各栏，如备注，按表头")
LINK = Nested.of("LinkRow", field("title", str, "材料名称"), field("url", str, "网址"))
PROGRESS = Nested.of(
    "ProgressRow",
    field("date", str, "情况截至的日期"),
    field("status", str, "情况：推进中，完成，完成并长期坚持，停止并说明"),
    field("text", str, "做了什么、结果怎样"),
    LINK.list_field("evidence", "可以查证的公开材料"),
)
PLANNING = Nested.of(
    "PlanningRow",
    field("category", str | None, "类别：规划纲要，国土空间规划，专项规划，区域规划；来源没有写明的为空"),
    field("level", str, "级别"),
    field(
        "period",
        str | None,
        "规划期，如 2021-2025",
        lambda place: "-".join(map(str, place.thing.period)) if place.thing.period else None,
    ),
    field("parent", str | None, "上位规划的编号"),
    field("decision", str | None, "制定它的决策的编号"),
)


def _status(place: Place) -> str | None:
    """Null while nothing is published."""
    status: TaskStatus = place.thing.status
    return None if status is TaskStatus.UNKNOWN else status.value


STATUS = field(
    "status",
    str | None,
    "落实状态：not_due 未到期，underway 推进中，done 完成，sustained 完成并长期坚持，"
    "overdue 过了原定日期，没有报告完成，stopped 停止并说明；没有公布的为空",
    _status,
)
PROGRESS_FIELD = lasting(PROGRESS.list_field("progress", "落实情况，按日期先后"))


def notes(*found: str | None) -> str | None:
    """Several editor's notes as one, a line each."""
    return "\n".join(note for note in found if note) or None
