"""Rows from Excel, WPS or LibreOffice Calc: tab-separated text, looked at cell by cell before anything is written."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gongkai.authoring.edits import Delete, Edit, Insert, Path, Set
from gongkai.column.shapes.form import FormField
from gongkai.desk.editing import Editing
from gongkai.desk.forms import Row, Table
from gongkai.desk.reading import as_text
from gongkai.desk.session import RefusedError


class Cell(Struct, frozen=True):
    """One pasted cell: what stands there now, what would, and why it cannot."""

    was: str
    new: str
    wrong: str = ""

    @property
    def changes(self) -> bool:
        """Whether it would be another."""
        return self.was != self.new


class Pasted(Struct, frozen=True):
    """What a paste would do: the columns it goes into, the rows with their cells, and the edits."""

    columns: Sequence[FormField]
    rows: Sequence[tuple[str, Sequence[Cell]]]
    edits: Sequence[Edit]

    @property
    def wrong(self) -> bool:
        """Whether a cell cannot be written."""
        return any(cell.wrong for _, cells in self.rows for cell in cells)

    @property
    def count(self) -> int:
        """How many cells would change."""
        return sum(cell.changes for _, cells in self.rows for cell in cells)


def cells_of(text: str) -> list[list[str]]:
    """The cells of copied text: quoted ones may hold line breaks and tabs, and doubled quotes."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(lines), delimiter="\t")] if lines else []


def pasted(editing: Editing, table: Table, text: str, row: int, column: int) -> Pasted:
    """What pasting at a cell does; rows beyond the last are added.

    Raises:
        RefusedError: when there is nothing, or it is wider than the table.
    """
    cells = cells_of(text)
    width = max((len(line) for line in cells), default=0)
    if not width:
        raise RefusedError("没有内容：请在 Excel 里选中格子复制，再粘贴到这里", ("text",))
    columns = table.columns[column : column + width]
    if width > len(columns):
        raise RefusedError(f"粘贴的有 {width} 栏，从这一栏起只有 {len(columns)} 栏", ("text",))
    made = _Made(editing, table, columns)
    for at, line in enumerate(cells, row):
        made.line(at, [*line, *[""] * (width - len(line))])
    return Pasted(columns, made.rows, made.edits)


class _Made:
    """The rows of a paste under way."""

    def __init__(self, editing: Editing, table: Table, columns: Sequence[FormField]) -> None:
        self._editing, self._table, self._columns = editing, table, columns
        self._next = editing.next_number(table.path) or 1
        self.rows: list[tuple[str, list[Cell]]] = []
        self.edits: list[Edit] = []

    def line(self, at: int, line: Sequence[str]) -> None:
        """One line of it: changes of a row that is there, or a new row."""
        known = self._table.rows[at] if at < len(self._table.rows) else None
        if known is None:
            self._added(at, line)
        else:
            self._changed(known, line)

    def _changed(self, row: Row, line: Sequence[str]) -> None:
        cells, begun = [], {}
        by_form = {cell.form.path: cell for cell in row.cells}
        lacks = {cell.path[:-1] for cell in row.cells if len(cell.form.path) > 1 and cell.missing}
        has = {cell.path[:-1] for cell in row.cells if len(cell.form.path) > 1 and not cell.missing}
        for form, typed in zip(self._columns, line, strict=True):
            cell = by_form[form.path]
            value, wrong = self._typed(form, typed, cell.path)
            new = "" if value is None else as_text(value)
            if new == cell.text:
                cells.append(Cell(cell.text, new, wrong))
                continue
            wrong = wrong or cell.fixed or ("不能空着" if form.required and value is None else "")
            cells.append(Cell(cell.text, typed if wrong else new, wrong))
            if cell.path[:-1] in lacks - has:  # the first of the cells of a row
                begun[cell.path] = value
            elif not wrong:
                self.edits.append(Delete(cell.path) if value is None else Set(cell.path, value))
        if begun:
            owner = next(iter(begun))[:-1]
            self.edits.append(Set(owner, {path[-1]: value for path, value in begun.items()}))
        self.rows.append((row.label, cells))

    def _added(self, at: int, line: Sequence[str]) -> None:
        item: dict[str, Any] = {}
        cells = []
        for form, typed in zip(self._columns, line, strict=True):
            value, wrong = self._typed(form, typed, (*self._table.path, at))
            wrong = wrong or ("不能空着" if form.required and value is None else "")
            cells.append(Cell("", typed if wrong else as_text(value), wrong))
            if value is not None:
                _put(item, form.path, value)
        lacking = [
            form
            for form in self._table.columns
            if form.required and form.path not in {each.path for each in self._columns}
        ]
        for form in lacking:
            if form.name == "number":
                item = {"number": self._next, **item}
                self._next += 1
            else:
                cells[0] = replace(cells[0], wrong=f"新的一行还要有{form.label or form.name}：请连同这一栏一起粘贴")
        self.rows.append((f"新增第{at + 1}行", cells))
        self.edits.append(Insert((*self._table.path, at), item))

    def _typed(self, form: FormField, typed: str, path: Path) -> tuple[Any, str]:
        try:
            return self._editing.typed(form, typed, path), ""
        except RefusedError as error:
            return None, str(error)


def _put(item: dict[str, Any], path: Sequence[str], value: Any) -> None:
    inner: Any = item
    for step in path[:-1]:
        inner = inner.setdefault(step, {})
    inner[path[-1]] = value
