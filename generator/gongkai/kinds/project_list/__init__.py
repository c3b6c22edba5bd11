"""重点项目清单: lists of key projects under their printed headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from gongkai.kinds.interface import Door, FileKind, Items, Place, in_order
from gongkai.kinds.project_list.link import link_project_list
from gongkai.kinds.project_list.model import ProjectList
from gongkai.kinds.project_list.pages import PROJECTS, project_list_pages, project_lists
from gongkai.kinds.project_list.parts import PROJECT, PROJECT_LIST, project_parts
from gongkai.kinds.project_list.shape import CategoryShape, ProjectListFile, ProjectShape
from gongkai.kinds.project_list.tables import PROJECT_LISTS_TABLE, PROJECTS_TABLE
from gongkai.kinds.project_list.workbook import project_list_workbook


def _projects(categories: Sequence[CategoryShape], *path: str | int) -> Iterator[Place]:
    for at, category in enumerate(categories):
        yield from in_order(*path, at, "projects", of=category.projects)
        yield from _projects(category.categories, *path, at, "categories")


KIND = FileKind(
    name="project_list",
    folder=Path(__file__).parent,
    directory="projects/",
    label="重点项目清单",
    heads=(PROJECT_LIST,),
    inner=(PROJECT,),
    shape=ProjectListFile,
    model=ProjectList,
    carries=True,
    link=link_project_list,
    parts=project_parts,
    items=Items(
        word="project",
        label="一个重点项目",
        shape=ProjectShape,
        places=lambda shape: _projects(shape.categories, "categories"),
        first=lambda _: ("categories", 0, "projects"),
    ),
    size=lambda projects: len(projects.projects),
    pages=project_list_pages,
    lists=project_lists,
    tables=(PROJECT_LISTS_TABLE, PROJECTS_TABLE),
    doors=(
        Door(
            crumb=PROJECTS,
            about="重大建设项目的年度安排。",
            holds=lambda _, total: f"{total[PROJECT]}个" if total[PROJECT] else "",
            place=30,
        ),
    ),
    workbook=project_list_workbook,
    holding=lambda total: f"{total[PROJECT]}个重点项目" if total[PROJECT] else "",
    not_applicable={
        "links": "projects name what belongs to them as related; no relation has words of its own",
    },
)
