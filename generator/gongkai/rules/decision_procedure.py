"""Rules on how a major decision is made: consultation, hearing, legality, meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from gongkai.column.origin import Origin
from gongkai.kinds.decision_directory.model import (
    Consultation,
    Decision,
    Hearing,
    Legality,
    Meeting,
    MeetingType,
    Stage,
    StageStatus,
)
from gongkai.kinds.decision_directory.obligations import issued_on
from gongkai.rules import laws
from gongkai.rules.rule import E, Facts, I, Topic, Violation, Violations, W, dated, quote
from gongkai.rules.walk import decisions, published

TOPIC = Topic("决策程序")
_MIN_CONSULTATION_DAYS = 30
_MIN_LEGALITY_WORKDAYS = 7
_MATERIALS_DAYS = 7


@TOPIC.rule(
    "DEC-06",
    "公开征求意见一般不少于30日；更短的要在公告里说明理由。",
    citation=laws.article(laws.DECISIONS, "十五"),
    severity=E,
    example=(
        "decision",
        "stages:\n  consultation: {start: 2024-05-06, end: 2024-05-20, shortened_reason: 开学在即，方案须在六月前确定}",
        "stages:\n  consultation: {start: 2024-05-06, end: 2024-05-20}",
    ),
)
def short_consultation(facts: Facts) -> Violations:
    """Both days are counted: 30 days from 6 May end on 4 June."""
    for _, decision in decisions(facts.column):
        stage = decision.stage("consultation")
        if stage is None or not isinstance(stage.detail, Consultation):
            continue
        window = stage.detail
        if window.start and window.end and window.end < window.start:
            yield Violation(stage.origin.child("end"), "征求意见的最后一天早于第一天", "请核对 start 和 end")
        elif window.days is not None and window.days < _MIN_CONSULTATION_DAYS and not window.shortened_reason:
            yield Violation(
                stage.origin.child("end"),
                f"征求意见只有{window.days}天，没有说明为什么少于30天",
                "请延长期限，或在 shortened_reason 写明公告中的理由",
            )


@TOPIC.rule(
    "DEC-07",
    "公开征求意见时，同时公布决策草案、草案说明、提意见的途径和期限。",
    citation=laws.article(laws.DECISIONS, "十五"),
    severity=E,
    example=(
        "decision",
        "stages:\n  consultation: {channels: [电话0500-1234567, 信箱：区政府办公室]}",
        "stages:\n  consultation: {channels: []}",
    ),
)
def incomplete_consultation(facts: Facts) -> Violations:
    """A consultation that is announced must come with all that people need to take part."""
    for _, decision in decisions(facts.column):
        stage = decision.stage("consultation")
        if stage is None or not published(stage):
            continue
        window = stage.detail
        missing = [
            name
            for kind, name in (("draft", "决策草案"), ("explanation", "草案说明"))
            if not published(decision.stage(kind))
        ]
        if isinstance(window, Consultation):
            missing += [] if window.channels else ["提意见的途径（channels）"]
            missing += [] if window.start and window.end else ["期限（start 和 end）"]
        if missing:
            yield Violation(stage.origin, f"已经公开征求意见，但没有{quote(missing)}", "请补上，没有公开的请尽快公开")


@TOPIC.rule(
    "DEC-08",
    "决策按顺序进行：先公布草案，再征求意见，再合法性审查，再开会决定，最后公布结果。",
    citation=laws.article(laws.DECISIONS, "十五", "二十五", "二十六", "二十九", "三十", "三十二"),
    severity=E,
    example=(
        "decision",
        "stages:\n  meeting: {held: 2024-07-18}",
        "stages:\n  meeting: {held: 2024-06-01}",
    ),
)
def out_of_order(facts: Facts) -> Violations:
    """Compares the days that are known, step by step."""
    for _, decision in decisions(facts.column):
        for first, second in pairwise(_steps(decision)):
            if second.day < first.day:
                words = f"{second.what}（{dated(second.day)}）早于{first.what}（{dated(first.day)}）"
                yield Violation(second.place, words, "请核对日期；确实如此的，程序有问题，请联系承办单位")


class _Step(NamedTuple):
    what: str
    day: date
    place: Origin


def _steps(decision: Decision) -> list[_Step]:
    """The known days of a decision in the order the law gives them."""
    steps = []
    draft, window = decision.stage("draft"), decision.stage("consultation")
    legality, meeting, result = (decision.stage(kind) for kind in ("legality", "meeting", "result"))
    if draft and draft.date:
        steps.append(_Step("公布决策草案", draft.date, draft.origin.child("date")))
    if window and isinstance(window.detail, Consultation):
        if window.detail.start:
            steps.append(_Step("开始征求意见", window.detail.start, window.origin.child("start")))
        if window.detail.end:
            steps.append(_Step("征求意见结束", window.detail.end, window.origin.child("end")))
    if legality and isinstance(legality.detail, Legality) and legality.detail.opinion:
        steps.append(_Step("合法性审查意见", legality.detail.opinion, legality.origin.child("opinion")))
    if meeting and isinstance(meeting.detail, Meeting) and meeting.detail.held:
        steps.append(_Step("开会审议", meeting.detail.held, meeting.origin.child("held")))
    day = issued_on(decision)
    if result and day:
        steps.append(_Step("公布决策结果", day, result.origin))
    return steps


@TOPIC.rule(
    "DEC-09",
    "送请合法性审查时，保证必要的审查时间，一般不少于7个工作日。",
    citation=laws.article(laws.DECISIONS, "二十六"),
    severity=I,
    example=(
        "decision",
        "stages:\n  legality: {sent: 2024-06-17, opinion: 2024-06-26}",
        "stages:\n  legality: {sent: 2024-06-17, opinion: 2024-06-20}",
    ),
)
def hurried_legality(facts: Facts) -> Violations:
    """The days that were used; the law is about those that were allowed, so that it can only be a note."""
    for _, decision in decisions(facts.column):
        stage = decision.stage("legality")
        if stage and isinstance(stage.detail, Legality) and stage.detail.sent and stage.detail.opinion:
            days = facts.column.calendar.between(stage.detail.sent, stage.detail.opinion).value
            hint = "要保证的是给审查的时间，一般不少于7个工作日；审查得快不算违反"
            if days < _MIN_LEGALITY_WORKDAYS:
                yield Violation(stage.origin.child("opinion"), f"从送审到出具意见{days}个工作日", hint)


@TOPIC.rule(
    "DEC-10",
    "没有经过合法性审查的，不能提交会议讨论。",
    citation=laws.article(laws.DECISIONS, "二十五"),
    severity=I,
    example=(
        "decision",
        "stages:\n  legality: {sent: 2024-06-17, opinion: 2024-07-05}",
        "stages:\n  legality: {status: not_applicable, reason: 时间紧，没有审查, sent: null, opinion: null, url: null}",
    ),
)
def unreviewed_meeting(facts: Facts) -> Violations:
    """An error only where the record itself says that there was no review: its day need not be published."""
    for _, decision in decisions(facts.column):
        meeting, legality = decision.stage("meeting"), decision.stage("legality")
        if not (meeting and isinstance(meeting.detail, Meeting) and meeting.detail.held):
            continue
        if legality and legality.status is StageStatus.NOT_APPLICABLE:
            words = "会议已经召开，但记录写明没有经过合法性审查"
            yield Violation(
                legality.origin.child("status"), words, "请核对；确实没有审查的，请联系承办单位", severity=E
            )
        elif not (legality and isinstance(legality.detail, Legality) and legality.detail.opinion):
            words, hint = "会议已经召开，没有写合法性审查意见的日期", "知道的可以在 legality 的 opinion 填写"
            yield Violation(meeting.origin.child("held"), words, hint)


@TOPIC.rule(
    "DEC-11",
    "重大行政决策由政府常务会议或者全体会议讨论。",
    citation=laws.article(laws.DECISIONS, "三十"),
    severity=W,
    example=("decision", "stages:\n  meeting: {type: 常务会议}", "stages:\n  meeting: {type: 其他会议}"),
)
def other_meeting(facts: Facts) -> Violations:
    """A meeting of another kind, or of a kind nobody wrote down."""
    for _, decision in decisions(facts.column):
        stage = decision.stage("meeting")
        if stage and isinstance(stage.detail, Meeting) and stage.detail.held:
            if stage.detail.type is MeetingType.OTHER:
                yield Violation(stage.origin.child("type"), "讨论这项决策的不是常务会议或全体会议")
            elif stage.detail.type is None:
                yield Violation(stage.origin, "没有写是什么会议", "请在 type 写 常务会议 或 全体会议")


@TOPIC.rule(
    "DEC-14",
    "听证材料提前7日送达，参加人名单提前公布。",
    citation=laws.article(laws.DECISIONS, "十六"),
    severity=E,
    example=(
        "decision",
        """
        stages:
          hearing:
            status: published
            held: 2024-06-20
            materials_delivered: 2024-06-12
            participants_url: https://www.example.gov.cn/h
            participants: 20
            interested: 12
        """,
        """
        stages:
          hearing:
            status: published
            held: 2024-06-20
            materials_delivered: 2024-06-18
            participants_url: https://www.example.gov.cn/h
            participants: 20
            interested: 12
        """,
    ),
)
def poor_hearing(facts: Facts) -> Violations:
    """What the record does not say is no breach: it may lie where the column does not look."""
    for _, stage, hearing, held in _hearings(facts):
        delivered = hearing.materials_delivered
        if delivered is None:
            yield Violation(stage.origin, "没有写听证材料哪天送达参加人", "请填写 materials_delivered", severity=I)
        elif delivered > held - timedelta(days=_MATERIALS_DAYS):
            place = stage.origin.child("materials_delivered")
            yield Violation(place, "听证材料没有在听证会7日前送达参加人", "请核对 materials_delivered")
        if not hearing.participants_url:
            yield Violation(stage.origin, "没有听证参加人名单的链接", "请填写 participants_url", severity=W)


def _hearings(facts: Facts) -> Iterator[tuple[str, Stage, Hearing, date]]:
    """Every hearing whose day is known, with the district that held it."""
    for directory, decision in decisions(facts.column):
        stage = decision.stage("hearing")
        if stage and isinstance(stage.detail, Hearing) and stage.detail.held:
            yield directory.organ, stage, stage.detail, stage.detail.held


@TOPIC.rule(
    "DEC-26",
    "利害关系人代表一般不少于听证参加总人数的二分之一。",
    local=(laws.SHANDONG_PARTICIPATION,),
    severity=W,
    example=(
        "decision",
        """
        stages:
          hearing: {status: published, held: 2025-11-20, participants: 20, interested: 10}
        """,
        """
        stages:
          hearing: {status: published, held: 2025-11-20, participants: 20, interested: 8}
        """,
    ),
)
def few_interested(facts: Facts) -> Violations:
    """Where and since when the province's text holds; the day is that of the hearing."""
    text = laws.SHANDONG_PARTICIPATION
    for organ, stage, hearing, held in _hearings(facts):
        few = hearing.interested is not None and hearing.interested * 2 < (hearing.participants or 0)
        if few and facts.bound(organ, text, held):
            place = stage.origin.child("interested")
            yield Violation(place, "利害关系人代表少于参加人的一半", "请核对", citation=text.words)
