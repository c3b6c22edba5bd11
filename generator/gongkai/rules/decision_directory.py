"""Rules on the directory of major decisions: what an item names, what it shows, how it is adjusted."""

from __future__ import annotations

from datetime import date

from gongkai.column import ids
from gongkai.column.stages import StageSlot
from gongkai.kinds.decision_directory import KIND as DIRECTORY_FILES
from gongkai.kinds.decision_directory.model import Decision, Stage, StageStatus
from gongkai.kinds.decision_directory.parts import DIRECTORY
from gongkai.rules import laws
from gongkai.rules.rule import E, Facts, I, Topic, Violation, Violations, W, dated, quote
from gongkai.rules.walk import decisions, published
from gongkai.text.patterns import anywhere
from gongkai.text.role import Role

TOPIC = Topic("决策目录")
_CONSENT = anywhere(r"(经|报|已经)[^。；，,;]{0,12}([区县市州旗盟省]委|工委)[^。；，,;]{0,12}同意")
_EXCLUDED = anywhere(r"应急处置|宏观调控|立法|地方性法规")
_CLAUSE = anywhere(r"第[一二三四五六七八九十百零〇\d]+条")


@TOPIC.rule(
    "DEC-01",
    "每一项决策写明承办单位，不能只写“有关部门”。",
    duty="directory.organizer",
    severity=W,
    example=("decision", "organizers: 区教育和体育局", "organizers: 区政府有关部门"),
)
def unnamed_organizer(facts: Facts) -> Violations:
    """An item whose organizers are only groups names nobody."""
    for _, decision in decisions(facts.column):
        named = [facts.column.units[given.unit] for given in decision.organizers]
        if named and all(unit.is_group for unit in named):
            words = f"承办单位只写了“{decision.organizers_text}”，看不出是哪个单位"
            yield Violation(decision.origin.child("organizers"), words, "请写明具体的承办单位")


@TOPIC.rule(
    "DEC-02",
    "目录经同级党委同意后公布。",
    duty="directory.party_consent",
    severity=W,
    example=(
        "directory",
        "party_consent: 经区委同意",
        "party_consent: null\ndocument:\n  body: [经区政府同意，现将目录予以公布。]",
    ),
)
def no_consent(facts: Facts) -> Violations:
    """Words of consent in ``party_consent`` or in the notice; consent of the government alone is not enough."""
    for directory in DIRECTORY_FILES.of(facts.column).values():
        words = "".join(directory.document.paragraphs)
        if not directory.party_consent and not _CONSENT.search(words):
            hint = "原文写明的，请在 party_consent 照录，如 经区委、区政府同意"
            words = "看不出目录经过同级党委同意"
            yield Violation(directory.origin, words, hint, target=directory.document.id)


@TOPIC.rule(
    "DEC-03",
    "两个以上承办单位的，明确一个牵头。",
    duty="directory.lead",
    severity=I,
    example=("decision", "organizers: 区教育和体育局牵头，区财政局配合", "organizers: 区教育和体育局、区财政局"),
)
def no_lead(facts: Facts) -> Violations:
    """Several named units without a lead."""
    for _, decision in decisions(facts.column):
        if len(decision.organizers) > 1 and not any(given.role is Role.LEAD for given in decision.organizers):
            words = f"有{len(decision.organizers)}个承办单位，没有写哪个牵头"
            yield Violation(decision.origin.child("organizers"), words, "原文没有写的，请联系目录编制单位明确")


@TOPIC.rule(
    "DEC-04",
    "规定了年度目录最迟哪一天公布的，到那一天以前公布。",
    duty="directory.published_by",
    severity=W,
    example=(
        "files",
        """
        lizhou-2026-decisions:
          like: lizhou-2024-decisions
          year: 2026
          document: {date_published: 2026-04-10}
        """,
        """
        lizhou-2026-decisions:
          like: lizhou-2024-decisions
          year: 2026
          document: {date_published: 2026-07-08}
        """,
    ),
)
def late_directory(facts: Facts) -> Violations:
    """Only where a text that binds the district names a day, and held on that day."""
    for directory in DIRECTORY_FILES.of(facts.column).values():
        document = directory.document
        day = document.date_published or document.date_printed or document.date_signed
        norm = facts.asked(
            "directory.published_by", directory.organ, date(directory.year, 12, 31), by=directory.document.issuer
        ).counted
        if day is None or norm is None or norm.day is None:
            continue
        due = date.fromisoformat(f"{directory.year}-{norm.day}")
        if day > due:
            place = directory.document.origin.child("date_published")
            yield Violation(place, f"目录应于{dated(due)}前公布，实际是{dated(day)}", day=due)


@TOPIC.rule(
    "DEC-05",
    "本区文件要求目录展示的每个环节，要么有公开的链接，要么写明不涉及或不公开的理由。",
    duty="directory.stages",
    severity=W,
    example=(
        "decision",
        "stages:\n  attendance: {status: not_applicable, reason: 会议未安排列席, url: null, date: null}",
        "stages:\n  attendance: {status: pending, url: null, date: null}",
    ),
)
def missing_stages(facts: Facts) -> Violations:
    """One finding an item, where a text of the district itself names the stages: no law asks for all of them."""
    for directory, decision in decisions(facts.column):
        if not decision.owes or directory.stage_set.duty is None:
            continue
        slots = directory.stage_set.slots
        missing = [slot.label for slot in slots if slot.required and not _answered(decision, slot)]
        if missing:
            words = f"第{decision.number_text}项还没有公开：{quote(missing)}"
            hint = "公开一项，在 stages 补一项；不涉及的写 not_applicable 和理由"
            yield Violation(decision.origin, words, hint)


def _answered(decision: Decision, slot: StageSlot) -> bool:
    stages = [stage for kind in slot.stages if (stage := decision.stage(kind))]
    return any(published(stage) and stage.url for stage in stages) or all(
        stage.status in (StageStatus.NOT_APPLICABLE, StageStatus.WITHHELD) and stage.reason for stage in stages
    )


@TOPIC.rule(
    "DEC-15",
    "依法不公开的，写明法律依据和条款。",
    duty=("withhold.reason", "withhold.grounds"),
    severity=E,
    example=(
        "decision",
        "stages:\n  risk: {status: withheld, reason: 涉及商业秘密，依据《政府信息公开条例》第十五条}",
        "stages:\n  risk: {status: withheld, reason: 不宜公开}",
    ),
)
def groundless_secrecy(facts: Facts) -> Violations:
    """A clause must be named, for a stage as for a whole item."""
    for _, decision in decisions(facts.column):
        hidden = decision.not_public
        if hidden and not _CLAUSE.search(hidden.basis):
            yield Violation(decision.origin.child("not_public", "basis"), "没有写明是哪一条", "如 《…条例》第十四条")
        for stage in decision.stages:
            if stage.status is StageStatus.WITHHELD and not _CLAUSE.search(stage.reason or ""):
                words = "依法不公开，但没有写明法律依据的条款"
                yield Violation(stage.origin.child("reason"), words, "请在 reason 写明依据，如 《…条例》第十五条")


@TOPIC.rule(
    "DEC-16",
    "过了拟决策时间还没有结果的，公布结果，或者公布调整情况。",
    basis=laws.PRACTICE,
    severity=I,
    example=(
        "decision",
        """
        planned: {text: 年底前, latest: 2024-12-31}
        stages:
          result: null
          adoption: {status: pending, date: null}
        """,
        """
        planned: {text: 七月底前, latest: 2024-07-31}
        stages:
          result: null
          adoption: {status: pending, date: null}
        """,
    ),
)
def overdue(facts: Facts) -> Violations:
    """Silent after the planned day."""
    for _, decision in decisions(facts.column):
        latest = decision.planned.latest if decision.planned else None
        if latest and latest < facts.today and not published(decision.stage("result")) and not decision.changes:
            words = f"原定{decision.planned.text if decision.planned else ''}，尚未公布结果，也没有调整记录"
            yield Violation(decision.origin.child("planned"), words, "请填写 result，或在 changes 记录调整")


@TOPIC.rule(
    "DEC-17",
    "调整目录要写明日期、理由和批准机关。",
    duty="directory.adjustment",
    severity=W,
    example=(
        "decision",
        "changes: [{kind: 变更, date: 2024-06-03, reason: 与上级规划衔接, approved_by: 区政府常务会议}]",
        "changes: [{kind: 变更, date: 2024-06-03}]",
    ),
)
def bare_change(facts: Facts) -> Violations:
    """Every adjustment of a directory or an item, where a text that binds the district asks for it."""
    changes = [(item, change) for item in DIRECTORY_FILES.of(facts.column).values() for change in item.changes]
    changes += [(item, change) for item, decision in decisions(facts.column) for change in decision.changes]
    for directory, change in changes:
        given = {"日期": change.date, "理由": change.reason, "批准机关": change.approved_by}
        missing = [name for name, value in given.items() if not value]
        if missing:
            words, hint = f"这次调整没有写{quote(missing)}", "请填写 date、reason、approved_by"
            yield Violation(change.origin, words, hint, day=change.date or date(directory.year, 1, 1))


@TOPIC.rule(
    "DEC-18",
    "当年没有完成的事项，下一年目录写明结转，或说明去向。",
    basis=laws.PRACTICE,
    severity=I,
    example=(
        "files",
        """
        lizhou-2025-decisions:
          like: lizhou-2024-decisions
          year: 2025
          decisions:
            - continues: lizhou-2024-decisions/1
        lizhou-2024-decisions:
          decisions:
            - stages: {result: null, adoption: {status: pending, date: null}}
        """,
        """
        lizhou-2025-decisions:
          like: lizhou-2024-decisions
          year: 2025
        lizhou-2024-decisions:
          decisions:
            - stages: {result: null, adoption: {status: pending, date: null}}
        """,
    ),
    across=True,
)
def lost_items(facts: Facts) -> Violations:
    """Items without a result that the next year's directory of the same district does not carry on."""
    series = facts.column.index.series
    for directory, decision in decisions(facts.column):
        years = {entry.year for entry in series[DIRECTORY, directory.organ]}
        settled = published(decision.stage("result")) or decision.completion or decision.changes or decision.not_public
        carried = ids.item(directory.id, decision.number) in facts.column.index.later
        if directory.year + 1 in years and not settled and not carried:
            yield Violation(
                decision.origin,
                f"没有结果，{directory.year + 1}年的目录里也找不到它",
                "下一年的那一项写 continues；不再进行的，在 changes 写明",
            )


@TOPIC.rule(
    "DEC-21",
    "宏观调控、政府立法和突发事件应急处置不列入重大行政决策目录。",
    duty="directory.excluded",
    severity=I,
    example=("decision", "title: 理州区学校布局方案", "title: 理州区防汛应急处置决定"),
)
def excluded_kind(facts: Facts) -> Violations:
    """Judged by the words of the title only."""
    for _, decision in decisions(facts.column):
        found = _EXCLUDED.search(decision.title)
        if found:
            words = f"“{found.group()}”一般不属于重大行政决策的范围"
            yield Violation(decision.origin.child("title"), words, offset=found.start())


@TOPIC.rule(
    "DEC-22",
    "年终公布目录各事项的完成情况。",
    basis=laws.PRACTICE,
    severity=I,
    example=(
        "files",
        """
        lizhou-2023-decisions:
          like: lizhou-2024-decisions
          year: 2023
          decisions:
            - completion: {text: 已完成, date: 2023-12-29}
              stages: {result: null, adoption: {status: pending, date: null}}
        """,
        """
        lizhou-2023-decisions:
          like: lizhou-2024-decisions
          year: 2023
          decisions:
            - stages: {result: null, adoption: {status: pending, date: null}}
        """,
    ),
)
def no_completion(facts: Facts) -> Violations:
    """One note a directory whose year is over."""
    for directory in DIRECTORY_FILES.of(facts.column).values():
        silent = [
            decision
            for decision in directory.decisions
            if decision.owes and not (decision.completion or published(decision.stage("result")))
        ]
        if silent and facts.today.year > directory.year:
            words = f"{directory.year}年已经结束，{len(silent)}项决策没有公布完成情况"
            yield Violation(directory.origin.child("decisions"), words, "请填写 completion 或 result")


@TOPIC.rule(
    "DEC-23",
    "不同环节的材料有各自的链接。",
    basis=laws.PRACTICE,
    severity=I,
    example=(
        "decision",
        "stages:\n  background: {url: https://www.example.gov.cn/3}",
        "stages:\n  background: {url: https://www.example.gov.cn/1}",
    ),
)
def shared_links(facts: Facts) -> Violations:
    """The same address under two stages leaves the reader to guess."""
    for _, decision in decisions(facts.column):
        seen: dict[str, Stage] = {}
        for stage in decision.stages:
            if stage.url and stage.url in seen:
                first = facts.column.stage_kinds[seen[stage.url].kind].name
                words = f"和“{first}”是同一个链接，读者分不清"
                yield Violation(stage.origin.child("url"), words, "请分别给出各自的网址；合并公开的，在 title 写明")
            elif stage.url:
                seen[stage.url] = stage
