"""Findings that an office knowingly leaves as they are; readers see the list and the reasons."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from gongkai.column.origin import Origin


class Waiver(Struct, frozen=True):
    """``ignore: {rule, reason, until}`` of the mapping at ``scope``; it covers everything below. None: no end."""

    rule: str
    reason: str
    until: date | None
    scope: Origin
    origin: Origin

    def covers(self, rule: str, place: Origin) -> bool:
        """True for findings of ``rule`` at ``place`` and below."""
        return (
            rule == self.rule
            and place.file == self.scope.file
            and place.path[: len(self.scope.path)] == self.scope.path
        )

    def lasts(self, day: date) -> bool:
        """True while the finding is left as it is."""
        return self.until is None or day <= self.until


class Ignored(Struct, frozen=True):
    """A finding that was left: what it says, why it stays, and until when."""

    rule: str
    message: str
    file: str
    reason: str
    until: date | None
