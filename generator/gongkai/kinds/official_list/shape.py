"""What editors write of an official list."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from gongkai.column.shapes.base import Cells, Corrected, Day, IgnoreShape, OldIds, RecordId, Shape, Text
from gongkai.column.shapes.documents import AnnexedShape
from gongkai.kinds.official_list.model import ListMeaning


class ListColumnShape(Shape):
    """清单的一栏，写明它是什么；从表头看得出来的只写表头文字就行。"""

    head: Text = Field(description="表头，照原文")
    meaning: ListMeaning = Field(
        description="这一栏是什么：序号、名称、金额、文字；名称栏说明这一行是什么，一份清单一个"
    )
    unit: Text | None = Field(default=None, description="金额的单位，照原文，如 万元、元/件")


class ListRowShape(Shape):
    """清单的一行。"""

    number: Annotated[int, Field(ge=1)] = Field(description="序号，是这一行的网址；没有印序号的按顺序填")
    name: Text = Field(description="名称栏，照原文")
    group: Text | None = Field(default=None, description="从这一行开始的小标题，照原文，如 一、教育；接着上一组的不写")
    cells: Cells
    editor_note: Text | None = Field(default=None, description="编者注")
    moved_from: OldIds
    corrected: Corrected
    ignore: list[IgnoreShape] = Field(default_factory=list, description="有意保留的问题")


class PersonsShape(Shape):
    """有文件规定在网上公示的名单：只在单独的网页上，期满撤下；不进搜索、数据、表格文件、订阅和离线包。"""

    ordered_by: Text = Field(description="规定在网上公示的文件，写全名和文号")
    clause: Text = Field(description="第几条，照原文，如 第八条第二款")
    last_day: Day = Field(description="公示到哪一天为止")


class OfficialListFile(AnnexedShape):
    """一份清单：按规定公开的一张表。"""

    kind: Literal["official_list"]
    columns: list[ListColumnShape | Text] = Field(
        min_length=1,
        description="表头，照原文从左到右；看不出是什么的写成 {head: 收费标准, meaning: 金额, unit: 元/件}",
    )
    rows: list[ListRowShape] = Field(min_length=1)
    persons: PersonsShape | None = Field(
        default=None, description="这是公示的名单：写明哪份文件规定在网上公示、公示到哪天；没有文件规定的，名单不能公开"
    )
    earlier: RecordId | None = Field(default=None, description="它接替的上一版清单的编号，逐行比较给读者看")
