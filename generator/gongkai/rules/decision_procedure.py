"""Rules on how a major decision is made: consultation, hearing, legality, meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from gongkai.column.origin import Origin
from gongkai.kinds.decision_directory.model import (
    Consultation,
    Decision,
    DecisionDirectory,
    Hearing,
    Legality,
    Meeting,
    MeetingType,
    Stage,
    StageStatus,
)
from gongkai.kinds.decision_directory.obligations import issued_on
from gongkai.rules.rule import E, Facts, I, Topic, Violation, Violations, W, dated, quote
from gongkai.rules.walk import decisions, published
from gongkai.rules.windows import short_window

TOPIC = Topic("决策程序")


@TOPIC.rule(
    "DEC-06",
    "公开征求意见的时间不短于规定；更短的要在公告里说明理由。",
    duty="consultation.period",
    severity=E,
    example=(
        "decision",
        "stages:\n  consultation: {start: 2024-05-06, end: 2024-05-20, shortened_reason: 开学在即，方案须在六月前确定}",
        "stages:\n  consultation: {start: 2024-05-06, end: 2024-05-20}",
    ),
)
def short_consultation(facts: Facts) -> Violations:
    """See :func:`gongkai.rules.windows.short_window`."""
    for directory, decision in decisions(facts.column):
        stage = decision.stage("consultation")
        if stage is None or not isinstance(stage.detail, Consultation):
            continue
        window = stage.detail
        if window.start and window.end and window.end < window.start:
            yield Violation(stage.origin.child("end"), "征求意见的最后一天早于第一天", "请核对 start 和 end")
        elif window.start and window.end and not window.shortened_reason:
            law = facts.asked("consultation.period", directory.organ, window.start, by=directory.document.issuer)
            place = stage.origin.child("end")
            found = short_window(law, window.start, window.end, facts.column.calendar, place)
            yield from [found] if found else []


@TOPIC.rule(
    "DEC-07",
    "公开征求意见时，同时公布决策草案、草案说明、提意见的途径和期限。",
    duty="consultation.materials",
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
            words, hint = f"已经公开征求意见，但没有{quote(missing)}", "请补上，没有公开的请尽快公开"
            yield Violation(stage.origin, words, hint, day=_begun(stage))


def _begun(stage: Stage) -> date | None:
    """The first day of a consultation, or that on which it was announced."""
    return (stage.detail.start if isinstance(stage.detail, Consultation) else None) or stage.date


@TOPIC.rule(
    "DEC-08",
    "决策按顺序进行：先公布草案，再征求意见，再合法性审查，再开会决定，最后公布结果。",
    duty=("decision.order", "meeting.draft_public"),
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
                hint = "请核对日期；确实如此的，程序有问题，请联系承办单位"
                yield Violation(second.place, words, hint, day=max(first.day, second.day))


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
    "送请合法性审查时，保证必要的审查时间。",
    duty="legality.time",
    severity=I,
    example=(
        "decision",
        "stages:\n  legality: {sent: 2024-06-17, opinion: 2024-06-26}",
        "stages:\n  legality: {sent: 2024-06-17, opinion: 2024-06-20}",
    ),
)
def hurried_legality(facts: Facts) -> Violations:
    """The days that were used; the law is about those that were allowed, so that it can only be a note."""
    for directory, decision in decisions(facts.column):
        stage = decision.stage("legality")
        if not (stage and isinstance(stage.detail, Legality) and stage.detail.sent and stage.detail.opinion):
            continue
        sent, opinion = stage.detail.sent, stage.detail.opinion
        law = facts.asked("legality.time", directory.organ, sent, by=directory.document.issuer)
        span = law.counted.span if law.counted else None
        if span and opinion < span.after(sent, facts.column.calendar).day:
            days = facts.column.calendar.between(sent, opinion).value
            hint = f"要保证的是给审查的时间，一般不少于{span.words}；审查得快不算违反"
            yield Violation(stage.origin.child("opinion"), f"从送审到出具意见{days}个工作日", hint, law=law)


@TOPIC.rule(
    "DEC-10",
    "没有经过合法性审查的，不能提交会议讨论。",
    duty="legality.review",
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
            words, hint = "会议已经召开，但记录写明没有经过合法性审查", "请核对；确实没有审查的，请联系承办单位"
            place = legality.origin.child("status")
            yield Violation(place, words, hint, severity=E, day=meeting.detail.held)
        elif not (legality and isinstance(legality.detail, Legality) and legality.detail.opinion):
            words, hint = "会议已经召开，没有写合法性审查意见的日期", "知道的可以在 legality 的 opinion 填写"
            yield Violation(meeting.origin.child("held"), words, hint, day=meeting.detail.held)


@TOPIC.rule(
    "DEC-11",
    "重大行政决策由政府常务会议或者全体会议讨论。",
    duty="meeting.discuss",
    severity=W,
    example=("decision", "stages:\n  meeting: {type: 常务会议}", "stages:\n  meeting: {type: 其他会议}"),
)
def other_meeting(facts: Facts) -> Violations:
    """A meeting of another kind, or of a kind nobody wrote down."""
    for _, decision in decisions(facts.column):
        stage = decision.stage("meeting")
        if stage and isinstance(stage.detail, Meeting) and stage.detail.held:
            if stage.detail.type is MeetingType.OTHER:
                words = "讨论这项决策的不是常务会议或全体会议"
                yield Violation(stage.origin.child("type"), words, day=stage.detail.held)
            elif stage.detail.type is None:
                hint = "请在 type 写 常务会议 或 全体会议"
                yield Violation(stage.origin, "没有写是什么会议", hint, day=stage.detail.held)


@TOPIC.rule(
    "DEC-14",
    "听证材料按规定提前送达，参加人名单提前公布。",
    duty=("hearing.materials", "hearing.list"),
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
    for directory, stage, hearing, held in hearings(facts):
        delivered, by = hearing.materials_delivered, directory.document.issuer
        law = facts.asked("hearing.materials", directory.organ, held, by=by)
        span = law.counted.span if law.counted else None
        if span and delivered is None:
            hint = "请填写 materials_delivered"
            yield Violation(stage.origin, "没有写听证材料哪天送达参加人", hint, severity=I, law=law)
        elif span and delivered and delivered > span.before(held, facts.column.calendar):
            place, words = stage.origin.child("materials_delivered"), f"听证材料没有在听证会{span.words}前送达参加人"
            yield Violation(place, words, "请核对 materials_delivered", law=law)
        listed = facts.asked("hearing.list", directory.organ, held, by=by)
        if listed and not hearing.participants_url:
            hint = "请填写 participants_url"
            yield Violation(stage.origin, "没有听证参加人名单的链接", hint, severity=W, law=listed)


def hearings(facts: Facts) -> Iterator[tuple[DecisionDirectory, Stage, Hearing, date]]:
    """Every hearing whose day is known, with the directory of its decision."""
    for directory, decision in decisions(facts.column):
        stage = decision.stage("hearing")
        if stage and isinstance(stage.detail, Hearing) and stage.detail.held:
            yield directory, stage, stage.detail, stage.detail.held


@TOPIC.rule(
    "DEC-26",
    "规定了听证会利害关系人代表比例的，不低于规定。",
    duty="hearing.interested_share",
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
    """Where and since when a text that binds the district holds; the day is that of the hearing."""
    for directory, stage, hearing, held in hearings(facts):
        law = facts.asked("hearing.interested_share", directory.organ, held, by=directory.document.issuer)
        least = law.counted.share if law.counted else None
        if least and hearing.interested is not None and hearing.interested < least * (hearing.participants or 0):
            place, words = stage.origin.child("interested"), f"利害关系人代表少于参加人的{least:.0%}"
            yield Violation(place, words, "请核对", law=law)
