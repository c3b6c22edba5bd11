"""Deadlines (完成时限): the printed words and a normal form."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct


class DeadlineKind(StrEnum):
    """Normal forms of a printed deadline."""

    DATE = "date"  # 2022年9月底前
    RELATIVE = "relative"  # 本文件印发后30日内
    ONGOING = "ongoing"  # 全年、长期坚持: nothing to be late for, goes on
    YEAR = "year"  # 全年: within the plan year
    DATE_ONGOING = "date+ongoing"  # 2022年9月底前完成，长期坚持
    UNKNOWN = "unknown"  # printed, but not understood


class Deadline(Struct, frozen=True):
    """A deadline: ``text`` as printed, ``due`` the last day it can be met (None when it has no such day).

    ``inherited`` is True where the cell is blank and the merged cell above gives the text.
    """

    text: str
    kind: DeadlineKind
    due: date | None
    inherited: bool = False


def quarter(day: date) -> tuple[int, int]:
    """The year and the quarter (1 to 4) of a day."""
    return day.year, (day.month + 2) // 3
