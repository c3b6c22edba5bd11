"""A file of a list -> the list, with what each column means."""

from __future__ import annotations

from gongkai.column.cell import written_cells
from gongkai.column.context import Context
from gongkai.column.document import Document
from gongkai.column.linking import note_waivers
from gongkai.column.origin import Origin
from gongkai.column.problems import nearest
from gongkai.kinds.official_list.model import ListColumn, ListMeaning, ListRow, OfficialList, Persons
from gongkai.kinds.official_list.persons import persons_allowed
from gongkai.kinds.official_list.shape import ListColumnShape, ListRowShape, OfficialListFile
from gongkai.text.patterns import anywhere, whole

_BY_HEAD = (
    (ListMeaning.NUMBER, whole("序号|编号|行次")),
    (ListMeaning.NAME, whole(".{0,12}名称|事项|.{0,4}项目|内容|收费项目|检查事项|职权|科目|.{0,3}姓名|户主")),
    (ListMeaning.AMOUNT, whole(r".{0,12}(?:金额|预算数|决算数|合计)(?:[（(].{1,6}[）)])?")),
)
_UNIT = anywhere("[（(](?P<unit>.{0,2}元.{0,6})[）)]")


def link_list(shape: OfficialListFile, document: Document, path: str, context: Context) -> OfficialList:
    """One list; rows that say something under a head that the list has not are an error."""
    origin = Origin(path)
    context.organ(shape.organ, origin.child("organ"))
    context.numbers((row.number, origin.child("rows", at, "number")) for at, row in enumerate(shape.rows))
    columns = columns_of(shape.columns)
    heads = [column.head for column in columns]
    for at, head in enumerate(heads):
        if head in heads[:at]:
            context.problems.error("LIST-02", origin.child("columns", at), f"表头“{head}”写了两次", "请区分开")
    persons_allowed(shape, heads, origin, context)
    rows = _rows(shape, heads, origin.child("rows"), context)
    if not any(column.meaning is ListMeaning.NAME for column in columns):
        hint = "请把说明一行是什么的那一栏写成 {head: 表头, meaning: 名称}"
        context.problems.error("LIST-02", origin.child("columns"), "没有名称栏", hint)
    return OfficialList(
        id=shape.id,
        organ=shape.organ,
        year=shape.year,
        title=shape.title,
        document=document,
        columns=columns,
        rows=() if shape.persons else rows,
        persons=_persons(shape, rows),
        earlier=shape.earlier,
        themes=context.themes(shape.themes, origin),
        related=tuple(shape.related),
        editor_note=shape.editor_note,
        origin=origin,
    )


def _persons(shape: OfficialListFile, rows: tuple[ListRow, ...]) -> Persons | None:
    written = shape.persons
    if written is None:
        return None
    return Persons(ordered_by=written.ordered_by, clause=written.clause, last_day=written.last_day, rows=rows)


def columns_of(written: list[ListColumnShape | str]) -> tuple[ListColumn, ...]:
    """The columns with their meanings; of several that look like names, the first is the name."""
    columns: list[ListColumn] = []
    named = any(isinstance(each, ListColumnShape) and each.meaning is ListMeaning.NAME for each in written)
    for each in written:
        if isinstance(each, ListColumnShape):
            columns.append(ListColumn(head=each.head, meaning=each.meaning, unit=each.unit))
            continue
        meaning = next((meaning for meaning, words in _BY_HEAD if words.fullmatch(each)), ListMeaning.TEXT)
        if meaning is ListMeaning.NAME:
            meaning, named = (ListMeaning.TEXT, True) if named else (meaning, True)
        unit = _UNIT.search(each)
        columns.append(ListColumn(head=each, meaning=meaning, unit=unit["unit"] if unit else None))
    return tuple(columns)


def _rows(shape: OfficialListFile, heads: list[str], origin: Origin, context: Context) -> tuple[ListRow, ...]:
    rows: list[ListRow] = []
    group: str | None = None
    for at, row in enumerate(shape.rows):
        group = row.group or group
        rows.append(_row(row, group, heads, origin.child(at), context))
    return tuple(rows)


def _row(shape: ListRowShape, group: str | None, heads: list[str], origin: Origin, context: Context) -> ListRow:
    note_waivers(shape.ignore, origin, context)
    for head in shape.cells:
        if head not in heads:
            hint = nearest(head, heads) or f"表头有：{'、'.join(heads)}"
            context.problems.error("LIST-02", origin.child("cells", head), f"这份清单没有“{head}”这一栏", hint)
    return ListRow(
        number=shape.number,
        name=shape.name,
        group=group,
        cells=written_cells(shape.cells),
        editor_note=shape.editor_note,
        origin=origin,
    )
