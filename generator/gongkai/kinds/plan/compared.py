"""Which plans of a district stand side by side on a page."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.column.site_data import RecordRef, SiteData
from gongkai.kinds.plan.parts import PLAN


def compared_with(column: SiteData, organ: str) -> Iterator[tuple[RecordRef, RecordRef]]:
    """The pairs of a district's plans, later first, that have a page: neighbours, and the newest with each."""
    series = column.index.series.get((PLAN, organ), ())
    for at, later in enumerate(series):
        others = series[:at] if at == len(series) - 1 else series[max(at - 1, 0) : at]
        yield from ((later, earlier) for earlier in reversed(others))
