"""What the texts that bind the district ask next of a decision, and by when: for readers and for rules alike.

No day without a text that binds the district on the day of the event. Late (逾期) is said only by a text that may say
it (:attr:`gongkai.law.model.Norm.makes_late`); what a directory planned or an annual plan asked for is told with its
day, and that it is not public yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from gongkai.column.site_data import SiteData
from gongkai.column.unit import body_of
from gongkai.kinds.decision_directory.model import Consultation, Decision, DecisionDirectory, Result, StageStatus
from gongkai.law.book import Asked
from gongkai.law.model import Condition, Force, Modality, Norm
from gongkai.text.workdays import DueDay


class ObligationState(StrEnum):
    """How urgent an obligation is on the day of the column."""

    OPEN = "open"  # something readers can take part in now
    DUE = "due"  # there is a last day, and it has not passed
    LATE = "late"  # a last day has passed, and the text that sets it may call that late
    MISSED = "missed"  # a planned or promised day has passed
    NEXT = "next"  # asked for, without a day


STATE_LABELS = {
    ObligationState.OPEN: "正在进行",
    ObligationState.DUE: "应当公开",
    ObligationState.LATE: "已经逾期",
    ObligationState.MISSED: "尚未公开",
    ObligationState.NEXT: "下一步",
}


class Obligation(Struct, frozen=True):
    """One thing that is asked for: ``words`` without the day, the last day, whether that day is an estimate.

    ``citation`` is None for what the directory itself planned: ``planned`` are its words. ``of_plan`` is True where
    only an annual plan or a notice asks for it.
    """

    stage: str
    state: ObligationState
    words: str
    due: date | None
    estimated: bool
    citation: str | None
    planned: str | None = None
    of_plan: bool = False


class Due(NamedTuple):
    """The last day for something, and the norm that sets it."""

    day: DueDay
    norm: Norm


def day_of(directory: DecisionDirectory) -> date:
    """The day on which a directory became public, as far as it is known; else the first of its year."""
    document = directory.document
    known = document.date_published or document.date_printed or document.date_signed
    return known or date(directory.year, 1, 1)


def conditions(decision: Decision) -> frozenset[Condition]:
    """What is written of a decision that some norms depend on."""
    marks = {
        Condition.BUSINESS: decision.business_impact,
        Condition.PUBLIC_CONCERN: decision.public_concern,
        Condition.TECHNICAL: decision.technical,
        Condition.RISK: decision.risk,
    }
    return frozenset(condition for condition, marked in marks.items() if marked)


def asked(
    column: SiteData, directory: DecisionDirectory, duty: str, day: date | None = None, decision: Decision | None = None
) -> Asked:
    """What binds who issued a directory under one duty, on the day of the event or else of the directory.

    For a ``decision`` only what its own marks call for; without one whatever may be true of it.
    """
    marks = None if decision is None else conditions(decision)
    body = body_of(column.units.get(directory.document.issuer))
    return column.law.asked(duty, column.organs.get(directory.organ), day or day_of(directory), marks, body=body)


def obligations(column: SiteData, directory: DecisionDirectory, decision: Decision) -> tuple[Obligation, ...]:
    """Everything that is open, due, missed or next for a decision on the column's day; nothing if it owes nothing."""
    if not decision.owes:
        return ()
    found = [
        *_consultation(column, directory, decision),
        *_adoption(column, directory, decision),
        *_planned(decision, column.as_of),
    ]
    return tuple(found) or tuple(_next(column, directory, decision))


def _consultation(column: SiteData, directory: DecisionDirectory, decision: Decision) -> Iterator[Obligation]:
    stage = decision.stage("consultation")
    window = stage.detail if stage else None
    if isinstance(window, Consultation) and window.start and window.end and window.start <= column.as_of <= window.end:
        citation = asked(column, directory, "consultation.period", window.start).citation or None
        yield Obligation("consultation", ObligationState.OPEN, "正在公开征求意见", window.end, False, citation)


def issued_on(decision: Decision) -> date | None:
    """The day the decision document was issued, else published; None while there is no result."""
    stage = decision.stage("result")
    if stage is None or stage.status is not StageStatus.PUBLISHED:
        return None
    issued = stage.detail.issued if isinstance(stage.detail, Result) else None
    return issued or stage.date


def adoption_due(column: SiteData, directory: DecisionDirectory, decision: Decision) -> Due | None:
    """The last day for publishing what became of the opinions; None where no text that binds the district sets one.

    The law is that of the day on which the decision was issued.
    """
    issued = issued_on(decision)
    if issued is None:
        return None
    norm = asked(column, directory, "adoption.publish", issued, decision).counted
    return Due(norm.span.after(issued, column.calendar), norm) if norm and norm.span else None


def _adoption(column: SiteData, directory: DecisionDirectory, decision: Decision) -> Iterator[Obligation]:
    found, adoption = adoption_due(column, directory, decision), decision.stage("adoption")
    if found is None or adoption is None or adoption.status is not StageStatus.PENDING:
        return
    last, norm = found
    state = ObligationState.DUE
    if column.as_of > last.day:
        state = ObligationState.LATE if norm.makes_late else ObligationState.MISSED
    of_plan = norm.instrument.force in (Force.ANNUAL_PLAN, Force.NOTICE)
    words = "意见收集和采纳情况"
    yield Obligation("adoption", state, words, last.day, last.estimated, norm.citation, of_plan=of_plan)


def _planned(decision: Decision, day: date) -> Iterator[Obligation]:
    latest = decision.planned.latest if decision.planned else None
    result = decision.stage("result")
    pending = result is not None and result.status is StageStatus.PENDING
    if decision.planned and latest and pending and latest < day and not decision.changes:
        words = decision.planned.text
        yield Obligation("result", ObligationState.MISSED, "决策结果", latest, False, None, planned=words)


def _next(column: SiteData, directory: DecisionDirectory, decision: Decision) -> Iterator[Obligation]:
    """The first stage that must be public and is neither published nor explained."""
    for slot in directory.stage_set.slots:
        stages = [stage for kind in slot.stages if (stage := decision.stage(kind))]
        if slot.required and stages and all(stage.status is StageStatus.PENDING for stage in stages):
            duty = directory.stage_set.duty or column.stage_kinds[stages[0].kind].duty
            found = asked(column, directory, duty) if duty else None
            if found and found.strongest in (Modality.MUST, Modality.GENERAL):
                yield Obligation(stages[0].kind, ObligationState.NEXT, slot.label, None, False, found.citation)
            return


def answered(directory: DecisionDirectory, decision: Decision) -> tuple[int, int]:
    """How many of the stages that a decision owes are published or explained, of how many; 不涉及 is not owed."""
    done = owed = 0
    for slot in directory.stage_set.slots:
        stages = [stage for kind in slot.stages if (stage := decision.stage(kind))]
        if slot.required and not (stages and all(stage.status is StageStatus.NOT_APPLICABLE for stage in stages)):
            owed += 1
            done += any(stage.status in (StageStatus.PUBLISHED, StageStatus.WITHHELD) for stage in stages)
    return done, owed
