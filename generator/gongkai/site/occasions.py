"""All occasions on which people could take part: those of the lists of occasions, and those of decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TypedDict

from msgspec import Struct

from gongkai.column import ids, urls
from gongkai.column.news import latest
from gongkai.column.page import DISCLOSURE, HOME, Page, newest, paginated_if_any
from gongkai.column.progress import Link
from gongkai.column.site_data import RecordRef, SiteData
from gongkai.column.vocabulary import Organ
from gongkai.kinds.decision_directory import KIND as DIRECTORY_FILES
from gongkai.kinds.decision_directory.model import Consultation, Decision, DecisionDirectory, StageStatus
from gongkai.kinds.participation import KIND as PARTICIPATION_FILES
from gongkai.kinds.participation.model import (
    PARTICIPATION_LABELS,
    Participation,
    ParticipationKind,
    ParticipationList,
    ParticipationState,
)
from gongkai.kinds.participation.pages import OCCASIONS
from gongkai.kinds.participation.parts import PARTICIPATION

_URGENT = (ParticipationState.OPEN, ParticipationState.OVERDUE, ParticipationState.COMING, ParticipationState.CLOSED)

_NOTICE = "征求意见公告"


class Occasion(Struct, frozen=True):
    """An occasion as the list shows it: those of the lists of occasions, and those of decisions.

    ``about`` is the id of what it hangs on, ``ways`` are links to take part, ``contact`` what else is printed of ways.
    """

    entry: RecordRef
    type: ParticipationKind
    organizer: str
    start: date | None
    end: date | None
    state: ParticipationState
    about: str | None
    ways: tuple[Link, ...]
    contact: str | None
    stands_alone: bool  # False for a consultation that is a stage of its decision


def occasions(column: SiteData) -> list[Occasion]:
    """Everything people can or could take part in: open first, then late, then newest."""
    lists = PARTICIPATION_FILES.of(column).values()
    found = [_of_list(column, source, item) for source in lists for item in source.items]
    for directory in DIRECTORY_FILES.of(column).values():
        found += [each for decision in directory.decisions if (each := _of_decision(column, directory, decision))]
    rank = {state: at for at, state in enumerate(_URGENT)}
    latest = sorted(found, key=lambda item: (item.end or date.min, item.entry.id), reverse=True)
    return sorted(latest, key=lambda item: rank.get(item.state, len(rank)))


def open_now(column: SiteData) -> list[tuple[Occasion, int]]:
    """What people can take part in on the day of the column and the days left after it, what ends first in front.

    A consultation of a decision that stands in a list of occasions as well is there once: as it stands in the list.
    """
    found = [item for item in occasions(column) if item.state is ParticipationState.OPEN]
    listed = {(item.about, item.end) for item in found if item.type is ParticipationKind.CONSULTATION}
    once = [item for item in found if item.stands_alone or (item.entry.id, item.end) not in listed]
    last = [(item, (item.end - column.as_of).days) for item in once if item.end]
    return sorted(last, key=lambda each: (each[1], each[0].entry.id))


def _of_list(column: SiteData, source: ParticipationList, item: Participation) -> Occasion:
    return Occasion(
        entry=column.index.entries[ids.item(source.id, item.number)],
        type=item.type,
        organizer=item.organizer,
        start=item.start,
        end=item.end,
        state=item.state(column.as_of),
        about=item.about,
        ways=item.links,
        contact=item.contact,
        stands_alone=True,
    )


def _of_decision(column: SiteData, directory: DecisionDirectory, decision: Decision) -> Occasion | None:
    stage = decision.stage("consultation")
    if stage is None or stage.status is not StageStatus.PUBLISHED:
        return None
    window = stage.detail if isinstance(stage.detail, Consultation) else None
    start, end, channels = (window.start, window.end, window.channels) if window else (None, None, ())
    return Occasion(
        entry=column.index.entries[ids.item(directory.id, decision.number)],
        type=ParticipationKind.CONSULTATION,
        organizer=decision.organizers_text,
        start=start,
        end=end,
        state=_state(decision, start, end, column.as_of),
        about=None,
        ways=(Link(stage.title or _NOTICE, stage.url),) if stage.url else (),
        contact="；".join(channels) or None,
        stands_alone=False,
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
