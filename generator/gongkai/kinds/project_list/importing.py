"""Office documents that become lists of key projects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.authoring.yaml_draft import Guess, Remark
from gongkai.importing.blocks import LooseTable, Table
from gongkai.importing.drafting.context import Context, document, number_of, year_of
from gongkai.importing.drafting.draft import Draft, by_head, frame, introduced, leave_notes, left_over
from gongkai.importing.kinds import Drafting, Importer, Role
from gongkai.importing.recognise.clauses import read_clause
from gongkai.importing.recognise.columns import Kind
from gongkai.importing.recognise.grids import read_grid
from gongkai.importing.recognise.headwords import Part
from gongkai.importing.recognise.notice import Notice
from gongkai.importing.recognise.projects import Category, Project, ProjectList, read_projects
from gongkai.kinds.project_list.model import OF_UNITS
from gongkai.text.markers import list_item, marker
from gongkai.text.patterns import anywhere
from gongkai.text.table_heads import announced, is_second_to_units

_LIST_WORDS = anywhere("安排|清单|名单|计划|表|目录|一览")
_DEEDS = anywhere("(?:民生|惠民|为民|便民|办)(?:办)?实事")
"""实事 are projects that a government promises for a year."""
_SCHEME = anywhere(r"(?:方案|意见|办法|措施|通知)$")
"""Titles of papers that say how something is done; projects are in them only where their numbers name who does it."""
_COUNTED = anywhere(r"[（(]\d+个(项目)?[）)]")


def _tabled(table: Table | LooseTable) -> bool:
    grid = read_grid(table) if isinstance(table, Table) else None
    labels = "".join(grid.labels) if grid else ""
    return grid is not None and ("项目名称" in labels or ("投资" in labels and Kind.ITEM in grid.kinds))


def _listed(texts: Sequence[str]) -> bool:
    items = [text for text in texts if marker(text)]
    return any(_COUNTED.search(text) for text in items) and any(list_item(text) for text in items)


def _fits(part: Part) -> bool:
    """What a title promises is there: a table or numbered names; an announcement of 民生实事 has neither."""
    if part.tables:
        return True
    numbered = [line.text for line in part.paragraphs if marker(line.text) or list_item(line.text)]
    if _SCHEME.search(part.title or ""):
        return _charged(part) * 2 >= len(numbered) > 0
    return bool(numbered)


def _charged(part: Part) -> int:
    """How many numbered paragraphs name who does it, at their end or on lines of their own below."""
    charged: list[bool] = []
    for line in part.paragraphs:
        if marker(line.text) or list_item(line.text):
            charged.append(False)
        if charged:
            charged[-1] = charged[-1] or bool(read_clause(line.text.strip()).units)
    return sum(charged)


ROLE = Role(
    name="projects",
    label="项目清单",
    titled=lambda title: bool(_DEEDS.search(title)) or ("项目" in title and bool(_LIST_WORDS.search(title))),
    tabled=_tabled,
    listed=_listed,
    fits=_fits,
)


def draft(parts: Sequence[tuple[Role, Part]], drafting: Drafting) -> Iterator[Part]:
    """A list of key projects; later ones of the same document refer to the first."""
    for _, part in parts:
        found = read_projects(part.blocks, part.title or "")
        if found is None:
            yield part
            continue
        tail = "-reserve-projects" if "预备" in (part.title or "") else "-projects"
        title, shared = part.title or drafting.notice.title or "重点项目", drafting.shared
        name = drafting.name(tail, [title])
        drafting.drafts.append(_projects(name, title, drafting.notice, found, shared, drafting.context))


def _projects(
    identifier: str, title: str, notice: Notice, found: ProjectList, shared: str | None, context: Context
) -> Draft:
    """A list of key projects; ``shared`` is the id of the draft that carries the same document."""
    year = year_of(notice, [title], context)
    rest = found.rest if shared else introduced(found.rest, notice)
    context.provenance.shows(found.printed)
    data = frame("project_list", identifier, year, title, shared or document(notice, context), context)
    if found.totals:
        data["totals"] = by_head(found.totals)
    if found.subtitle:
        data["subtitle"] = found.subtitle
    if found.announced is not None:
        data["announced"] = found.announced
    listed = len(found.every())
    if found.announced is not None and listed != found.announced:
        note = f"标题写明{found.announced}个项目，原文实际列出{listed}个"
        data["#count"] = Remark(f"待核：{note}，可以写成编者注 editor_note")
        context.doubts.append(f"《{title}》{note}")
    data["categories"] = [_category(category, number_of(year), context) for category in found.categories]
    context.count("项目", listed)
    leave_notes(found.notes, context)
    left_over(rest, context)
    return Draft(identifier, data)


def _category(category: Category, year: int, context: Context) -> object:
    data: dict[str, object] = {"number": category.number, "title": category.title}
    if category.announced is not None:
        data["announced"] = category.announced
        listed = _below(category)
        if listed != category.announced:
            context.doubts.append(f"“{category.title}”写明{category.announced}个，原文实际列出{listed}个")
            data["#count"] = Remark(f"待核：写明{category.announced}个，原文实际列出{listed}个")
    if category.totals:
        data["totals"] = by_head(category.totals)
    if category.categories:
        data["categories"] = [_category(child, year, context) for child in category.categories]
    if category.projects:
        data["projects"] = [_project(project, year, context) for project in category.projects]
    return Guess(data, category.guessed) if category.guessed else data


def _below(category: Category) -> int:
    return len(category.projects) + sum(_below(child) for child in category.categories)


def _project(project: Project, year: int, context: Context) -> dict[str, object]:
    data: dict[str, object] = {"number": project.number, "title": project.title}
    if project.tags:
        data["tags"] = project.tags
    if project.others:
        cells = by_head(project.others)
        heads = [head for head in cells if announced(head) in OF_UNITS]
        first = [head for head in heads if not is_second_to_units(head)] or heads
        units = [cells[head] for head in first]
        data["cells"] = cells
        for text in units:
            context.cell(text, year)
    return data


IMPORTER = Importer(roles=(ROLE,), draft=draft)
