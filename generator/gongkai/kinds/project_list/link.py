"""Project list files -> lists with their categories flattened, in printed order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace

from gongkai.column.cell import written_cells
from gongkai.column.context import Context
from gongkai.column.document import Document
from gongkai.column.linking import link_progress, note_waivers
from gongkai.column.origin import Origin
from gongkai.column.progress import status_on
from gongkai.column.unit import Assignment
from gongkai.kinds.project_list.model import OF_UNITS, Category, Project, ProjectList
from gongkai.kinds.project_list.shape import CategoryShape, ProjectListFile, ProjectShape
from gongkai.text.cells import parse_cell
from gongkai.text.deadline import Deadline
from gongkai.text.deadline_grammar import parse_deadline
from gongkai.text.numerals import parse_numeral
from gongkai.text.phrases import is_organ
from gongkai.text.role import Role
from gongkai.text.table_heads import Meaning, announced

_ROLES = {Meaning.LEAD: Role.LEAD, Meaning.SUPPORT: Role.SUPPORT}


class _Source(NamedTuple):
    """What the projects of one file are read with."""

    file: ProjectListFile
    document: Document
    context: Context


def link_project_list(shape: ProjectListFile, document: Document, path: str, context: Context) -> ProjectList:
    """Build one list. Announced and printed numbers may differ: both are kept for the reader to see."""
    origin = Origin(path)
    context.organ(shape.organ, origin.child("organ"))
    source = _Source(shape, document, context)
    levels = list(_levels(shape.categories, origin.child("categories"), None, 1, source))
    context.headings((category.key, category.title, category.origin) for category, _ in levels)
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
        totals=written_cells(shape.totals),
        themes=context.themes(shape.themes, origin),
        related=tuple(shape.related),
        editor_note=shape.editor_note,
        origin=origin,
    )


def _levels(
    shapes: list[CategoryShape], origin: Origin, parent: str | None, level: int, source: _Source
) -> Iterator[tuple[Category, list[Project]]]:
    for at, shape in enumerate(shapes):
        position = str(parse_numeral(shape.number) or at + 1)
        key = f"{parent}-{position}" if parent else position
        place = origin.child(at)
        projects = [
            _project(project, key, place.child("projects", below), source)
            for below, project in enumerate(shape.projects)
        ]
        numbers = tuple(project.number for project in projects)
        totals = written_cells(shape.totals)
        yield Category(key, shape.number, shape.title, level, shape.announced, parent, numbers, totals, place), projects
        yield from _levels(shape.categories, place.child("categories"), key, level + 1, source)


def _project(shape: ProjectShape, category: str, origin: Origin, source: _Source) -> Project:
    context = source.context
    deadline = _deadline(shape, source)
    note_waivers(shape.ignore, origin, context)
    progress = link_progress(shape.progress, origin, context)
    return Project(
        number=shape.number,
        title=shape.title,
        tags=tuple(shape.tags),
        cells=written_cells(shape.cells),
        assignments=_assignments(shape, origin, source),
        deadline=deadline,
        category=category,
        themes=context.themes(shape.themes, origin),
        related=tuple(shape.related),
        progress=progress,
        status=status_on(context.as_of, progress, deadline),
        continues=shape.continues,
        editor_note=shape.editor_note,
        origin=origin,
    )


def _assignments(shape: ProjectShape, origin: Origin, source: _Source) -> tuple[Assignment, ...]:
    """The units of a project, by the heads above them.

    What no register knows and is no organ either (a company that builds) stays printed and is nobody's duty.
    """
    register = source.context.vocabularies.registers.get(source.file.organ)
    found: list[Assignment] = []
    for head, text in shape.cells.items():
        if (meaning := announced(head)) not in OF_UNITS or register is None:
            continue
        resolution = register.resolve(parse_cell(text, register.names), year=source.file.year)
        for mention in resolution.unresolved:
            if is_organ(mention.name):
                place, words = origin.child("cells", head), f"单位名录中没有“{mention.name}”"
                source.context.problems.warning(
                    "TAB-02", place, words, "若确有此单位，请加入单位名录；照原文公开不受影响"
                )
        role = _ROLES.get(meaning) if isinstance(meaning, Meaning) else None
        found += [
            replace(given, role=role) if role and given.role is Role.RESPONSIBLE else given
            for given in resolution.assignments
        ]
    return tuple({(given.unit, given.role): given for given in reversed(found)}.values())[::-1]


def _deadline(shape: ProjectShape, source: _Source) -> Deadline | None:
    """When a project is to be done (完成时限), where its list has such a column."""
    text = next((text for head, text in shape.cells.items() if announced(head) is Meaning.DEADLINE), None)
    if text is None:
        return None
    issued = source.document.date_printed or source.document.date_signed
    return parse_deadline(text, source.file.year, issued, source.context.calendar)
