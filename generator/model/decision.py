"""Directories of major administrative decisions (重大行政决策事项目录) and the stages of each decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.model.document import Document
from generator.model.origin import Origin
from generator.model.unit import Assignment


class StageStatus(StrEnum):
    """Whether a stage's material is public."""

    PUBLISHED = "published"
    PENDING = "pending"
    NOT_APPLICABLE = "not_applicable"
    WITHHELD = "withheld"


STAGE_STATUS_LABELS = {
    StageStatus.PUBLISHED: "已公开",
    StageStatus.PENDING: "尚未公开",
    StageStatus.NOT_APPLICABLE: "不涉及",
    StageStatus.WITHHELD: "依法不公开",
}


@dataclass(frozen=True, slots=True)
class StageKind:
    """A stage of a decision's life (决策草案, 草案说明 ...) with the clause that asks for it."""

    id: str
    name: str
    description: str
    citation: str


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


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of one decision. Unknown dates and links are None; ``reason`` explains what is not published."""

    kind: str
    status: StageStatus
    title: str | None
    url: str | None
    date: date | None
    reason: str | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision item. ``number`` is its order, ``number_text`` the printed 一、."""

    number: int
    number_text: str
    title: str
    organizers_text: str
    organizers: tuple[Assignment, ...]
    stages: tuple[Stage, ...]
    themes: tuple[str, ...]
    related: tuple[str, ...]
    editor_note: str | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class DecisionDirectory:
    """The directory of one organ and year, with the stage set its year's rules ask for.

    ``party_consent`` is the printed words that state the consent of the Party committee (713号 art. 3(3)), if any.
    """

    id: str
    organ: str
    year: int
    title: str
    document: Document
    organizer_label: str
    stage_set: StageSet
    decisions: tuple[Decision, ...]
    party_consent: str | None
    themes: tuple[str, ...]
    related: tuple[str, ...]
    editor_note: str | None
    origin: Origin
