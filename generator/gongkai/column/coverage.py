"""The catalogue of what must be public (主动公开事项目录): items as printed, and what was published of each.

Regulations on Open Government Information (国务院令第711号) art. 20, 21 list what must be public; a catalogue says it
item by item, with its own time for each. Only that time is judged here: where an item sets none, nothing is ever late.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Protocol

from msgspec import Struct

from gongkai.text.periods import Span
from gongkai.text.workdays import DueDay, WorkCalendar


class Publication(Struct, frozen=True):
    """Something that was published. ``url`` is relative to the site's root, or full where it lies ``outside``.

    ``day`` is None where no source tells it; ``made`` is the day it was signed or changed.
    """

    title: str
    url: str
    day: date | None
    made: date | None = None
    outside: bool = False


class Place(Struct, frozen=True):
    """Where an item is published: kinds of this column's files, narrowed by themes; named records; pages elsewhere."""

    kinds: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    pages: tuple[Publication, ...] = ()

    @property
    def known(self) -> bool:
        """True when the editor wrote any."""
        return bool(self.kinds or self.themes or self.records or self.pages)


class CatalogueState(StrEnum):
    """What a reader is told of an item on a day; the values are part of the open data."""

    ON_TIME = "on_time"
    LATE = "late"
    PUBLISHED = "published"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"


CATALOGUE_LABELS = {
    CatalogueState.ON_TIME: "按时公开",
    CatalogueState.LATE: "超过目录时限",
    CatalogueState.PUBLISHED: "已经公开",
    CatalogueState.ELSEWHERE: "在别处公开",
    CatalogueState.UNKNOWN: "尚未公开",
}


class Coverage(Struct, frozen=True):
    """What became of an item until a day: the newest publication, its state, and the last day that a time sets."""

    state: CatalogueState
    newest: Publication | None
    due: DueDay | None = None


class Demand(Protocol):
    """As much of an item of a catalogue as is judged: its own times."""

    @property
    def every(self) -> Span | None: ...  # noqa: D102
    @property
    def within(self) -> Span | None: ...  # noqa: D102


class _Limit(NamedTuple):
    due: DueDay
    reached: date  # the day that must not be later


def coverage(
    item: Demand, published: Sequence[Publication], since: date | None, day: date, calendar: WorkCalendar
) -> Coverage:
    """What became of an item until ``day``; nothing is late where something was published on a day that is unknown.

    Args:
        item: the item, with its own times.
        published: everything that belongs to it, pages elsewhere included; what is dated later than ``day`` is not yet.
        since: the day of the catalogue; None when unknown.
        day: the day that readers are told the column reflects.
        calendar: for working days.
    """
    known = [each for each in published if each.day is None or each.day <= day]
    undated = any(each.day is None for each in known)
    newest = max(known, key=age, default=None)
    limits = list(_limits(item, newest, since, day, calendar))
    late = next((limit.due for limit in limits if limit.reached > limit.due.day), None)
    if newest is None:
        state = CatalogueState.LATE if late else CatalogueState.UNKNOWN
        return Coverage(state, None, late or next((limit.due for limit in limits), None))
    if late and not undated:
        return Coverage(CatalogueState.LATE, newest, late)
    if limits and not late:
        return Coverage(CatalogueState.ON_TIME, newest, limits[0].due)
    return Coverage(CatalogueState.ELSEWHERE if newest.outside else CatalogueState.PUBLISHED, newest)


def age(publication: Publication) -> tuple[date, str]:
    """By the first day on which it can have been published, then by address."""
    return publication.day or publication.made or date.min, publication.url


def _limits(
    item: Demand, newest: Publication | None, since: date | None, day: date, calendar: WorkCalendar
) -> Iterator[_Limit]:
    """The last days that the item's times set, with what is held against each; none where a day is not known."""
    start = newest.day if newest else since
    if item.every and start:
        yield _Limit(item.every.after(start, calendar), day)
    if item.within and newest and newest.day and newest.made:
        yield _Limit(item.within.after(newest.made, calendar), newest.day)
