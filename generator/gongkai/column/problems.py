"""Problems found while linking, by place in the YAML tree; they become findings with line and column at the end."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from msgspec import Struct, field

from gongkai.column.origin import Origin
from gongkai.findings.finding import Severity


class Problem(Struct, frozen=True):
    """One problem: where it is, inside a text at which character, and for a reference what it means."""

    code: str
    severity: Severity
    origin: Origin
    message: str
    hint: str | None
    offset: int | None
    target: str | None = None
    citation: str | None = None
    fixable: bool = False


class Problems(Struct):
    """Collects problems; linking goes on after each, so that all are reported at once."""

    items: list[Problem] = field(default_factory=list)

    def error(
        self,
        code: str,
        origin: Origin,
        message: str,
        hint: str | None = None,
        *,
        offset: int | None = None,
        target: str | None = None,
    ) -> None:
        """Add a problem that stops the build; ``target`` is the id that a reference means."""
        self.items.append(Problem(code, Severity.ERROR, origin, message, hint, offset, target))

    def warning(self, code: str, origin: Origin, message: str, hint: str | None = None) -> None:
        """Add a problem that does not stop the build."""
        self.items.append(Problem(code, Severity.WARNING, origin, message, hint, None))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """A hint 是否想写 … with the closest known word, or None when nothing is close."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"是否想写 {close[0]}？" if close else None
