"""The stages of a decision's life as the vocabulary of stages gives them, and which of them a directory shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StageKind:
    """A stage of a decision's life (决策草案, 草案说明 ...) with the clause that asks for it.

    An ``optional`` stage (听证会) concerns few decisions and is shown only where something is said about it.
    """

    id: str
    name: str
    description: str
    citation: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class StageSlot:
    """A column of a directory: its printed label, and the stages it gathers (意见征集采纳情况 gathers two)."""

    label: str
    stages: tuple[str, ...]
    required: bool


@dataclass(frozen=True, slots=True)
class StageSet:
    """Which stages a directory shows, by the rules of its year. ``from_year`` is the first year the set applies to."""

    id: str
    from_year: int
    citation: str
    slots: tuple[StageSlot, ...]
