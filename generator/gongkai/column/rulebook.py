"""The rules as readers and editors see them: what is promised, why, and what right and wrong look like."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class RuleText(Struct, frozen=True):
    """One rule in words. ``severity`` and ``demo`` are Chinese labels; ``place`` says where the examples stand.

    Rules on the built site have no examples to write and nothing to waive.

    What stops reading or linking is not ``waivable``: without it there is nothing to publish. ``duties`` are what texts
    of law ask for; each has a page.
    """

    id: str
    topic: str
    promise: str
    citation: str
    severity: str
    demo: str
    place: str = ""
    good: str = ""
    bad: str = ""
    fixable: bool = False
    waivable: bool = False
    duties: tuple[str, ...] = ()


class Retired(Struct, frozen=True):
    """A rule that is no more: its old promise, since when, why, and the id that is asked for instead, if any."""

    promise: str
    since: date
    reason: str
    successor: str | None = None
