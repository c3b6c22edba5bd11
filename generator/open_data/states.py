"""What came of tasks, projects and decisions, and who they name, as rows of the open data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum

from generator.model.decision import Change, Decision, Stage
from generator.model.planning import Planning
from generator.model.progress import Progress, TaskStatus
from generator.model.unit import Assignment, Unit
from generator.open_data.v1 import ChangeRow, CompletionRow, PlannedRow, PlanningRow, ProgressRow, UnitRef


def day(value: date | None) -> str | None:
    """A day as YYYY-MM-DD."""
    return value.isoformat() if value else None


def status_value(status: TaskStatus) -> str | None:
    """The published status; null while nothing is published."""
    return None if status is TaskStatus.UNKNOWN else status.value


def progress_rows(progress: Iterable[Progress]) -> list[ProgressRow]:
    """The entries in the order they were written."""
    return [
        {
            "date": entry.date.isoformat(),
            "status": entry.status.value,
            "text": entry.text,
            "evidence": [{"title": link.title, "url": link.url} for link in entry.evidence],
        }
        for entry in progress
    ]


def stage_details(stage: Stage) -> dict[str, str | int | list[str] | None]:
    """What only this kind of stage has, by the names that editors write; empty where nothing is written."""
    detail = stage.detail
    return {each.name: _plain(getattr(detail, each.name)) for each in fields(detail)} if detail else {}


def _plain(value: object) -> str | int | list[str] | None:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, StrEnum):
        return value.value
    return value if isinstance(value, str | int) else None


def change_row(change: Change) -> ChangeRow:
    """One adjustment."""
    return {
        "date": day(change.date),
        "kind": change.kind.value,
        "reason": change.reason,
        "approved_by": change.approved_by,
        "url": change.url,
    }


def planned_row(decision: Decision) -> PlannedRow | None:
    """The planned time, where the directory names one."""
    planned = decision.planned
    return {"text": planned.text, "latest": day(planned.latest)} if planned else None


def planning_row(planning: Planning | None) -> PlanningRow | None:
    """Where a plan of the planning system stands; None for everything else."""
    if planning is None:
        return None
    return {
        "category": planning.category.value if planning.category else None,
        "level": planning.level,
        "period": "-".join(map(str, planning.period)) if planning.period else None,
        "parent": planning.parent,
        "decision": planning.decision,
    }


def completion_row(decision: Decision) -> CompletionRow | None:
    """The completion published at the end of the year, if any."""
    done = decision.completion
    return {"text": done.text, "date": done.date.isoformat(), "url": done.url} if done else None


def unit_ref(given: Assignment, units: Mapping[str, Unit]) -> UnitRef:
    """A unit of a printed cell."""
    return {
        "id": given.unit,
        "name": units[given.unit].name,
        "printed": given.printed,
        "role": given.role.value,
        "via": given.via.value,
        "open": given.open,
        "detail": given.detail,
    }
