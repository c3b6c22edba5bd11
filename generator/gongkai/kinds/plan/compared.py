"""Which plans of a district stand side by side on a page."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.column.site_data import RecordRef, SiteData
from gongkai.kinds.plan.parts import PLAN

_YEARS = 5
"""Plans further apart than this have no page together."""


def compared_with(column: SiteData, organ: str) -> Iterator[tuple[RecordRef, RecordRef]]:
    """The pairs of a district's plans, later first, that have a page: each with those of the five years before it.

    Of several plans of a year it is the first. So a pair stays one, whatever plans are added later.
    """
    series = column.index.series.get((PLAN, organ), ())
    firsts: dict[int, RecordRef] = {}
    for entry in series:
        firsts.setdefault(entry.year, entry)
    for year, later in firsts.items():
        yield from ((later, firsts[before]) for before in range(year - 1, year - _YEARS - 1, -1) if before in firsts)
