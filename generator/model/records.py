"""Column -> records, in the stable order that search and open data share: newest year first, then printed order."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import ids, urls
from generator.model.column import Column, RecordKind
from generator.model.decision import DecisionDirectory
from generator.model.plan import Plan
from generator.model.project import ProjectList
from generator.model.record import Record

Annexed = Plan | DecisionDirectory | ProjectList


def all_records(column: Column) -> Iterator[Record]:
    """Every findable record of the column."""
    sources: list[Annexed] = [*column.plans.values(), *column.directories.values(), *column.lists.values()]
    for source in sorted(sources, key=newest_first):
        yield from records_of(column, source)


def newest_first(source: Annexed) -> tuple[int, int, str, str]:
    """By year, then by the day of the document, newest first: lists, feeds and searches sorted by date rely on it."""
    day = source.document.date_published or source.document.date_signed
    return (-source.year, -(day.toordinal() if day else 0), source.organ, source.id)


def records_of(column: Column, source: Annexed) -> Iterator[Record]:
    """The records of one file: itself first, then its parts."""
    make = _Maker(column, source)
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


class _Maker:
    """Fills in what every record of one file has in common."""

    def __init__(self, column: Column, source: Annexed) -> None:
        self.source = source
        self.organ_name = column.organs[source.organ].short_name

    def head(self, kind: RecordKind, url: str, paragraphs: tuple[str, ...]) -> Record:
        themes = tuple(dict.fromkeys(self.source.themes + self.source.document.themes))
        title = self.source.document.title
        text = "\n".join(filter(None, (title, *paragraphs)))
        return self.part(kind, self.source.id, self.source.title, text, url, themes)

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
            document.date_published or document.date_signed,
            tuple(dict.fromkeys(units)),
            units_text,
            themes,
            url,
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
