"""What everybody but its own pages asks of an annual plan: its headings and its tasks."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.column import ids, urls
from gongkai.column.cell import cell_lines
from gongkai.column.happening import progress_happenings
from gongkai.column.words import record_kind
from gongkai.kinds.interface import Part, Passage, Vocabulary, head_part, joined, nth
from gongkai.kinds.plan.model import Plan, Section, Task

PLAN = record_kind("plan", "工作要点", cited=True, position=False)
SECTION = record_kind("section", "要点章节", heading=True)
TASK = record_kind("task", "任务", audience_rank=5, unit_block="duties")


def plan_parts(plan: Plan, _vocabulary: Vocabulary) -> Iterator[Part]:
    """The plan, its headings, its tasks, in printed order."""
    text = (*plan.document.paragraphs, *plan.preamble)
    passages = tuple(Passage(line, plan.origin.child("preamble", at)) for at, line in enumerate(plan.preamble))
    yield head_part(plan, PLAN, urls.plan(plan.id), PLAN.label, *text, passages=passages)
    numbers = {section.key: section.number for section in plan.sections}
    for section in plan.sections:
        yield _section(plan, section, numbers.get(section.parent or "", ""))
    for task in plan.tasks:
        yield _task(plan, task)


def _section(plan: Plan, section: Section, above: str) -> Part:
    """A heading, labelled 一 or 一（二）; ``above`` is the number of the heading above it."""
    texts = [("title", section.title), ("text", section.text)]
    return Part(
        kind=SECTION,
        id=ids.section(plan.id, section.key),
        title=section.title,
        url=urls.section(plan.id, section.key),
        label=above + section.number,
        origin=section.origin,
        text=section.text,
        themes=section.themes,
        related=section.related,
        units_text=section.units_text or "",
        chapter=section.level == 1,
        passages=tuple(Passage(text, section.origin.child(name)) for name, text in texts if text or name == "title"),
    )


def _task(plan: Plan, task: Task) -> Part:
    due = task.deadline.text if task.deadline else None
    return Part(
        kind=TASK,
        id=ids.task(plan.id, task.number),
        title=task.title,
        url=urls.task(plan.id, task.number),
        label=nth(task.number),
        origin=task.origin,
        text=joined(task.area, task.topic, task.text, f"完成时限：{due}" if due else "", *cell_lines(task)),
        themes=task.themes,
        related=task.related,
        units=task.assignments,
        units_text=task.units_text or "、".join(given.printed for given in task.assignments),
        deadline=task.deadline,
        deadline_text=due,
        status=task.status,
        measured=task.measured,
        continues=task.continues,
        passages=(Passage(task.text, task.origin.child("text")),) if plan.table else (),
        news=tuple(progress_happenings(task.progress)),
    )
