"""Project list files -> lists with their categories flattened, in printed order."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.column.cell import written_cells
from gongkai.column.context import Context
from gongkai.column.document import Document
from gongkai.column.linking import link_progress, note_waivers
from gongkai.column.origin import Origin
from gongkai.column.progress import status_on
from gongkai.kinds.project_list.model import Category, Project, ProjectList
from gongkai.kinds.project_list.shape import CategoryShape, ProjectListFile, ProjectShape
from gongkai.text.numerals import parse_numeral


def link_project_list(shape: ProjectListFile, document: Document, path: str, context: Context) -> ProjectList:
    """Build one list. Announced and printed numbers may differ: both are kept for the reader to see."""
    origin = Origin(path)
    context.organ(shape.organ, origin.child("organ"))
    levels = list(_levels(shape.categories, origin.child("categories"), None, 1, context))
    projects = [project for _, category in levels for project in category]
    context.numbers((project.number, project.origin.child("number")) for project in projects)
    return ProjectList(
        id=shape.id,
        organ=shape.organ,
        year=shape.year,
        title=shape.title,
        subtitle=shape.subtitle,
        announced=shape.announced,
        document=document,
        categories=tuple(category for category, _ in levels),
        projects=tuple(projects),
        themes=context.themes(shape.themes, origin),
        related=tuple(shape.related),
        editor_note=shape.editor_note,
        origin=origin,
    )


def _levels(
    shapes: list[CategoryShape], origin: Origin, parent: str | None, level: int, context: Context
) -> Iterator[tuple[Category, list[Project]]]:
    for at, shape in enumerate(shapes):
        position = str(parse_numeral(shape.number) or at + 1)
        key = f"{parent}-{position}" if parent else position
        place = origin.child(at)
        projects = [
            _project(project, key, place.child("projects", below), context)
            for below, project in enumerate(shape.projects)
        ]
        numbers = tuple(project.number for project in projects)
        yield Category(key, shape.number, shape.title, level, shape.announced, parent, numbers, place), projects
        yield from _levels(shape.categories, place.child("categories"), key, level + 1, context)


def _project(shape: ProjectShape, category: str, origin: Origin, context: Context) -> Project:
    note_waivers(shape.ignore, origin, context)
    progress = link_progress(shape.progress, origin, context)
    return Project(
        number=shape.number,
        title=shape.title,
        tags=tuple(shape.tags),
        cells=written_cells(shape.cells),
        category=category,
        themes=context.themes(shape.themes, origin),
        related=tuple(shape.related),
        progress=progress,
        status=status_on(context.as_of, progress, None),
        continues=shape.continues,
        editor_note=shape.editor_note,
        origin=origin,
    )
