"""Pages that lead to records: the three doors 机构 / 年份 / 主题 with a page behind each value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import Any, TypedDict

from gongkai.column import urls
from gongkai.column.news import News, latest, news_of
from gongkai.column.page import HOME, Choice, Crumb, Page, Pagination, Rows, paginated
from gongkai.column.pictures.picture import Picture
from gongkai.column.progress import Totals, totals
from gongkai.column.questions import question
from gongkai.column.site_data import DocumentHead, RecordRef, SiteData
from gongkai.column.unit import Unit
from gongkai.column.vocabulary import Organ, Theme, ThemeScheme
from gongkai.kinds.plan.compared import compared_with
from gongkai.site.counts import ThemeChange, organ_matrix, theme_changes, theme_years
from gongkai.site.facets import (
    ORGANS,
    YEARS,
    organs_of_year,
    pairs_of_theme,
    themes_of_organ,
    themes_of_year,
    years_of_organ,
)
from gongkai.site.lists import HeadsByKind, by_kind
from gongkai.site.months import year_months
from gongkai.site.standing import Standing, standing
from gongkai.site.unit import counts_of

THEMES = Crumb("按主题", urls.THEMES)
_CHANGES, _ORGANS = 20, 60
"""What a page shows of each at most; the pages behind its headings show everything."""


class ThemesView(TypedDict):
    """What the template ``themes`` shows."""

    local: list[tuple[Theme, int]]
    national: list[tuple[Theme, int, list[tuple[Theme, int]]]]
    picture: Picture | None


def themes_page(column: SiteData) -> Page:
    """The page 按主题."""
    return _page(
        "themes",
        Pagination(urls.THEMES, 1, 1),
        THEMES,
        "按主题查找",
        "按生活主题和国务院主题分类列出全部公开内容。",
        ThemesView(
            local=used_themes(column, ThemeScheme.LOCAL), national=_national(column), picture=theme_years(column)
        ),
        ("themes", [theme.id for theme in column.themes_in_use]),
    )


class YearsView(TypedDict):
    """What the template ``years`` shows."""

    years: list[tuple[int, list[RecordRef]]]


def years_pages(column: SiteData) -> Iterator[Page]:
    """The pages 按年份."""
    for part, shown in paginated(urls.YEARS, list(column.index.heads.values())):
        years = [(year, [head.entry for head in found]) for year, found in groupby(shown, lambda head: head.entry.year)]
        rows = ("records", [head.entry.id for head in shown])
        about = "按年份列出工作要点、重点项目和重大行政决策目录。"
        yield _page("years", part, YEARS, "按年份查找", about, YearsView(years=years), rows)


class OrgansView(TypedDict):
    """What the template ``organs`` shows."""

    organs: list[tuple[Organ, list[RecordRef]]]


def organs_pages(column: SiteData) -> Iterator[Page]:
    """The pages 按机构."""
    heads: dict[str, list[DocumentHead]] = {organ: [] for organ in column.organs}
    for head in column.index.heads.values():
        heads[head.entry.organ].append(head)
    lines: list[tuple[str, DocumentHead | None]] = []
    for organ, found in heads.items():
        lines += [(organ, head) for head in found] or [(organ, None)]
    for part, shown in paginated(urls.ORGANS, lines):
        organs = [
            (column.organs[organ], [head.entry for _, head in found if head])
            for organ, found in groupby(shown, lambda line: line[0])
        ]
        rows = ("organs", [organ.id for organ, _ in organs])
        about = "按发布机构所属区县列出全部公开内容。"
        yield _page("organs", part, ORGANS, "按机构查找", about, OrgansView(organs=organs), rows)


def _page(
    kind: str,
    part: Pagination,
    crumb: Crumb,
    title: str,
    description: str,
    view: Mapping[str, Any],
    listed: tuple[str, Sequence[str]],
    above: tuple[Crumb, ...] = (),
    rows: Rows = (),
    news: Sequence[News] | None = None,
) -> Page:
    return Page(
        kind=kind,
        url=part.url(),
        title=part.named(title),
        description=description,
        crumbs=(HOME, *above, crumb),
        view=view,
        keywords=(title, "政府信息公开"),
        part=part,
        rows=(*rows, listed),
        listed=listed[0],
        news=news,
    )


def used_themes(column: SiteData, scheme: ThemeScheme) -> list[tuple[Theme, int]]:
    """Themes that have a page, with how much is filed under each, in the order of the vocabulary."""
    filed = column.index.themes
    return [(theme, len(filed.get(theme.id, ()))) for theme in column.themes_in_use if theme.scheme is scheme]


@question
def children(column: SiteData, theme: str) -> list[tuple[Theme, int]]:
    """The themes below a theme that have a page, with how much is filed under each."""
    filed = column.index.themes
    return [(child, len(filed.get(child.id, ()))) for child in column.themes_in_use if child.parent == theme]


def _national(column: SiteData) -> list[tuple[Theme, int, list[tuple[Theme, int]]]]:
    used = used_themes(column, ThemeScheme.NATIONAL)
    return [
        (theme, count, [(child, number) for child, number in used if child.parent == theme.id])
        for theme, count in used
        if theme.parent is None
    ]


def year_pages(column: SiteData, year: int) -> Iterator[Page]:
    """A year, cut into pages; comparisons and the picture stand on the first."""
    heads = [head for head in column.index.heads.values() if head.entry.year == year]
    for part, shown in paginated(urls.year(year), heads):
        yield _year(column, year, part, shown)


class YearView(HeadsByKind):
    """What the template ``year`` shows."""

    themes: list[Choice]
    changes: list[ThemeChange]
    compared: Mapping[str, tuple[RecordRef, RecordRef]]
    picture: Picture | None
    by_organ: list[Choice]
    organs: Mapping[str, Organ]
    previous: int | None
    next: int | None


def _year(column: SiteData, year: int, part: Pagination, heads: Sequence[DocumentHead]) -> Page:
    earlier = [other for other in column.index.years if other < year]
    later = [other for other in column.index.years if other > year]
    first = part.number == 1
    changes = list(islice(theme_changes(column, year), _CHANGES)) if first else []
    return _page(
        "year",
        part,
        Crumb(f"{year}年", urls.year(year)),
        f"{year}年",
        f"{year}年的工作要点、任务分解表、重点项目和重大行政决策事项目录。",
        YearView(
            **by_kind(heads),
            themes=themes_of_year(column, year) if first else [],
            changes=changes,
            compared=_beside_before(column, year, [change.organ.id for change in changes]),
            picture=year_months(column, year) if first else None,
            by_organ=organs_of_year(column, year)[:_ORGANS],
            organs=column.organs,
            previous=earlier[0] if earlier else None,
            next=later[-1] if later else None,
        ),
        ("records", [head.entry.id for head in heads]),
        (YEARS,),
        news=latest(column, "", "", year) if first else None,
    )


def _beside_before(column: SiteData, year: int, organs: Iterable[str]) -> dict[str, tuple[RecordRef, RecordRef]]:
    """By district: its plan of a year, and the one before."""
    found = {}
    for organ in organs:
        pairs = compared_with(column, organ)
        found[organ] = next(pair for pair in pairs if pair[0].year == year and pair[1].year < year)
    return found


def organ_pages(column: SiteData, organ: str) -> Iterator[Page]:
    """A district, cut into pages: what it published, then the units that are named."""
    heads = [head for head in column.index.heads.values() if head.entry.organ == organ]
    units = [unit for unit in column.units.values() if unit.organ == organ and unit.id in column.index.units]
    items: list[DocumentHead | Unit] = [*heads, *units]
    for part, shown in paginated(urls.organ(organ), items):
        yield _organ(column, column.organs[organ], part, shown)


class OrganView(HeadsByKind):
    """What the template ``organ`` shows."""

    organ: Organ
    standing: Standing | None
    compared: list[tuple[RecordRef, RecordRef]]
    years: list[Choice]
    themes: list[Choice]
    picture: Picture | None
    units: list[tuple[Unit, int, int]]


def _organ(column: SiteData, organ: Organ, part: Pagination, shown: Sequence[DocumentHead | Unit]) -> Page:
    heads = [item for item in shown if isinstance(item, DocumentHead)]
    units = [item for item in shown if isinstance(item, Unit)]
    return _page(
        "organ",
        part,
        Crumb(organ.short_name, urls.organ(organ.id)),
        organ.short_name,
        f"{organ.name}公开的工作要点、重点项目、重大行政决策事项目录和责任单位。",
        OrganView(
            organ=organ,
            standing=standing(column, organ.id) if part.number == 1 else None,
            compared=list(compared_with(column, organ.id)) if part.number == 1 else [],
            years=years_of_organ(column, organ.id),
            themes=themes_of_organ(column, organ.id),
            picture=organ_matrix(column, organ) if part.number == 1 else None,
            **by_kind(heads),
            units=[(unit, *counts_of(column, unit)) for unit in units],
        ),
        ("records", [head.entry.id for head in heads]),
        (ORGANS,),
        (("organs", [organ.id]), ("units", [unit.id for unit in units])),
        news=latest(column, "", organ.id) if part.number == 1 else None,
    )


class ThemeView(TypedDict):
    """What the template ``theme`` shows."""

    theme: Theme
    parent: Theme | None
    children: list[tuple[Theme, int]]
    by_organ: list[Choice]
    by_year: list[Choice]
    years: list[tuple[int, int, list[RecordRef]]]
    totals: Totals
    organs: Mapping[str, Organ]


@question
def statuses_of_theme(column: SiteData, theme: str) -> Totals:
    """What became of all that is filed under a theme."""
    known = column.index.statuses
    return totals(known[entry.id] for entry in column.index.themes.get(theme, ()) if entry.id in known)


def theme_pages(column: SiteData, theme: Theme) -> Iterator[Page]:
    """All that is filed under a theme, cut into pages."""
    entries = column.index.themes.get(theme.id, ())
    total = Counter(entry.year for entry in entries)
    by_organ, by_year = pairs_of_theme(column, theme.id)
    for part, shown in paginated(urls.theme(theme.id), entries):
        years = [(year, total[year], list(found)) for year, found in groupby(shown, lambda entry: entry.year)]
        ids = [entry.id for entry in shown]
        yield _page(
            "theme",
            part,
            Crumb(theme.name, urls.theme(theme.id)),
            theme.name,
            theme.description or f"与“{theme.name}”有关的工作要点章节、任务、决策事项和重点项目。",
            ThemeView(
                theme=theme,
                parent=column.themes.get(theme.parent or ""),
                children=children(column, theme.id),
                by_organ=by_organ[:_ORGANS],
                by_year=by_year,
                years=years,
                totals=statuses_of_theme(column, theme.id),
                organs=column.organs,
            ),
            ("records", ids),
            (THEMES,),
            (("themes", [theme.id]),),
            news=news_of(column, [entry.id for entry in entries]) if part.number == 1 else None,
        )
