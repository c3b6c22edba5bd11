"""Column -> rows of every table, in the same stable order as the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from generator.model import ids, urls
from generator.model.column import Column
from generator.model.deadline import Deadline
from generator.model.plan import Plan
from generator.model.records import all_records, newest_first
from generator.model.unit import Unit
from generator.open_data.catalogue import catalogue_head_rows, catalogue_rows
from generator.open_data.heads import (
    directory_rows,
    document_rows,
    notes,
    organ_rows,
    project_list_rows,
    theme_rows,
    unit_rows,
)
from generator.open_data.publications import consultation_rows, gazette_rows, interpretation_rows
from generator.open_data.states import (
    change_row,
    completion_row,
    day,
    planned_row,
    planning_row,
    progress_rows,
    stage_details,
    status_value,
    unit_ref,
)
from generator.open_data.v1 import (
    CatalogueHeadRow,
    CatalogueRow,
    ConsultationRow,
    DeadlineRow,
    DecisionRow,
    DirectoryRow,
    DocumentRow,
    GazetteRow,
    InterpretationRow,
    OrganRow,
    PlanRow,
    ProjectListRow,
    ProjectRow,
    RecordRow,
    SectionRow,
    StageRow,
    TaskRow,
    ThemeRow,
    UnitRow,
)

Row = Mapping[str, Any]


def plan_rows(column: Column) -> Iterator[PlanRow]:
    """One row a plan."""
    for plan in sorted(column.plans.values(), key=newest_first):
        document = plan.document
        yield {
            "id": plan.id,
            "title": plan.title,
            "doc_number": document.doc_number,
            "index_number": document.index_number,
            "organ": plan.organ,
            "organ_name": column.organs[plan.organ].name,
            "issuer": document.issuer_name,
            "year": plan.year,
            "date_signed": day(document.date_signed),
            "date_printed": day(document.date_printed),
            "date_published": day(document.date_published),
            "openness": document.openness.value,
            "validity": document.validity_on(column.as_of),
            "preamble": list(plan.preamble),
            "table_title": plan.table.title if plan.table else None,
            "table_columns": list(plan.table.columns) if plan.table else [],
            "related": list(plan.related),
            "document": document.id,
            "themes": list(dict.fromkeys(plan.themes + document.themes)),
            "editor_note": notes(plan.editor_note, document.editor_note),
            "url": urls.plan(plan.id),
        }


def section_rows(column: Column) -> Iterator[SectionRow]:
    """One row a heading, in printed order."""
    for plan in sorted(column.plans.values(), key=newest_first):
        for section in plan.sections:
            yield {
                "id": ids.section(plan.id, section.key),
                "plan": plan.id,
                "key": section.key,
                "number": section.number,
                "level": section.level,
                "parent": ids.section(plan.id, section.parent) if section.parent else None,
                "title": section.title,
                "text": section.text,
                "units_text": section.units_text,
                "related": list(section.related),
                "themes": list(section.themes),
                "editor_note": section.editor_note,
                "url": urls.section(plan.id, section.key),
            }


def task_rows(column: Column) -> Iterator[TaskRow]:
    """One row a task, in printed order."""
    for plan in sorted(column.plans.values(), key=newest_first):
        yield from _tasks_of(plan, column.units)


def _tasks_of(plan: Plan, units: Mapping[str, Unit]) -> Iterator[TaskRow]:
    for task in plan.tasks:
        yield {
            "id": ids.task(plan.id, task.number),
            "plan": plan.id,
            "number": task.number,
            "number_printed": task.number_printed,
            "section": ids.section(plan.id, task.section) if task.section else None,
            "area": task.area,
            "topic": task.topic,
            "text": task.text,
            "units_text": task.units_text,
            "units": [unit_ref(given, units) for given in task.assignments],
            "deadline": _deadline(task.deadline),
            "related": list(task.related),
            "themes": list(task.themes),
            "status": status_value(task.status),
            "progress": progress_rows(task.progress),
            "continues": task.continues,
            "editor_note": task.editor_note,
            "url": urls.task(plan.id, task.number),
        }


def decision_rows(column: Column) -> Iterator[DecisionRow]:
    """One row a decision item, with every stage."""
    for directory in sorted(column.directories.values(), key=newest_first):
        for decision in directory.decisions:
            stages: dict[str, StageRow] = {
                stage.kind: {
                    "status": stage.status.value,
                    "title": stage.title,
                    "url": stage.url,
                    "date": day(stage.date),
                    "reason": stage.reason,
                    "details": stage_details(stage),
                }
                for stage in decision.stages
            }
            yield {
                "id": ids.item(directory.id, decision.number),
                "directory": directory.id,
                "number": decision.number,
                "number_text": decision.number_text,
                "title": decision.title,
                "organizers": [unit_ref(given, column.units) for given in decision.organizers],
                "organizers_text": decision.organizers_text,
                "year": directory.year,
                "organ": directory.organ,
                "stages": stages,
                "category": decision.category.value if decision.category else None,
                "planned": planned_row(decision),
                "changes": [change_row(change) for change in decision.changes],
                "completion": completion_row(decision),
                "continues": decision.continues,
                "planning": planning_row(decision.planning),
                "related": list(decision.related),
                "themes": list(decision.themes),
                "editor_note": decision.editor_note,
                "url": urls.decision(directory.id, decision.number),
            }


def project_rows(column: Column) -> Iterator[ProjectRow]:
    """One row a project, with the headings it stands under."""
    for projects in sorted(column.lists.values(), key=newest_first):
        by_key = {category.key: category for category in projects.categories}
        for project in projects.projects:
            own = by_key[project.category]
            above = by_key.get(own.parent or "")
            yield {
                "id": ids.item(projects.id, project.number),
                "list": projects.id,
                "number": project.number,
                "title": project.title,
                "category": [category.title for category in (above, own) if category],
                "tags": list(project.tags),
                "year": projects.year,
                "organ": projects.organ,
                "related": list(project.related),
                "themes": list(project.themes),
                "status": status_value(project.status),
                "progress": progress_rows(project.progress),
                "continues": project.continues,
                "list_announced": projects.announced,
                "list_printed": len(projects.projects),
                "editor_note": project.editor_note or projects.editor_note,
                "url": urls.project(projects.id, project.number),
            }


def record_rows(column: Column) -> Iterator[RecordRow]:
    """One row for everything a search can find."""
    for record in all_records(column):
        yield {
            "id": record.id,
            "kind": record.kind.value,
            "title": record.title,
            "text": record.text,
            "year": record.year,
            "organ": record.organ,
            "doc_number": record.doc_number,
            "units": list(record.units),
            "themes": list(record.themes),
            "audiences": list(record.audiences),
            "url": record.url,
        }


TABLES: Mapping[str, tuple[str, type, Callable[[Column], Iterable[Row]]]] = {
    "documents": ("公文", DocumentRow, document_rows),
    "plans": ("工作要点", PlanRow, plan_rows),
    "sections": ("要点章节", SectionRow, section_rows),
    "tasks": ("任务", TaskRow, task_rows),
    "units": ("责任单位", UnitRow, unit_rows),
    "directories": ("决策目录", DirectoryRow, directory_rows),
    "decisions": ("决策事项", DecisionRow, decision_rows),
    "project-lists": ("项目清单", ProjectListRow, project_list_rows),
    "projects": ("重点项目", ProjectRow, project_rows),
    "interpretations": ("政策解读", InterpretationRow, interpretation_rows),
    "gazettes": ("政府公报", GazetteRow, gazette_rows),
    "consultations": ("公众参与", ConsultationRow, consultation_rows),
    "catalogues": ("主动公开事项目录", CatalogueHeadRow, catalogue_head_rows),
    "catalogue": ("主动公开事项", CatalogueRow, catalogue_rows),
    "organs": ("区县", OrganRow, organ_rows),
    "themes": ("主题", ThemeRow, theme_rows),
    "records": ("全部可检索记录", RecordRow, record_rows),
}
"""Every table: its Chinese name, its published type, and the function that fills it."""


def _deadline(deadline: Deadline | None) -> DeadlineRow | None:
    if deadline is None:
        return None
    return {
        "text": deadline.text,
        "kind": deadline.kind.value,
        "due": day(deadline.due),
        "inherited": deadline.inherited,
    }
