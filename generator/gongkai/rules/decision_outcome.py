"""Rules on what follows a major decision: what became of the opinions, evaluation, filing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from gongkai.column.origin import Origin
from gongkai.column.site_data import SiteData
from gongkai.kinds.decision_directory.model import (
    Adoption,
    Assessment,
    Consultation,
    Decision,
    DecisionDirectory,
    Result,
    Stage,
    StageStatus,
)
from gongkai.kinds.decision_directory.obligations import adoption_due, conditions, issued_on
from gongkai.kinds.gazette import KIND as GAZETTE_FILES
from gongkai.law.book import Asked
from gongkai.rules import laws
from gongkai.rules.rule import NOTICE, Facts, I, Topic, Violation, Violations, W, dated, quote
from gongkai.rules.walk import decisions, explanations, published
from gongkai.text.periods import Span, SpanUnit

TOPIC = Topic("决策公布以后")


@TOPIC.rule(
    "DEC-12",
    "规定了公开意见采纳情况期限的，在期限以内公开。",
    duty="adoption.publish",
    severity=W,
    example=(
        "decision",
        "stages:\n  adoption: {status: published, date: 2024-07-25}",
        "stages:\n  adoption: {status: published, date: 2024-08-20}",
    ),
)
def late_adoption(facts: Facts) -> Violations:
    """Only where a text that binds the district sets a time; the page of the decision asks the same function."""
    for directory, decision in decisions(facts.column):
        adoption, found = decision.stage("adoption"), adoption_due(facts.column, directory, decision)
        if found is None or adoption is None:
            continue
        due = found.day
        place, hint = adoption.origin, "请公开并填写 adoption"
        words = f"意见采纳情况应于{dated(due.day)}前公开"
        if published(adoption):
            if not (adoption.date and adoption.date > due.day):
                continue
            place, hint = place.child("date"), "请核对日期"
            words += f"，实际是{dated(adoption.date)}"
        elif adoption.status is not StageStatus.PENDING:
            continue
        elif facts.today > due.day:
            words += "，尚未公开"
        yield Violation(place, words, hint, law=Asked("adoption.publish", (found.norm,)))


@TOPIC.rule(
    "DEC-13",
    "公开意见采纳情况时，写明收到多少、采纳多少；集中的意见不采纳的要说明理由。",
    basis=laws.PRACTICE,
    severity=I,
    example=(
        "decision",
        "stages:\n  adoption: {received: 12, adopted: 9, unadopted_reasons: 3条涉及的地块已有规划}",
        "stages:\n  adoption: {received: 12, adopted: 9}",
    ),
)
def bare_adoption(facts: Facts) -> Violations:
    """Numbers, and reasons where fewer were adopted than received."""
    for _, decision in decisions(facts.column):
        stage = decision.stage("adoption")
        if stage is None or not published(stage) or not isinstance(stage.detail, Adoption):
            continue
        received, adopted = stage.detail.received, stage.detail.adopted
        if received is None or adopted is None:
            yield Violation(stage.origin, "没有写收到和采纳的条数", "请填写 received 和 adopted")
        elif adopted > received:
            words = f"采纳{adopted}条，多于收到的{received}条"
            yield Violation(stage.origin.child("adopted"), words, "请核对", severity=W)
        elif adopted < received and not stage.detail.unadopted_reasons:
            words = f"收到{received}条、采纳{adopted}条，没有说明其余为什么不采纳"
            yield Violation(stage.origin, words, "请填写 unadopted_reasons")


@TOPIC.rule(
    "DEC-19",
    "决策执行一段时间后，效果不佳、意见较多或机关认为有必要的，可以组织评估。",
    duty="evaluation.hold",
    severity=I,
    example=(
        "decision",
        """
        evaluation_triggers: [公众意见较多]
        stages:
          result: {issued: 2024-07-22}
        """,
        """
        evaluation_triggers: [公众意见较多]
        stages:
          draft: {date: 2023-05-06}
          consultation: {start: 2023-05-06, end: 2023-06-06}
          legality: {sent: 2023-06-17, opinion: 2023-07-05}
          meeting: {held: 2023-07-18}
          result: {issued: 2023-07-21, date: 2023-07-21}
          adoption: {date: 2023-07-24}
        """,
    ),
)
def missing_evaluation(facts: Facts) -> Violations:
    """Only where somebody wrote down a reason to evaluate; the number of months is the district's setting."""
    months = facts.thresholds.evaluation_months
    for _, decision in decisions(facts.column):
        day, stage = issued_on(decision), decision.stage("evaluation")
        if day is None or not decision.evaluation_triggers or published(stage):
            continue
        if facts.today >= Span(months, SpanUnit.MONTH).end(day):
            triggers = quote(decision.evaluation_triggers)
            words = f"决策公布已满{months}个月，有可以组织评估的情形（{triggers}），还没有效果评估"
            yield Violation(decision.origin.child("evaluation_triggers"), words, day=day)


@TOPIC.rule(
    "DEC-20",
    "承担效果评估的机构，不能是决策前主要承担论证、评估的机构。",
    duty="evaluation.independent",
    severity=W,
    example=(
        "decision",
        "stages:\n  expert: {status: published, by: 甲研究院}\n  evaluation: {status: published, by: 乙大学}",
        "stages:\n  expert: {status: published, by: 甲研究院}\n  evaluation: {status: published, by: 甲研究院}",
    ),
)
def partial_evaluator(facts: Facts) -> Violations:
    """Compares names as written."""
    for _, decision in decisions(facts.column):
        evaluator = _assessor(decision.stage("evaluation"))
        before = {_assessor(decision.stage(kind)) for kind in ("expert", "risk")}
        stage = decision.stage("evaluation")
        if stage and evaluator and evaluator in before:
            words = f"{evaluator}做过决策前的论证或评估"
            hint = "承担主要论证评估工作的，不能再做效果评估；请核对"
            yield Violation(stage.origin.child("by"), words, hint, day=stage.date or issued_on(decision))


def _assessor(stage: Stage | None) -> str | None:
    return stage.detail.by if stage and isinstance(stage.detail, Assessment) else None


@TOPIC.rule(
    "DEC-24",
    "决策材料及时归档。",
    duty="decision.archive",
    severity=I,
    example=(
        "decision",
        """
        archived_on: 2024-08-30
        """,
        """
        archived_on: null
        stages:
          draft: {date: 2024-01-02}
          consultation: {start: 2024-01-02, end: 2024-02-02}
          legality: {sent: 2024-02-19, opinion: 2024-03-04}
          meeting: {held: 2024-03-18}
          result: {issued: 2024-03-22, date: 2024-03-22}
          adoption: {date: 2024-03-25}
        """,
    ),
)
def unarchived(facts: Facts) -> Violations:
    """The number of days is the district's setting; the law says 及时."""
    for _, decision in decisions(facts.column):
        day = issued_on(decision)
        if day and not decision.archived_on and facts.today > day + timedelta(days=facts.thresholds.archive_days):
            words = f"决策公布已超过{facts.thresholds.archive_days}天，没有归档日期"
            yield Violation(decision.origin, words, "归档后请填写 archived_on（只供检查，不公开显示）", day=day)


@TOPIC.rule(
    "DEC-25",
    "与企业生产经营密切相关的决策，听取企业和行业协会商会的意见。",
    duty="enterprises.hear",
    severity=W,
    example=(
        "decision",
        "business_impact: true\nstages:\n  consultation: {enterprises: 书面征求12家企业和1家商会意见}",
        "business_impact: true",
    ),
)
def unheard_enterprises(facts: Facts) -> Violations:
    """Once the consultation is over, the record must say whom it heard."""
    for _, decision in decisions(facts.column):
        stage = decision.stage("consultation")
        window = stage.detail if stage else None
        if (
            decision.business_impact
            and isinstance(window, Consultation)
            and window.end
            and window.end < facts.today
            and not window.enterprises
            and stage
        ):
            hint = "请在 consultation 的 enterprises 填写听取情况"
            yield Violation(stage.origin, "没有听取企业和行业协会商会意见的记录", hint, day=window.start or window.end)


class _Decided(NamedTuple):
    """A decision whose document has a number: its directory, the day of issue, the number and where it stands."""

    directory: DecisionDirectory
    decision: Decision
    day: date
    number: str
    place: Origin


def _numbered(column: SiteData) -> Iterator[_Decided]:
    for directory, decision in decisions(column):
        stage, day = decision.stage("result"), issued_on(decision)
        number = stage.detail.doc_number if stage and isinstance(stage.detail, Result) else None
        if stage and day and number:
            yield _Decided(directory, decision, day, number, stage.origin.child("doc_number"))


_RESULT = "lizhou-2024-decisions: {decisions: [{%s, stages: {result: {doc_number: 理政办发〔2024〕3号}}}]}"


@TOPIC.rule(
    "DEC-34",
    "有政府公报的，决策文件也在公报上刊登。",
    duty="result.publish",
    severity=I,
    example=(
        "files",
        _RESULT % "number: 1" + "\nlizhou-2024-gazette: {date: 2024-08-30}",
        _RESULT % "number: 1"
        + "\nlizhou-2024-gazette: {date: 2024-08-30, items: [{doc_number: 理政办发〔2024〕4号, document: null}]}",
    ),
    across=True,
)
def not_in_the_gazette(facts: Facts) -> Violations:
    """Only where the column has an issue that came out a month later; others may be missing, so it is a note."""
    newest: dict[str, date] = defaultdict(lambda: date.min)
    numbers: dict[str, set[str | None]] = defaultdict(set)
    for issue in GAZETTE_FILES.of(facts.column).values():
        newest[issue.organ] = max(newest[issue.organ], issue.date or date.min)
        for item in issue.items:
            paper = facts.column.index.documents.get(item.document or "")
            numbers[issue.organ] |= {item.doc_number, paper.doc_number if paper else None}
    for directory, _, day, number, place in _numbered(facts.column):
        if newest[directory.organ] > day + NOTICE and number not in numbers[directory.organ]:
            words = f"收录的政府公报里没有{number}"
            hint = "公报刊登了的，请收录那一期；没有公报的期数不用管"
            yield Violation(place, words, hint, day=day)


@TOPIC.rule(
    "DEC-35",
    "社会公众普遍关心或者专业性、技术性较强的决策，公布以后宣传解读。",
    duty="result.interpret",
    severity=I,
    example=(
        "files",
        _RESULT % "public_concern: true"
        + """
lizhou-2024:
  document:
    interpretations: [{title: 决策解读, url: "https://www.example.gov.cn/j", form: 文字, date: 2024-07-22}]
""",
        _RESULT % "public_concern: true",
    ),
    across=True,
)
def uninterpreted_decision(facts: Facts) -> Violations:
    """By the marks, and only where the column has the document: how others are explained it cannot know."""
    column, papers = facts.column, explanations(facts.column)
    known = {(document.organ, document.doc_number): document for document in column.index.documents.values()}
    for directory, decision, day, number, place in _numbered(column):
        document = known.get((directory.organ, number))
        law = facts.asked("result.interpret", directory.organ, day, conditions(decision), by=directory.document.issuer)
        if law and document and not document.interpretations and not papers[document.id]:
            hint = "请在那份文件的 interpretations 填写，或者建一份解读、在 explains 写它的编号；用别的方式解读的不用管"
            yield Violation(place, f"没有{number}的解读", hint, law=law)
