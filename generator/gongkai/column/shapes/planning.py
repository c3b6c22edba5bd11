"""Where a plan of the planning system stands."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from gongkai.column.planning import PlanCategory
from gongkai.column.shapes.base import RecordId, Shape


class PlanningShape(Shape):
    """规划的要素，只填文件或来源写明的。"""

    category: PlanCategory | None = Field(
        default=None, description="规划种类：规划纲要、国土空间规划、专项规划、区域规划"
    )
    level: Literal["国家", "省", "市", "区县", "镇街"] = Field(default="区县", description="哪一级的规划")
    period: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{4}$")] | None = Field(
        default=None, description="规划期，如 2021-2025"
    )
    parent: RecordId | None = Field(default=None, description="上位规划的编号")
    decision: RecordId | None = Field(default=None, description="由哪一项决策制定，如 shili-2021-decisions/1")
