"""All occasions on which people could take part: those of the lists of occasions, and those of decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from gongkai.column import ids, urls
from gongkai.column.news import latest
from gongkai.column.page import DISCLOSURE, HOME, Page, newest, paginated_if_any
from gongkai.column.site_data import RecordRef, SiteData
from gongkai.column.vocabulary import Organ
from gongkai.kinds.decision_directory import KIND as DIRECTORY_FILES
from gongkai.kinds.decision_directory.model import Consultation, Decision, DecisionDirectory, StageStatus
from gongkai.kinds.participation import KIND as PARTICIPATION_FILES
from gongkai.kinds.participation.model import PARTICIPATION_LABELS, ParticipationKind, ParticipationState
from gongkai.kinds.participation.pages import OCCASIONS
from gongkai.kinds.participation.parts import PARTICIPATION

_URGENT = (ParticipationState.OPEN, ParticipationState.OVERDUE, ParticipationState.COMING, ParticipationState.CLOSED)


@dataclass(frozen=True, slots=True)
class Occasion:
    """An occasion as the list shows it: those of the lists of occasions, and those of decisions."""

    entry: RecordRef
    type: ParticipationKind
    organizer: str
    start: date | None
    end: date | None
    state: ParticipationState
    stands_alone: bool  # False for a consultation that is a stage of its decision


def occasions(column: SiteData) -> list[Occasion]:
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
        for source in PARTICIPATION_FILES.of(column).values()
        for item in source.items
    ]
    for directory in DIRECTORY_FILES.of(column).values():
        found += [each for decision in directory.decisions if (each := _of_decision(column, directory, decision))]
    rank = {state: at for at, state in enumerate(_URGENT)}
    latest = sorted(found, key=lambda item: (item.end or date.min, item.entry.id), reverse=True)
    return sorted(latest, key=lambda item: rank.get(item.state, len(rank)))


def open_now(column: SiteData) -> list[Occasion]:
    """What people can take part in on the day of the column, what ends first in front."""
    found = [item for item in occasions(column) if item.state is ParticipationState.OPEN]
    return sorted(found, key=lambda item: (item.end or date.max, item.entry.id))


def _of_decision(column: SiteData, directory: DecisionDirectory, decision: Decision) -> Occasion | None:
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


class ParticipationAllView(TypedDict):
    """What the template ``participation_all`` shows."""

    occasions: Sequence[Occasion]
    labels: dict[ParticipationState, str]
    organs: Mapping[str, Organ]


def occasions_pages(column: SiteData) -> Iterator[Page]:
    """The list of all occasions; nothing where there are none."""
    found = occasions(column)
    for part, shown in paginated_if_any(urls.PARTICIPATION, found):
        yield Page(
            kind="participation_all",
            url=part.url(),
            title=part.named(OCCASIONS.label),
            description="正在进行和已经结束的意见征集、听证、列席会议、政府开放活动和议题征集，以及结果。",
            crumbs=(HOME, DISCLOSURE, OCCASIONS),
            view=ParticipationAllView(occasions=shown, labels=PARTICIPATION_LABELS, organs=column.organs),
            keywords=("公众参与", "意见征集"),
            part=part,
            rows=(("consultations", [item.entry.id for item in shown if item.stands_alone]),),
            listed="consultations",
            news=(latest(column, urls.PARTICIPATION) or None) if part.number == 1 else None,
            dates=newest(column, PARTICIPATION) if part.number == 1 else None,
        )
