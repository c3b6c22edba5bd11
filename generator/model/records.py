"""Column -> records, in the stable order that search and open data share: newest year first, then printed order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from generator.model import ids, urls
from generator.model.audiences import concerned
from generator.model.catalogue import Catalogue
from generator.model.column import Column, Index, RecordKind
from generator.model.decision import DecisionDirectory
from generator.model.document import Genre
from generator.model.gazette import Gazette
from generator.model.paper import Paper
from generator.model.participation import ParticipationList
from generator.model.plan import Plan
from generator.model.project import ProjectList
from generator.model.record import Record
from generator.model.vocabulary import Audience, Organ

Kind = TypeVar("Kind")
Annexed = Plan | DecisionDirectory | ProjectList | Paper | Gazette | ParticipationList | Catalogue
"""Everything that a file of its own holds."""


def all_records(column: Column) -> Iterator[Record]:
    """Every findable record of the column."""
    sources = (source for shelf in shelves(column) for source in shelf.values())
    for source in sorted(sources, key=newest_first):
        yield from records_of(column.organs, column.audiences, source)


def shelves(column: Column) -> tuple[Mapping[str, Annexed], ...]:
    """Everything that a file of its own holds, by id, kind by kind."""
    return (
        column.plans,
        column.directories,
        column.lists,
        column.papers,
        column.gazettes,
        column.participation,
        column.catalogues,
    )


def alone(column: Column, record: Annexed) -> Column:
    """A column of one authored file, with the document that lies in it and without what others say of it."""

    def if_it_is(kind: type[Kind]) -> dict[str, Kind]:
        return {record.id: record} if isinstance(record, kind) else {}

    return replace(
        column,
        documents={record.id: record.document} if record.id in column.documents else {},
        plans=if_it_is(Plan),
        directories=if_it_is(DecisionDirectory),
        lists=if_it_is(ProjectList),
        papers=if_it_is(Paper),
        gazettes=if_it_is(Gazette),
        participation=if_it_is(ParticipationList),
        catalogues=if_it_is(Catalogue),
        index=Index.empty(),
    )


def newest_first(source: Annexed) -> tuple[int, int, str, str]:
    """By year, then by the day of the document, newest first: lists, feeds and searches sorted by date rely on it."""
    day = source.document.date_published or source.document.date_signed
    return (-source.year, -(day.toordinal() if day else 0), source.organ, source.id)


def records_of(organs: Mapping[str, Organ], audiences: Mapping[str, Audience], source: Annexed) -> Iterator[Record]:
    """The records of one file: itself first, then its parts."""
    make = _Maker(organs, audiences, source)
    match source:
        case Plan():
            yield make.head(RecordKind.PLAN, urls.plan(source.id), (*source.document.paragraphs, *source.preamble))
            yield from _plan_parts(make, source)
        case DecisionDirectory():
            yield make.head(RecordKind.DIRECTORY, urls.directory(source.id), source.document.paragraphs)
            for decision in source.decisions:
                yield make.part(
                    RecordKind.DECISION,
                    ids.item(source.id, decision.number),
                    decision.title,
                    f"{source.organizer_label}：{decision.organizers_text}",
                    urls.decision(source.id, decision.number),
                    decision.themes,
                    tuple(given.unit for given in decision.organizers),
                    decision.organizers_text,
                )
        case ProjectList():
            own = source.document.paragraphs if source.document.id == source.id else ()
            yield make.head(RecordKind.PROJECT_LIST, urls.project_list(source.id), own)
            yield from _projects(make, source)
        case Paper():
            questions = [line for item in source.questions for line in (item.question, item.answer)]
            text = (*source.document.paragraphs, *questions)
            yield make.head(kind_of(source), urls.document(source.id), text, source.audiences)
        case Gazette():
            titles = tuple(" ".join(filter(None, (item.title, item.doc_number))) for item in source.items)
            yield make.head(RecordKind.GAZETTE, urls.gazette(source.id), titles)
        case ParticipationList():
            yield make.head(RecordKind.PARTICIPATION_LIST, urls.participation_list(source.id), ())
            yield from _occasions(make, source)
        case Catalogue():
            own = source.document.paragraphs if source.document.id == source.id else ()
            yield make.head(RecordKind.CATALOGUE, urls.catalogue(source.id), own)
            yield from _catalogue_items(make, source)


def kind_of(paper: Paper) -> RecordKind:
    """Interpretations are found as such; every other paper is a document."""
    is_interpretation = paper.document.genre is Genre.INTERPRETATION
    return RecordKind.INTERPRETATION if is_interpretation else RecordKind.DOCUMENT


def _occasions(make: _Maker, source: ParticipationList) -> Iterator[Record]:
    for item in source.items:
        outcome = item.outcome.text if item.outcome else ""
        lines = (item.type.value, f"承办单位：{item.organizer}", item.contact or "", outcome)
        yield make.part(
            RecordKind.PARTICIPATION,
            ids.item(source.id, item.number),
            item.title,
            "\n".join(filter(None, lines)),
            urls.participation(source.id, item.number),
            item.themes,
            units_text=item.organizer,
            named=item.audiences,
            day=item.start,
        )


def _catalogue_items(make: _Maker, source: Catalogue) -> Iterator[Record]:
    for item in source.items:
        lines = (
            item.area,
            item.content,
            f"公开依据：{item.basis}" if item.basis else "",
            f"公开时限：{item.deadline}" if item.deadline else "",
        )
        yield make.part(
            RecordKind.CATALOGUE_ITEM,
            ids.item(source.id, item.number),
            item.title,
            "\n".join(filter(None, lines)),
            urls.catalogue_item(source.id, item.number),
            item.place.themes,
            tuple(given.unit for given in item.units),
            item.units_text,
        )


class _Maker:
    """Fills in what every record of one file has in common."""

    def __init__(self, organs: Mapping[str, Organ], audiences: Mapping[str, Audience], source: Annexed) -> None:
        self.source = source
        self.audiences = audiences.values()
        self.organ_name = organs[source.organ].short_name

    def head(self, kind: RecordKind, url: str, paragraphs: tuple[str, ...], named: tuple[str, ...] = ()) -> Record:
        themes = tuple(dict.fromkeys(self.source.themes + self.source.document.themes))
        title = self.source.document.title
        text = "\n".join(filter(None, (title, *paragraphs)))
        return self.part(kind, self.source.id, self.source.title, text, url, themes, named=named)

    def part(
        self,
        kind: RecordKind,
        record_id: str,
        title: str,
        text: str,
        url: str,
        themes: tuple[str, ...],
        units: tuple[str, ...] = (),
        units_text: str = "",
        named: tuple[str, ...] = (),
        day: date | None = None,
    ) -> Record:
        document = self.source.document
        return Record(
            record_id,
            kind,
            title,
            text,
            self.source.year,
            self.source.organ,
            self.organ_name,
            document.doc_number,
            self.source.title,
            day or document.date_published or document.date_signed,
            tuple(dict.fromkeys(units)),
            units_text,
            themes,
            url,
            concerned(self.audiences, kind, named, themes, f"{title}\n{text}"),
        )


def _plan_parts(make: _Maker, plan: Plan) -> Iterator[Record]:
    for section in plan.sections:
        yield make.part(
            RecordKind.SECTION,
            ids.section(plan.id, section.key),
            section.title,
            section.text,
            urls.section(plan.id, section.key),
            section.themes,
            units_text=section.units_text or "",
        )
    for task in plan.tasks:
        heading = "\n".join(filter(None, (task.area, task.topic)))
        printed = task.units_text or "、".join(given.printed for given in task.assignments)
        deadline = f"完成时限：{task.deadline.text}" if task.deadline else ""
        yield make.part(
            RecordKind.TASK,
            ids.task(plan.id, task.number),
            task.title,
            "\n".join(filter(None, (heading, task.text, deadline))),
            urls.task(plan.id, task.number),
            task.themes,
            tuple(given.unit for given in task.assignments),
            printed,
        )


def _projects(make: _Maker, projects: ProjectList) -> Iterator[Record]:
    titles = {category.key: category.title for category in projects.categories}
    parents = {category.key: category.parent for category in projects.categories}
    for project in projects.projects:
        above = titles.get(parents[project.category] or "")
        lines = (above, titles[project.category], "、".join(project.tags))
        yield make.part(
            RecordKind.PROJECT,
            ids.item(projects.id, project.number),
            project.title,
            "\n".join(filter(None, lines)),
            urls.project(projects.id, project.number),
            project.themes,
        )
