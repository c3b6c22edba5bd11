"""Counting what pictures and comparisons show: units by theme, themes by year, deadlines by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from gongkai.column import urls
from gongkai.column.pictures.bars import Month, months_of_deadlines
from gongkai.column.pictures.grids import Heading, themes_by_year, unit_theme_matrix
from gongkai.column.pictures.picture import Picture
from gongkai.column.questions import question
from gongkai.column.site_data import RecordRef, SiteData
from gongkai.column.unit import Via
from gongkai.column.vocabulary import Organ, Theme, ThemeScheme
from gongkai.kinds.plan.parts import PLAN, TASK
from gongkai.text.deadline import DeadlineKind
from gongkai.text.role import Role


@dataclass(frozen=True, slots=True)
class ThemeChange:
    """What one district's plan of a year takes up, goes on with and no longer names, against its plan before."""

    organ: Organ
    year: int
    before: int
    added: tuple[Theme, ...]
    kept: tuple[Theme, ...]
    dropped: tuple[Theme, ...]


def theme_changes(column: SiteData, year: int) -> Iterator[ThemeChange]:
    """For every district with a plan of this year and an earlier one. Districts are never compared with each other."""
    for organ in column.organs.values():
        series = column.index.series.get((PLAN, organ.id), ())
        earlier = [entry.year for entry in series if entry.year < year]
        if not earlier or all(entry.year != year for entry in series):
            continue
        new, old = _themes_of(column, series, year), _themes_of(column, series, max(earlier))
        chosen = (
            tuple(theme for theme in column.themes.values() if theme.id in some)
            for some in (new - old, new & old, old - new)
        )
        yield ThemeChange(organ, year, max(earlier), *chosen)


def _themes_of(column: SiteData, series: Iterable[RecordRef], year: int) -> set[str]:
    """What the headings and tasks of the plans of a year are filed under."""
    return {theme for entry in series if entry.year == year for theme in column.index.heads[entry.id].inside}


def _headings(column: SiteData) -> Mapping[str, Heading]:
    return {theme.id: (theme.name, urls.theme(theme.id)) for theme in column.themes.values()}


def organ_matrix(column: SiteData, organ: Organ) -> Picture | None:
    """Which unit of a district answers for which themes, over all years; units printed by name only."""
    filed: dict[str, list[str]] = {}
    for theme in column.themes:
        for entry in column.index.organ_themes.get((organ.id, theme), ()):
            filed.setdefault(entry.id, []).append(theme)
    counts: Counter[tuple[str, str]] = Counter()
    units: dict[str, Heading] = {}
    for unit in (unit for unit in column.units.values() if unit.organ == organ.id):
        units[unit.id] = (unit.name, urls.unit(unit.id))
        use = column.index.units.get(unit.id)
        duties = use.duties if use and not unit.is_group else ()
        named = {duty.task.id for duty in duties if duty.via is not Via.GROUP}
        counts.update((unit.id, theme) for task in named for theme in filed.get(task, ()))
    return unit_theme_matrix(organ.short_name, units, _headings(column), counts)


def theme_years(column: SiteData) -> Picture | None:
    """How much each of the column's own themes has in each year."""
    counts: Counter[tuple[str, str]] = Counter()
    for theme in column.themes.values():
        if theme.scheme is ThemeScheme.LOCAL:
            counts.update((theme.id, str(entry.year)) for entry in column.index.themes.get(theme.id, ()))
    return themes_by_year("各年主题", _headings(column), column.index.years, counts)


@question
def year_months(column: SiteData, year: int) -> Picture | None:
    """In which month the tasks of a year are due."""
    dated: Counter[int] = Counter()
    whole: Counter[int] = Counter()
    undated = 0
    for entry in column.index.entries.values():
        if entry.kind is not TASK or entry.year != year:
            continue
        deadline = column.index.deadlines.get(entry.id)
        if deadline is None or deadline.due is None or deadline.due.year != year:
            undated += 1
        elif deadline.kind is DeadlineKind.YEAR:
            whole[deadline.due.month] += 1
        else:
            dated[deadline.due.month] += 1
    months = [Month(month, dated[month], whole[month]) for month in range(1, 13)]
    return months_of_deadlines(year, months, undated)


def roles_by_year(duties: Iterable[tuple[int, Role, bool]]) -> list[tuple[int, dict[Role, int], int]]:
    """(year, role, through a group) of every duty as (year, number by role, number through groups), newest first."""
    named: dict[int, Counter[Role]] = {}
    through: Counter[int] = Counter()
    for year, role, by_group in duties:
        own = named.setdefault(year, Counter())
        if by_group:
            through[year] += 1
        else:
            own[role] += 1
    return [(year, {role: named[year][role] for role in Role}, through[year]) for year in sorted(named, reverse=True)]
