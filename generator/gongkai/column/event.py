"""Dated events: what calendars show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Event:
    """One all-day event, to ``last`` included where it has several days. ``stamp`` is the day of its document."""

    id: str
    day: date
    title: str
    description: str
    url: str
    stamp: date
    estimated: bool
    last: date | None = None
