"""A finding is a value: what is wrong, where, why, and what to write instead. Reporters only print it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    """How bad a finding is; only errors stop a build."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class Finding(Struct, frozen=True):
    """One finding. ``line`` and ``column`` are 1-based; ``citation`` names the law or notice behind the rule.

    ``path`` are the keys and 0-based indexes that lead to the node at this place, empty for the file as a whole or
    where it cannot be known; ``fields`` names the fields that the finding is about, also those that are missing there.
    ``instead`` is the whole line as it should stand, where there is no doubt about it: ``gongkai fix`` writes it.
    """

    code: str
    severity: Severity
    file: str
    line: int
    column: int
    message: str
    hint: str | None = None
    fixable: bool = False
    citation: str | None = None
    path: tuple[str | int, ...] = ()
    fields: tuple[str, ...] = ()
    instead: str | None = None

    @property
    def sort_key(self) -> tuple[str, int, int, int, str, str]:
        """File, line, column, then severity and code: the same order every time."""
        return (self.file, self.line, self.column, _RANK[self.severity], self.code, self.message)


def errors(findings: list[Finding]) -> list[Finding]:
    """Only the findings that stop a build."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]
