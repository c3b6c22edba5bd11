"""Public participation (公众参与): consultations, hearings, attendance, open days, calls for topics."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct

from gongkai.column.document import Document
from gongkai.column.origin import Origin
from gongkai.column.progress import Link
from gongkai.column.unit import Assignment


class ParticipationKind(StrEnum):
    """The values are what editors write."""

    CONSULTATION = "意见征集"
    HEARING = "听证"
    ATTENDANCE = "列席会议"
    OPEN_DAY = "政府开放活动"
    TOPICS = "议题征集"


class Channel(StrEnum):
    """How people can take part."""

    SITE = "网站"
    LETTER = "信函"
    EMAIL = "电子邮件"
    PHONE = "电话"
    TALK = "座谈"
    PLACE = "现场"


class ParticipationState(StrEnum):
    """What a reader is told on a day; the values are part of the open data."""

    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"
    ANSWERED = "answered"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"


PARTICIPATION_LABELS = {
    ParticipationState.COMING: "尚未开始",
    ParticipationState.OPEN: "正在进行",
    ParticipationState.CLOSED: "已经结束，等待答复",
    ParticipationState.ANSWERED: "已经答复",
    ParticipationState.OVERDUE: "已经结束，原定的答复日期已过，尚未答复",
    ParticipationState.UNKNOWN: "来源未写明时间",
}


class Outcome(Struct, frozen=True):
    """What came of it."""

    date: date
    text: str
    url: str | None
    received: int | None
    adopted: int | None
    unadopted_reasons: str | None


class Participation(Struct, frozen=True):
    """One occasion. ``about`` is the id of the decision, document or plan that it hangs on."""

    number: int
    type: ParticipationKind
    title: str
    about: str | None
    organizer: str
    units: tuple[Assignment, ...]
    start: date | None
    end: date | None
    shortened_reason: str | None
    channels: tuple[Channel, ...]
    contact: str | None
    links: tuple[Link, ...]
    outcome: Outcome | None
    answer_due: date | None
    themes: tuple[str, ...]
    audiences: tuple[str, ...]
    editor_note: str | None
    origin: Origin

    def state(self, day: date) -> ParticipationState:
        """Open, closed, answered, or past the answer's promised day; never guessed where no days are known."""
        if self.outcome and self.outcome.date <= day:
            return ParticipationState.ANSWERED
        if self.start and day < self.start:
            return ParticipationState.COMING
        if self.end is None:
            return ParticipationState.UNKNOWN
        if day <= self.end:
            return ParticipationState.OPEN
        missed = self.answer_due is not None and day > self.answer_due
        return ParticipationState.OVERDUE if missed else ParticipationState.CLOSED


class ParticipationList(Struct, frozen=True):
    """The occasions of one organ and year. ``document`` holds what lists show of it; it has no page of its own."""

    id: str
    organ: str
    year: int
    title: str
    document: Document
    items: tuple[Participation, ...]
    themes: tuple[str, ...]
    related: tuple[str, ...]
    editor_note: str | None
    origin: Origin
