"""Pages of units: all that a unit is asked to do, across the years, by how it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import urls
from generator.model.column import Column, Duty, UnitUse
from generator.model.unit import KIND_LABELS, Unit, UnitKind, Via
from generator.pages.counts import roles_by_year
from generator.pages.page import HOME, Crumb, Page

UNITS = Crumb("责任单位", urls.UNITS)
_NO_USE = UnitUse((), (), ())


@dataclass(frozen=True, slots=True)
class YearDuties:
    """A unit's duties of one year: printed by name (or inherited from the cell above), and through a group."""

    year: int
    named: tuple[Duty, ...]
    through: tuple[Duty, ...]


def unit_pages(column: Column) -> Iterator[Page]:
    """The list of units, and a page for each."""
    yield _units_page(column)
    for unit in column.units.values():
        yield _unit_page(column, unit)


def use_of(column: Column, unit: Unit) -> UnitUse:
    """What refers to a unit; empty when nothing does."""
    return column.index.units.get(unit.id, _NO_USE)


def by_year(use: UnitUse) -> list[YearDuties]:
    """Duties by year, newest first; what names the unit apart from what reaches it through a group."""
    return [
        YearDuties(
            year,
            tuple(duty for duty in use.duties if duty.task.year == year and duty.group is None),
            tuple(duty for duty in use.duties if duty.task.year == year and duty.group is not None),
        )
        for year in sorted({duty.task.year for duty in use.duties}, reverse=True)
    ]


def _units_page(column: Column) -> Page:
    groups = []
    for organ in column.organs.values():
        units = [unit for unit in column.units.values() if unit.organ == organ.id]
        kinds = [
            (KIND_LABELS[kind], [(unit, use_of(column, unit)) for unit in units if unit.kind is kind])
            for kind in UnitKind
        ]
        groups.append((organ, [(label, members) for label, members in kinds if members]))
    return Page(
        kind="units",
        url=urls.UNITS,
        title="责任单位",
        description="按区县列出文件点名的责任单位和集体称谓，点开可以看到它历年承担的全部任务和承办的重大行政决策。",
        crumbs=(HOME, UNITS),
        view={"groups": [(organ, kinds) for organ, kinds in groups if kinds]},
        keywords=("责任单位",),
    )


def _unit_page(column: Column, unit: Unit) -> Page:
    use = use_of(column, unit)
    organ = column.organs[unit.organ]
    total = len(use.duties)
    return Page(
        kind="unit",
        url=urls.unit(unit.id),
        title=unit.name,
        description=f"{organ.short_name}{unit.name}历年承担的{total}项政务公开任务、承办的{len(use.decisions)}项重大行政决策。",
        crumbs=(HOME, UNITS, Crumb(f"{organ.short_name}·{unit.name}", urls.unit(unit.id))),
        view={
            "unit": unit,
            "organ": organ,
            "kind_label": KIND_LABELS[unit.kind],
            "use": use,
            "years": by_year(use),
            "roles": roles_by_year((duty.task.year, duty.role, duty.group is not None) for duty in use.duties),
            "members": [column.units[member] for member in unit.members],
            "groups": [group for group in column.units.values() if unit.id in group.members],
            "successor": column.units.get(unit.successor or ""),
            "predecessors": [other for other in column.units.values() if other.successor == unit.id],
            "units": column.units,
            "inherited": any(duty.via is Via.INHERITED for duty in use.duties),
        },
        keywords=(unit.name, *unit.aliases[:5], organ.short_name),
        source=unit.origin.file,
    )
