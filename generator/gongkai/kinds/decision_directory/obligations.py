"""What the law and the district's own texts ask next of a decision, and by when: for readers, in plain words.

No day without a text that binds the district, and no word of being late (逾期): what a directory planned or an annual
plan asked for is told with its day, and that it is not public yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.column.stages import StageSet
from gongkai.kinds.decision_directory.model import Consultation, Decision, Result, StageStatus
from gongkai.text.workdays import DueDay, WorkCalendar


class ObligationState(StrEnum):
    """How urgent an obligation is on the day of the column."""

    OPEN = "open"  # something readers can take part in now
    DUE = "due"  # there is a last day, and it has not passed
    MISSED = "missed"  # a planned or promised day has passed
    NEXT = "next"  # asked for, without a day


STATE_LABELS = {
    ObligationState.OPEN: "正在进行",
    ObligationState.DUE: "应当公开",
    ObligationState.MISSED: "尚未公开",
    ObligationState.NEXT: "下一步",
}


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing that is asked for: ``words`` without the day, the last day, whether that day is an estimate.

    ``citation`` is None for what the directory itself planned: ``planned`` are its words.
    """

    stage: str
    state: ObligationState
    words: str
    due: date | None
    estimated: bool
    citation: str | None
    planned: str | None = None


def obligations(decision: Decision, stage_set: StageSet, calendar: WorkCalendar, day: date) -> tuple[Obligation, ...]:
    """Everything that is open, due, missed or next for one decision on ``day``; nothing for one lawfully not public."""
    if decision.not_public:
        return ()
    adoption = _adoption(decision, stage_set, calendar, day)
    found = [*_consultation(decision, day), *adoption, *_planned(decision, day)]
    return tuple(found) or tuple(_next(decision, stage_set))


def _consultation(decision: Decision, day: date) -> Iterator[Obligation]:
    stage = decision.stage("consultation")
    window = stage.detail if stage else None
    if isinstance(window, Consultation) and window.start and window.end and window.start <= day <= window.end:
        citation = "《重大行政决策程序暂行条例》第十五条"
        yield Obligation("consultation", ObligationState.OPEN, "正在公开征求意见", window.end, False, citation)


def issued_on(decision: Decision) -> date | None:
    """The day the decision document was issued, else published; None while there is no result."""
    stage = decision.stage("result")
    if stage is None or stage.status is not StageStatus.PUBLISHED:
        return None
    issued = stage.detail.issued if isinstance(stage.detail, Result) else None
    return issued or stage.date


def adoption_due(decision: Decision, stage_set: StageSet, calendar: WorkCalendar) -> DueDay | None:
    """The last day for publishing what became of the opinions; None where no text of the district names one.

    A text that holds for a year holds for what was issued by the end of it.
    """
    issued, term = issued_on(decision), stage_set.adoption
    if issued is None or term is None or issued.year > (stage_set.until_year or issued.year):
        return None
    return calendar.after(issued, term.workdays)


def _adoption(decision: Decision, stage_set: StageSet, calendar: WorkCalendar, day: date) -> Iterator[Obligation]:
    found, adoption, term = adoption_due(decision, stage_set, calendar), decision.stage("adoption"), stage_set.adoption
    if found is None or term is None or adoption is None or adoption.status is not StageStatus.PENDING:
        return
    state = ObligationState.MISSED if day > found.day else ObligationState.DUE
    yield Obligation("adoption", state, "意见收集和采纳情况", found.day, found.estimated, term.citation)


def _planned(decision: Decision, day: date) -> Iterator[Obligation]:
    latest = decision.planned.latest if decision.planned else None
    result = decision.stage("result")
    pending = result is not None and result.status is StageStatus.PENDING
    if decision.planned and latest and pending and latest < day and not decision.changes:
        words = decision.planned.text
        yield Obligation("result", ObligationState.MISSED, "决策结果", latest, False, None, planned=words)


def _next(decision: Decision, stage_set: StageSet) -> Iterator[Obligation]:
    """The first stage that must be public and is neither published nor explained."""
    for slot in stage_set.slots:
        stages = [stage for kind in slot.stages if (stage := decision.stage(kind))]
        if slot.required and stages and all(stage.status is StageStatus.PENDING for stage in stages):
            yield Obligation(stages[0].kind, ObligationState.NEXT, slot.label, None, False, stage_set.citation)
            return


def answered(decision: Decision, stage_set: StageSet) -> tuple[int, int]:
    """How many of the required stages of a decision are published or explained, of how many."""
    slots = [slot for slot in stage_set.slots if slot.required]
    done = 0
    for slot in slots:
        stages = [stage for kind in slot.stages if (stage := decision.stage(kind))]
        done += any(stage.status is not StageStatus.PENDING for stage in stages)
    return done, len(slots)
