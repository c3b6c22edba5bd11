"""Counting what pictures and comparisons show: units by theme, themes by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from gongkai.column import urls
from gongkai.column.page import is_one_page
from gongkai.column.pictures.grids import Heading, themes_by_year, unit_theme_matrix
from gongkai.column.pictures.picture import Picture
from gongkai.column.site_data import RecordRef, SiteData
from gongkai.column.unit import Via
from gongkai.column.vocabulary import Organ, Theme, ThemeScheme
from gongkai.kinds.plan.parts import PLAN


class ThemeChange(Struct, frozen=True):
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
    counts: Counter[tuple[str, str]] = Counter()
    units: dict[str, Heading] = {}
    whole: set[str] = set()
    for unit in (unit for unit in column.units.values() if unit.organ == organ.id):
        units[unit.id] = (unit.name, urls.unit(unit.id))
        use = column.index.units.get(unit.id)
        if not use or unit.is_group:
            continue
        named = {duty.task.id: duty.themes for duty in use.duties if duty.via is not Via.GROUP}
        counts.update((unit.id, theme) for themes in named.values() for theme in themes)
        whole |= {unit.id} if is_one_page(use.everything) else set()
    return unit_theme_matrix(
        organ.short_name,
        units,
        _headings(column),
        counts,
        # Of a list that is cut into pages no page can show all tasks on a theme.
        lambda unit, theme: f"{urls.unit(unit)}#theme-{theme}" if unit in whole else None,
    )


def theme_years(column: SiteData) -> Picture | None:
    """How much each of the column's own themes has in each year."""
    counts: Counter[tuple[str, str]] = Counter()
    for theme in column.themes.values():
        if theme.scheme is ThemeScheme.LOCAL:
            counts.update((theme.id, str(entry.year)) for entry in column.index.themes.get(theme.id, ()))
    return themes_by_year(
        "各年主题", _headings(column), column.index.years, counts, lambda theme, year: urls.year_theme(int(year), theme)
    )
