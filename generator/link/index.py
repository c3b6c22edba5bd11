"""The reverse indexes of the Column: who refers to what. One pass over every record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from generator.link.coverage import link_coverage
from generator.link.edges import link_edges, link_texts
from generator.link.lineage import link_lineage
from generator.link.problems import Problems, nearest
from generator.link.vocabularies import Vocabularies
from generator.model import ids, urls
from generator.model.catalogue import Catalogue
from generator.model.column import Duty, Entry, Head, Index, RecordKind, UnitUse
from generator.model.decision import DecisionDirectory
from generator.model.document import Document, Validity
from generator.model.gazette import Gazette
from generator.model.origin import Origin
from generator.model.paper import Paper
from generator.model.participation import ParticipationList
from generator.model.plan import Plan, Section, Task
from generator.model.progress import TaskStatus
from generator.model.project import ProjectList
from generator.model.records import Annexed, kind_of, newest_first, records_of
from generator.model.unit import Assignment, Unit, UnitKind, Via
from generator.model.workdays import WorkCalendar

Left = TypeVar("Left")
Right = TypeVar("Right")

_HEADINGS = 60


def build_index(
    records: Iterable[Annexed],
    documents: Mapping[str, Document],
    vocabularies: Vocabularies,
    problems: Problems,
    as_of: date,
) -> Index:
    """Index everything, newest first, then in printed order; unknown ids become problems."""
    units = vocabularies.units
    ordered = sorted(records, key=newest_first)
    rows = [row for record in ordered for row in _rows(record)]
    entries = {entry.id: entry for entry, _, _, _ in rows}
    themes: dict[str, list[Entry]] = defaultdict(list)
    for entry, row_themes, _, _ in rows:
        for theme in row_themes:
            themes[theme].append(entry)
    earlier, later = link_lineage(ordered, entries, problems)
    calendar = WorkCalendar(vocabularies.workdays)
    return Index(
        entries=entries,
        heads={record.id: _summary(record, entries) for record in ordered},
        units=_unit_uses(ordered, units, entries),
        groups=_reverse((member, unit.id) for unit in units.values() for member in unit.members),
        predecessors=_reverse((unit.successor, unit.id) for unit in units.values() if unit.successor),
        themes={theme: tuple(found) for theme, found in themes.items()},
        organ_years=_gathered(((entry.organ, entry.year), entry) for entry in entries.values()),
        organ_themes=_gathered(((entry.organ, theme), entry) for theme, found in themes.items() for entry in found),
        year_themes=_gathered(((entry.year, theme), entry) for theme, found in themes.items() for entry in found),
        theme_sections={theme: _headings(found) for theme, found in themes.items()},
        related=_related(rows, entries, problems),
        earlier=earlier,
        later=later,
        edges=link_edges(ordered, entries, problems),
        texts=link_texts(documents, entries),
        audiences=_audiences(ordered, vocabularies, entries),
        coverage=link_coverage(ordered, entries, vocabularies.stage_kinds, as_of, calendar),
        years=tuple(sorted({record.year for record in ordered}, reverse=True)),
        series=_series(entries[record.id] for record in ordered),
    )


def _audiences(
    ordered: list[Annexed], vocabularies: Vocabularies, entries: Mapping[str, Entry]
) -> dict[str, tuple[Entry, ...]]:
    """What concerns each group of people, newest first; groups that nothing concerns are left out."""
    if not vocabularies.audiences:
        return {}
    found: dict[str, list[Entry]] = {audience: [] for audience in vocabularies.audiences}
    for source in ordered:
        if source.organ in vocabularies.organs:
            for record in records_of(vocabularies.organs, vocabularies.audiences, source):
                for audience in record.audiences:
                    found[audience].append(entries[record.id])
    return {audience: tuple(gathered) for audience, gathered in found.items() if gathered}


def _summary(record: Annexed, entries: Mapping[str, Entry]) -> Head:
    document = record.document
    sections = record.sections if isinstance(record, Plan) else ()
    return Head(
        entry=entries[record.id],
        document=document.id,
        document_title=document.title,
        doc_number=document.doc_number,
        issuer_name=document.issuer_name,
        date_signed=document.date_signed,
        genre=document.genre.value,
        validity=document.validity.value if document.validity else None,
        day=document.date_published or document.date_signed,
        chapters=tuple(entries[ids.section(record.id, section.key)] for section in sections if section.level == 1),
        sections=len(sections),
        items=len(_items(record)),
        announced=record.announced if isinstance(record, ProjectList) else None,
    )


def _items(record: Annexed) -> Sequence[object]:
    match record:
        case Paper():
            return record.questions
        case Gazette() | ParticipationList() | Catalogue():
            return record.items
        case Plan():
            return record.tasks
        case DecisionDirectory():
            return record.decisions
        case ProjectList():
            return record.projects


def _series(heads: Iterable[Entry]) -> dict[tuple[RecordKind, str], tuple[Entry, ...]]:
    """What an organ issued of one kind, oldest first."""
    series: dict[tuple[RecordKind, str], list[Entry]] = defaultdict(list)
    for head in heads:
        series[head.kind, head.organ].append(head)
    return {key: tuple(sorted(found, key=lambda entry: (entry.year, entry.id))) for key, found in series.items()}


def _headings(entries: list[Entry]) -> tuple[Entry, ...]:
    """Headings only, newest first: what a page of another year points at; bounded, so that no page grows with it."""
    return tuple([entry for entry in entries if entry.kind is RecordKind.SECTION][:_HEADINGS])


_Row = tuple[Entry, tuple[str, ...], tuple[str, ...], Origin]


def _rows(record: Annexed) -> Iterator[_Row]:
    """Every record of a file as (entry, themes, related ids, origin)."""
    match record:
        case Plan():
            yield _head(RecordKind.PLAN, record, urls.plan(record.id), "工作要点")
            numbers = {section.key: section.number for section in record.sections}
            for section in record.sections:
                above = numbers.get(section.parent or "", "")
                yield section_entry(record, section, above), section.themes, section.related, section.origin
            for task in record.tasks:
                yield task_entry(record, task), task.themes, task.related, task.origin
        case DecisionDirectory():
            yield _head(RecordKind.DIRECTORY, record, urls.directory(record.id), "决策目录")
            for decision in record.decisions:
                entry = _item(RecordKind.DECISION, record, decision.number, decision.title)
                yield entry, decision.themes, decision.related, decision.origin
        case ProjectList():
            yield _head(RecordKind.PROJECT_LIST, record, urls.project_list(record.id), "项目清单")
            for project in record.projects:
                entry = _item(RecordKind.PROJECT, record, project.number, project.title)
                yield entry, project.themes, project.related, project.origin
        case Paper() | Gazette() | ParticipationList() | Catalogue():
            yield from _more_rows(record)


def _more_rows(record: Paper | Gazette | ParticipationList | Catalogue) -> Iterator[_Row]:
    match record:
        case Paper():
            kind = kind_of(record)
            yield _head(kind, record, urls.document(record.id), _kind_and_state(record))
        case Gazette():
            yield _head(RecordKind.GAZETTE, record, urls.gazette(record.id), f"第{record.issue}期")
        case ParticipationList():
            yield _head(RecordKind.PARTICIPATION_LIST, record, urls.participation_list(record.id), "公众参与")
            for item in record.items:
                entry = _item(RecordKind.PARTICIPATION, record, item.number, item.title)
                yield entry, item.themes, (), item.origin
        case Catalogue():
            yield _head(RecordKind.CATALOGUE, record, urls.catalogue(record.id), "主动公开目录")
            for listed in record.items:
                entry = _item(RecordKind.CATALOGUE_ITEM, record, listed.number, listed.title)
                yield entry, listed.place.themes, (), listed.origin


def _kind_and_state(paper: Paper) -> str:
    """What kind of document it is; where it no longer or not yet holds, every list says so."""
    genre, validity = paper.document.genre.value, paper.document.validity
    return genre if validity in (None, Validity.IN_FORCE) else f"{genre}（{validity.value}）"


def _head(kind: RecordKind, record: Annexed, url: str, label: str) -> _Row:
    entry = Entry(kind, record.id, record.title, url, record.organ, record.year, label)
    themes = tuple(dict.fromkeys(record.themes + record.document.themes))
    return entry, themes, record.related, record.origin


def section_entry(plan: Plan, section: Section, above: str) -> Entry:
    """A heading as other pages show it, labelled 一 or 一（二）; ``above`` is the number of the heading above it."""
    return Entry(
        RecordKind.SECTION,
        ids.section(plan.id, section.key),
        section.title,
        urls.section(plan.id, section.key),
        plan.organ,
        plan.year,
        above + section.number,
    )


def task_entry(plan: Plan, task: Task) -> Entry:
    """A task as other pages show it, labelled 第22项."""
    return Entry(
        RecordKind.TASK,
        ids.task(plan.id, task.number),
        task.title,
        urls.task(plan.id, task.number),
        plan.organ,
        plan.year,
        f"第{task.number}项",
    )


_MINT = {
    RecordKind.DECISION: urls.decision,
    RecordKind.PROJECT: urls.project,
    RecordKind.PARTICIPATION: urls.participation,
    RecordKind.CATALOGUE_ITEM: urls.catalogue_item,
}


def _item(
    kind: RecordKind, record: DecisionDirectory | ProjectList | ParticipationList | Catalogue, number: int, title: str
) -> Entry:
    mint = _MINT[kind]
    return Entry(
        kind,
        ids.item(record.id, number),
        title,
        mint(record.id, number),
        record.organ,
        record.year,
        f"第{number}项",
    )


def _unit_uses(records: list[Annexed], units: Mapping[str, Unit], entries: Mapping[str, Entry]) -> dict[str, UnitUse]:
    uses: dict[str, dict[RecordKind, list[Duty]]] = defaultdict(lambda: defaultdict(list))
    for record in records:
        parent = entries[record.id]
        for identifier, assignments, deadline, status in _assigned(record):
            entry = entries[identifier]
            for unit, duty in _spread(assignments, entry, parent, deadline, units, status):
                uses[unit][entry.kind].append(duty)
    return {unit: _use(uses[unit]) for unit in units if unit in uses}


def _use(found: Mapping[RecordKind, list[Duty]]) -> UnitUse:
    duties, decisions = found[RecordKind.TASK], found[RecordKind.DECISION]
    items = found[RecordKind.CATALOGUE_ITEM]
    return UnitUse(tuple(duties), tuple(decisions), tuple(items), _years(duties + decisions))


_Assigned = tuple[str, tuple[Assignment, ...], str | None, TaskStatus | None]


def _assigned(record: Annexed) -> Iterator[_Assigned]:
    """What a file asks of units: id, who, until when as printed, and how it stands."""
    match record:
        case Plan():
            for task in record.tasks:
                deadline = task.deadline.text if task.deadline else None
                yield ids.task(record.id, task.number), task.assignments, deadline, task.status
        case DecisionDirectory():
            for decision in record.decisions:
                yield ids.item(record.id, decision.number), decision.organizers, None, None
        case Catalogue():
            for item in record.items:
                yield ids.item(record.id, item.number), item.units, item.deadline, None


def _years(duties: list[Duty]) -> tuple[int, ...]:
    return tuple(sorted({duty.task.year for duty in duties}, reverse=True))


def _spread(
    assignments: tuple[Assignment, ...],
    entry: Entry,
    parent: Entry,
    deadline: str | None,
    units: Mapping[str, Unit],
    status: TaskStatus | None = None,
) -> Iterator[tuple[str, Duty]]:
    """Each assignment as a duty of its unit, and of every listed member of a closed group.

    Subsets such as 有关部门 stay with the subset: nobody is told that it is meant when the document does not say so.
    """
    for given in assignments:
        duty = Duty(entry, parent, given.role, given.via, given.open, given.printed, None, deadline, status)
        yield given.unit, duty
        unit = units[given.unit]
        if unit.kind is UnitKind.GROUP:
            for member in unit.members:
                yield member, replace(duty, via=Via.GROUP, group=unit.id)


def _reverse(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """The right sides of pairs by their left side, each once, in order."""
    return {left: tuple(dict.fromkeys(rights)) for left, rights in _gathered(pairs).items()}


def _gathered(pairs: Iterable[tuple[Left, Right]]) -> dict[Left, tuple[Right, ...]]:
    """The right sides of pairs by their left side, in order."""
    found: dict[Left, list[Right]] = defaultdict(list)
    for left, right in pairs:
        found[left].append(right)
    return {left: tuple(rights) for left, rights in found.items()}


def _related(rows: list[_Row], entries: Mapping[str, Entry], problems: Problems) -> dict[str, tuple[Entry, ...]]:
    links: dict[str, dict[str, None]] = defaultdict(dict)
    for entry, _, related, origin in rows:
        for at, target in enumerate(related):
            if target not in entries:
                hint = nearest(target, entries) or "写法如 laiwu-2021/tasks/22 或 laiwu-2021-decisions/3"
                problems.error(
                    "REF-04", origin.child("related", at), f"没有编号为 {target} 的事项", hint, target=target
                )
                continue
            links[entry.id][target] = None
            links[target][entry.id] = None
    return {record: tuple(entries[target] for target in sorted(targets)) for record, targets in links.items()}
