"""The planning system (规划体系): where a plan such as 国土空间规划 or 专项规划 stands."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class PlanCategory(StrEnum):
    """The kinds of the planning system (规划体系)."""

    OUTLINE = "规划纲要"
    SPATIAL = "国土空间规划"
    SPECIAL = "专项规划"
    REGIONAL = "区域规划"


class Planning(Struct, frozen=True):
    """Where a planning document stands: category (None where no source says), level, years, parent and decision."""

    category: PlanCategory | None
    level: str
    period: tuple[int, int] | None
    parent: str | None
    decision: str | None
