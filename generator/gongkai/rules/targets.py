"""Rules on numbers that tasks order: only what the text orders, only what was reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import normalize

from gongkai.column.targets import Measured, Target, amounts, ordered
from gongkai.kinds.plan.model import Task
from gongkai.rules import laws
from gongkai.rules.rule import E, Facts, I, Topic, Violation, Violations, W, dated
from gongkai.rules.walk import tasks

TOPIC = Topic("任务要求的数量")
_TEXT = "text: 公布义务教育入学政策，组织政策宣讲不少于3次。\n"
_TARGET = _TEXT + "targets: [{what: 政策宣讲, number: 3, unit: 次, scope: 每个单位}]\n"


def _reported(*entries: str) -> str:
    """An example with entries of progress: each ends in unit and number."""
    lines = []
    for at, entry in enumerate(entries):
        status, by, number = entry.split()
        lines.append(
            f"  - {{date: 2024-05-2{at}, status: {status}, text: 宣讲, counts: [{{by: {by}, number: {number}}}]}}\n"
        )
    return _TARGET + "progress:\n" + "".join(lines)


@TOPIC.rule(
    "TAB-12",
    "任务要求的数量，是任务原文里写明的数量。",
    basis=laws.CONSISTENT,
    severity=E,
    example=("task", _TARGET, _TARGET.replace("number: 3", "number: 5")),
)
def numbers_of_the_text(facts: Facts) -> Violations:
    """What is counted, the number and its unit stand in the text."""
    for task, found in _measured(facts):
        text, target = normalize("NFKC", task.text), found.target
        printed = list(amounts(text, normalize("NFKC", target.unit)))
        if (target.number, target.most) not in printed:
            written = f"{target.number}{f'-{target.most}' if target.most else ''}{target.unit}"
            words = f"任务原文没有写“{written}”"
            yield Violation(target.origin.child("number"), words, _printed(target, printed))
        if normalize("NFKC", target.what) not in text:
            words = f"任务原文没有“{target.what}”这几个字"
            yield Violation(target.origin.child("what"), words, "请用原文里的字，如 政务公开培训")


def _printed(target: Target, printed: Sequence[tuple[int, int | None]]) -> str:
    if not printed:
        return "只写原文规定的数量；原文没有规定的，去掉 targets"
    known = "、".join(f"{least}{f'-{most}' if most else ''}{target.unit}" for least, most in printed)
    return f"原文写的是{known}"


TOPIC.found_earlier(
    "TAB-13",
    "按单位报的数量，写明是哪一个数量、哪个责任单位。",
    basis=laws.CONSISTENT,
    severity=E,
    example=("task", _reported("推进中 区教育和体育局 2"), _reported("推进中 各镇（街道） 2")),
)


@TOPIC.rule(
    "TAB-14",
    "写“完成”的，公布的数量不少于要求的数量。",
    basis=laws.CONSISTENT,
    severity=W,
    example=("task", _reported("完成 区教育和体育局 3"), _reported("完成 区教育和体育局 2")),
)
def done_with_less(facts: Facts) -> Violations:
    """Only what was reported is compared: a unit without a number is not said to have done less."""
    for task, found in _measured(facts):
        newest = task.progress[-1] if task.progress else None
        if newest and newest.status.value.startswith("完成"):
            for report in found.short:
                who = facts.column.units[report.by].name if report.by else "合计"
                number = f"{report.number}{found.target.unit}"
                words = f"写了完成，{who}截至{dated(report.day)}公布的“{found.target.what}”是{number}"
                hint = f"要求是{found.target.number}{found.target.unit}，请核对数量或状态"
                yield Violation(newest.origin.child("status"), words, hint)


@TOPIC.rule(
    "TAB-15",
    "累计的数量不会变小。",
    basis=laws.CONSISTENT,
    severity=W,
    example=(
        "task",
        _reported("推进中 区教育和体育局 2", "推进中 区教育和体育局 3"),
        _reported("推进中 区教育和体育局 2", "推进中 区教育和体育局 1"),
    ),
)
def shrinking(facts: Facts) -> Violations:
    """Who writes how many were done this time reports less than before."""
    for _, task in tasks(facts.column):
        known: dict[tuple[str, str | None], int] = {}
        for entry in task.progress:
            for count in entry.counts:
                before = known.get((count.what, count.by), 0)
                if count.number < before:
                    words = f"“{count.what}”比前一次（{before}）少"
                    yield Violation(entry.origin.child("counts"), words, "写到这一天累计多少，不写这一次多少")
                known[count.what, count.by] = count.number


@TOPIC.rule(
    "TAB-16",
    "原文规定了数量的任务，写明 targets，落实时可以按单位报数。",
    basis=laws.PRACTICE,
    severity=I,
    example=("task", _TARGET, _TEXT),
)
def uncounted(facts: Facts) -> Violations:
    """A text that says 不少于3次, and no number to measure by."""
    for _, task in tasks(facts.column):
        found = [] if task.measured else ordered(normalize("NFKC", task.text))
        if found:
            words = f"原文规定了数量（{found[0]}），没有写 targets"
            hint = "可以写 targets: [{what: 原文里的字, number: 数量, unit: 次, scope: 每个单位}]"
            yield Violation(task.origin.child("text"), words, hint)


def _measured(facts: Facts) -> Iterator[tuple[Task, Measured]]:
    for _, task in tasks(facts.column):
        for found in task.measured:
            yield task, found
