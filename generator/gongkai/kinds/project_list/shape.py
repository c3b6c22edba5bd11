"""Key-project lists in their three printed levels."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from gongkai.column.shapes.base import Cells, Corrected, Identifier, IgnoreShape, OldIds, RecordId, Shape, Text, Totals
from gongkai.column.shapes.documents import AnnexedShape
from gongkai.column.shapes.progress import ProgressShape


class ProjectShape(Shape):
    """一个重点项目。"""

    number: Annotated[int, Field(ge=1)] = Field(description="印刷序号")
    title: Text = Field(description="项目名称，照原文，不含末尾括号里的标签")
    tags: list[Text] = Field(default_factory=list, description="名称后括号里的级别或来源，如 市级重点项目")
    cells: Cells
    themes: list[Identifier] = Field(default_factory=list, description="主题编号")
    related: list[RecordId] = Field(default_factory=list, description="相关事项的编号")
    editor_note: Text | None = Field(default=None, description="编者注")
    progress: list[ProgressShape] = Field(default_factory=list, description="落实情况，按日期先后，只添加不修改")
    continues: RecordId | None = Field(
        default=None, description="延续的是哪一项（上一年的编号），如 shili-2020-projects/3"
    )
    moved_from: OldIds
    corrected: Corrected
    ignore: list[IgnoreShape] = Field(default_factory=list, description="有意保留的问题")


class CategoryShape(Shape):
    """项目清单的一级或二级分类。"""

    number: Text = Field(description="印刷序号，如 一 或 （一）")
    title: Text = Field(description="分类名称，照原文，不含个数")
    announced: int | None = Field(default=None, ge=0, description="标题括号里宣布的个数")
    totals: Totals
    categories: list[CategoryShape] = Field(default_factory=list)
    projects: list[ProjectShape] = Field(default_factory=list)


class ProjectListFile(AnnexedShape):
    """一份重点项目清单。"""

    kind: Literal["project_list"]
    subtitle: Text | None = Field(default=None, description="标题下的个数一行，照原文，如 （60个项目）")
    announced: int | None = Field(default=None, ge=0, description="宣布的项目总数")
    totals: Totals
    categories: list[CategoryShape] = Field(min_length=1)
