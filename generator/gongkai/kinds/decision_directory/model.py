"""Directories of major administrative decisions (重大行政决策事项目录) and the stages of each decision."""

from __future__ import annotations

from datetime import date
from datetime import date as Day  # noqa: N812 - fields are called date
from enum import StrEnum

from msgspec import Struct

from gongkai.column.cell import Cell
from gongkai.column.document import Document
from gongkai.column.origin import Origin
from gongkai.column.planning import Planning
from gongkai.column.stages import StageSet
from gongkai.column.unit import Assignment


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


class DecisionCategory(StrEnum):
    """The kinds of major decisions (国务院令第713号 art. 3(1)); the values are what editors write."""

    POLICY = "公共政策措施"
    PLANNING = "重要规划"
    RESOURCES = "自然或文化资源"
    PROJECT = "重大公共建设项目"
    OTHER = "其他重大事项"


class MeetingType(StrEnum):
    """Where a decision is discussed (国务院令第713号 art. 30)."""

    EXECUTIVE = "常务会议"
    PLENARY = "全体会议"
    OTHER = "其他会议"


class ChangeKind(StrEnum):
    """How a directory was adjusted."""

    ADDED = "新增"
    REMOVED = "调出"
    CHANGED = "变更"


class Consultation(Struct, frozen=True):
    """The window of a public consultation (公开征求意见): its first and last day, and how to take part."""

    start: date | None
    end: date | None
    shortened_reason: str | None
    channels: tuple[str, ...]
    enterprises: str | None

    @property
    def days(self) -> int | None:
        """Days of the window with its first and last, as notices say it; None while an end is unknown."""
        return (self.end - self.start).days + 1 if self.start and self.end else None


class Adoption(Struct, frozen=True):
    """What became of the opinions: numbers received and adopted, and why concentrated ones were not."""

    received: int | None
    adopted: int | None
    unadopted_reasons: str | None


class Hearing(Struct, frozen=True):
    """A hearing (听证会): its day, when the materials reached the participants, and who took part."""

    held: date | None
    materials_delivered: date | None
    participants_url: str | None
    participants: int | None
    interested: int | None


class Assessment(Struct, frozen=True):
    """Who did an expert argument, risk assessment or evaluation."""

    by: str | None


class Legality(Struct, frozen=True):
    """The review of legality (合法性审查): when the draft was sent, and when the opinion was given."""

    sent: date | None
    opinion: date | None


class Meeting(Struct, frozen=True):
    """The meeting that discussed the decision."""

    type: MeetingType | None
    name: str | None
    held: date | None


class Result(Struct, frozen=True):
    """The document that announces the decision, and the day it was issued (印发)."""

    doc_number: str | None
    issued: date | None


Detail = Consultation | Adoption | Hearing | Assessment | Legality | Meeting | Result


class Stage(Struct, frozen=True):
    """One stage of one decision. Unknown dates and links are None; ``reason`` explains what is not published.

    ``date`` is the day of publication; ``detail`` what only this kind of stage has, None where nothing is written.
    """

    kind: str
    status: StageStatus
    title: str | None
    url: str | None
    date: date | None
    reason: str | None
    origin: Origin
    detail: Detail | None = None


class Planned(Struct, frozen=True):
    """When a decision is meant to be taken: the printed words, and the last day they allow (None when unclear)."""

    text: str
    latest: date | None


class NotPublic(Struct, frozen=True):
    """Why a whole item is lawfully not public (国务院令第711号 art. 14-16), and who approved it.

    ``reviewed_on`` is the day on which it was last looked at whether it may be public by now (art. 18).
    """

    basis: str
    approved_by: str
    date: Day | None
    reviewed_on: Day | None = None


class Change(Struct, frozen=True):
    """An adjustment of the directory or of one item."""

    date: date | None
    kind: ChangeKind
    reason: str | None
    approved_by: str | None
    url: str | None
    origin: Origin


class Completion(Struct, frozen=True):
    """The completion status published at the end of the year."""

    text: str
    date: date
    url: str | None


class Decision(Struct, frozen=True):
    """A decision item. ``number`` is its order, ``number_text`` the printed 一、.

    ``business_impact``, ``public_concern``, ``technical`` and ``risk`` are marks on which some duties depend: it
    touches enterprises, people care about it, it takes expertise, it may do harm. ``continues`` is the id of the item
    of an earlier year that this one carries on; ``archived_on`` is checked only.
    """

    number: int
    number_text: str
    title: str
    organizers_text: str
    organizers: tuple[Assignment, ...]
    category: DecisionCategory | None
    planned: Planned | None
    business_impact: bool
    public_concern: bool
    technical: bool
    risk: bool
    not_public: NotPublic | None
    stages: tuple[Stage, ...]
    changes: tuple[Change, ...]
    completion: Completion | None
    evaluation_triggers: tuple[str, ...]
    archived_on: date | None
    continues: str | None
    cells: tuple[Cell, ...]
    planning: Planning | None  # when the decision makes a plan of the planning system
    themes: tuple[str, ...]
    related: tuple[str, ...]
    editor_note: str | None
    origin: Origin

    @property
    def removed(self) -> Change | None:
        """The adjustment that took the item out of the directory (调出), unless it came back."""
        moves = [change for change in self.changes if change.kind is not ChangeKind.CHANGED]
        return moves[-1] if moves and moves[-1].kind is ChangeKind.REMOVED else None

    @property
    def owes(self) -> bool:
        """Whether its stages are to be published: it is public, and still in the directory."""
        return not (self.not_public or self.removed)

    def stage(self, kind: str) -> Stage | None:
        """The stage of that kind, when the vocabulary has it."""
        return next((stage for stage in self.stages if stage.kind == kind), None)


class DecisionDirectory(Struct, frozen=True):
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
    changes: tuple[Change, ...]
    themes: tuple[str, ...]
    related: tuple[str, ...]
    editor_note: str | None
    origin: Origin
