"""Rules on public participation: time enough to take part, and an answer."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.column.site_data import SiteData
from gongkai.kinds.decision_directory import KIND as DIRECTORY_FILES
from gongkai.kinds.participation import KIND as PARTICIPATION_FILES
from gongkai.kinds.participation.model import Participation, ParticipationKind, ParticipationState
from gongkai.rules import laws
from gongkai.rules.rule import E, Facts, Topic, Violation, Violations, W, dated

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
        if days < _MIN_DAYS and not item.shortened_reason:
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
