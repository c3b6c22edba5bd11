"""Pages of units: the list of units, and for each all that it is asked to do, across the years, by how it is asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypedDict

from msgspec import Struct

from gongkai.column import urls
from gongkai.column.coverage import CATALOGUE_LABELS, CatalogueState, Coverage
from gongkai.column.news import news_of
from gongkai.column.page import HOME, Crumb, Page, Pagination, paginated
from gongkai.column.progress import Totals, totals
from gongkai.column.questions import question
from gongkai.column.site_data import RecordRef, SiteData, UnitAssignment, UnitUse
from gongkai.column.targets import Measured
from gongkai.column.unit import KIND_LABELS, Unit, UnitKind
from gongkai.column.vocabulary import Organ
from gongkai.kinds.registry import BY_RECORD_TABLE
from gongkai.site.standing import NewestPlan, newest_plan

UNITS = Crumb("责任单位", urls.UNITS)
_NO_USE = UnitUse((), (), (), (), (), ())


LIST_LABELS = {
    "lead": "牵头",
    "responsible": "负责（未分主次）",
    "support": "配合",
    "through": "通过集体称谓",
}
"""The lists in which a unit's duties of a year stand: those that name it by role, and what comes through a group."""


class DutyList(Struct, frozen=True):
    """Duties of one year and list (a key of ``LIST_LABELS``) on one page; ``count`` is how many are on all pages."""

    key: str
    duties: tuple[UnitAssignment, ...]
    count: int

    @property
    def whole(self) -> bool:
        """True when no duty of the list is on another page."""
        return len(self.duties) == self.count


class YearDuties(Struct, frozen=True):
    """A unit's duties of one year on one page.

    ``parents`` are the plans they stand in; ``totals``, ``shown`` and ``count`` count a task once: on this page, and on
    all pages. ``whole`` says that all of the year are on this page.
    """

    year: int
    parents: tuple[RecordRef, ...]
    lists: tuple[DutyList, ...]
    totals: Totals
    shown: int
    count: int

    @property
    def whole(self) -> bool:
        """True when no task of the year is on another page."""
        return self.shown == self.count


def list_of(duty: UnitAssignment) -> str:
    """In which list a duty stands."""
    return duty.role.value if duty.group is None else "through"


def use_of(column: SiteData, unit: Unit) -> UnitUse:
    """What refers to a unit; empty when nothing does."""
    return column.index.units.get(unit.id, _NO_USE)


def counts_of(column: SiteData, unit: Unit) -> tuple[int, int]:
    """How many tasks and decisions a unit has."""
    use = use_of(column, unit)
    return _tasks(use.duties), _tasks(use.decisions)


def _tasks(duties: Sequence[UnitAssignment]) -> int:
    """How many tasks some duties are about: one that names a unit and its group, too, is one task."""
    return len({duty.task.id for duty in duties})


def by_year(use: UnitUse, shown: Sequence[UnitAssignment]) -> list[YearDuties]:
    """Duties shown by year, newest first, and by how the unit is asked."""
    total = Counter((duty.task.year, list_of(duty)) for duty in use.duties)
    tasks: dict[int, set[str]] = defaultdict(set)
    for duty in use.duties:
        tasks[duty.task.year].add(duty.task.id)
    years = [(year, list(found)) for year, found in groupby(shown, lambda duty: duty.task.year)]
    return [_year(year, found, total, len(tasks[year])) for year, found in years]


def _year(year: int, found: Sequence[UnitAssignment], total: Mapping[tuple[int, str], int], count: int) -> YearDuties:
    lists = {key: tuple(duty for duty in found if list_of(duty) == key) for key in LIST_LABELS}
    statuses = {duty.task.id: duty.status for duty in found if duty.status}
    return YearDuties(
        year,
        tuple(dict.fromkeys(duty.parent for duty in found)),
        tuple(DutyList(key, duties, total[year, key]) for key, duties in lists.items() if duties),
        totals(statuses.values()),
        _tasks(found),
        count,
    )


def _by_list(use: UnitUse) -> list[tuple[int, list[tuple[str, int]]]]:
    """How many duties of each year stand in each list, newest year first."""
    total = Counter((duty.task.year, list_of(duty)) for duty in use.duties)
    years = sorted({year for year, _ in total}, reverse=True)
    return [(year, [(key, total[year, key]) for key in LIST_LABELS]) for year in years]


@question
def collective(column: SiteData, organ: str) -> list[tuple[str, int]]:
    """The collective names of a district whose members no source lists, with how many tasks each has."""
    groups = (unit for unit in column.units.values() if unit.organ == organ and unit.is_group and not unit.members)
    counted = ((unit.id, counts_of(column, unit)[0]) for unit in groups)
    return [(unit, count) for unit, count in counted if count]


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
    newest: NewestPlan | None
    kind_label: str
    use: UnitUse
    decisions: list[UnitAssignment]
    items: list[tuple[UnitAssignment, Coverage]]
    others: list[UnitAssignment]
    projects: list[UnitAssignment]
    coverage_labels: dict[CatalogueState, str]
    years: list[YearDuties]
    measured: dict[str, tuple[Measured, ...]]
    shown_years: set[int]
    shown_lists: set[str]
    roles: list[tuple[int, list[tuple[str, int]]]]
    list_labels: Mapping[str, str]
    tasks: int
    collective: list[tuple[str, int]]
    named_themes: list[str]
    members: list[Unit]
    groups: list[Unit]
    successor: Unit | None
    predecessors: list[Unit]
    units: Mapping[str, Unit]


def _unit_page(column: SiteData, unit: Unit, use: UnitUse, part: Pagination, shown: Sequence[UnitAssignment]) -> Page:
    organ = column.organs[unit.organ]
    more = f"、负责公开的{len(use.items)}个事项" if use.items else ""
    decisions, others, items, projects, duties = (
        [duty for duty in shown if duty.task.kind.unit_block == block]
        for block in ("decisions", "others", "items", "projects", "duties")
    )
    tasks = list(dict.fromkeys(duty.task.id for duty in duties))
    years = by_year(use, duties)
    organized = list(dict.fromkeys(duty.task.id for duty in decisions))
    built = list(dict.fromkeys(duty.task.id for duty in projects))
    published = list(dict.fromkeys(duty.task.id for duty in items))
    dealt_with: dict[str, dict[str, None]] = {}
    for duty in others:
        dealt_with.setdefault(BY_RECORD_TABLE[duty.task.kind].name, {})[duty.task.id] = None
    return Page(
        kind="unit",
        url=part.url(),
        title=part.named(unit.name_in(organ.short_name)),
        description=f"{unit.name_in(organ.short_name)}历年承担的{_tasks(use.duties)}项政务公开任务、承办的{_tasks(use.decisions)}项重大行政决策{more}。",
        crumbs=(HOME, UNITS, Crumb(f"{organ.short_name}·{unit.name}", urls.unit(unit.id))),
        view=UnitView(
            unit=unit,
            organ=organ,
            newest=newest_plan(column, organ.id) if use.duties and not unit.valid_to else None,
            kind_label=KIND_LABELS[unit.kind],
            use=use,
            decisions=decisions,
            others=others,
            projects=projects,
            items=[(duty, column.index.coverage[duty.task.id]) for duty in items],
            coverage_labels=CATALOGUE_LABELS,
            years=years,
            measured={task: column.index.measured.get(task, ()) for task in tasks},
            shown_years={item.year for item in years},
            shown_lists={f"{item.year}-{some.key}" for item in years for some in item.lists if some.whole},
            roles=_by_list(use),
            list_labels=LIST_LABELS,
            tasks=_tasks(use.duties),
            named_themes=sorted({theme for duty in duties if duty.group is None for theme in duty.themes}),
            collective=[] if unit.is_group else collective(column, unit.organ),
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
            *((table, list(records)) for table, records in dealt_with.items()),
        ),
        listed="tasks",
        news=news_of(column, [duty.task.id for duty in use.everything]) if part.number == 1 else None,
        dates=[duty.task.id for duty in use.everything] if part.number == 1 else None,
    )
