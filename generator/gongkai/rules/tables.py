"""Rules on task tables (任务分解表): who, by when, what came of it, and whether table and text agree."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from gongkai.column.origin import Origin
from gongkai.column.progress import Progress
from gongkai.column.unit import UnitKind
from gongkai.kinds.plan import KIND as PLAN_FILES
from gongkai.kinds.plan.columns import TableColumn
from gongkai.kinds.plan.model import Plan, Task, TaskTable
from gongkai.kinds.project_list import KIND as PROJECT_FILES
from gongkai.rules import laws
from gongkai.rules.rule import E, Facts, I, Topic, Violation, Violations, W, dated, quote
from gongkai.rules.walk import tasks
from gongkai.text.deadline import DeadlineKind
from gongkai.text.patterns import anywhere, whole
from gongkai.text.role import Role
from gongkai.text.table_heads import Meaning

_PLAIN_HEAD = whole(r"[\w（）、]+")

TOPIC = Topic("任务分解表")
_MARKS = anywhere(r"[\s，。；：、（）()“”\"'《》,.;:]")

TOPIC.found_earlier(
    "TAB-01",
    "每一项任务有责任单位；空白的沿用上一行。",
    basis=laws.CONSISTENT,
    severity=E,
    example=("task", "units: 区教育和体育局", "units: null"),
)
TOPIC.found_earlier(
    "TAB-02",
    "责任单位写的是名录里有的单位。",
    basis=laws.CONSISTENT,
    severity=E,
    example=("task", "units: 区教体局", "units: 区教育局"),
)


@TOPIC.rule(
    "TAB-03",
    "一个单位不能既牵头又配合同一项任务。",
    basis=laws.CONSISTENT,
    severity=W,
    example=("task", "units: 区教育和体育局牵头，区财政局配合", "units: 区教育和体育局牵头，区教体局、区财政局配合"),
)
def lead_and_support(facts: Facts) -> Violations:
    """Compares units, not spellings."""
    for _, task in tasks(facts.column):
        roles: dict[str, set[Role]] = {}
        for given in task.assignments:
            roles.setdefault(given.unit, set()).add(given.role)
        both = [facts.column.units[unit].name for unit, held in roles.items() if {Role.LEAD, Role.SUPPORT} <= held]
        if both and task.units_text:
            yield Violation(task.origin.child("units"), f"{quote(both)}既牵头又配合", "请对照原文核对")


@TOPIC.rule(
    "TAB-04",
    "牵头单位要指名道姓，不能是“有关部门”。",
    basis=laws.CONSISTENT,
    severity=W,
    example=("task", "units: 区教育和体育局牵头，区政府有关部门配合", "units: 区政府有关部门牵头"),
)
def vague_lead(facts: Facts) -> Violations:
    """Leads that are all unspecified subsets."""
    for _, task in tasks(facts.column):
        leads = [facts.column.units[given.unit] for given in task.assignments if given.role is Role.LEAD]
        if task.units_text and leads and all(unit.kind is UnitKind.SUBSET for unit in leads):
            words = f"牵头单位只写了“{leads[0].name}”，看不出是哪个单位"
            yield Violation(task.origin.child("units"), words, "原文如此的，用编者注说明")


@TOPIC.rule(
    "TAB-05",
    "完成时限看得懂，不早于印发日期，不晚于计划年度（长期坚持的除外）。",
    basis=laws.CONSISTENT,
    severity=W,
    example=("task", "deadline: 2024年8月底前", "deadline: 2023年8月底前"),
)
def odd_deadline(facts: Facts) -> Violations:
    """Words that cannot be read are reported while linking, under the same id."""
    for plan, task in tasks(facts.column):
        deadline = task.deadline
        if deadline is None or deadline.due is None or deadline.inherited:
            continue
        issued = plan.document.date_printed or plan.document.date_signed
        place = task.origin.child("deadline")
        if issued and deadline.due < issued:
            yield Violation(place, f"完成时限“{deadline.text}”早于印发日期（{dated(issued)}）", "请对照原文核对年份")
        elif deadline.due > date(plan.year, 12, 31) and deadline.kind is not DeadlineKind.DATE_ONGOING:
            yield Violation(place, f"完成时限“{deadline.text}”晚于{plan.year}年", "请对照原文核对；跨年的用编者注说明")


@TOPIC.rule(
    "TAB-06",
    "正文和任务分解表说的是同一件事，文字应当一致。",
    basis=laws.CONSISTENT,
    severity=I,
    example=("task", "text: 公布学校招生范围和收费标准。", "text: 公布全区学校招生范围和收费标准及依据。"),
)
def other_words(facts: Facts) -> Violations:
    """The share of the row's pairs of characters that its section has too, within the district's bounds."""
    low, high = facts.thresholds.similar_from, facts.thresholds.similar_to
    for plan in PLAN_FILES.of(facts.column).values():
        texts = {section.key: _MARKS.sub("", section.title + section.text) for section in plan.sections}
        pairs = {key: _pairs(text) for key, text in texts.items()}
        for task in plan.tasks:
            if plan.table is None or task.section not in pairs or task.editor_note:
                continue
            words = _MARKS.sub("", task.text)
            own = _pairs(words)
            share = len(own & pairs[task.section]) / max(1, len(own))
            if words not in texts[task.section] and low <= share <= high:
                words = f"和正文{task.section}的文字相近而不相同（相同部分约{share:.0%}）"
                yield Violation(task.origin.child("text"), words, "请对照原文核对；原文两处不同的，用编者注说明")


def _pairs(text: str) -> set[tuple[str, str]]:
    """The pairs of neighbouring characters of a text."""
    return set(pairwise(text))


@TOPIC.rule(
    "TAB-07",
    "正文的每一条在表里有对应的任务，表里的每一项在正文有出处。",
    basis=laws.CONSISTENT,
    severity=W,
    example=("task", 'section: "1"', "section: null"),
)
def unmatched(facts: Facts) -> Violations:
    """Rows without a section, and sections whose number no row names; plans with clauses only have no table."""
    for plan in PLAN_FILES.of(facts.column).values():
        if plan.table is None:
            continue
        rows = [task for task in plan.tasks if task.section is None]
        if rows:
            listed = quote(str(task.number) for task in rows[:12])
            words = f"表里有{len(rows)}项没有写对应正文的哪一节：第{listed}项"
            yield Violation(rows[0].origin, words, "请在 section 填写，如 1-2；正文确实没有的，用编者注说明")
        silent = [section for section in plan.sections if section.text and not _covered(section.key, plan)]
        if silent:
            listed = quote(f"“{section.title}”" for section in silent[:6])
            words = f"正文有{len(silent)}节在表里没有对应的任务：{listed}"
            yield Violation(silent[0].origin, words, "请核对各行的 section")


def _covered(key: str, plan: Plan) -> bool:
    return any(task.section and (task.section == key or task.section.startswith(f"{key}-")) for task in plan.tasks)


@TOPIC.rule(
    "TAB-09",
    "过了完成时限的任务，公布落实情况。",
    basis=laws.PRACTICE,
    severity=I,
    example=(
        "task",
        "progress: [{date: 2024-08-20, status: 完成, text: 招生范围和收费标准已经公布。}]",
        "progress: []",
    ),
)
def unreported(facts: Facts) -> Violations:
    """One finding a plan: how many tasks are past their day without an entry."""
    for plan in PLAN_FILES.of(facts.column).values():
        silent = [task for task in plan.tasks if _due(task, facts.today) and not task.progress]
        if silent:
            listed = quote(str(task.number) for task in silent[:12]) + ("等" if len(silent) > 12 else "")  # noqa: PLR2004
            words = f"{len(silent)}项任务过了完成时限，没有落实情况：第{listed}项"
            hint = "运行 gongkai new progress 添加；没有结果的如实写 推进中"
            yield Violation(plan.origin.child("task_table" if plan.table else "sections"), words, hint)


def _due(task: Task, today: date) -> bool:
    return bool(task.deadline and task.deadline.due and task.deadline.due < today)


@TOPIC.rule(
    "TAB-10",
    "任务分解表印了的每一栏，看得出是什么，也有内容。",
    basis=laws.CONSISTENT,
    severity=W,
    example=(
        "plan",
        "task_table: {columns: [序号, 具体要求, 责任单位, {head: 啥时候, meaning: deadline}]}",
        "task_table: {columns: [序号, 具体要求, 责任单位, 完成时限, 街道意见]}",
    ),
)
def empty_columns(facts: Facts) -> Violations:
    """Printed heads under which no row has anything, and heads printed twice whose cells cannot be told apart."""
    for plan, table in _task_tables(facts):
        heads = table.heads
        for column in table.columns:
            place = plan.origin.child("task_table", "columns", column.at or 0)
            if not column.printed or not column.span:
                continue
            if not column.own and heads.count(column.head) > 1:
                hint = "请在表头前面加上它所属的大表头，如 一季度目标"
                yield Violation(place, f"表头“{column.head}”印了不止一次，分不清 cells 写的是哪一栏", hint)
            elif not any(task.cell(column).text for task in plan.tasks):
                yield Violation(place, f"表头“{column.head}”下面没有一行有内容", _how_to_fill(column, table))


def _how_to_fill(column: TableColumn, table: TaskTable) -> str:
    cells = f"在有内容的行写 cells: {{{_plain(column.head)}: 这一格的内容}}"
    if column.own:
        return f"请在各行填写 {column.meaning}；原表这一栏全是空白的，写 ignore 说明"
    unshown = next((ours.meaning for ours in _ours(table) if ours.own), None)
    if column.meaning is Meaning.OTHER and unshown:
        return f"如果它就是 {unshown} 的表头，改成 {{head: {_plain(column.head)}, meaning: {unshown}}}；不是的，{cells}"
    return f"请{cells}；原表这一栏全是空白的，写 ignore 说明"


def _plain(head: str) -> str:
    """A head as it is written in YAML."""
    return head if _PLAIN_HEAD.fullmatch(head) and not head.isdigit() else f'"{head}"'


@TOPIC.rule(
    "TAB-11",
    "各行写的内容，表头里都有它的一栏。",
    basis=laws.CONSISTENT,
    severity=W,
    example=(
        "plan",
        "task_table: {columns: [序号, 具体要求, 责任单位, 办结时限]}",
        "task_table: {columns: [序号, 具体要求, 责任单位]}",
    ),
)
def unshown_values(facts: Facts) -> Violations:
    """What stands in columns of our own on the page, because no printed head is known to show it."""
    for plan, table in _task_tables(facts):
        for column in _ours(table):
            rows = [task for task in plan.tasks if task.cell(column).text]
            if column.meaning is Meaning.NUMBER:
                if any(task.number_printed for task in rows):
                    hint = "原表没有印序号的，在 columns 后面写 number_printed: false；印了的，在 columns 补上它的表头"
                    yield Violation(plan.origin.child("task_table", "columns"), "表头里没有序号一栏", hint)
            elif rows:
                listed = quote(str(task.number) for task in rows[:12])
                yield _unshown(column, table, rows[0].origin, f"{len(rows)}项（第{listed}项）")


def _unshown(column: TableColumn, table: TaskTable, place: Origin, where: str) -> Violation:
    if not column.own:
        near = difflib.get_close_matches(column.head, table.heads, n=1, cutoff=0.5)
        hint = f"是否想写“{near[0]}”？" if near else "cells 里的名称要和 columns 里的表头一样"
        return Violation(place.child("cells"), f"{where}的 cells 写了“{column.head}”，表头里没有这一栏", hint)
    name = column.meaning.value
    hint = f"请在 columns 写明哪一个表头是它，如 {{head: {column.head}, meaning: {name}}}"
    return Violation(place.child(name), f"{where}写了 {name}，表头里看不出哪一栏是它", hint)


def _task_tables(facts: Facts) -> Iterator[tuple[Plan, TaskTable]]:
    for plan in PLAN_FILES.of(facts.column).values():
        if plan.table:
            yield plan, plan.table


def _ours(table: TaskTable) -> list[TableColumn]:
    """The columns that are not printed."""
    return [column for column in table.columns if not column.printed]


@TOPIC.rule(
    "PROG-01",
    "落实情况按日期先后添加，不写将来的日期。",
    basis=laws.PRACTICE,
    severity=E,
    example=(
        "task",
        """
        progress:
          - {date: 2024-05-20, status: 推进中, text: 正在收集。}
          - {date: 2024-08-20, status: 完成, text: 已经公布。}
        """,
        """
        progress:
          - {date: 2024-08-20, status: 完成, text: 已经公布。}
          - {date: 2024-05-20, status: 推进中, text: 正在收集。}
        """,
    ),
)
def unordered_progress(facts: Facts) -> Violations:
    """Entries of tasks and projects."""
    column = facts.column
    histories: list[tuple[Progress, ...]] = [task.progress for _, task in tasks(column)]
    histories += [project.progress for projects in PROJECT_FILES.of(column).values() for project in projects.projects]
    for history in histories:
        yield from _unordered(history, facts.today)


def _unordered(history: Iterable[Progress], today: date) -> Violations:
    entries = list(history)
    for entry in entries:
        if entry.date > today:
            yield Violation(entry.origin.child("date"), f"日期（{dated(entry.date)}）还没有到", "请核对年份")
    for before, entry in pairwise(entries):
        if entry.date < before.date:
            yield Violation(entry.origin.child("date"), "日期早于上一条", "新的一条写在最后；已经公开的不改动")


@TOPIC.rule(
    "PROG-02",
    "写“完成”的，给出可以查证的公开材料。",
    basis=laws.PRACTICE,
    severity=I,
    example=(
        "task",
        """
        progress:
          - date: 2024-08-20
            status: 完成
            text: 已经公布。
            evidence:
              - {title: 招生公告, url: "https://www.example.gov.cn/z"}
        """,
        """
        progress:
          - {date: 2024-08-20, status: 完成, text: 已经公布。}
        """,
    ),
)
def unproved(facts: Facts) -> Violations:
    """Only the newest entry counts."""
    for _, task in tasks(facts.column):
        if task.progress and task.progress[-1].status.value.startswith("完成") and not task.progress[-1].evidence:
            yield Violation(task.progress[-1].origin, "写了完成，没有公开材料的链接", "请在 evidence 填写网址")
