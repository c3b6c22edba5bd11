"""Every pair of 机构, 年份, 主题, status, month that has content, as a page: facets that combine without a script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypedDict

from gongkai.column import urls
from gongkai.column.page import HOME, Choice, Crumb, Page, paginated
from gongkai.column.progress import TASK_STATUS_LABELS, TaskStatus
from gongkai.column.questions import question
from gongkai.column.site_data import RecordRef, SiteData
from gongkai.column.vocabulary import Organ, Theme
from gongkai.site.months import due_by_month, month_label

YEARS = Crumb("按年份", urls.YEARS)
ORGANS = Crumb("按机构", urls.ORGANS)
_BESIDE = 60
"""Neighbouring pages that a page leads to; all are reached from the page of the theme."""


@question
def years_of_organ(column: SiteData, organ: str) -> list[Choice]:
    """The years of a district, newest first."""
    found = column.index.organ_years
    years = [year for year in column.index.years if (organ, year) in found]
    return [Choice(f"{year}年", urls.organ_year(organ, year), _files(column, organ, year)) for year in years]


def _files(column: SiteData, organ: str, year: int) -> int:
    """How many files a district has for a year: what is in them has no place in the list behind the number."""
    return sum(entry.id in column.index.heads for entry in column.index.organ_years[organ, year])


@question
def organs_of_year(column: SiteData, year: int) -> list[Choice]:
    """The districts of a year, in the order of the register."""
    found = column.index.organ_years
    return [
        Choice(organ.short_name, urls.organ_year(organ.id, year), _files(column, organ.id, year))
        for organ in column.organs.values()
        if (organ.id, year) in found
    ]


@question
def themes_of_organ(column: SiteData, organ: str) -> list[Choice]:
    """The themes of a district, with the page of each pair, most first."""
    found = column.index.organ_themes
    return _most_first(
        Choice(column.themes[theme].name, urls.organ_theme(organ, theme), len(found[organ, theme]))
        for theme in column.index.themes
        if (organ, theme) in found
    )


@question
def themes_of_year(column: SiteData, year: int) -> list[Choice]:
    """The themes of a year, with the page of each pair, most first."""
    found = column.index.year_themes
    return _most_first(
        Choice(column.themes[theme].name, urls.year_theme(year, theme), len(found[year, theme]))
        for theme in column.index.themes
        if (year, theme) in found
    )


def _most_first(choices: Iterable[Choice]) -> list[Choice]:
    return sorted(choices, key=lambda choice: (-choice.count, choice.url))


@question
def pairs_of_theme(column: SiteData, theme: str) -> tuple[list[Choice], list[Choice]]:
    """The districts and the years of a theme."""
    organs, years = column.index.organ_themes, column.index.year_themes
    return (
        [
            Choice(organ.short_name, urls.organ_theme(organ.id, theme), len(organs[organ.id, theme]))
            for organ in column.organs.values()
            if (organ.id, theme) in organs
        ],
        [
            Choice(f"{year}年", urls.year_theme(year, theme), len(years[year, theme]))
            for year in column.index.years
            if (year, theme) in years
        ],
    )


def organ_year_pages(column: SiteData, organ_id: str, year: int) -> Iterator[Page]:
    """What a district published for a year."""
    organ, url = column.organs[organ_id], urls.organ_year(organ_id, year)
    entries = column.index.organ_years[organ_id, year]
    return _pair(
        column,
        "organ_year",
        url,
        f"{organ.short_name}{year}年",
        (ORGANS, Crumb(organ.short_name, urls.organ(organ.id)), Crumb(f"{year}年", url)),
        [entry for entry in entries if entry.id in column.index.heads],
        wider=(
            Choice(f"{organ.short_name}历年", urls.organ(organ.id), 0),
            Choice(f"{year}年各区县", urls.year(year), 0),
        ),
        beside=years_of_organ(column, organ.id),
        chosen=f"organ={organ.id}&year={year}",
    )


def organ_theme_pages(column: SiteData, organ_id: str, theme_id: str) -> Iterator[Page]:
    """What a district published on a theme."""
    organ, theme, url = column.organs[organ_id], column.themes[theme_id], urls.organ_theme(organ_id, theme_id)
    found, wider = column.index.organ_themes[organ_id, theme_id], Crumb(organ.short_name, urls.organ(organ_id))
    organs, _ = pairs_of_theme(column, theme_id)
    crumbs, title = (ORGANS, wider, Crumb(theme.name, url)), f"{organ.short_name}：{theme.name}"
    wide, both = _wider(organ.short_name, wider.url, theme), f"organ={organ_id}&theme={theme_id}"
    return _pair(column, "organ_theme", url, title, crumbs, found, wider=wide, beside=organs, chosen=both)


def year_theme_pages(column: SiteData, year: int, theme_id: str) -> Iterator[Page]:
    """What was published on a theme for a year."""
    theme, url = column.themes[theme_id], urls.year_theme(year, theme_id)
    found, wider = column.index.year_themes[year, theme_id], Crumb(f"{year}年", urls.year(year))
    _, years = pairs_of_theme(column, theme_id)
    crumbs, title = (YEARS, wider, Crumb(theme.name, url)), f"{year}年：{theme.name}"
    wide, both = _wider(wider.label, wider.url, theme), f"year={year}&theme={theme_id}"
    return _pair(column, "year_theme", url, title, crumbs, found, wider=wide, beside=years, chosen=both)


@question
def theme_states(column: SiteData, theme: str) -> dict[TaskStatus, list[str]]:
    """By status: the ids of what is filed under a theme and has one."""
    known = column.index.statuses
    found: dict[TaskStatus, list[str]] = {}
    for entry in column.index.themes.get(theme, ()):
        if entry.id in known:
            found.setdefault(known[entry.id], []).append(entry.id)
    return {status: found[status] for status in TaskStatus if status in found}


def states_of_themes(column: SiteData) -> dict[tuple[str, str], None]:
    """The themes and statuses that occur together."""
    known = column.index.statuses
    filed = column.index.themes.items()
    return {(theme, known[entry.id].value): None for theme, found in filed for entry in found if entry.id in known}


def theme_state_pages(column: SiteData, theme_id: str, state: str) -> Iterator[Page]:
    """What is filed under a theme and has one status: the list behind a number."""
    theme, url, status = column.themes[theme_id], urls.theme_state(theme_id, state), TaskStatus(state)
    label = TASK_STATUS_LABELS[status]
    found = theme_states(column, theme_id)
    return _pair(
        column,
        "theme_state",
        url,
        f"{theme.name}：{label}",
        (Crumb("按主题", urls.THEMES), Crumb(theme.name, urls.theme(theme_id)), Crumb(label, url)),
        [column.index.entries[identifier] for identifier in found[status]],
        wider=(Choice(f"“{theme.name}”全部内容", urls.theme(theme_id), 0),),
        beside=[
            Choice(TASK_STATUS_LABELS[other], urls.theme_state(theme_id, other.value), len(found[other]))
            for other in found
        ],
        chosen=f"theme={theme_id}&state={state}",
    )


def months_of_years(column: SiteData) -> dict[tuple[int, str], None]:
    """The years and months in which tasks are due."""
    return {(year, month): None for year in column.index.years for month in due_by_month(column, year)}


def year_month_pages(column: SiteData, year: int, month: str) -> Iterator[Page]:
    """The tasks of a year that are due in a month."""
    title, url = f"{year}年{month_label(month)}到期的任务", urls.year_month(year, month)
    found = due_by_month(column, year)
    return _pair(
        column,
        "year_month",
        url,
        title,
        (YEARS, Crumb(f"{year}年", urls.year(year)), Crumb(f"{month_label(month)}到期", url)),
        [column.index.entries[identifier] for identifier in found[month]],
        wider=(Choice(f"{year}年全部内容", urls.year(year), 0),),
        beside=[Choice(month_label(other), urls.year_month(year, other), len(tasks)) for other, tasks in found.items()],
    )


def _wider(label: str, url: str, theme: Theme) -> tuple[Choice, Choice]:
    return Choice(f"{label}全部内容", url, 0), Choice(f"“{theme.name}”全部内容", urls.theme(theme.id), 0)


class PairView(TypedDict):
    """What the page of a district and year, a district and theme, a year and theme shows."""

    entries: Sequence[RecordRef]
    total: int
    organs: Mapping[str, Organ]
    wider: tuple[Choice, ...]
    chosen: str
    beside: list[Choice]


def _pair(
    column: SiteData,
    kind: str,
    url: str,
    title: str,
    crumbs: tuple[Crumb, ...],
    entries: Sequence[RecordRef],
    *,
    wider: tuple[Choice, ...],
    beside: Sequence[Choice],
    chosen: str = "",
) -> Iterator[Page]:
    for part, shown in paginated(url, entries):
        yield Page(
            kind=kind,
            url=part.url(),
            title=part.named(title),
            description=f"{title}：本专栏收录的{len(entries)}条内容。",
            crumbs=(HOME, *crumbs),
            view=PairView(
                entries=shown,
                total=len(entries),
                organs=column.organs,
                wider=wider,
                chosen=chosen,
                beside=[other for other in beside if other.url != url][:_BESIDE],
            ),
            keywords=(title, "政府信息公开"),
            part=part,
            rows=(("records", [entry.id for entry in shown]),),
            listed="records",
        )
