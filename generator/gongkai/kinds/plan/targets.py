"""The numbers that a task orders, and the counts of its entries, resolved: which number, which unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from gongkai.column.context import Context
from gongkai.column.origin import Origin
from gongkai.column.progress import Progress
from gongkai.column.shapes.progress import CountedProgressShape, CountShape, TargetShape
from gongkai.column.targets import Count, Measured, Target, reported
from gongkai.column.unit import Assignment


def link_targets(shapes: Sequence[TargetShape], origin: Origin) -> tuple[Target, ...]:
    """The numbers of one task as written."""
    return tuple(
        Target(shape.what, shape.number, shape.most, shape.unit, shape.scope, origin.child("targets", at))
        for at, shape in enumerate(shapes)
    )


def with_counts(
    progress: Sequence[Progress],
    shapes: Sequence[CountedProgressShape],
    targets: Sequence[Target],
    printed: str,
    assignments: Sequence[Assignment],
    whose: tuple[str, int],
    context: Context,
) -> tuple[Progress, ...]:
    """Entries with their counts; ``printed`` is the cell of ``assignments``, ``whose`` the district and year."""
    if not any(shape.counts for shape in shapes):
        return tuple(progress)
    asked, closed = asked_units(assignments, context)
    closed = closed and context.knows_all(printed, *whose)
    found = []
    for entry, shape in zip(progress, shapes, strict=True):
        counts = []
        for at, written in enumerate(shape.counts):
            place = entry.origin.child("counts", at)
            target = _target(written, targets, place, context)
            by = _unit(written.by, whose, place.child("by"), context) if written.by else None
            if target and _agrees(target, by, written, asked if closed else (), place, context):
                counts.append(Count(target.what, by, written.number))
        found.append(replace(entry, counts=tuple(counts)))
    return tuple(found)


def measured(
    targets: Sequence[Target], progress: Sequence[Progress], assignments: Sequence[Assignment], context: Context
) -> tuple[Measured, ...]:
    """Each number with what was reported of it up to the day of the column."""
    if not targets:
        return ()
    asked, closed = asked_units(assignments, context)
    counts: list[tuple[date, Count]] = [
        (entry.date, count) for entry in progress if entry.date <= context.as_of for count in entry.counts
    ]
    return tuple(Measured(target, asked, closed, reported(counts, target)) for target in targets)


def asked_units(assignments: Sequence[Assignment], context: Context) -> tuple[tuple[str, ...], bool]:
    """The units that a cell names, members of groups among them, and whether these are all whom it means."""
    units = context.vocabularies.units
    found: list[str] = []
    closed = bool(assignments)
    for given in assignments:
        unit = units[given.unit]
        found += unit.members if unit.is_group else (unit.id,)
        closed = closed and not given.open and bool(unit.members or not unit.is_group)
    return tuple(dict.fromkeys(found)), closed


def _target(written: CountShape, targets: Sequence[Target], place: Origin, context: Context) -> Target | None:
    """Which number is counted: the one that is named, or the only one."""
    names = [target.what for target in targets]
    if not targets:
        context.problems.error(
            "TAB-13", place, "这项任务没有写明要求的数量（targets）", "请先照原文写 targets，或去掉 counts"
        )
    elif written.of is None and len(targets) > 1:
        hint = f"请写 of，可以写：{'、'.join(names)}"
        context.problems.error("TAB-13", place, f"这项任务有{len(targets)}个数量，没有写明是哪一个", hint)
    elif written.of is not None and written.of not in names:
        words, hint = f"没有名为“{written.of}”的数量", f"可以写：{'、'.join(names)}"
        context.problems.error("TAB-13", place.child("of"), words, hint)
    else:
        return next(target for target in targets if written.of in (None, target.what))
    return None


def _unit(text: str, whose: tuple[str, int], place: Origin, context: Context) -> str | None:
    """The one unit that is named; another number of units is a problem."""
    found = context.cell(text, *whose, place)
    if len(found) == 1 and not context.vocabularies.units[found[0].unit].is_group:
        return found[0].unit
    if found:
        context.problems.error("TAB-13", place, f"“{text}”不是一个单位", "每个单位的数量各写一条")
    return None


def _agrees(
    target: Target, by: str | None, written: CountShape, asked: Sequence[str], place: Origin, context: Context
) -> bool:
    if written.by is None and target.by_unit:
        words = f"“{target.what}”要求每个单位达到，这里没有写是哪个单位"
        context.problems.error("TAB-13", place, words, "请写 by，如 by: 区民政局")
        return False
    if by and asked and by not in asked:
        words = f"“{written.by}”不是这项任务的责任单位"
        context.problems.error("TAB-13", place.child("by"), words, "请核对单位，或核对任务的责任单位")
        return False
    return by is not None or written.by is None
