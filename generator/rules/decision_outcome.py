"""Rules on what follows a major decision: what became of the opinions, evaluation, filing."""

from __future__ import annotations

from datetime import timedelta

from generator.kinds.decision_directory.model import Adoption, Assessment, Consultation, Stage
from generator.rules import laws
from generator.rules.rule import E, Facts, I, Topic, Violation, Violations, W, dated, quote
from generator.rules.walk import decisions, published, result_day

TOPIC = Topic("决策公布以后")


@TOPIC.rule(
    "DEC-12",
    "决策文件印发后10个工作日内，公开意见收集和采纳情况。",
    citation=f"{laws.LAIWU_2021}三（二）；{laws.article(laws.DECISIONS, '三十二')}",
    severity=E,
    demo=W,
    example=(
        "decision",
        "stages:\n  adoption: {status: published, date: 2024-07-25}",
        "stages:\n  adoption: {status: published, date: 2024-08-20}",
    ),
)
def late_adoption(facts: Facts) -> Violations:
    """A warning while the time still runs and where it was late; an error while it is over and nothing is there."""
    days = facts.thresholds.adoption_workdays
    for _, decision in decisions(facts.column):
        issued, adoption = result_day(decision), decision.stage("adoption")
        if issued is None or adoption is None:
            continue
        due = facts.column.calendar.after(issued, days).day
        if published(adoption):
            if adoption.date and adoption.date > due:
                words = f"意见采纳情况应于{dated(due)}前公开，实际是{dated(adoption.date)}"
                yield Violation(adoption.origin.child("date"), words, severity=W)
        elif facts.today > due:
            words = f"决策文件{dated(issued)}印发，意见采纳情况应于{dated(due)}前公开，现在还没有"
            yield Violation(adoption.origin, words, "请尽快公开并填写 adoption")
        else:
            words = f"意见采纳情况应于{dated(due)}前公开"
            yield Violation(adoption.origin, words, "到期以前请填写 adoption", severity=W)


@TOPIC.rule(
    "DEC-13",
    "公开意见采纳情况时，写明收到多少、采纳多少；集中的意见不采纳的要说明理由。",
    citation=f"{laws.LAIWU_2021}三（二）；{laws.article(laws.DECISIONS, '十八')}",
    severity=W,
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
            yield Violation(stage.origin.child("adopted"), f"采纳{adopted}条，多于收到的{received}条", "请核对")
        elif adopted < received and not stage.detail.unadopted_reasons:
            words = f"收到{received}条、采纳{adopted}条，没有说明其余为什么不采纳"
            yield Violation(stage.origin, words, "请填写 unadopted_reasons")


@TOPIC.rule(
    "DEC-19",
    "决策执行一段时间后，效果不佳、意见较多或机关认为有必要的，应当评估。",
    citation=laws.article(laws.DECISIONS, "三十六"),
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
        day, stage = result_day(decision), decision.stage("evaluation")
        if day is None or not decision.evaluation_triggers or published(stage):
            continue
        if (facts.today.year - day.year) * 12 + facts.today.month - day.month >= months:
            words = (
                f"决策公布已满{months}个月，有应当评估的情形（{quote(decision.evaluation_triggers)}），还没有效果评估"
            )
            yield Violation(decision.origin.child("evaluation_triggers"), words)


@TOPIC.rule(
    "DEC-20",
    "承担效果评估的机构，不能是决策前主要承担论证、评估的机构。",
    citation=laws.article(laws.DECISIONS, "三十六"),
    severity=E,
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
            yield Violation(stage.origin.child("by"), f"{evaluator}做过决策前的论证或评估，不能再做效果评估")


def _assessor(stage: Stage | None) -> str | None:
    return stage.detail.by if stage and isinstance(stage.detail, Assessment) else None


@TOPIC.rule(
    "DEC-24",
    "决策材料及时归档。",
    citation=laws.article(laws.DECISIONS, "三十三"),
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
        day = result_day(decision)
        if day and not decision.archived_on and facts.today > day + timedelta(days=facts.thresholds.archive_days):
            words = f"决策公布已超过{facts.thresholds.archive_days}天，没有归档日期"
            yield Violation(decision.origin, words, "归档后请填写 archived_on（只供检查，不公开显示）")


@TOPIC.rule(
    "DEC-25",
    "与企业生产经营密切相关的决策，听取企业和行业协会商会的意见。",
    citation=f"{laws.LAIWU_2021}三（二）；{laws.SHANDONG_PARTICIPATION}",
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
            yield Violation(
                stage.origin, "没有听取企业和行业协会商会意见的记录", "请在 consultation 的 enterprises 填写听取情况"
            )
