"""The reverse indexes of the Column: who refers to what. One pass over every record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from generator.link.coverage import link_coverage
from generator.link.edges import link_edges, link_texts
from generator.link.lineage import link_lineage
from generator.link.outline import Outline, Row
from generator.link.problems import Problems, nearest
from generator.link.vocabularies import Vocabularies
from generator.model.catalogue import Catalogue
from generator.model.column import Duty, Entry, Headings, Index, RecordKind, UnitUse
from generator.model.deadline import Deadline
from generator.model.unit import Unit
from generator.model.workdays import WorkCalendar

Left = TypeVar("Left")
Right = TypeVar("Right")

_HEADINGS = 60


def build_index(
    outlines: Iterable[Outline],
    carriers: Container[str],
    catalogues: Iterable[Catalogue],
    vocabularies: Vocabularies,
    problems: Problems,
    as_of: date,
) -> Index:
    """Index everything, newest first, then in printed order; unknown ids become problems.

    ``carriers`` are the ids of the files that official documents lie in.
    """
    units = vocabularies.units
    files = sorted(outlines, key=lambda outline: outline.place)
    rows = [row for outline in files for row in outline.rows]
    entries = {row.entry.id: row.entry for row in rows}
    carried = {outline.document.id: outline.document for outline in files if outline.head.entry.id in carriers}
    documents = {outline.head.entry.id: outline.document for outline in files}
    themes: dict[str, list[Entry]] = defaultdict(list)
    for row in rows:
        for theme in row.themes:
            themes[theme].append(row.entry)
    earlier, later = link_lineage((claim for outline in files for claim in outline.claims), entries, problems)
    published = ((outline.head.entry.organ, found) for outline in files for found in outline.published)
    return Index(
        entries=entries,
        heads={outline.head.entry.id: outline.head for outline in files},
        units=_unit_uses(files, units),
        groups=_reverse((member, unit.id) for unit in units.values() for member in unit.members),
        predecessors=_reverse((unit.successor, unit.id) for unit in units.values() if unit.successor),
        themes={theme: tuple(found) for theme, found in themes.items()},
        organ_years=_gathered(((entry.organ, entry.year), entry) for entry in entries.values()),
        organ_themes=_gathered(((entry.organ, theme), entry) for theme, found in themes.items() for entry in found),
        year_themes=_gathered(((entry.year, theme), entry) for theme, found in themes.items() for entry in found),
        headings=Headings({theme: _headings(found) for theme, found in themes.items()}),
        related=_related(rows, entries, problems),
        earlier=earlier,
        later=later,
        edges=link_edges((link for outline in files for link in outline.links), entries, problems),
        texts=link_texts(carried, entries),
        audiences=_audiences(files, vocabularies, entries),
        coverage=link_coverage(catalogues, published, entries, documents, as_of, WorkCalendar(vocabularies.workdays)),
        deadlines=_deadlines(files, entries),
        documents=carried,
        years=tuple(sorted({outline.head.entry.year for outline in files}, reverse=True)),
        series=_series(outline.head.entry for outline in files),
    )


def _deadlines(files: Iterable[Outline], entries: Mapping[str, Entry]) -> dict[str, Deadline]:
    """Few deadlines exist: each is in memory once, and so is the id of its task."""
    known: dict[Deadline, Deadline] = {}
    found = (pair for outline in files for pair in outline.deadlines)
    return {entries[task].id: known.setdefault(deadline, deadline) for task, deadline in found}


def _audiences(
    files: Iterable[Outline], vocabularies: Vocabularies, entries: Mapping[str, Entry]
) -> dict[str, tuple[Entry, ...]]:
    """What concerns each group of people, newest first; groups that nothing concerns are left out."""
    found = _gathered((audience, entries[record]) for outline in files for audience, record in outline.concerned)
    return {audience: found[audience] for audience in vocabularies.audiences if audience in found}


def _series(heads: Iterable[Entry]) -> dict[tuple[RecordKind, str], tuple[Entry, ...]]:
    """What an organ issued of one kind, oldest first."""
    series: dict[tuple[RecordKind, str], list[Entry]] = defaultdict(list)
    for head in heads:
        series[head.kind, head.organ].append(head)
    return {key: tuple(sorted(found, key=lambda entry: (entry.year, entry.id))) for key, found in series.items()}


def _headings(entries: list[Entry]) -> tuple[Entry, ...]:
    """Headings only, newest first: what a page of another year points at; bounded, so that no page grows with it."""
    return tuple([entry for entry in entries if entry.kind is RecordKind.SECTION][:_HEADINGS])


def _unit_uses(files: Iterable[Outline], units: Mapping[str, Unit]) -> dict[str, UnitUse]:
    uses: dict[str, dict[RecordKind, list[Duty]]] = defaultdict(lambda: defaultdict(list))
    for outline in files:
        for unit, duty in outline.duties:
            uses[unit][duty.task.kind].append(duty)
    return {unit: _use(uses[unit]) for unit in units if unit in uses}


def _use(found: Mapping[RecordKind, list[Duty]]) -> UnitUse:
    duties, decisions = found[RecordKind.TASK], found[RecordKind.DECISION]
    items = found[RecordKind.CATALOGUE_ITEM]
    return UnitUse(tuple(duties), tuple(decisions), tuple(items), _years(duties + decisions))


def _years(duties: list[Duty]) -> tuple[int, ...]:
    return tuple(sorted({duty.task.year for duty in duties}, reverse=True))


def _reverse(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """The right sides of pairs by their left side, each once, in order."""
    return {left: tuple(dict.fromkeys(rights)) for left, rights in _gathered(pairs).items()}


def _gathered(pairs: Iterable[tuple[Left, Right]]) -> dict[Left, tuple[Right, ...]]:
    """The right sides of pairs by their left side, in order."""
    found: dict[Left, list[Right]] = defaultdict(list)
    for left, right in pairs:
        found[left].append(right)
    return {left: tuple(rights) for left, rights in found.items()}


def _related(rows: Sequence[Row], entries: Mapping[str, Entry], problems: Problems) -> dict[str, tuple[Entry, ...]]:
    links: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        for at, target in enumerate(row.related):
            if target not in entries:
                hint = nearest(target, entries) or "写法如 laiwu-2021/tasks/22 或 laiwu-2021-decisions/3"
                words = f"没有编号为 {target} 的事项"
                problems.error("REF-04", row.origin.child("related", at), words, hint, target=target)
                continue
            links[row.entry.id][target] = None
            links[target][row.entry.id] = None
    return {record: tuple(entries[target] for target in sorted(targets)) for record, targets in links.items()}
