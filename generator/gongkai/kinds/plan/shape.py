"""Annual plans: the outline, the table, and what came of each task."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from gongkai.column.shapes.base import Cells, Corrected, Identifier, IgnoreShape, OldIds, RecordId, Shape, Text
from gongkai.column.shapes.documents import AnnexedShape
from gongkai.column.shapes.progress import CountedProgressShape, TargetShape
from gongkai.text.table_heads import MEANINGS, Meaning


class SectionShape(Shape):
    """要点正文的一节。"""

    number: Text = Field(description="印刷序号，如 一 或 （一）")
    title: Text = Field(description="标题，照原文，不含序号和句号")
    text: Text | None = Field(default=None, description="标题后的正文，照原文；多段用空行分开")
    units: Text | None = Field(default=None, description="责任单位：条款末尾〔责任单位：…〕方括号内的，照原文")
    themes: list[Identifier] = Field(default_factory=list, description="主题编号")
    related: list[RecordId] = Field(default_factory=list, description="相关事项的编号")
    editor_note: Text | None = Field(default=None, description="编者注")
    targets: list[TargetShape] = Field(
        default_factory=list, description="原文规定的数量，如 培训不少于1次；没有规定的不写"
    )
    progress: list[CountedProgressShape] = Field(default_factory=list, description="落实情况，按日期先后，只添加不修改")
    continues: RecordId | None = Field(
        default=None, description="延续的是哪一项（上一年的编号），如 shili-2021/tasks/3"
    )
    moved_from: OldIds
    corrected: Corrected
    ignore: list[IgnoreShape] = Field(default_factory=list, description="有意保留的问题")
    sections: list[SectionShape] = Field(default_factory=list, description="下级标题（一）（二）……")


class TaskShape(Shape):
    """任务分解表的一行。"""

    number: Annotated[int, Field(ge=1)] = Field(description="序号；表中没有印序号时按顺序填")
    area: Text | None = Field(default=None, description="工作任务第一级；与上一行合并时不写，未印时写 null")
    topic: Text | None = Field(default=None, description="工作任务第二级；与上一行合并时不写，未印时写 null")
    text: Text = Field(description="具体要求，照原文")
    units: Text | None = Field(default=None, description="责任单位，照原文；与上一行合并（空白）时不写")
    deadline: Text | None = Field(default=None, description="完成时限，照原文；与上一行合并（空白）时不写")
    cells: Cells
    section: Annotated[str, StringConstraints(pattern=r"^\d+(-\d+)?$")] | None = Field(
        default=None, description="对应要点正文的哪一节，如 1-2 表示 一（二）"
    )
    themes: list[Identifier] = Field(default_factory=list, description="主题编号")
    related: list[RecordId] = Field(default_factory=list, description="相关事项的编号")
    editor_note: Text | None = Field(default=None, description="编者注")
    targets: list[TargetShape] = Field(
        default_factory=list, description="原文规定的数量，如 培训不少于1次；没有规定的不写"
    )
    progress: list[CountedProgressShape] = Field(default_factory=list, description="落实情况，按日期先后，只添加不修改")
    continues: RecordId | None = Field(
        default=None, description="延续的是哪一项（上一年的编号），如 shili-2021/tasks/3"
    )
    moved_from: OldIds
    corrected: Corrected
    ignore: list[IgnoreShape] = Field(default_factory=list, description="有意保留的问题")


class ColumnShape(Shape):
    """任务分解表的一栏，写明它是什么；从表头看得出来的只写表头文字就行。"""

    head: Text = Field(description="表头，照原文")
    meaning: Meaning = Field(description=f"这一栏是什么：{MEANINGS}")
    width: Annotated[int, Field(ge=4, le=120)] | None = Field(default=None, description="表格文件中的列宽；一般不写")


class TaskTableShape(Shape):
    """任务分解表。"""

    title: Text = Field(description="表题，照原文")
    columns: list[ColumnShape | Text] = Field(
        min_length=2,
        description="表头，照原文从左到右；看不出是什么的写成 {head: 工作举措, meaning: text}",
    )
    number_printed: bool = Field(default=True, description="表中是否印有序号")
    rows: list[TaskShape] = Field(min_length=1)


class PlanFile(AnnexedShape):
    """一份年度工作要点。"""

    kind: Literal["plan"]
    preamble: list[Text] = Field(default_factory=list, description="总体要求，一段一条，照原文")
    sections: list[SectionShape] = Field(min_length=1)
    task_table: TaskTableShape | None = Field(default=None, description="附件任务分解表；没有就不写")
