"""Every pair of 机构, 年份 and 主题 that has content, as a page: facets that combine without a script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import urls
from generator.model.column import Column, Entry, RecordKind
from generator.pages.page import HOME, Crumb, Page

YEARS = Crumb("按年份", urls.YEARS)
ORGANS = Crumb("按机构", urls.ORGANS)
HEADS = (RecordKind.PLAN, RecordKind.DIRECTORY, RecordKind.PROJECT_LIST)
"""Plans, directories and lists: what years and districts are looked through by."""

_MOST = 400
"""Entries on a page, so that none passes 500 KB; the CSV beside it has all."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to a narrower or neighbouring page, with how much it has."""

    label: str
    url: str
    count: int


def facet_pages(column: Column) -> Iterator[Page]:
    """A page for each pair that exists: as many as the content asks for, never the product of all values."""
    yield from _organ_years(column)
    yield from _organ_themes(column)
    yield from _year_themes(column)


def years_of_organ(column: Column, organ: str) -> list[Choice]:
    """The years of a district, newest first."""
    counts = Counter(entry.year for entry in column.index.entries.values() if entry.organ == organ)
    return [Choice(f"{year}年", urls.organ_year(organ, year), counts[year]) for year in sorted(counts, reverse=True)]


def organs_of_year(column: Column, year: int) -> list[Choice]:
    """The districts of a year, in the order of the register."""
    counts = Counter(entry.organ for entry in column.index.entries.values() if entry.year == year)
    return [
        Choice(organ.short_name, urls.organ_year(organ.id, year), counts[organ.id])
        for organ in column.organs.values()
        if organ.id in counts
    ]


def themes_of(column: Column, *, organ: str | None = None, year: int | None = None) -> list[Choice]:
    """The themes of a district or of a year (one of the two), with the page of each pair, most first."""
    found = []
    for theme, entries in column.index.themes.items():
        count = sum(
            (organ is None or entry.organ == organ) and (year is None or entry.year == year) for entry in entries
        )
        if count:
            url = urls.organ_theme(organ, theme) if organ else urls.year_theme(year or 0, theme)
            found.append(Choice(column.themes[theme].name, url, count))
    return sorted(found, key=lambda choice: (-choice.count, choice.url))


def pairs_of_theme(column: Column, theme: str) -> tuple[list[Choice], list[Choice]]:
    """The districts and the years of a theme."""
    entries = column.index.themes.get(theme, ())
    organs = Counter(entry.organ for entry in entries)
    years = Counter(entry.year for entry in entries)
    return (
        [
            Choice(organ.short_name, urls.organ_theme(organ.id, theme), organs[organ.id])
            for organ in column.organs.values()
            if organ.id in organs
        ],
        [Choice(f"{year}年", urls.year_theme(year, theme), years[year]) for year in sorted(years, reverse=True)],
    )


def _organ_years(column: Column) -> Iterator[Page]:
    for organ in column.organs.values():
        for choice in years_of_organ(column, organ.id):
            year = int(choice.label.removesuffix("年"))
            entries = [
                entry for entry in column.index.entries.values() if entry.organ == organ.id and entry.year == year
            ]
            yield _pair(
                column,
                "organ_year",
                choice.url,
                f"{organ.short_name}{year}年",
                (ORGANS, Crumb(organ.short_name, urls.organ(organ.id)), Crumb(f"{year}年", choice.url)),
                [entry for entry in entries if entry.kind in HEADS],
                wider=(
                    Choice(f"{organ.short_name}历年", urls.organ(organ.id), 0),
                    Choice(f"{year}年各区县", urls.year(year), 0),
                ),
                beside=[other for other in years_of_organ(column, organ.id) if other != choice],
            )


def _organ_themes(column: Column) -> Iterator[Page]:
    for theme, entries in column.index.themes.items():
        organs, _ = pairs_of_theme(column, theme)
        for organ in column.organs.values():
            found = [entry for entry in entries if entry.organ == organ.id]
            if found:
                name = column.themes[theme].name
                url = urls.organ_theme(organ.id, theme)
                yield _pair(
                    column,
                    "organ_theme",
                    url,
                    f"{organ.short_name}：{name}",
                    (ORGANS, Crumb(organ.short_name, urls.organ(organ.id)), Crumb(name, url)),
                    found,
                    wider=_wider(organ.short_name, urls.organ(organ.id), name, theme),
                    beside=[other for other in organs if other.url != url],
                )


def _year_themes(column: Column) -> Iterator[Page]:
    for theme, entries in column.index.themes.items():
        _, years = pairs_of_theme(column, theme)
        for choice in years:
            year = int(choice.label.removesuffix("年"))
            name = column.themes[theme].name
            yield _pair(
                column,
                "year_theme",
                choice.url,
                f"{year}年：{name}",
                (YEARS, Crumb(f"{year}年", urls.year(year)), Crumb(name, choice.url)),
                [entry for entry in entries if entry.year == year],
                wider=_wider(f"{year}年", urls.year(year), name, theme),
                beside=[other for other in years if other != choice],
            )


def _wider(label: str, url: str, theme: str, theme_id: str) -> tuple[Choice, Choice]:
    return Choice(f"{label}全部内容", url, 0), Choice(f"“{theme}”全部内容", urls.theme(theme_id), 0)


def _pair(
    column: Column,
    kind: str,
    url: str,
    title: str,
    crumbs: tuple[Crumb, ...],
    entries: list[Entry],
    *,
    wider: tuple[Choice, Choice],
    beside: list[Choice],
) -> Page:
    return Page(
        kind=kind,
        url=url,
        title=title,
        description=f"{title}：本专栏收录的{len(entries)}条内容。",
        crumbs=(HOME, *crumbs),
        view={
            "entries": entries[:_MOST],
            "total": len(entries),
            "organs": column.organs,
            "wider": wider,
            "beside": beside,
        },
        keywords=(title, "政府信息公开"),
    )
