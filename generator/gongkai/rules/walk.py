"""Ways through the SiteData that several rules share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from gongkai.column.authored import AuthoredFile
from gongkai.column.document import Document
from gongkai.column.origin import Origin
from gongkai.column.site_data import SiteData
from gongkai.kinds.catalogue import KIND as CATALOGUE_FILES
from gongkai.kinds.catalogue.model import Catalogue, CatalogueItem
from gongkai.kinds.decision_directory import KIND as DIRECTORY_FILES
from gongkai.kinds.decision_directory.model import Decision, DecisionDirectory, Stage, StageStatus
from gongkai.kinds.document import KIND as DOCUMENT_FILES
from gongkai.kinds.document.parts import EXPLAINS
from gongkai.kinds.interface import Passage
from gongkai.kinds.plan import KIND as PLAN_FILES
from gongkai.kinds.plan.model import Plan, Task
from gongkai.kinds.registry import KINDS
from gongkai.kinds.walk import all_files, parts_of


def decisions(column: SiteData) -> Iterator[tuple[DecisionDirectory, Decision]]:
    """Every decision item with its directory."""
    for directory in DIRECTORY_FILES.of(column).values():
        for decision in directory.decisions:
            yield directory, decision


def tasks(column: SiteData) -> Iterator[tuple[Plan, Task]]:
    """Every task with its plan."""
    for plan in PLAN_FILES.of(column).values():
        for task in plan.tasks:
            yield plan, task


def annexed(column: SiteData) -> Iterator[AuthoredFile]:
    """Everything that is or is issued with an official document."""
    for kind in KINDS:
        if kind.carries:
            yield from kind.of(column).values()


def catalogue_items(column: SiteData) -> Iterator[tuple[Catalogue, CatalogueItem]]:
    """Every item that must be public with its catalogue."""
    for catalogue in CATALOGUE_FILES.of(column).values():
        for item in catalogue.items:
            yield catalogue, item


def documents(column: SiteData) -> Iterator[Document]:
    """Every official document, with its text: where files are compared with each other, ``index.documents`` will do."""
    yield from column.documents.values()


def published(stage: Stage | None) -> bool:
    """True when something of a stage can be read."""
    return stage is not None and stage.status is StageStatus.PUBLISHED


def passages(column: SiteData) -> Iterator[Passage]:
    """Every verbatim text of the column, in the order of its files."""
    for document in documents(column):
        if document.title:
            yield Passage(document.title, document.origin.child("title"))
        for at, paragraph in enumerate(document.paragraphs):
            yield Passage(paragraph, document.origin.child("body", at))
    for file in all_files(column):
        yield from (passage for part in parts_of(file, column) for passage in part.passages)


def explanations(column: SiteData) -> Mapping[str, list[tuple[date | None, Origin]]]:
    """By document: the day of each paper that explains it, and where that day stands; second ones are left out."""
    found: dict[str, list[tuple[date | None, Origin]]] = defaultdict(list)
    edges = column.index.edges
    explaining = [
        known for known in DOCUMENT_FILES.of(column) if any(edge.relation is EXPLAINS for edge in edges.get(known, ()))
    ]
    for paper in (DOCUMENT_FILES.of(column)[known] for known in explaining):
        for target in paper.explains if not paper.second else ():
            place = paper.document.origin.child("date_published")
            found[target.partition("/")[0]].append((paper.document.date_published, place))
    return found
