"""Rules on public participation: time enough to take part, and an answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.column.origin import Origin
from gongkai.column.site_data import SiteData
from gongkai.kinds.decision_directory import KIND as DIRECTORY_FILES
from gongkai.kinds.decision_directory.model import Adoption, Consultation, Stage
from gongkai.kinds.participation import KIND as PARTICIPATION_FILES
from gongkai.kinds.participation.model import Participation, ParticipationKind, ParticipationState
from gongkai.kinds.response import KIND as RESPONSE_FILES
from gongkai.rules import laws
from gongkai.rules.rule import E, Facts, Topic, Violation, Violations, W, dated
from gongkai.rules.walk import decisions

TOPIC = Topic("公众参与")
_MIN_DAYS = 30


def _occasions(column: SiteData) -> Iterator[Participation]:
    for source in PARTICIPATION_FILES.of(column).values():
        yield from source.items


@TOPIC.rule(
    "PART-01",
    "决策草案公开征求意见一般不少于30日；更短的要说明理由。",
    citation=laws.article(laws.DECISIONS, "十五"),
    severity=E,
    example=(
        "occasion",
        "start: 2024-05-06\nend: 2024-06-06",
        "start: 2024-05-06\nend: 2024-05-20",
    ),
    across=True,
)
def short(facts: Facts) -> Violations:
    """Consultations that are about a decision; other occasions may be as short as they are."""
    decided = DIRECTORY_FILES.of(facts.column)
    for item in _occasions(facts.column):
        about = (item.about or "").partition("/")[0]
        if item.type is not ParticipationKind.CONSULTATION or about not in decided or not (item.start and item.end):
            continue
        days = (item.end - item.start).days + 1
        if 0 < days < _MIN_DAYS and not item.shortened_reason:
            words = f"征求意见只有{days}天，没有说明为什么少于30天"
            yield Violation(item.origin.child("end"), words, "请延长期限，或填写 shortened_reason")


@TOPIC.rule(
    "PART-02",
    "写明答复日期的，到那一天以前公布结果。",
    citation="公告自己写明的答复日期（answer_due）",
    severity=W,
    example=(
        "occasion",
        "answer_due: 2024-07-31\noutcome: {date: 2024-07-25, text: 意见已经研究，采纳9条。}",
        "answer_due: 2024-07-31\noutcome: null",
    ),
)
def unanswered(facts: Facts) -> Violations:
    """Past the day that the office itself promised: no text read sets one."""
    for item in _occasions(facts.column):
        if item.answer_due and item.state(facts.today) is ParticipationState.OVERDUE:
            words = f"“{item.title}”原定{dated(item.answer_due)}前答复，尚未公布"
            yield Violation(item.origin, words, "请填写 outcome")


@TOPIC.rule(
    "PART-03",
    "写明怎样参加：途径和联系方式。",
    citation=laws.article(laws.DECISIONS, "十五"),
    severity=W,
    example=("occasion", "channels: [网站]", "channels: []\ncontact: null"),
)
def no_channel(facts: Facts) -> Violations:
    """Asked for where people are invited to say something."""
    asked = (ParticipationKind.CONSULTATION, ParticipationKind.TOPICS)
    for item in _occasions(facts.column):
        if item.type in asked and not item.channels and not item.contact:
            yield Violation(item.origin, "没有写怎样提意见", "请填写 channels 或 contact")


@TOPIC.rule(
    "PART-04",
    "起止日期前后相符：最后一天不早于第一天。",
    citation=laws.CONSISTENT,
    severity=E,
    example=("occasion", "start: 2024-05-06\nend: 2024-06-06", "start: 2024-05-06\nend: 2024-04-06"),
)
def backwards(facts: Facts) -> Violations:
    """Occasions of participation, and consultations on decisions."""
    for start, end, origin in _periods(facts.column):
        if start and end and end < start:
            words = f"最后一天（{dated(end)}）早于第一天（{dated(start)}）"
            yield Violation(origin.child("end"), words, "请对照公告核对 start 和 end")


def _periods(column: SiteData) -> Iterator[tuple[date | None, date | None, Origin]]:
    yield from ((item.start, item.end, item.origin) for item in _occasions(column))
    for stage in _stages(column):
        if isinstance(stage.detail, Consultation):
            yield stage.detail.start, stage.detail.end, stage.origin


def _stages(column: SiteData) -> Iterator[Stage]:
    for _, decision in decisions(column):
        yield from decision.stages


@TOPIC.rule(
    "PART-05",
    "采纳的条数不多于收到的条数。",
    citation=laws.CONSISTENT,
    severity=E,
    example=(
        "occasion",
        "outcome: {date: 2024-07-25, text: 意见已经研究。, received: 12, adopted: 9}",
        "outcome: {date: 2024-07-25, text: 意见已经研究。, received: 12, adopted: 19}",
    ),
)
def more_than_received(facts: Facts) -> Violations:
    """Outcomes of participation, adoption stages of decisions, and responses to opinions."""
    for received, adopted, origin in _counts(facts.column):
        if received is not None and adopted is not None and adopted > received:
            words = f"收到{received}条，却采纳{adopted}条"
            hint = "请对照原文核对 received（收到）和 adopted（采纳）；原文如此的，加编者注和 ignore"
            yield Violation(origin.child("adopted"), words, hint)


def _counts(column: SiteData) -> Iterator[tuple[int | None, int | None, Origin]]:
    for item in _occasions(column):
        if item.outcome:
            yield item.outcome.received, item.outcome.adopted, item.origin.child("outcome")
    for stage in _stages(column):
        if isinstance(stage.detail, Adoption):
            yield stage.detail.received, stage.detail.adopted, stage.origin
    for response in RESPONSE_FILES.of(column).values():
        yield response.received, response.adopted, response.origin
