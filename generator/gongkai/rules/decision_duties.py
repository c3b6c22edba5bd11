"""Rules on what some decisions need besides: by their marks, by their hearing, by what became of them later."""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.kinds.decision_directory.model import Change, ChangeKind, Decision, Meeting, Stage, StageStatus
from gongkai.kinds.decision_directory.obligations import conditions, issued_on
from gongkai.rules.decision_procedure import hearings
from gongkai.rules.rule import Facts, I, Topic, Violation, Violations, W, dated
from gongkai.rules.walk import decisions, published

TOPIC = Topic("视情况履行的决策程序")


def _decided(decision: Decision) -> tuple[date, Stage] | None:
    """The day of the meeting, else that of the decision, with the stage that says so; None while neither is known."""
    meeting, result = decision.stage("meeting"), decision.stage("result")
    if meeting and isinstance(meeting.detail, Meeting) and meeting.detail.held:
        return meeting.detail.held, meeting
    day = issued_on(decision)
    return (day, result) if day and result else None


def _skipped(facts: Facts, kind: str, duty: str, name: str) -> Violations:
    """Decisions that were taken without a stage that their marks call for.

    What the record does not say is a note: it may lie where the column does not look.
    """
    for directory, decision in decisions(facts.column):
        decided, stage = _decided(decision), decision.stage(kind)
        if decided is None or published(stage):
            continue
        day, place = decided
        law = facts.asked(duty, directory.organ, day, conditions(decision), by=directory.document.issuer)
        if not law:
            continue
        if stage and stage.status is StageStatus.NOT_APPLICABLE:
            words = f"按标注需要{name}，记录写的是不涉及"
            yield Violation(stage.origin.child("status"), words, "请核对标注和这一环节", law=law)
        elif stage is None or stage.status is StageStatus.PENDING:
            words = f"决策已经讨论或者公布，没有写{name}的情况"
            yield Violation(place.origin, words, f"请在 stages 填写 {kind}", severity=I, law=law)


@TOPIC.rule(
    "DEC-27",
    "与企业生产经营密切相关的决策，讨论以前经过公平竞争审查。",
    duty="competition.review",
    severity=W,
    example=(
        "decision",
        """
        business_impact: true
        stages:
          consultation: {enterprises: 书面征求12家企业意见}
          fair_competition: {status: published, date: 2024-07-01, url: "https://www.example.gov.cn/g"}
        """,
        """
        business_impact: true
        stages:
          consultation: {enterprises: 书面征求12家企业意见}
          fair_competition: {status: not_applicable, reason: 不涉及}
        """,
    ),
)
def no_competition_review(facts: Facts) -> Violations:
    """By the mark business_impact."""
    yield from _skipped(facts, "fair_competition", "competition.review", "公平竞争审查")


@TOPIC.rule(
    "DEC-28",
    "听证会以前公布决策草案。",
    duty="hearing.draft",
    severity=W,
    example=(
        "decision",
        """
        stages:
          hearing: {status: published, held: 2024-06-20, materials_delivered: 2024-06-12}
        """,
        """
        stages:
          draft: {date: 2024-06-25}
          consultation: {start: 2024-06-25, end: 2024-07-30}
          hearing: {status: published, held: 2024-06-20, materials_delivered: 2024-06-12}
        """,
    ),
)
def draft_after_hearing(facts: Facts) -> Violations:
    """Compares the days; a draft whose day is unknown may have been there."""
    drafts = {id(decision.stage("hearing")): decision.stage("draft") for _, decision in decisions(facts.column)}
    for _, stage, _, held in hearings(facts):
        draft = drafts.get(id(stage))
        if draft and draft.date and draft.date >= held:
            words = f"决策草案{dated(draft.date)}公布，不早于听证会（{dated(held)}）"
            yield Violation(draft.origin.child("date"), words, "请核对日期", day=held)


@TOPIC.rule(
    "DEC-29",
    "专业性、技术性较强的决策，组织专家论证。",
    duty="expert.hold",
    severity=W,
    example=(
        "decision",
        """
        technical: true
        stages:
          expert: {status: published, by: 甲研究院, date: 2024-06-10, url: "https://www.example.gov.cn/z"}
        """,
        """
        technical: true
        stages:
          expert: {status: not_applicable, reason: 不涉及}
        """,
    ),
)
def no_experts(facts: Facts) -> Violations:
    """By the mark technical."""
    yield from _skipped(facts, "expert", "expert.hold", "专家论证")


@TOPIC.rule(
    "DEC-30",
    "可能造成不利影响的决策，评估风险。",
    duty="risk.assess",
    severity=W,
    example=(
        "decision",
        """
        risk: true
        stages:
          risk: {status: published, by: 乙评估中心, date: 2024-06-10, url: "https://www.example.gov.cn/f"}
        """,
        """
        risk: true
        stages:
          risk: {status: not_applicable, reason: 不涉及}
        """,
    ),
)
def no_risk_assessment(facts: Facts) -> Violations:
    """By the mark risk."""
    yield from _skipped(facts, "risk", "risk.assess", "风险评估")


@TOPIC.rule(
    "DEC-31",
    "规定了要明确完成时限的，每一项决策写明完成时限。",
    duty="directory.deadline",
    severity=W,
    example=("decision", "planned: {text: 2024年7月底前, latest: 2024-07-31}", "planned: null"),
)
def no_deadline(facts: Facts) -> Violations:
    """Only where a text that binds the district asks for it; national law does not."""
    for _, decision in decisions(facts.column):
        if decision.planned is None:
            hint = "请在 planned 照原文填写；原文没有的，请联系目录编制单位明确"
            yield Violation(decision.origin, f"第{decision.number_text}项没有写完成时限", hint)


@TOPIC.rule(
    "DEC-32",
    "决策公布以后变更或者停止的，写明由谁批准。",
    duty="decision.change",
    severity=I,
    example=(
        "decision",
        "changes: [{kind: 变更, date: 2024-08-20, reason: 客观情况变化, approved_by: 区政府常务会议}]",
        "changes: [{kind: 变更, date: 2024-08-20, reason: 客观情况变化}]",
    ),
)
def unapproved_change(facts: Facts) -> Violations:
    """Changes later than the decision; those of the directory before it are DEC-17."""
    for _, decision in decisions(facts.column):
        issued = issued_on(decision)
        for change in decision.changes:
            if issued and _ends(change) and change.date and change.date > issued and not change.approved_by:
                hint = "未经法定程序不得随意变更或者停止执行；请填写 approved_by"
                yield Violation(change.origin, "决策公布以后的变更没有写由谁批准", hint, day=change.date)


def _ends(change: Change) -> bool:
    return change.kind in (ChangeKind.CHANGED, ChangeKind.REMOVED)


@TOPIC.rule(
    "DEC-33",
    "不公开的事项定期评估审查，可以公开的及时公开。",
    duty="withhold.review",
    severity=I,
    example=(
        "decision",
        "not_public: {basis: 《公开条例》第十四条, approved_by: 区政府, date: 2023-03-01, reviewed_on: 2024-03-01}",
        "not_public: {basis: 《公开条例》第十四条, approved_by: 区政府, date: 2023-03-01}",
    ),
)
def unreviewed_secrecy(facts: Facts) -> Violations:
    """The number of days is the district's setting; the law says 定期."""
    limit = facts.thresholds.withheld_review_days
    for _, decision in decisions(facts.column):
        hidden = decision.not_public
        last = hidden and (hidden.reviewed_on or hidden.date)
        if last and facts.today > last + timedelta(days=limit):
            words = f"上一次决定不公开或者评估是{dated(last)}，已超过{limit}天"
            yield Violation(decision.origin.child("not_public"), words, "评估以后请填写 reviewed_on", day=facts.today)
