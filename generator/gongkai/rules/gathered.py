"""Rules on what points at documents for readers: topics (专题) and the answers to questions (政策问答)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from gongkai.column.document import Validity
from gongkai.column.origin import Origin
from gongkai.kinds.question_list import KIND as QUESTION_FILES
from gongkai.kinds.topic import KIND as TOPIC_FILES
from gongkai.rules import laws
from gongkai.rules.rule import Facts, I, Topic, Violation, Violations, W, dated

TOPIC = Topic("专题和政策问答")
_ENDED = """
{change}
lizhou-2023-projects:
  like: lizhou-2024-projects
  year: 2023
  document: {{validity: 废止, date_abolished: 2024-01-02, abolished_by: 理政办发〔2024〕1号}}
"""
_HINT = "请换成现行的文件，或者写明原来的文件已经不再适用"


@TOPIC.rule(
    "TOP-01",
    "专题收录的文件仍然有效。",
    basis=laws.PRACTICE,
    severity=W,
    example=(
        "files",
        "lizhou-2024-topic: {}",
        _ENDED.format(change="lizhou-2024-topic: {items: [{record: lizhou-2023-projects}]}"),
    ),
    across=True,
)
def stale(facts: Facts) -> Violations:
    """Entries whose document was repealed, or lapsed, by the day of the column."""
    for topic in TOPIC_FILES.of(facts.column).values():
        places = ((item.record, item.origin.child("record")) for item in topic.items if item.record)
        yield from _ended(facts, places, "收录的")


@TOPIC.rule(
    "TOP-02",
    "专题定期核对，写明最近一次核对的日期。",
    basis=laws.PRACTICE,
    severity=I,
    example=("files", "lizhou-2024-topic: {}", "lizhou-2024-topic: {reviewed: 2022-06-03}"),
)
def unreviewed(facts: Facts) -> Violations:
    """How long is long is the district's setting: no text says it."""
    longest = timedelta(facts.thresholds.topic_review_days)
    for topic in TOPIC_FILES.of(facts.column).values():
        if topic.reviewed is None:
            yield Violation(topic.origin, "没有写最近一次核对的日期", "核对全部内容以后填写 reviewed")
        elif topic.reviewed + longest < facts.today:
            words = f"最近一次核对是{dated(topic.reviewed)}，已经超过{longest.days}天"
            yield Violation(topic.origin.child("reviewed"), words, "请核对全部内容，再更新 reviewed")


@TOPIC.rule(
    "QA-01",
    "政策问答依据的文件仍然有效。",
    basis=laws.PRACTICE,
    severity=W,
    example=(
        "files",
        "lizhou-2024-questions: {}",
        _ENDED.format(change="lizhou-2024-questions: {items: [{basis: [{record: lizhou-2023-projects}]}]}"),
    ),
    across=True,
)
def dead_answer(facts: Facts) -> Violations:
    """Answers whose document was repealed, or lapsed, by the day of the column; their pages say so."""
    for listed in QUESTION_FILES.of(facts.column).values():
        places = (
            (each.record, item.origin.child("basis", at, "record"))
            for item in listed.items
            for at, each in enumerate(item.basis)
        )
        yield from _ended(facts, places, "回答依据的")


def _ended(facts: Facts, places: Iterator[tuple[str, Origin]], what: str) -> Violations:
    for record, place in places:
        head = facts.column.index.heads.get(record.split("/")[0])
        if head and head.validity not in (None, Validity.IN_FORCE):
            yield Violation(place, f"{what}《{head.entry.title}》{head.validity}", _HINT)
