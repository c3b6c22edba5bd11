"""The units of a row, where a table has one column for them or several (牵头单位, 配合单位, 责任单位).

A row that names none takes over those of the row above, as printed tables with merged cells mean it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from gongkai.column.cell import Cell
from gongkai.column.context import Context, inherited
from gongkai.column.origin import Origin
from gongkai.column.unit import Assignment
from gongkai.kinds.plan.columns import OF_UNITS, TableColumn, columns_of
from gongkai.kinds.plan.shape import PlanFile, TaskShape, TaskTableShape
from gongkai.text.patterns import anywhere
from gongkai.text.role import Role
from gongkai.text.table_heads import Meaning, announced

_ROLES = {Meaning.LEAD: Role.LEAD, Meaning.SUPPORT: Role.SUPPORT}
_COLUMNS: Mapping[Role, tuple[Meaning, ...]] = {
    Role.LEAD: (Meaning.LEAD, Meaning.UNITS, Meaning.SUPPORT),
    Role.SUPPORT: (Meaning.SUPPORT, Meaning.UNITS, Meaning.LEAD),
    Role.RESPONSIBLE: (Meaning.UNITS, Meaning.LEAD, Meaning.SUPPORT),
}
"""Under which column a unit of each role stands; the next where there is none."""
_LABEL = anywhere(r"(?:^|[；;])\s*([^：:；;、，,]{2,12})[：:]")


class UnitsAbove(Struct, frozen=True):
    """The units of a row: ``text`` as written ("" where taken over from above), ``cells`` by head."""

    text: str
    assignments: tuple[Assignment, ...]
    cells: Mapping[str, Cell]


def row_units(
    row: TaskShape,
    columns: Sequence[TableColumn],
    shape: PlanFile,
    above: UnitsAbove | None,
    place: Origin,
    context: Context,
) -> UnitsAbove | None:
    """The units written in ``units`` and under heads of units; those of the row above where the row has none."""
    heads = _unit_columns(columns)
    written = [column for column in heads if column.head in row.cells]
    if row.units is None and not written:
        return _taken_over(row, above, place, context)
    found: tuple[Assignment, ...] = ()
    cells: dict[str, Cell] = {}
    if row.units is not None:
        found = context.cell(row.units, shape.organ, shape.year, place.child("units"))
        if not written:
            cells = {head: Cell(head, text) for head, text in _divided(row.units, found, heads).items()}
            return UnitsAbove(row.units, found, cells)
    for column in written:
        text = row.cells[column.head]
        named = context.cell(text, shape.organ, shape.year, place.child("cells", column.head))
        found += tuple(_in_role(given, column.meaning) for given in named)
        cells[column.head] = Cell(column.head, text)
    own = next((column.head for column in columns if column.own and column.meaning is Meaning.UNITS), "责任单位")
    if row.units is not None:
        cells[own] = Cell(own, row.units)
    texts = [
        f"{head}：{cells[head].text}"
        for head in dict.fromkeys((*(column.head for column in heads), own))
        if head in cells
    ]
    single = len(texts) == 1 and written and written[0].meaning is Meaning.UNITS
    return UnitsAbove(row.cells[written[0].head] if single else "；".join(texts), _once(found), cells)


def _unit_columns(columns: Sequence[TableColumn]) -> list[TableColumn]:
    return [column for column in columns if column.meaning in OF_UNITS and column.printed]


class _Same:
    """A table that equals only itself: who asks row by row need not have its columns read each time."""

    def __init__(self, table: TaskTableShape) -> None:
        self.table = table

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.table is self.table

    def __hash__(self) -> int:
        return id(self.table)


@lru_cache(maxsize=4)
def _unit_heads(same: _Same) -> frozenset[str]:
    return frozenset(column.head for column in _unit_columns(columns_of(same.table)))


def taken_over(table: TaskTableShape, at: int) -> dict[str, tuple[int, object]]:
    """What row ``at`` leaves blank and takes over from above: by field, which row says it, and what.

    The values are such that the row says the same when it writes them itself.
    """
    below, above = table.rows[at], list(enumerate(table.rows[:at]))[::-1]
    found: dict[str, tuple[int, object]] = {}
    for name in ("area", "topic", "deadline"):
        covered = {name, "area"} if name == "topic" else {name}  # another area has topics of its own
        if not covered & below.model_fields_set:
            place, row = next(((place, row) for place, row in above if covered & row.model_fields_set), (0, below))
            if name in row.model_fields_set:
                found[name] = place, getattr(row, name)
    heads = _unit_heads(_Same(table))
    if below.units is not None or not heads.isdisjoint(below.cells):
        return found
    for place, row in above:
        cells = {head: text for head, text in row.cells.items() if head in heads}
        if row.units is not None:
            found["units"] = place, row.units
        if cells:
            found["cells"] = place, {**cells, **below.cells}
        if row.units is not None or cells:
            break
    return found


def _taken_over(row: TaskShape, above: UnitsAbove | None, place: Origin, context: Context) -> UnitsAbove | None:
    if above is None:
        context.problems.error("TAB-01", place, f"第 {row.number} 项没有责任单位，上面也没有可以沿用的", "请填写 units")
        return None
    cells = {head: cell._replace(inherited=True) for head, cell in above.cells.items()}
    return UnitsAbove("", inherited(above.assignments), cells)


def _in_role(given: Assignment, meaning: Meaning) -> Assignment:
    """A unit without a role of its own has that of its column."""
    return replace(given, role=_ROLES.get(meaning, given.role)) if given.role is Role.RESPONSIBLE else given


def _once(found: Sequence[Assignment]) -> tuple[Assignment, ...]:
    """Each unit once in each role."""
    return tuple({(given.unit, given.role): given for given in reversed(found)}.values())[::-1]


def _divided(text: str, found: Sequence[Assignment], heads: Sequence[TableColumn]) -> dict[str, str]:
    """A cell that names leads and supporters, over the columns that the table has for them; empty for one column."""
    by_meaning = {column.meaning: column.head for column in reversed(heads)}
    if not {Meaning.LEAD, Meaning.SUPPORT} & by_meaning.keys():
        return {}
    if labelled := _labelled(text, heads, by_meaning):
        return labelled
    names: dict[str, list[str]] = {}
    for given in found:
        head = next(by_meaning[meaning] for meaning in _COLUMNS[given.role] if meaning in by_meaning)
        detail = f"（{given.detail}）" if given.detail else ""
        names.setdefault(head, []).append(f"{given.printed}{detail}{'等' if given.open else ''}")
    if len(names) <= 1:
        return {next(iter(names), heads[0].head): text}
    return {head: "、".join(listed) for head, listed in names.items()}


def _labelled(text: str, heads: Sequence[TableColumn], by_meaning: Mapping[Meaning, str]) -> dict[str, str]:
    """A cell whose parts are labelled with heads (牵头单位：甲；配合单位：乙); empty where any part is not."""
    labels = list(_LABEL.finditer(text))
    if not labels or labels[0].start():
        return {}
    printed = {column.head for column in heads}
    parts: dict[str, str] = {}
    for at, label in enumerate(labels):
        meaning = announced(label[1])
        head = label[1] if label[1] in printed else by_meaning.get(meaning) if isinstance(meaning, Meaning) else None
        if head is None or head in parts:
            return {}
        end = labels[at + 1].start() if at + 1 < len(labels) else len(text)
        parts[head] = text[label.end() : end].strip()
    return parts
