"""What a printed cell says a unit has to do with a task."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a cell asks of a unit."""

    LEAD = "lead"  # 牵头
    SUPPORT = "support"  # 配合
    RESPONSIBLE = "responsible"  # 责任 (no role printed)


ROLE_LABELS = {Role.LEAD: "牵头", Role.SUPPORT: "配合", Role.RESPONSIBLE: "责任"}
