"""Plan files -> plans: the outline flattened and addressed, the rows of the table resolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from gongkai.column import ids
from gongkai.column.cell import Cell
from gongkai.column.context import Context
from gongkai.column.document import Document
from gongkai.column.linking import link_progress, note_waivers
from gongkai.column.origin import Origin
from gongkai.column.progress import Progress, status_on
from gongkai.column.targets import Measured
from gongkai.column.unit import Assignment
from gongkai.kinds.plan.columns import OF_UNITS, TableColumn, columns_of
from gongkai.kinds.plan.model import Plan, Section, Task, TaskTable
from gongkai.kinds.plan.shape import PlanFile, SectionShape, TaskShape, TaskTableShape
from gongkai.kinds.plan.targets import link_targets, measured, with_counts
from gongkai.kinds.plan.unit_cells import UnitsAbove, row_units
from gongkai.text.cells import parse_cell
from gongkai.text.deadline import Deadline, DeadlineKind
from gongkai.text.deadline_grammar import parse_deadline
from gongkai.text.numerals import parse_numeral
from gongkai.text.patterns import anywhere
from gongkai.text.table_heads import Meaning

_PAUSE = anywhere(r"[，。；：]")

_TITLE_LENGTH = 36
_CLAUSE_LENGTH = 8


def link_plan(shape: PlanFile, document: Document, path: str, context: Context) -> Plan:
    """Build one plan; tasks come from the table, or from the clauses that print their own 责任单位."""
    origin = Origin(path)
    context.organ(shape.organ, origin.child("organ"))
    headings = list(_headings(shape.sections, origin.child("sections")))
    context.headings((heading.key, heading.shape.title, heading.origin) for heading in headings)
    columns = columns_of(shape.task_table) if shape.task_table else ()
    if shape.task_table:
        tasks = _table_tasks(shape, shape.task_table, columns, document, {h.key for h in headings}, origin, context)
    else:
        tasks = _clause_tasks(shape, headings, document, context)
    return Plan(
        id=shape.id,
        organ=shape.organ,
        year=shape.year,
        title=shape.title,
        document=document,
        preamble=tuple(shape.preamble),
        sections=tuple(_section(heading, tasks, context) for heading in headings),
        table=TaskTable(shape.task_table.title, columns) if shape.task_table else None,
        tasks=tasks,
        themes=context.themes(shape.themes, origin),
        related=tuple(shape.related),
        editor_note=shape.editor_note,
        origin=origin,
    )


class _Heading(Struct, frozen=True):
    key: str
    level: int
    parent: str | None
    parent_title: str | None
    shape: SectionShape
    origin: Origin


def _headings(sections: list[SectionShape], origin: Origin) -> Iterator[_Heading]:
    for at, section in enumerate(sections):
        key = str(parse_numeral(section.number) or at + 1)
        yield _Heading(key, 1, None, None, section, origin.child(at))
        for below, child in enumerate(section.sections):
            child_key = f"{key}-{parse_numeral(child.number) or below + 1}"
            yield _Heading(child_key, 2, key, section.title, child, origin.child(at, "sections", below))


def _section(heading: _Heading, tasks: tuple[Task, ...], context: Context) -> Section:
    shape = heading.shape
    note_waivers(shape.ignore, heading.origin, context)
    return Section(
        key=heading.key,
        number=shape.number,
        level=heading.level,
        title=shape.title,
        text=shape.text or "",
        units_text=shape.units,
        parent=heading.parent,
        themes=context.themes(shape.themes, heading.origin),
        editor_note=shape.editor_note,
        tasks=tuple(task.number for task in tasks if task.section == heading.key),
        related=tuple(shape.related),
        origin=heading.origin,
    )


def short_title(text: str) -> str:
    """A name for a task that has none: its first clause, long enough to mean something, at most 36 characters."""
    ends = [match.start() for match in _PAUSE.finditer(text)]
    end = next((at for at in ends if at >= _CLAUSE_LENGTH), len(text))
    return text[:end] if end <= _TITLE_LENGTH else text[: _TITLE_LENGTH - 1] + "…"


class _Above(Struct):
    """What the rows above hand down to blank merged cells."""

    area: str | None = None
    topic: str | None = None
    units: UnitsAbove | None = None
    deadline: Deadline | None = None


def _table_tasks(
    shape: PlanFile,
    table: TaskTableShape,
    columns: tuple[TableColumn, ...],
    document: Document,
    keys: set[str],
    origin: Origin,
    context: Context,
) -> tuple[Task, ...]:
    above = _Above()
    tasks = []
    seen: set[int] = set()
    for at, row in enumerate(table.rows):
        place = origin.child("task_table", "rows", at)
        if row.number in seen:
            context.problems.error("DOC-07", place.child("number"), f"序号 {row.number} 重复", "每一行的序号只能用一次")
        seen.add(row.number)
        if row.section and row.section not in keys:
            words, hint = f"正文中没有编号为 {row.section} 的一节", "写法如 1-2，表示 一（二）"
            target = ids.section(shape.id, row.section)
            context.problems.error("REF-05", place.child("section"), words, hint, target=target)
        task = _row_task(shape, row, columns, document, above, place, context)
        tasks.append(task if row.section in keys else replace(task, section=None))
    return tuple(tasks)


def _row_task(
    shape: PlanFile,
    row: TaskShape,
    columns: tuple[TableColumn, ...],
    document: Document,
    above: _Above,
    place: Origin,
    context: Context,
) -> Task:
    note_waivers(row.ignore, place, context)
    deadline = _row_deadline(shape, *_written_deadline(row, columns, place), document, above, context)
    units = row_units(row, columns, shape, above.units, place, context)
    above.units = units or above.units
    given = units.assignments if units else ()
    progress, reports = _progress(row, shape, (units.text if units else "", given), place, context)
    written = row.model_fields_set
    if "area" in written:
        above.area, above.topic = row.area, None
    if "topic" in written:
        above.topic = row.topic
    return Task(
        number=row.number,
        number_printed=shape.task_table.number_printed if shape.task_table else False,
        title=short_title(row.text),
        area=above.area,
        area_inherited="area" not in written and above.area is not None,
        topic=above.topic,
        topic_inherited="topic" not in written and "area" not in written and above.topic is not None,
        text=row.text,
        units_text=units.text if units else "",
        assignments=given,
        deadline=deadline,
        cells=_cells(row, columns, units.cells if units else {}),
        section=row.section,
        themes=context.themes(row.themes, place),
        editor_note=row.editor_note,
        related=tuple(row.related),
        progress=progress,
        status=status_on(context.as_of, progress, deadline),
        measured=reports,
        continues=row.continues,
        origin=place,
    )


def _progress(
    written: TaskShape | SectionShape,
    shape: PlanFile,
    units: tuple[str, tuple[Assignment, ...]],
    place: Origin,
    context: Context,
) -> tuple[tuple[Progress, ...], tuple[Measured, ...]]:
    """What came of a task, and of each number that it orders; ``units`` are the responsible ones, as printed."""
    text, given = units
    targets, plain = link_targets(written.targets, place), link_progress(written.progress, place, context)
    progress = with_counts(plain, written.progress, targets, text, given, (shape.organ, shape.year), context)
    return progress, measured(targets, progress, given, context)


def _cells(row: TaskShape, columns: tuple[TableColumn, ...], units: Mapping[str, Cell]) -> tuple[Cell, ...]:
    """The cells of a row under heads without a field of their own, in printed order."""
    found: dict[str, Cell] = {}
    for column in columns:
        if column.head in units:
            found[column.head] = units[column.head]
        elif column.head in row.cells and column.meaning not in OF_UNITS and not _is_deadline(column):
            found[column.head] = Cell(column.head, row.cells[column.head])
    return tuple(found.values())


def _is_deadline(column: TableColumn) -> bool:
    return column.own and column.meaning is Meaning.DEADLINE


def _written_deadline(row: TaskShape, columns: tuple[TableColumn, ...], place: Origin) -> tuple[str | None, Origin]:
    """The deadline of a row and where it is written: its field, or the cell under the head of deadlines."""
    head = next((column.head for column in columns if _is_deadline(column)), None)
    if row.deadline is None and head in row.cells:
        return row.cells[head], place.child("cells", head)
    return row.deadline, place.child("deadline")


def _row_deadline(
    shape: PlanFile, text: str | None, place: Origin, document: Document, above: _Above, context: Context
) -> Deadline | None:
    if text is None:
        kept = above.deadline
        return Deadline(kept.text, kept.kind, kept.due, inherited=True) if kept else None
    deadline = parse_deadline(text, shape.year, document.date_printed or document.date_signed, context.calendar)
    if deadline.kind is DeadlineKind.UNKNOWN:
        year = shape.year
        context.problems.warning(
            "TAB-05",
            place,
            f"看不懂完成时限“{text}”",
            f"可以写：全年、{year}年9月底前、{year}年年底前完成，长期坚持、本文件印发后30日内、长期坚持；"
            "原文如此的，用 ignore 说明",
        )
    above.deadline = deadline
    return deadline


def _clause_tasks(shape: PlanFile, headings: list[_Heading], document: Document, context: Context) -> tuple[Task, ...]:
    clauses = [heading for heading in headings if heading.shape.units is not None]
    numbers = context.kept_numbers(partial(ids.task, shape.id))
    tasks = []
    for number, heading in zip(numbers, clauses, strict=False):
        clause = heading.shape
        given = context.cell(clause.units or "", shape.organ, shape.year, heading.origin.child("units"))
        progress, reports = _progress(clause, shape, (clause.units or "", given), heading.origin, context)
        deadline = _clause_deadline(clause.units or "", shape, document, heading.origin, context)
        tasks.append(
            Task(
                number=number,
                number_printed=False,
                title=clause.title,
                area=heading.parent_title,
                area_inherited=False,
                topic=clause.title,
                topic_inherited=False,
                text=clause.text or clause.title,
                units_text=clause.units or "",
                assignments=given,
                deadline=deadline,
                cells=(),
                section=heading.key,
                themes=context.themes(clause.themes, heading.origin),
                editor_note=clause.editor_note,
                related=(),
                progress=progress,
                status=status_on(context.as_of, progress, deadline),
                measured=reports,
                continues=clause.continues,
                origin=heading.origin,
            )
        )
    return tuple(tasks)


def _clause_deadline(
    units: str, shape: PlanFile, document: Document, place: Origin, context: Context
) -> Deadline | None:
    """A deadline printed in the same brackets as the units: （责任单位：区府办、各部门，完成时限：全年）."""
    register = context.vocabularies.registers.get(shape.organ)
    text = parse_cell(units, register.names if register else frozenset()).deadline_text
    if text is None:
        return None
    deadline = parse_deadline(text, shape.year, document.date_printed or document.date_signed, context.calendar)
    if deadline.kind is DeadlineKind.UNKNOWN:
        hint = "可以写：全年、长期坚持、2025年12月底前"
        context.problems.warning("TAB-05", place.child("units"), f"看不懂完成时限“{text}”", hint)
    return deadline
