"""Counting what pictures and comparisons show: units by theme, themes by year, deadlines by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.model import urls
from generator.model.column import Column, RecordKind
from generator.model.deadline import DeadlineKind
from generator.model.plan import Plan
from generator.model.unit import Role, Via
from generator.model.vocabulary import Organ, Theme, ThemeScheme
from generator.pages.pictures.bars import Month, months_of_deadlines
from generator.pages.pictures.grids import Heading, themes_by_year, unit_theme_matrix
from generator.pages.pictures.picture import Picture


@dataclass(frozen=True, slots=True)
class ThemeChange:
    """What one district's plan of a year takes up, goes on with and no longer names, against its plan before."""

    organ: Organ
    year: int
    before: int
    added: tuple[Theme, ...]
    kept: tuple[Theme, ...]
    dropped: tuple[Theme, ...]


def theme_changes(column: Column, year: int) -> list[ThemeChange]:
    """For every district with a plan of this year and an earlier one. Districts are never compared with each other."""
    found = []
    for organ in column.organs.values():
        series = column.index.series.get((RecordKind.PLAN, organ.id), ())
        now = [column.plans[entry.id] for entry in series if entry.year == year]
        earlier = [entry.year for entry in series if entry.year < year]
        if not now or not earlier:
            continue
        before = [column.plans[entry.id] for entry in series if entry.year == max(earlier)]
        new, old = _themes_of(now), _themes_of(before)
        found.append(
            ThemeChange(
                organ,
                year,
                max(earlier),
                *(
                    tuple(theme for theme in column.themes.values() if theme.id in chosen)
                    for chosen in (new - old, new & old, old - new)
                ),
            )
        )
    return found


def _themes_of(plans: Iterable[Plan]) -> set[str]:
    return {
        theme
        for plan in plans
        for records in (plan.sections, plan.tasks)
        for record in records
        for theme in record.themes
    }


def _headings(column: Column) -> Mapping[str, Heading]:
    return {theme.id: (theme.name, urls.theme(theme.id)) for theme in column.themes.values()}


def organ_matrix(column: Column, organ: Organ) -> Picture | None:
    """Which unit of a district answers for which themes, over all years; units printed by name only."""
    counts: Counter[tuple[str, str]] = Counter()
    for entry in column.index.series.get((RecordKind.PLAN, organ.id), ()):
        for task in column.plans[entry.id].tasks:
            named = {given.unit for given in task.assignments if given.via is not Via.GROUP}
            own = [unit for unit in named if not column.units[unit].is_group]
            counts.update((unit, theme) for unit in own for theme in task.themes)
    units: dict[str, Heading] = {
        unit.id: (unit.name, urls.unit(unit.id)) for unit in column.units.values() if unit.organ == organ.id
    }
    return unit_theme_matrix(organ.short_name, units, _headings(column), counts)


def theme_years(column: Column) -> Picture | None:
    """How much each of the column's own themes has in each year."""
    counts: Counter[tuple[str, str]] = Counter()
    for theme in column.themes.values():
        if theme.scheme is ThemeScheme.LOCAL:
            counts.update((theme.id, str(entry.year)) for entry in column.index.themes.get(theme.id, ()))
    return themes_by_year("各年主题", _headings(column), column.index.years, counts)


def year_months(column: Column, year: int) -> Picture | None:
    """In which month the tasks of a year are due."""
    dated: Counter[int] = Counter()
    whole: Counter[int] = Counter()
    undated = 0
    for plan in column.plans.values():
        for task in plan.tasks if plan.year == year else ():
            due = task.deadline.due if task.deadline else None
            if task.deadline is None or due is None or due.year != year:
                undated += 1
            elif task.deadline.kind is DeadlineKind.YEAR:
                whole[due.month] += 1
            else:
                dated[due.month] += 1
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
