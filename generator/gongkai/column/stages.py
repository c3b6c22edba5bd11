"""The stages of a decision's life as the vocabulary of stages gives them, and which of them a directory shows."""

from __future__ import annotations

from msgspec import Struct


class StageKind(Struct, frozen=True):
    """A stage of a decision's life (决策草案, 草案说明 ...) with the duty that asks for it, if any does.

    An ``optional`` stage (听证会) concerns few decisions and is shown only where something is said about it.
    """

    id: str
    name: str
    description: str
    duty: str | None
    optional: bool = False


class StageSlot(Struct, frozen=True):
    """A column of a directory: its printed label, and the stages it gathers (意见征集采纳情况 gathers two)."""

    label: str
    stages: tuple[str, ...]
    required: bool


class StageSet(Struct, frozen=True):
    """Which stages a directory shows, by the rules of its year.

    ``from_year`` and ``until_year`` are the first and the last year of directories that it applies to. Only a set that
    a district's own text gives (``organ``) asks for what no law does; ``duty`` leads to that text.
    """

    id: str
    from_year: int
    slots: tuple[StageSlot, ...]
    organ: str | None = None
    until_year: int | None = None
    duty: str | None = None

    def holds(self, organ: str, year: int) -> bool:
        """True where the directory of a district and year follows this set."""
        return self.organ in (None, organ) and self.from_year <= year <= (self.until_year or year)
