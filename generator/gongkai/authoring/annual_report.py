"""``gongkai report``: a draft of the chapter on the plan's fulfilment for the annual report (年报), from entries only.

Nothing is said that no dated entry says: tasks without entries are listed as such. The six parts
are those of 国办公开办函〔2021〕30号.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from gongkai.column.progress import TASK_STATUS_LABELS, Progress, TaskStatus
from gongkai.column.site_data import SiteData
from gongkai.kinds.plan.model import Plan, Task
from gongkai.text.dates import printed_day
from gongkai.text.patterns import anywhere

PARTS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
_LATE = (TaskStatus.OVERDUE, TaskStatus.STOPPED)


def _told(plan: Plan, day: date) -> tuple[list[Task], list[Task]]:
    """The tasks with entries up to a day, and those without."""
    tasks = [replace(task, progress=_until(day, task)) for task in plan.tasks]
    return [task for task in tasks if task.progress], [task for task in tasks if not task.progress]


def fulfilment(plan: Plan, day: date) -> str:
    """How many tasks of a plan have which status, in one sentence with its title."""
    return f"《{plan.title}》{_counted(plan, *_told(plan, day))}"


def late(plan: Plan) -> Iterator[str]:
    """The tasks that are said to be late or stopped."""
    for task in plan.tasks:
        if task.progress and task.status in _LATE:
            yield f"第{task.number}项　{task.title}：{TASK_STATUS_LABELS[task.status]}"


def _counted(plan: Plan, told: list[Task], silent: list[Task]) -> str:
    counts = Counter(task.status for task in told)
    spoken = "；".join(f"{TASK_STATUS_LABELS[status]}{counts[status]}项" for status in TaskStatus if counts[status])
    words = f"共{len(plan.tasks)}项任务，{len(told)}项公开了落实情况{f'：{spoken}' if spoken else ''}。"
    return words + (f"{len(silent)}项还没有公开落实情况。" if silent else "")


def draft(column: SiteData, plan: Plan) -> str:
    """The draft as Markdown; every figure is counted from the entries published up to the column's day."""
    told, silent = _told(plan, column.as_of)
    lines = [
        f"# {plan.title}落实情况（草稿）",
        "",
        f"> 由落实情况记录自动汇总，截至{printed_day(column.as_of)}。只汇总已经公开的记录，请核对后并入年度报告。",
        "",
        f"## 一、{PARTS[0]}",
        "",
        _counted(plan, told, silent),
        "",
        *_chapter(f"## 二、{PARTS[1]}", [task for task in told if task.status not in _LATE]),
        *_by_hand(2),
        *_by_hand(3),
        *_chapter(f"## 五、{PARTS[4]}", [task for task in told if task.status in _LATE]),
        *_silent(silent),
        f"## 六、{PARTS[5]}",
        "",
        "（请另行填写。）",
        "",
    ]
    return "\n".join(lines)


def _until(day: date, task: Task) -> tuple[Progress, ...]:
    """The entries of a task up to a day: a report on a year does not tell what came after it."""
    return tuple(entry for entry in task.progress if entry.date <= day)


_MARKS = anywhere(r"^\s*(?:#+|-|>)\s*")
_NUMBERS = "一二三四五六"


def _by_hand(at: int) -> tuple[str, ...]:
    return (f"## {_NUMBERS[at]}、{PARTS[at]}", "", "（本专栏没有这方面的数据，请另行填写。）", "")


def _chapter(heading: str, tasks: list[Task]) -> Iterator[str]:
    yield from (heading, "")
    if not tasks:
        yield from ("（没有这方面的记录。）", "")
    for task in tasks:
        units = task.units_text or "责任单位沿用上一行"
        yield f"- 第{task.number}项　{task.title}（{units}）：{TASK_STATUS_LABELS[task.status]}"
        for entry in task.progress:
            evidence = "；".join(f"{link.title} {link.url}" for link in entry.evidence)
            shown = f"（{evidence}）" if evidence else ""
            yield f"    - {printed_day(entry.date)}，{entry.status.value}：{entry.text}{shown}"
    yield ""


def _silent(tasks: list[Task]) -> Iterator[str]:
    if tasks:
        listed = "、".join(str(task.number) for task in tasks)
        yield from (f"还没有公开落实情况的任务：第{listed}项。", "")


def as_word(markdown: str) -> bytes:
    """The same draft as a Word file.

    Raises:
        ModuleNotFoundError: when the library for Word files (the extra ``import``) is not installed.
    """
    from docx import Document  # noqa: PLC0415 - an extra, not needed to build

    document = Document()
    for line in markdown.splitlines():
        text = _MARKS.sub("", line).strip()
        if not text:
            continue
        if line.startswith("#"):
            document.add_heading(text, level=0 if line.startswith("# ") else 1)
        else:
            style = "List Bullet 2" if line.startswith("    -") else "List Bullet" if line.startswith("-") else None
            document.add_paragraph(text, style=style)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
