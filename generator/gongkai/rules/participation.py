"""Rules on public participation: time enough to take part, and an answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.column.document import Document
from gongkai.column.origin import Origin
from gongkai.column.site_data import SiteData
from gongkai.kinds.decision_directory import KIND as DIRECTORY_FILES
from gongkai.kinds.decision_directory.model import Adoption, Consultation, Stage
from gongkai.kinds.participation import KIND as PARTICIPATION_FILES
from gongkai.kinds.participation.model import Participation, ParticipationKind, ParticipationState
from gongkai.kinds.response import KIND as RESPONSE_FILES
from gongkai.law.book import NOTHING
from gongkai.rules import laws
from gongkai.rules.rule import E, Facts, I, Topic, Violation, Violations, W, dated
from gongkai.rules.walk import decisions
from gongkai.rules.windows import short_window

TOPIC = Topic("公众参与")


def _occasions(column: SiteData) -> Iterator[tuple[str, Participation]]:
    """Every occasion with its district."""
    for source in PARTICIPATION_FILES.of(column).values():
        for item in source.items:
            yield source.organ, item


@TOPIC.rule(
    "PART-01",
    "决策草案公开征求意见的时间不短于规定；更短的要说明理由。",
    duty="consultation.period",
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
    for organ, item in _occasions(facts.column):
        about = (item.about or "").partition("/")[0]
        if item.type is not ParticipationKind.CONSULTATION or about not in decided or item.shortened_reason:
            continue
        if item.start and item.end:
            by = decided[about].document.issuer
            law = facts.asked("consultation.period", organ, item.start, by=by)
            found = short_window(law, item.start, item.end, facts.column.calendar, item.origin.child("end"))
            yield from [found] if found else []


@TOPIC.rule(
    "PART-02",
    "写明答复日期的，到那一天以前公布结果。",
    basis=laws.OWN_ANSWER,
    severity=W,
    example=(
        "occasion",
        "answer_due: 2024-07-31\noutcome: {date: 2024-07-25, text: 意见已经研究，采纳9条。}",
        "answer_due: 2024-07-31\noutcome: null",
    ),
)
def unanswered(facts: Facts) -> Violations:
    """Past the day that the office itself promised: no text read sets one."""
    for _, item in _occasions(facts.column):
        if item.answer_due and item.state(facts.today) is ParticipationState.OVERDUE:
            words = f"“{item.title}”原定{dated(item.answer_due)}前答复，尚未公布"
            yield Violation(item.origin, words, "请填写 outcome")


@TOPIC.rule(
    "PART-03",
    "写明怎样参加：途径和联系方式。",
    duty="consultation.materials",
    basis=laws.PRACTICE,
    severity=W,
    example=("occasion", "channels: [网站]", "channels: []\ncontact: null"),
)
def no_channel(facts: Facts) -> Violations:
    """Asked for where people are invited to say something; by law where it is about a draft decision."""
    asked = (ParticipationKind.CONSULTATION, ParticipationKind.TOPICS)
    for _, item in _occasions(facts.column):
        if item.type in asked and not item.channels and not item.contact:
            law = NOTHING if item.type is ParticipationKind.TOPICS else None
            yield Violation(item.origin, "没有写怎样提意见", "请填写 channels 或 contact", day=item.start, law=law)


@TOPIC.rule(
    "PART-04",
    "起止日期前后相符：最后一天不早于第一天。",
    basis=laws.CONSISTENT,
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
    yield from ((item.start, item.end, item.origin) for _, item in _occasions(column))
    for stage in _stages(column):
        if isinstance(stage.detail, Consultation):
            yield stage.detail.start, stage.detail.end, stage.origin


def _stages(column: SiteData) -> Iterator[Stage]:
    for _, decision in decisions(column):
        yield from decision.stages


@TOPIC.rule(
    "PART-05",
    "采纳的条数不多于收到的条数。",
    basis=laws.CONSISTENT,
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
    for _, item in _occasions(column):
        if item.outcome:
            yield item.outcome.received, item.outcome.adopted, item.origin.child("outcome")
    for stage in _stages(column):
        if isinstance(stage.detail, Adoption):
            yield stage.detail.received, stage.detail.adopted, stage.origin
    for response in RESPONSE_FILES.of(column).values():
        yield response.received, response.adopted, response.origin


_BUSINESS = """
lizhou-2024: {document: {normative: true, validity: 有效, business_impact: true}}
lizhou-2024-participation:
  items:
    - {about: lizhou-2024, start: 2024-01-08, end: %s, outcome: %s}
"""


@TOPIC.rule(
    "PART-06",
    "与企业生产经营密切相关的规范性文件，公开征求意见的时间不短于规定。",
    duty="normative.consultation",
    severity=W,
    example=(
        "files",
        _BUSINESS % ("2024-02-20", "{date: 2024-03-01, text: 意见已经研究。}"),
        _BUSINESS % ("2024-01-20", "{date: 2024-03-01, text: 意见已经研究。}"),
    ),
    across=True,
)
def short_for_enterprises(facts: Facts) -> Violations:
    """By the mark business_impact of a normative document; the occasion names the document in ``about``."""
    for document, occasions in _about_business(facts):
        if not occasions:
            day = document.date_published
            law = facts.asked("normative.consultation", document.organ, day, by=document.issuer)
            words = "没有收录公开征求意见的记录"
            hint = "请在公众参与文件里收录，about 写这份文件的编号"
            yield Violation(document.origin, words, hint, severity=I, law=law)
        for item in occasions:
            if item.start and item.end and not item.shortened_reason:
                law = facts.asked("normative.consultation", document.organ, item.start, by=document.issuer)
                found = short_window(law, item.start, item.end, facts.column.calendar, item.origin.child("end"))
                yield from [found] if found else []


@TOPIC.rule(
    "PART-07",
    "与企业生产经营密切相关的规范性文件，征求意见以后反馈采纳情况。",
    duty="normative.adoption",
    severity=I,
    example=(
        "files",
        _BUSINESS % ("2024-02-20", "{date: 2024-03-01, text: 意见已经研究。}"),
        _BUSINESS % ("2024-02-20", "null"),
    ),
    across=True,
)
def unanswered_enterprises(facts: Facts) -> Violations:
    """Once the document is published; no text read sets a day."""
    for document, occasions in _about_business(facts):
        for item in occasions:
            if item.outcome is None and document.date_published:
                words = f"“{document.title}”已经公布，没有反馈意见采纳情况"
                yield Violation(item.origin, words, "请填写 outcome", day=document.date_published)


def _about_business(facts: Facts) -> Iterator[tuple[Document, list[Participation]]]:
    """Normative documents that touch enterprises, each with the consultations about it."""
    found: dict[str, list[Participation]] = {}
    for _, item in _occasions(facts.column):
        if item.type is ParticipationKind.CONSULTATION and item.about:
            found.setdefault(item.about.partition("/")[0], []).append(item)
    for document in facts.column.index.documents.values():
        if document.normative and document.business_impact:
            yield document, found.get(document.id, [])
