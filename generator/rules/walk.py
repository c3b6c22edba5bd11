"""Ways through the Column that several rules share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.model.catalogue import Catalogue, CatalogueItem
from generator.model.column import Column
from generator.model.decision import Decision, DecisionDirectory, Stage, StageStatus
from generator.model.document import Document
from generator.model.origin import Origin
from generator.model.paper import Paper
from generator.model.plan import Plan, Task
from generator.model.project import ProjectList


def decisions(column: Column) -> Iterator[tuple[DecisionDirectory, Decision]]:
    """Every decision item with its directory."""
    for directory in column.directories.values():
        for decision in directory.decisions:
            yield directory, decision


def tasks(column: Column) -> Iterator[tuple[Plan, Task]]:
    """Every task with its plan."""
    for plan in column.plans.values():
        for task in plan.tasks:
            yield plan, task


def annexed(column: Column) -> Iterator[Plan | DecisionDirectory | ProjectList | Paper | Catalogue]:
    """Everything that is or is issued with an official document."""
    yield from column.plans.values()
    yield from column.directories.values()
    yield from column.lists.values()
    yield from column.papers.values()
    yield from column.catalogues.values()


def catalogue_items(column: Column) -> Iterator[tuple[Catalogue, CatalogueItem]]:
    """Every item that must be public with its catalogue."""
    for catalogue in column.catalogues.values():
        for item in catalogue.items:
            yield catalogue, item


def documents(column: Column) -> Iterator[Document]:
    """Every official document, with its text: where files are compared with each other, ``index.documents`` will do."""
    yield from column.documents.values()


def published(stage: Stage | None) -> bool:
    """True when something of a stage can be read."""
    return stage is not None and stage.status is StageStatus.PUBLISHED


class Passage(NamedTuple):
    """A verbatim text and where it stands."""

    text: str
    origin: Origin


def passages(column: Column) -> Iterator[Passage]:
    """Every verbatim text of the column, in the order of its files."""
    for document in documents(column):
        if document.title:
            yield Passage(document.title, document.origin.child("title"))
        for at, paragraph in enumerate(document.paragraphs):
            yield Passage(paragraph, document.origin.child("body", at))
    for plan in column.plans.values():
        yield from _plan_passages(plan)
    for _, decision in decisions(column):
        yield Passage(decision.title, decision.origin.child("title"))
    for project_list in column.lists.values():
        for project in project_list.projects:
            yield Passage(project.title, project.origin.child("title"))
    for _, item in catalogue_items(column):
        yield Passage(item.title, item.origin.child("title"))
        if item.content:
            yield Passage(item.content, item.origin.child("content"))


def _plan_passages(plan: Plan) -> Iterator[Passage]:
    for at, paragraph in enumerate(plan.preamble):
        yield Passage(paragraph, plan.origin.child("preamble", at))
    for section in plan.sections:
        yield Passage(section.title, section.origin.child("title"))
        if section.text:
            yield Passage(section.text, section.origin.child("text"))
    if plan.table:
        for task in plan.tasks:
            yield Passage(task.text, task.origin.child("text"))
