"""What the law and the directory ask next of a decision, by when, and what is late: for readers, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.kinds.decision_directory.model import Consultation, Decision, Result, StageStatus
from generator.model.stages import StageSet
from generator.model.workdays import WorkCalendar

ADOPTION_WORKDAYS = 10
"""Working days for publishing what became of the opinions (莱芜政办发〔2021〕3号 三（二）)."""


class ObligationState(StrEnum):
    """How urgent an obligation is on the day of the column."""

    OPEN = "open"  # something readers can take part in now
    DUE = "due"  # there is a last day, and it has not passed
    OVERDUE = "overdue"  # the last day has passed
    NEXT = "next"  # asked for, without a day


STATE_LABELS = {
    ObligationState.OPEN: "正在进行",
    ObligationState.DUE: "应当公开",
    ObligationState.OVERDUE: "已经逾期",
    ObligationState.NEXT: "下一步",
}


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing that is asked for: ``words`` without the day, the last day, whether that day is an estimate."""

    stage: str
    state: ObligationState
    words: str
    due: date | None
    estimated: bool
    citation: str


def obligations(decision: Decision, stage_set: StageSet, calendar: WorkCalendar, day: date) -> tuple[Obligation, ...]:
    """Everything that is open, due, late or next for one decision on ``day``; nothing for one lawfully not public."""
    if decision.not_public:
        return ()
    found = [*_consultation(decision, day), *_adoption(decision, calendar, day), *_planned(decision, day)]
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


def _adoption(decision: Decision, calendar: WorkCalendar, day: date) -> Iterator[Obligation]:
    issued, adoption = issued_on(decision), decision.stage("adoption")
    if issued is None or adoption is None or adoption.status is not StageStatus.PENDING:
        return
    due, estimated = calendar.after(issued, ADOPTION_WORKDAYS)
    state = ObligationState.OVERDUE if day > due else ObligationState.DUE
    citation = "《重大行政决策程序暂行条例》第三十二条；10个工作日见莱芜政办发〔2021〕3号三（二）"
    yield Obligation("adoption", state, "意见收集和采纳情况", due, estimated, citation)


def _planned(decision: Decision, day: date) -> Iterator[Obligation]:
    latest = decision.planned.latest if decision.planned else None
    result = decision.stage("result")
    pending = result is not None and result.status is StageStatus.PENDING
    if latest and pending and latest < day and not decision.changes:
        citation = "《重大行政决策程序暂行条例》第三条：目录根据实际情况调整"
        yield Obligation("result", ObligationState.OVERDUE, "决策结果，或者调整情况", latest, False, citation)


def _next(decision: Decision, stage_set: StageSet) -> Iterator[Obligation]:
    """The first required stage of the year's directory that nobody has published or explained."""
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
