"""Dated events: what calendars show."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class Event(Struct, frozen=True):
    """One all-day event, to ``last`` included where it has several days. ``stamp`` is the day of its document."""

    id: str
    day: date
    title: str
    description: str
    url: str
    stamp: date
    estimated: bool
    last: date | None = None
