"""Rules on publishing at all and in time."""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.column.document import Document
from gongkai.kinds.decision_directory import KIND as DIRECTORY_FILES
from gongkai.kinds.decision_directory.obligations import adoption_due
from gongkai.rules import laws
from gongkai.rules.rule import E, Facts, I, Topic, Violation, Violations, W, dated, quote
from gongkai.rules.walk import documents
from gongkai.text.patterns import anywhere

TOPIC = Topic("公开期限和审查")
_BUDGET = anywhere(r"(预算|决算)(草案|执行情况|调整|调整方案)?(及报表|报表|公开)?(的(报告|说明|通知))?$")
"""Titles of papers whose time for publication is the budget law's; texts about budgets are called otherwise."""


@TOPIC.rule(
    "PUB-01",
    "政府信息形成或变更以后，在规定的期限以内公开；法律法规另有规定的从其规定。",
    duty="publication.period",
    severity=W,
    example=("document", "date_published: 2024-03-25", "date_published: 2024-06-17"),
)
def late_publication(facts: Facts) -> Violations:
    """Counted from the day of signing, or of the last change; another law's own limit makes it an error."""
    for document in documents(facts.column):
        day = document.date_published
        formed, opened = document.formed, _opened(facts, document)
        limit = document.law_deadline
        if day is None or (document.predates(opened) and not (limit and opened and limit >= opened)):
            continue
        place = document.origin.child("date_published")
        if limit:
            if day > limit:
                words = f"法定公开期限是{dated(limit)}，实际公开是{dated(day)}"
                yield Violation(place, words, severity=E)
        elif formed:
            law = facts.asked("publication.period", document.organ, day, by=document.issuer)
            span = law.counted.span if law.counted else None
            if span and day > span.after(formed, facts.column.calendar).day:
                spent = facts.column.calendar.between(formed, day).value
                words = f"从{dated(formed)}到{dated(day)}公开，共{spent}个工作日，超过{span.words}"
                hint = "日期无误的，请在编者注说明原因；成文在本栏目首次发布以前的，写 taken_in（收录的日期）"
                yield Violation(place, words, hint, law=law)


def _opened(facts: Facts, document: Document) -> date | None:
    """The day on which the column was first published for the document's district."""
    organ = facts.column.organs.get(document.organ)
    return organ.first_published if organ else None


@TOPIC.rule(
    "PUB-07",
    "taken_in（收录日期）只写在成文早于本栏目首次发布的文件上。",
    basis=laws.TECHNICAL,
    severity=E,
    example=(
        "files",
        """
        lizhou-2019:
          like: lizhou-2024
          year: 2019
          document: {taken_in: 2024-03-11}
        """,
        """
        lizhou-2024:
          document: {taken_in: 2024-03-11}
        """,
    ),
)
def taken_in_wrongly(facts: Facts) -> Violations:
    """Where the day of first publication is unknown, papers of any day before they were taken in may be older."""
    for document in documents(facts.column):
        if document.taken_in is None:
            continue
        place, opened = document.origin.child("taken_in"), _opened(facts, document)
        formed = document.formed
        if document.taken_in > facts.today:
            yield Violation(place, f"收录日期（{dated(document.taken_in)}）还没有到", "请核对年份和月份")
        elif formed is None:
            yield Violation(place, "没有写成文日期，看不出是不是早于本栏目", "请填写 date_signed，或者删去 taken_in")
        elif not document.predates(opened):
            what = "内容变更" if document.date_changed else "成文"
            first = f"本栏目首次发布（{dated(opened)}）" if opened else f"收录（{dated(document.taken_in)}）"
            yield Violation(place, f"{what}（{dated(formed)}）不早于{first}，不是以前的文件", "请删去 taken_in")
        elif opened is None:
            hint = "请在 plans/vocabularies/organs.yml 写 first_published: 首次发布的日期"
            yield Violation(place, "不知道本栏目是哪天首次发布的", hint, severity=W)


@TOPIC.rule(
    "PUB-06",
    "公开不早于成文，写的日期都不晚于今天。",
    duty="publication.accurate",
    severity=E,
    example=("document", "date_published: 2024-03-08", "date_published: 2024-03-01"),
)
def impossible_dates(facts: Facts) -> Violations:
    """Printing may come after publication, and nothing orders it: only before signing it is worth a note."""
    for document in documents(facts.column):
        days = [
            ("成文日期", "date_signed", document.date_signed),
            ("印发日期", "date_printed", document.date_printed),
            ("公开日期", "date_published", document.date_published),
        ]
        signed = document.date_signed
        for name, key, day in days:
            if day and signed and day < signed:
                words, weight = f"{name}（{dated(day)}）早于成文日期（{dated(signed)}）", None
                if key == "date_printed":
                    weight = I
                yield Violation(document.origin.child(key), words, "请对照原文核对", severity=weight)
            if day and day > facts.today:
                yield Violation(document.origin.child(key), f"{name}（{dated(day)}）还没有到", "请核对年份和月份")


@TOPIC.rule(
    "PUB-03",
    "公开日期如实填写，不倒填。",
    duty="publication.honest",
    severity=W,
    example=("commits", "lizhou-2024: 2024-03-11", "lizhou-2024: 2024-06-11"),
)
def backdated(facts: Facts) -> Violations:
    """Compares with the first commit of the file; a file nobody committed yet is new today."""
    limit = timedelta(days=facts.thresholds.backdating_days)
    for document in documents(facts.column):
        first = facts.first_commits.get(document.origin.file)
        day = document.date_published
        if day and document.predates(opened := _opened(facts, document)) and day < (opened or document.taken_in or day):
            continue
        if first and day and first - day > limit:
            words = f"公开日期写的是{dated(day)}，文件{dated(first)}才第一次提交"
            hint = "本栏目首次发布以前就在别处公开的，写 taken_in（收录的日期）；以后的请在 ignore 说明；不能倒填日期"
            yield Violation(document.origin.child("date_published"), words, hint)


@TOPIC.rule(
    "PUB-08",
    "预算、决算按预算法规定的期限公开。",
    duty="publication.budget",
    severity=I,
    example=(
        "document",
        "title: 关于2023年财政决算的报告\nlaw_deadline: 2024-03-24",
        "title: 关于2023年财政决算的报告",
    ),
)
def budget_without_deadline(facts: Facts) -> Violations:
    """By its title. The day of approval is not in the column, so that the last day has to be written down."""
    for document in documents(facts.column):
        day = document.date_published or document.date_signed
        law = facts.asked("publication.budget", document.organ, day, by=document.issuer)
        span = law.counted.span if law.counted else None
        open_ended = not document.law_deadline and not document.predates(_opened(facts, document))
        if span and open_ended and _BUDGET.search(document.title or ""):
            words = f"预算、决算要在批准或者批复后{span.words}内公开，没有填写那一天"
            hint = f"请在 law_deadline 填写批准后第{span.number}日；不填的按政府信息公开的一般期限检查"
            yield Violation(document.origin, words, hint, law=law)


TOPIC.found_earlier(
    "PUB-04",
    "只有“主动公开”的文件才能放进仓库：仓库和它的历史都是公开的。",
    duty="publication.attribute",
    severity=E,
    example=("document", "openness: 主动公开", "openness: 依申请公开"),
)


@TOPIC.rule(
    "PUB-05",
    "公开前经过审查，写明审查的单位和日期。",
    duty="publication.review",
    severity=W,
    demo=I,
    example=(
        "document",
        "reviewed_by: 区政府办公室\nreviewed_at: 2024-03-05",
        "reviewed_by: null\nreviewed_at: null",
    ),
)
def unreviewed(facts: Facts) -> Violations:
    """Both must be there, and the review must come before publication."""
    for document in documents(facts.column):
        given = {"审查单位（reviewed_by）": document.reviewed_by, "审查日期（reviewed_at）": document.reviewed_at}
        missing = [name for name, value in given.items() if not value]
        if missing:
            yield Violation(document.origin, f"没有写{quote(missing)}", "公开前审查完毕后填写")
        elif _later(document.reviewed_at, document.date_published):
            yield Violation(document.origin.child("reviewed_at"), "审查日期晚于公开日期", "请核对")


def _later(first: date | None, second: date | None) -> bool:
    return first is not None and second is not None and first > second


@TOPIC.rule(
    "CAL-01",
    "工作日按国务院办公厅公布的节假日安排计算；还没有公布的年份是估算。",
    duty="calendar",
    basis=laws.NOTICES,
    severity=I,
    example=(
        "files",
        """
        lizhou-2024: {}
        """,
        """
        lizhou-2027-decisions:
          like: lizhou-2024-decisions
          year: 2027
          document: {date_signed: 2027-01-04, date_printed: null, date_published: null, reviewed_at: null}
        """,
    ),
)
def estimated_days(facts: Facts) -> Violations:
    """Every period that reaches into a year without an arrangement."""
    calendar = facts.column.calendar
    hint = "新的通知公布后，请更新程序，或者补进 plans/vocabularies/workdays.yml"
    for document in documents(facts.column):
        formed = document.formed
        norm = facts.asked("publication.period", document.organ, formed, by=document.issuer).counted
        if formed and norm and norm.span and norm.span.after(formed, calendar).estimated:
            words = "公开期限涉及还没有公布节假日安排的年份，按周一至周五估算"
            yield Violation(document.origin.child("date_signed"), words, hint)
    for directory in DIRECTORY_FILES.of(facts.column).values():
        for decision in directory.decisions:
            due = adoption_due(facts.column, directory, decision)
            if due and due.day.estimated:
                yield Violation(decision.origin, "意见采纳情况的公开期限是估算", hint)
