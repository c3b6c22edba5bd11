"""What the indexes need of one file, gathered while it is in memory: its texts are not kept."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from generator.link.coverage import Found, publications
from generator.link.edges import Link, links_of
from generator.link.lineage import Claim, claims_of
from generator.link.vocabularies import Vocabularies
from generator.model import ids, urls
from generator.model.catalogue import Catalogue
from generator.model.column import Duty, Entry, Head, RecordKind
from generator.model.deadline import Deadline
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


@dataclass(frozen=True, slots=True)
class Row:
    """A record as other pages show it, what it is filed under, and what it names as related."""

    entry: Entry
    themes: tuple[str, ...]
    related: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Outline:
    """One file: its place in lists, its rows (itself first), and what it says of others.

    ``document`` comes without its text. ``duties`` are by unit, ``concerned`` pairs audiences with records.
    """

    place: tuple[int, int, str, str]
    head: Head
    document: Document
    rows: tuple[Row, ...]
    duties: tuple[tuple[str, Duty], ...]
    claims: tuple[Claim, ...]
    links: tuple[Link, ...]
    concerned: tuple[tuple[str, str], ...]
    published: tuple[Found, ...]
    deadlines: tuple[tuple[str, Deadline], ...]


def outline(record: Annexed, vocabularies: Vocabularies, as_of: date) -> Outline:
    """What the indexes need of a linked file on the day of the column."""
    rows = tuple(_rows(record, as_of))
    entries = {row.entry.id: row.entry for row in rows}
    parent = rows[0].entry
    return Outline(
        place=newest_first(record),
        head=_head_of(record, entries, rows[1:], as_of),
        document=replace(record.document, paragraphs=()),
        rows=rows,
        duties=tuple(_duties(record, entries, vocabularies.units)),
        claims=tuple(claims_of(record)),
        links=tuple(links_of(record)),
        concerned=tuple(_concerned(record, vocabularies)),
        published=tuple(publications(record, parent.url, vocabularies.stage_kinds)),
        deadlines=tuple(_deadlines(record)),
    )


def _concerned(record: Annexed, vocabularies: Vocabularies) -> Iterator[tuple[str, str]]:
    if vocabularies.audiences and record.organ in vocabularies.organs:
        for found in records_of(vocabularies.organs, vocabularies.audiences, record):
            yield from ((audience, found.id) for audience in found.audiences)


def _deadlines(record: Annexed) -> Iterator[tuple[str, Deadline]]:
    for task in record.tasks if isinstance(record, Plan) else ():
        if task.deadline:
            yield ids.task(record.id, task.number), task.deadline


def _head_of(record: Annexed, entries: Mapping[str, Entry], parts: Sequence[Row], as_of: date) -> Head:
    document = record.document
    sections = record.sections if isinstance(record, Plan) else ()
    return Head(
        entry=entries[record.id],
        file=record.origin.file,
        document=document.id,
        document_title=document.title,
        doc_number=document.doc_number,
        issuer_name=document.issuer_name,
        date_signed=document.date_signed,
        genre=document.genre.value,
        validity=document.validity_on(as_of),
        day=document.date_published or document.date_signed,
        chapters=tuple(entries[ids.section(record.id, section.key)] for section in sections if section.level == 1),
        sections=len(sections),
        items=len(_items(record)),
        announced=record.announced if isinstance(record, ProjectList) else None,
        inside=tuple(dict.fromkeys(theme for row in parts for theme in row.themes)),
        planning=record.planning if isinstance(record, Paper) else None,
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


def _rows(record: Annexed, as_of: date) -> Iterator[Row]:
    """Every record of a file, itself first."""
    match record:
        case Plan():
            yield _head(RecordKind.PLAN, record, urls.plan(record.id), "工作要点")
            numbers = {section.key: section.number for section in record.sections}
            for section in record.sections:
                above = numbers.get(section.parent or "", "")
                entry = _section(record, section, above)
                yield Row(entry, section.themes, section.related, section.origin)
            for task in record.tasks:
                yield Row(_task(record, task), task.themes, task.related, task.origin)
        case DecisionDirectory():
            yield _head(RecordKind.DIRECTORY, record, urls.directory(record.id), "决策目录")
            for decision in record.decisions:
                entry = _item(RecordKind.DECISION, record, decision.number, decision.title)
                yield Row(entry, decision.themes, decision.related, decision.origin)
        case ProjectList():
            yield _head(RecordKind.PROJECT_LIST, record, urls.project_list(record.id), "项目清单")
            for project in record.projects:
                entry = _item(RecordKind.PROJECT, record, project.number, project.title)
                yield Row(entry, project.themes, project.related, project.origin)
        case Paper() | Gazette() | ParticipationList() | Catalogue():
            yield from _more_rows(record, as_of)


def _more_rows(record: Paper | Gazette | ParticipationList | Catalogue, as_of: date) -> Iterator[Row]:
    match record:
        case Paper():
            kind = kind_of(record)
            yield _head(kind, record, urls.document(record.id), _kind_and_state(record, as_of))
        case Gazette():
            yield _head(RecordKind.GAZETTE, record, urls.gazette(record.id), f"第{record.issue}期")
        case ParticipationList():
            yield _head(RecordKind.PARTICIPATION_LIST, record, urls.participation_list(record.id), "公众参与")
            for item in record.items:
                entry = _item(RecordKind.PARTICIPATION, record, item.number, item.title)
                yield Row(entry, item.themes, (), item.origin)
        case Catalogue():
            yield _head(RecordKind.CATALOGUE, record, urls.catalogue(record.id), "主动公开目录")
            for listed in record.items:
                entry = _item(RecordKind.CATALOGUE_ITEM, record, listed.number, listed.title)
                yield Row(entry, listed.place.themes, (), listed.origin)


def _kind_and_state(paper: Paper, as_of: date) -> str:
    """What kind of document it is; where it no longer or not yet holds, every list says so."""
    genre, validity = paper.document.genre.value, paper.document.validity_on(as_of)
    return genre if validity in (None, Validity.IN_FORCE) else f"{genre}（{validity}）"


def _head(kind: RecordKind, record: Annexed, url: str, label: str) -> Row:
    entry = _entry(kind, record, record.id, record.title, url, label)
    themes = tuple(dict.fromkeys(record.themes + record.document.themes))
    return Row(entry, themes, record.related, record.origin)


def _section(plan: Plan, section: Section, above: str) -> Entry:
    """A heading, labelled 一 or 一（二）; ``above`` is the number of the heading above it."""
    url = urls.section(plan.id, section.key)
    identifier = ids.section(plan.id, section.key)
    return _entry(RecordKind.SECTION, plan, identifier, section.title, url, above + section.number)


def _task(plan: Plan, task: Task) -> Entry:
    url = urls.task(plan.id, task.number)
    return _entry(RecordKind.TASK, plan, ids.task(plan.id, task.number), task.title, url, _nth(task.number))


_MINT = {
    RecordKind.DECISION: urls.decision,
    RecordKind.PROJECT: urls.project,
    RecordKind.PARTICIPATION: urls.participation,
    RecordKind.CATALOGUE_ITEM: urls.catalogue_item,
}


def _item(
    kind: RecordKind, record: DecisionDirectory | ProjectList | ParticipationList | Catalogue, number: int, title: str
) -> Entry:
    url = _MINT[kind](record.id, number)
    return _entry(kind, record, ids.item(record.id, number), title, url, _nth(number))


def _entry(kind: RecordKind, record: Annexed, identifier: str, title: str, url: str, label: str) -> Entry:
    """A record of a file as other pages show it."""
    return Entry(kind, identifier, title, url, record.organ, record.year, label)


def _nth(number: int) -> str:
    return f"第{number}项"


def _duties(record: Annexed, entries: Mapping[str, Entry], units: Mapping[str, Unit]) -> Iterator[tuple[str, Duty]]:
    """What a file asks of units. Few ways to print them and few deadlines exist: each is kept once with the file."""
    parent = entries[record.id]
    for identifier, assignments, deadline, status in _assigned(record):
        known = sys.intern(deadline) if deadline else None
        yield from _spread(assignments, entries[identifier], parent, known, units, status)


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
        duty = Duty(entry, parent, given.role, given.via, given.open, sys.intern(given.printed), None, deadline, status)
        yield given.unit, duty
        unit = units[given.unit]
        if unit.kind is UnitKind.GROUP:
            for member in unit.members:
                yield member, replace(duty, via=Via.GROUP, group=unit.id)
