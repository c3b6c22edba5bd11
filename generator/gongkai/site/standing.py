"""How a district stands: its newest annual plan, what became of its tasks, and which year's plan is not there yet."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from msgspec import Struct

from gongkai.column.questions import question
from gongkai.column.site_data import DocumentHead, SiteData
from gongkai.kinds.plan.parts import PLAN


class Standing(Struct, frozen=True):
    """The newest plan of a district; ``missing`` is the year of the day, where its plan is not here yet."""

    newest: DocumentHead
    missing: int | None


class NewestPlan(NamedTuple):
    """Id and year of a district's newest plan; ``missing`` is the year of the day, where its plan is not here yet."""

    id: str
    year: int
    missing: int | None


@question
def newest_plan(column: SiteData, organ: str) -> NewestPlan | None:
    """A district's newest plan; None where it has no plan at all."""
    plans = column.index.series.get((PLAN, organ), ())
    if not plans:
        return None
    newest = plans[-1]
    missing = newest.year
    while column.as_of >= date(missing + 1, 1, 1):
        missing += 1
    return NewestPlan(newest.id, newest.year, missing if missing > newest.year else None)


def standing(column: SiteData, organ: str) -> Standing | None:
    """How a district stands; None where it has no plan at all."""
    found = newest_plan(column, organ)
    if found is None:
        return None
    return Standing(column.index.heads[found.id], found.missing)
