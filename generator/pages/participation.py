"""Public participation (公众参与): every occasion, what it is about, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.model import ids, urls
from generator.model.column import Column, Entry, RecordKind
from generator.model.decision import Consultation, Decision, DecisionDirectory, StageStatus
from generator.model.participation import (
    PARTICIPATION_LABELS,
    Participation,
    ParticipationKind,
    ParticipationList,
    ParticipationState,
)
from generator.pages.lists import PARTICIPATION, newest
from generator.pages.page import DISCLOSURE, HOME, Crumb, Page, connections, in_parts_if_any, summary

_URGENT = (ParticipationState.OPEN, ParticipationState.OVERDUE, ParticipationState.COMING, ParticipationState.CLOSED)


@dataclass(frozen=True, slots=True)
class Occasion:
    """An occasion as the list shows it: those of the lists of occasions, and those of decisions."""

    entry: Entry
    type: ParticipationKind
    organizer: str
    start: date | None
    end: date | None
    state: ParticipationState
    stands_alone: bool  # False for a consultation that is a stage of its decision


def occasions(column: Column) -> list[Occasion]:
    """Everything people can or could take part in: open first, then late, then newest."""
    found = [
        Occasion(
            column.index.entries[ids.item(source.id, item.number)],
            item.type,
            item.organizer,
            item.start,
            item.end,
            item.state(column.as_of),
            stands_alone=True,
        )
        for source in column.participation.values()
        for item in source.items
    ]
    for directory in column.directories.values():
        found += [each for decision in directory.decisions if (each := _of_decision(column, directory, decision))]
    rank = {state: at for at, state in enumerate(_URGENT)}
    latest = sorted(found, key=lambda item: (item.end or date.min, item.entry.id), reverse=True)
    return sorted(latest, key=lambda item: rank.get(item.state, len(rank)))


def open_now(column: Column) -> list[Occasion]:
    """What people can take part in on the day of the column, what ends first in front."""
    found = [item for item in occasions(column) if item.state is ParticipationState.OPEN]
    return sorted(found, key=lambda item: (item.end or date.max, item.entry.id))


def _of_decision(column: Column, directory: DecisionDirectory, decision: Decision) -> Occasion | None:
    stage = decision.stage("consultation")
    if stage is None or stage.status is not StageStatus.PUBLISHED:
        return None
    window = stage.detail if isinstance(stage.detail, Consultation) else None
    entry = column.index.entries[ids.item(directory.id, decision.number)]
    start, end = (window.start, window.end) if window else (None, None)
    state = _state(decision, start, end, column.as_of)
    return Occasion(
        entry, ParticipationKind.CONSULTATION, decision.organizers_text, start, end, state, stands_alone=False
    )


def _state(decision: Decision, start: date | None, end: date | None, day: date) -> ParticipationState:
    """Of a decision's consultation: answered once what became of the opinions is public; never late by itself."""
    adoption = decision.stage("adoption")
    if adoption and adoption.status is StageStatus.PUBLISHED:
        return ParticipationState.ANSWERED
    if end is None:
        return ParticipationState.UNKNOWN
    if start and day < start:
        return ParticipationState.COMING
    return ParticipationState.OPEN if day <= end else ParticipationState.CLOSED


def participation_pages(column: Column) -> Iterator[Page]:
    """The list of all occasions; nothing where there are none."""
    found = occasions(column)
    news = list(newest(column, RecordKind.PARTICIPATION)) or None
    for part, shown in in_parts_if_any(urls.PARTICIPATION, found):
        yield Page(
            kind="participation_all",
            url=part.url(),
            title=part.named(PARTICIPATION.label),
            description="正在进行和已经结束的意见征集、听证、列席会议、政府开放活动和议题征集，以及结果。",
            crumbs=(HOME, DISCLOSURE, PARTICIPATION),
            view={"occasions": shown, "labels": PARTICIPATION_LABELS, "organs": column.organs},
            keywords=("公众参与", "意见征集"),
            part=part,
            rows=(("consultations", [item.entry.id for item in shown if item.stands_alone]),),
            listed="consultations",
            news=news if part.number == 1 else None,
        )


def list_and_occasion_pages(column: Column, source: ParticipationList) -> Iterator[Page]:
    """A year's list, and a page for each occasion."""
    crumb = Crumb(source.title, urls.participation_list(source.id))
    items = [(item, item.state(column.as_of)) for item in source.items]
    yield Page(
        kind="participation_list",
        url=crumb.url,
        title=source.title,
        description=f"{column.organs[source.organ].short_name}{source.year}年公众参与，共{len(items)}项。",
        crumbs=(HOME, DISCLOSURE, PARTICIPATION, crumb),
        view={"source": source, "items": items, "labels": PARTICIPATION_LABELS},
        content_source=source.document.issuer_name,
        keywords=("公众参与", f"{source.year}年"),
        source=source.origin.file,
        rows=(("consultations", [ids.item(source.id, item.number) for item in source.items]),),
        listed="consultations",
    )
    for item, state in items:
        yield _occasion_page(column, source, item, state, crumb)


def _occasion_page(
    column: Column, source: ParticipationList, item: Participation, state: ParticipationState, above: Crumb
) -> Page:
    url = urls.participation(source.id, item.number)
    return Page(
        kind="participation",
        url=url,
        title=item.title,
        description=summary(
            f"{item.type.value}：{item.title}。承办单位：{item.organizer}。{PARTICIPATION_LABELS[state]}。"
        ),
        crumbs=(HOME, DISCLOSURE, PARTICIPATION, above, Crumb(item.title, url)),
        view={
            "item": item,
            "state": state,
            "label": PARTICIPATION_LABELS[state],
            "organ": column.organs[source.organ],
            "themes": column.themes,
            "connections": connections(column, ids.item(source.id, item.number)),
        },
        content_source=source.document.issuer_name,
        keywords=("公众参与", item.type.value),
        source=source.origin.file,
        rows=(("consultations", [ids.item(source.id, item.number)]),),
    )
