"""The rules as readers and editors see them: what is promised, why, and what right and wrong look like."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleText:
    """One rule in words. ``severity`` and ``demo`` are Chinese labels; ``place`` says where the examples stand.

    Rules on the built site have no examples to write and nothing to waive.

    What stops reading or linking is not ``waivable``: without it there is nothing to publish.
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
