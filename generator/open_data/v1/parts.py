"""What rows of several tables are made of."""

from __future__ import annotations

from typing import TypedDict


class UnitRef(TypedDict):
    """A unit in a responsible-unit cell."""

    id: str
    name: str
    printed: str
    role: str
    via: str
    open: bool
    detail: str | None


class DeadlineRow(TypedDict):
    """A deadline in print and in normal form."""

    text: str
    kind: str
    due: str | None
    inherited: bool


class LinkRow(TypedDict):
    """A link to something outside the column."""

    title: str
    url: str


class ProgressRow(TypedDict):
    """What came of a task or project on a day."""

    date: str
    status: str
    text: str
    evidence: list[LinkRow]


class ChangeRow(TypedDict):
    """An adjustment of a directory or of one of its items."""

    date: str | None
    kind: str
    reason: str | None
    approved_by: str | None
    url: str | None


class PlannedRow(TypedDict):
    """When a decision is meant to be taken."""

    text: str
    latest: str | None


class PlanningRow(TypedDict):
    """Where a plan of the planning system stands."""

    category: str | None
    level: str
    period: str | None
    parent: str | None
    decision: str | None


class CompletionRow(TypedDict):
    """The completion published at the end of the year."""

    text: str
    date: str
    url: str | None


class AttachmentRow(TypedDict):
    """A file published with a document, as it is."""

    title: str
    file: str
    url: str
    format: str
    bytes: int
    sha256: str


class CategoryRef(TypedDict):
    """A heading of a project list with the number of projects that it announces."""

    key: str
    number: str
    title: str
    level: int
    parent: str | None
    announced: int | None


class QuestionRow(TypedDict):
    """A question and its answer."""

    question: str
    answer: str


class OutcomeRow(TypedDict):
    """What came of an occasion of public participation."""

    date: str
    text: str
    url: str | None
    received: int | None
    adopted: int | None
    unadopted_reasons: str | None
