"""Decision directories (重大行政决策事项目录) with their decisions and stages."""

from __future__ import annotations

from typing import TypedDict

from generator.open_data.v1.parts import ChangeRow, CompletionRow, PlannedRow, PlanningRow, UnitRef


class DirectoryRow(TypedDict):
    """A directory of major decisions (重大行政决策事项目录); its items are in ``decisions``."""

    id: str
    title: str
    document: str
    doc_number: str | None
    organ: str
    year: int
    organizer_label: str
    party_consent: str | None
    related: list[str]
    themes: list[str]
    editor_note: str | None
    url: str


class StageRow(TypedDict):
    """A stage of a decision."""

    status: str
    title: str | None
    url: str | None
    date: str | None
    reason: str | None
    details: dict[str, str | int | list[str] | None]


class DecisionRow(TypedDict):
    """A decision item of a directory."""

    id: str
    directory: str
    number: int
    number_text: str
    title: str
    organizers: list[UnitRef]
    organizers_text: str
    year: int
    organ: str
    stages: dict[str, StageRow]
    category: str | None
    planned: PlannedRow | None
    changes: list[ChangeRow]
    completion: CompletionRow | None
    continues: str | None
    planning: PlanningRow | None
    related: list[str]
    themes: list[str]
    editor_note: str | None
    url: str
