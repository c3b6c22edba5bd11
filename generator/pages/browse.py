"""Pages that lead to records: home, years, organs, themes, and the lists of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.model import urls
from generator.model.column import Column, Entry
from generator.model.decision import DecisionDirectory
from generator.model.vocabulary import Theme, ThemeScheme
from generator.pages.counts import organ_matrix, theme_changes, theme_years, year_months
from generator.pages.decision import DECISIONS
from generator.pages.facets import HEADS, ORGANS, YEARS, organs_of_year, pairs_of_theme, themes_of, years_of_organ
from generator.pages.now import decisions_in_progress, due_this_quarter, open_consultations
from generator.pages.page import DISCLOSURE, HOME, Crumb, Page
from generator.pages.plan import PLANS
from generator.pages.project import PROJECTS

THEMES = Crumb("按主题", urls.THEMES)
DOCUMENTS = Crumb("公文", urls.DOCUMENTS)
_NEWEST = 8


def browse_pages(column: Column) -> Iterator[Page]:
    """Home, the three doors 机构 / 年份 / 主题 with a page behind each value, and the lists."""
    yield _home(column)
    yield from _lists(column)
    yield _page(
        "years",
        urls.YEARS,
        "按年份查找",
        "按年份列出工作要点、重点项目和重大行政决策目录。",
        (YEARS,),
        {
            "years": [(year, _of_year(column, year)) for year in column.index.years],
        },
    )
    for year in column.index.years:
        yield _year(column, year)
    yield _page(
        "organs",
        urls.ORGANS,
        "按机构查找",
        "按发布机构所属区县列出全部公开内容。",
        (ORGANS,),
        {
            "organs": [(organ, _of_organ(column, organ.id)) for organ in column.organs.values()],
        },
    )
    for organ in column.organs:
        yield _organ(column, organ)
    yield _page(
        "themes",
        urls.THEMES,
        "按主题查找",
        "按生活主题和国务院主题分类列出全部公开内容。",
        (THEMES,),
        {
            "local": used_themes(column, ThemeScheme.LOCAL),
            "national": _national(column),
            "picture": theme_years(column),
        },
    )
    for theme in column.themes.values():
        if _theme_in_use(column, theme):
            yield _theme(column, theme)


def _page(kind: str, url: str, title: str, description: str, crumbs: tuple[Crumb, ...], view: dict[str, Any]) -> Page:
    return Page(kind, url, title, description, (HOME, *crumbs), view, keywords=(title, "政府信息公开"))


def used_themes(column: Column, scheme: ThemeScheme) -> list[tuple[Theme, int]]:
    """Themes that have something to show, with how much, in the order of the vocabulary."""
    return [
        (theme, len(column.index.themes.get(theme.id, ())))
        for theme in column.themes.values()
        if theme.scheme is scheme and _theme_in_use(column, theme)
    ]


def _theme_in_use(column: Column, theme: Theme) -> bool:
    return theme.id in column.index.themes or any(
        child.parent == theme.id and child.id in column.index.themes for child in column.themes.values()
    )


def _national(column: Column) -> list[tuple[Theme, int, list[tuple[Theme, int]]]]:
    used = used_themes(column, ThemeScheme.NATIONAL)
    return [
        (theme, count, [(child, number) for child, number in used if child.parent == theme.id])
        for theme, count in used
        if theme.parent is None
    ]


def _of_year(column: Column, year: int) -> list[Entry]:
    return [entry for entry in heads(column) if entry.year == year]


def _of_organ(column: Column, organ: str) -> list[Entry]:
    return [entry for entry in heads(column) if entry.organ == organ]


def heads(column: Column) -> list[Entry]:
    """Plans, directories and lists: newest year first."""
    return [entry for entry in column.index.entries.values() if entry.kind in HEADS]


def _counts(column: Column) -> dict[str, int]:
    return {
        "plans": len(column.plans),
        "tasks": sum(len(plan.tasks) for plan in column.plans.values()),
        "decisions": sum(len(directory.decisions) for directory in column.directories.values()),
        "projects": sum(len(projects.projects) for projects in column.lists.values()),
        "units": len(column.units),
    }


def _home(column: Column) -> Page:
    newest = sorted(heads(column), key=lambda entry: (_signed(column, entry), entry.id), reverse=True)
    return Page(
        kind="home",
        url=urls.HOME,
        title="政府信息公开",
        description="年度政务公开工作要点、重点项目和重大行政决策事项目录：今年承诺了什么、谁负责、什么时候完成，一查便知。",
        crumbs=(HOME,),
        view={
            "counts": _counts(column),
            "years": [(year, _of_year(column, year)) for year in column.index.years],
            "organs": [(organ, len(_of_organ(column, organ.id))) for organ in column.organs.values()],
            "themes": used_themes(column, ThemeScheme.LOCAL),
            "newest": [(entry, column.documents[_document_id(column, entry)]) for entry in newest[:_NEWEST]],
            "directories": _latest_directories(column),
            "consultations": open_consultations(column),
            "in_progress": decisions_in_progress(column),
            "quarter": due_this_quarter(column),
            "organ_names": column.organs,
        },
        keywords=("政府信息公开", "政务公开工作要点", "重大行政决策", "重点项目"),
    )


def _latest_directories(column: Column) -> list[DecisionDirectory]:
    """The newest directory of each district."""
    newest: dict[str, DecisionDirectory] = {}
    for directory in column.directories.values():
        if directory.organ not in newest or newest[directory.organ].year < directory.year:
            newest[directory.organ] = directory
    return list(newest.values())


def _document_id(column: Column, entry: Entry) -> str:
    record = column.plans.get(entry.id) or column.directories.get(entry.id) or column.lists[entry.id]
    return record.document.id


def _signed(column: Column, entry: Entry) -> str:
    signed = column.documents[_document_id(column, entry)].date_signed
    return signed.isoformat() if signed else str(entry.year)


def _year(column: Column, year: int) -> Page:
    plans = [plan for plan in column.plans.values() if plan.year == year]
    earlier = [other for other in column.index.years if other < year]
    later = [other for other in column.index.years if other > year]
    return _page(
        "year",
        urls.year(year),
        f"{year}年",
        f"{year}年的工作要点、任务分解表、重点项目和重大行政决策事项目录。",
        (YEARS, Crumb(f"{year}年", urls.year(year))),
        {
            "year": year,
            "plans": plans,
            "directories": [item for item in column.directories.values() if item.year == year],
            "lists": [item for item in column.lists.values() if item.year == year],
            "themes": themes_of(column, year=year),
            "changes": theme_changes(column, year),
            "picture": year_months(column, year),
            "by_organ": organs_of_year(column, year),
            "organs": column.organs,
            "previous": earlier[0] if earlier else None,
            "next": later[-1] if later else None,
        },
    )


def _organ(column: Column, organ_id: str) -> Page:
    organ = column.organs[organ_id]
    return _page(
        "organ",
        urls.organ(organ_id),
        organ.short_name,
        f"{organ.name}公开的工作要点、重点项目、重大行政决策事项目录和责任单位。",
        (ORGANS, Crumb(organ.short_name, urls.organ(organ_id))),
        {
            "organ": organ,
            "years": years_of_organ(column, organ_id),
            "themes": themes_of(column, organ=organ_id),
            "picture": organ_matrix(column, organ),
            "plans": _newest_first(column.plans.values(), organ_id),
            "directories": _newest_first(column.directories.values(), organ_id),
            "lists": _newest_first(column.lists.values(), organ_id),
            "units": [
                (unit, column.index.units[unit.id])
                for unit in column.units.values()
                if unit.organ == organ_id and unit.id in column.index.units
            ],
        },
    )


def _newest_first(records: Any, organ: str) -> list[Any]:
    return sorted((item for item in records if item.organ == organ), key=lambda item: (-item.year, item.id))


def _theme(column: Column, theme: Theme) -> Page:
    entries = column.index.themes.get(theme.id, ())
    children = [
        (child, len(column.index.themes.get(child.id, ())))
        for child in column.themes.values()
        if child.parent == theme.id and child.id in column.index.themes
    ]
    years = sorted({entry.year for entry in entries}, reverse=True)
    by_organ, by_year = pairs_of_theme(column, theme.id)
    return _page(
        "theme",
        urls.theme(theme.id),
        theme.name,
        theme.description or f"与“{theme.name}”有关的工作要点章节、任务、决策事项和重点项目。",
        (THEMES, Crumb(theme.name, urls.theme(theme.id))),
        {
            "theme": theme,
            "parent": column.themes.get(theme.parent or ""),
            "children": children,
            "by_organ": by_organ,
            "by_year": by_year,
            "years": [(year, [entry for entry in entries if entry.year == year]) for year in years],
            "organs": column.organs,
        },
    )


def _lists(column: Column) -> Iterator[Page]:
    organs = column.organs
    yield _page(
        "disclosure",
        urls.DISCLOSURE,
        "法定主动公开内容",
        "依法主动公开的工作要点、重点项目和重大行政决策事项目录。",
        (DISCLOSURE,),
        {"counts": _counts(column), "documents": len(column.documents)},
    )
    order = _by_year
    yield _page(
        "plans",
        urls.PLANS,
        "年度工作要点",
        "历年政务公开工作要点和任务分解表。",
        (DISCLOSURE, PLANS),
        {"records": order(column.plans.values()), "organs": organs},
    )
    yield _page(
        "decisions",
        urls.DECISIONS,
        "重大行政决策",
        "历年重大行政决策事项目录和各事项的公开情况。",
        (DISCLOSURE, DECISIONS),
        {"records": order(column.directories.values()), "organs": organs},
    )
    yield _page(
        "projects",
        urls.PROJECTS,
        "重点项目",
        "历年重点建设项目和预备项目清单。",
        (DISCLOSURE, PROJECTS),
        {"records": order(column.lists.values()), "organs": organs},
    )
    documents = sorted(column.documents.values(), key=lambda item: (str(item.date_signed or ""), item.id), reverse=True)
    yield _page(
        "documents",
        urls.DOCUMENTS,
        "公文",
        "本专栏收录的通知等公文。",
        (DISCLOSURE, DOCUMENTS),
        {"documents": documents, "organs": organs},
    )


def _by_year(records: Any) -> list[Any]:
    return sorted(records, key=lambda item: (-item.year, item.organ, item.id))
