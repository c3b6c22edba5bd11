"""Pages of project lists: the list in its printed levels, and each project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gongkai.column import ids, urls
from gongkai.column.document import Document
from gongkai.column.page import (
    DISCLOSURE,
    HOME,
    Crumb,
    Lineage,
    Neighbours,
    Page,
    connections,
    head_lists,
    lineage,
    neighbours,
    summary,
)
from gongkai.column.pictures.bars import Amount, lying_bars
from gongkai.column.pictures.picture import Picture
from gongkai.column.site_data import RecordRef, SiteData
from gongkai.column.vocabulary import Organ, Theme
from gongkai.kinds.project_list.model import Category, Project, ProjectList
from gongkai.kinds.project_list.parts import PROJECT_LIST

PROJECTS = Crumb("重点项目", urls.PROJECTS)


def project_list_pages(column: SiteData, projects: ProjectList) -> Iterator[Page]:
    """All pages of one list."""
    yield _list_page(column, projects)
    for at, project in enumerate(projects.projects):
        yield _project_page(column, projects, at, project)


def _crumbs(projects: ProjectList, *more: Crumb) -> tuple[Crumb, ...]:
    return (HOME, DISCLOSURE, PROJECTS, Crumb(projects.title, urls.project_list(projects.id)), *more)


def count_below(projects: ProjectList, category: Category) -> int:
    """How many projects are printed under a category and its sub-categories."""
    own = len(category.projects)
    return own + sum(count_below(projects, child) for child in projects.categories if child.parent == category.key)


class ProjectListView(Neighbours):
    """What the template ``project_list`` shows."""

    list: ProjectList
    document: Document
    own_document: bool
    carrier: RecordRef
    organ: Organ
    by_number: dict[int, Project]
    counts: dict[str, int]
    picture: Picture | None
    tags: Sequence[tuple[str, int]]
    themes: Mapping[str, Theme]
    related: tuple[RecordRef, ...]
    connections: Sequence[tuple[str, Sequence[RecordRef]]]


def _list_page(column: SiteData, projects: ProjectList) -> Page:
    organ = column.organs[projects.organ].as_on(projects.document.date_signed)
    by_number = {project.number: project for project in projects.projects}
    return Page(
        kind="project_list",
        of="project_list",
        url=urls.project_list(projects.id),
        title=projects.title,
        description=f"{organ.short_name}{projects.title}，共列出{len(projects.projects)}个项目。",
        crumbs=_crumbs(projects),
        view=ProjectListView(
            list=projects,
            document=projects.document,
            own_document=projects.document.id == projects.id,
            carrier=column.index.entries[projects.document.id],
            organ=organ,
            by_number=by_number,
            counts={category.key: count_below(projects, category) for category in projects.categories},
            picture=_categories_picture(projects),
            tags=_tag_counts(projects),
            themes=column.themes,
            related=column.index.related.get(projects.id, ()),
            connections=connections(column, projects.id),
            **neighbours(column.index.series[PROJECT_LIST, projects.organ], projects.id),
        ),
        published=projects.document.date_published,
        content_source=projects.document.issuer_name,
        keywords=("重点项目", f"{projects.year}年", organ.short_name),
        source=projects.origin.file,
        rows=(
            ("project-lists", [projects.id]),
            ("projects", [ids.item(projects.id, project.number) for project in projects.projects]),
            ("documents", [projects.document.id]),
        ),
        listed="projects",
    )


def _categories_picture(projects: ProjectList) -> Picture | None:
    here = urls.project_list(projects.id)
    amounts = [
        Amount(category.title, len(category.projects), f"{here}#category-{category.key}")
        for category in projects.categories
        if category.projects
    ]
    return lying_bars("各类项目有多少个", "个", "分类", amounts)


def _tag_counts(projects: ProjectList) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for project in projects.projects:
        for tag in project.tags:
            counts[tag] = counts.get(tag, 0) + 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


class ProjectView(Lineage):
    """What the template ``project`` shows."""

    list: ProjectList
    document: Document
    organ: Organ
    project: Project
    category: Category
    parent: Category | None
    themes: Mapping[str, Theme]
    related: tuple[RecordRef, ...]
    connections: Sequence[tuple[str, Sequence[RecordRef]]]
    previous: Project | None
    next: Project | None


def _project_page(column: SiteData, projects: ProjectList, at: int, project: Project) -> Page:
    by_key = {category.key: category for category in projects.categories}
    category = by_key[project.category]
    others = projects.projects
    return Page(
        kind="project",
        url=urls.project(projects.id, project.number),
        title=project.title,
        description=summary(f"{project.title}，列入{projects.title}第{project.number}项。{'、'.join(project.tags)}"),
        crumbs=_crumbs(projects, Crumb(project.title, urls.project(projects.id, project.number))),
        view=ProjectView(
            list=projects,
            document=projects.document,
            organ=column.organs[projects.organ].as_on(projects.document.date_signed),
            project=project,
            **lineage(column, ids.item(projects.id, project.number)),
            category=category,
            parent=by_key.get(category.parent or ""),
            themes=column.themes,
            related=column.index.related.get(ids.item(projects.id, project.number), ()),
            connections=connections(column, ids.item(projects.id, project.number)),
            previous=others[at - 1] if at else None,
            next=others[at + 1] if at + 1 < len(others) else None,
        ),
        published=projects.document.date_published,
        content_source=projects.document.issuer_name,
        keywords=("重点项目", *project.tags),
        source=projects.origin.file,
        rows=(("projects", [ids.item(projects.id, project.number)]),),
    )


def project_lists(column: SiteData) -> Iterator[Page]:
    """All lists."""
    return head_lists(column, PROJECT_LIST, PROJECTS, "projects", "project-lists", "历年重点建设项目和预备项目清单。")
