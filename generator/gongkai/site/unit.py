"""Pages of units: the list of units, and for each all that it is asked to do, across the years, by how it is asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypedDict

from gongkai.column import urls
from gongkai.column.coverage import CATALOGUE_LABELS, CatalogueState, Coverage
from gongkai.column.page import HOME, Crumb, Page, Pagination, paginated
from gongkai.column.progress import TaskStatus, Totals, totals
from gongkai.column.site_data import SiteData, UnitAssignment, UnitUse
from gongkai.column.unit import KIND_LABELS, Unit, UnitKind
from gongkai.column.vocabulary import Organ
from gongkai.site.counts import roles_by_year
from gongkai.text.role import Role

UNITS = Crumb("责任单位", urls.UNITS)
_NO_USE = UnitUse((), (), (), (), ())


@dataclass(frozen=True, slots=True)
class YearDuties:
    """A unit's duties of one year on one page, with how many there are on all pages.

    ``named`` are printed by name (or inherited from the cell above), ``through`` reach the unit through a group;
    ``totals`` counts a task once.
    """

    year: int
    named: tuple[UnitAssignment, ...]
    through: tuple[UnitAssignment, ...]
    named_count: int
    through_count: int
    totals: Totals


def use_of(column: SiteData, unit: Unit) -> UnitUse:
    """What refers to a unit; empty when nothing does."""
    return column.index.units.get(unit.id, _NO_USE)


def counts_of(column: SiteData, unit: Unit) -> tuple[int, int]:
    """How many tasks and decisions a unit has."""
    use = use_of(column, unit)
    return len(use.duties), len(use.decisions)


def by_year(use: UnitUse, shown: Sequence[UnitAssignment]) -> list[YearDuties]:
    """Duties shown by year, newest first; what names the unit apart from what reaches it through a group."""
    total = Counter((duty.task.year, duty.group is None) for duty in use.duties)
    statuses: dict[int, dict[str, TaskStatus]] = defaultdict(dict)
    for duty in use.duties:
        if duty.status:
            statuses[duty.task.year][duty.task.id] = duty.status
    years = [(year, list(found)) for year, found in groupby(shown, lambda duty: duty.task.year)]
    return [
        YearDuties(
            year,
            tuple(duty for duty in found if duty.group is None),
            tuple(duty for duty in found if duty.group is not None),
            total[year, True],
            total[year, False],
            totals(statuses[year].values()),
        )
        for year, found in years
    ]


class UnitsView(TypedDict):
    """What the template ``units`` shows."""

    groups: list[tuple[Organ, list[tuple[str, list[tuple[Unit, int, int]]]]]]


def units_pages(column: SiteData) -> Iterator[Page]:
    """The list of units by district and kind, cut into pages."""
    order = {kind: at for at, kind in enumerate(UnitKind)}
    organs = {organ: at for at, organ in enumerate(column.organs)}
    units = sorted(column.units.values(), key=lambda unit: (organs[unit.organ], order[unit.kind]))
    for part, shown in paginated(urls.UNITS, units):
        groups = [
            (
                column.organs[organ],
                [
                    (KIND_LABELS[kind], [(unit, *counts_of(column, unit)) for unit in members])
                    for kind, members in groupby(found, lambda unit: unit.kind)
                ],
            )
            for organ, found in groupby(shown, lambda unit: unit.organ)
        ]
        yield Page(
            kind="units",
            url=part.url(),
            title=part.named("责任单位"),
            description="按区县列出文件点名的责任单位和集体称谓，点开可以看到它历年承担的全部任务和承办的重大行政决策。",
            crumbs=(HOME, UNITS),
            view=UnitsView(groups=groups),
            keywords=("责任单位",),
            part=part,
            rows=(("units", [unit.id for unit in shown]),),
            listed="units",
        )


def unit_pages(column: SiteData, unit: Unit) -> Iterator[Page]:
    """All that a unit is asked to do, cut into pages: decisions, what it has to publish, tasks; each newest first."""
    use = use_of(column, unit)
    for part, shown in paginated(urls.unit(unit.id), use.everything):
        yield _unit_page(column, unit, use, part, shown)


class UnitView(TypedDict):
    """What the template ``unit`` shows."""

    unit: Unit
    organ: Organ
    kind_label: str
    use: UnitUse
    decisions: list[UnitAssignment]
    items: list[tuple[UnitAssignment, Coverage]]
    projects: list[UnitAssignment]
    coverage_labels: dict[CatalogueState, str]
    years: list[YearDuties]
    shown_years: set[int]
    roles: list[tuple[int, dict[Role, int], int]]
    members: list[Unit]
    groups: list[Unit]
    successor: Unit | None
    predecessors: list[Unit]
    units: Mapping[str, Unit]


def _unit_page(column: SiteData, unit: Unit, use: UnitUse, part: Pagination, shown: Sequence[UnitAssignment]) -> Page:
    organ = column.organs[unit.organ]
    more = f"、负责公开的{len(use.items)}个事项" if use.items else ""
    decisions, items, projects, duties = (
        [duty for duty in shown if duty.task.kind.unit_block == block]
        for block in ("decisions", "items", "projects", "duties")
    )
    tasks = list(dict.fromkeys(duty.task.id for duty in duties))
    organized = list(dict.fromkeys(duty.task.id for duty in decisions))
    built = list(dict.fromkeys(duty.task.id for duty in projects))
    published = list(dict.fromkeys(duty.task.id for duty in items))
    return Page(
        kind="unit",
        url=part.url(),
        title=part.named(unit.name_in(organ.short_name)),
        description=f"{unit.name_in(organ.short_name)}历年承担的{len(use.duties)}项政务公开任务、承办的{len(use.decisions)}项重大行政决策{more}。",
        crumbs=(HOME, UNITS, Crumb(f"{organ.short_name}·{unit.name}", urls.unit(unit.id))),
        view=UnitView(
            unit=unit,
            organ=organ,
            kind_label=KIND_LABELS[unit.kind],
            use=use,
            decisions=decisions,
            projects=projects,
            items=[(duty, column.index.coverage[duty.task.id]) for duty in items],
            coverage_labels=CATALOGUE_LABELS,
            years=by_year(use, duties),
            shown_years={duty.task.year for duty in duties},
            roles=roles_by_year((duty.task.year, duty.role, duty.group is not None) for duty in use.duties),
            members=[column.units[member] for member in unit.members],
            groups=[column.units[group] for group in column.index.groups.get(unit.id, ())],
            successor=column.units.get(unit.successor or ""),
            predecessors=[column.units[other] for other in column.index.predecessors.get(unit.id, ())],
            units=column.units,
        ),
        keywords=(unit.name, *unit.aliases[:5], organ.short_name),
        source=unit.origin.file,
        part=part,
        rows=(
            ("units", [unit.id]),
            ("tasks", tasks),
            ("decisions", organized),
            ("catalogue", published),
            ("projects", built),
        ),
        listed="tasks",
        news=[*tasks, *organized] if part.number == 1 else None,
    )
