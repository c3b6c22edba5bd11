"""What everybody but its own pages asks of a list of key projects (重点项目清单)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.column import ids, urls
from gongkai.column.cell import cell_lines
from gongkai.column.happening import progress_happenings
from gongkai.column.words import record_kind
from gongkai.kinds.interface import Part, Passage, Vocabulary, head_part, joined, nth, own_paragraphs
from gongkai.kinds.project_list.model import ProjectList

PROJECT_LIST = record_kind("project_list", "项目清单", cited=True, position=False)
PROJECT = record_kind("project", "重点项目", audience_rank=6, unit_block="projects")


def project_parts(projects: ProjectList, _vocabulary: Vocabulary) -> Iterator[Part]:
    """The list and its projects, in printed order; a project is found by the headings above it, too."""
    url = urls.project_list(projects.id)
    lines = own_paragraphs(projects)
    yield head_part(projects, PROJECT_LIST, url, PROJECT_LIST.label, *lines, announced=projects.announced)
    titles = {category.key: category.title for category in projects.categories}
    parents = {category.key: category.parent for category in projects.categories}
    for project in projects.projects:
        tags = "、".join(project.tags)
        yield Part(
            kind=PROJECT,
            id=ids.item(projects.id, project.number),
            title=project.title,
            url=urls.project(projects.id, project.number),
            label=nth(project.number),
            origin=project.origin,
            text=joined(
                titles.get(parents[project.category] or ""), titles[project.category], tags, *cell_lines(project)
            ),
            themes=project.themes,
            related=project.related,
            units=project.assignments,
            units_text=project.units_text,
            deadline=project.deadline,
            deadline_text=project.deadline.text if project.deadline else None,
            status=project.status if project.deadline else None,
            continues=project.continues,
            passages=(Passage(project.title, project.origin.child("title")),),
            news=tuple(progress_happenings(project.progress)),
        )
