"""Tables that offices have: an Excel workbook, CSV, or cells pasted from Excel into a text -> rows of texts.

Workbooks are read with openpyxl, of the extra ``import``. Before that they pass :func:`load.archives.read_archive`:
nothing that is too large unpacked or defines entities (ECMA-376 has none) reaches it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path
from typing import Any

from msgspec import Struct

from gongkai.extras import MissingExtraError
from gongkai.load.archives import read_archive
from gongkai.load.files import decoded_as

MAX_BYTES = 20_000_000
"""A list of units or words is far smaller."""
MAX_CELLS = 200_000
"""Empty ones included: a workbook of some kilobytes can claim the last row and column that Excel knows."""

Row = tuple[int, list[str]]
"""The number of a line or row, from 1, and its cells without blanks around them."""


class Sheet(Struct, frozen=True):
    """One table of a workbook: its name, its rows, and what a reader of the rows alone would not see.

    ``below`` are the cells, by row and column from 1, that a merged cell above reaches down to.
    """

    title: str
    rows: Sequence[Row]
    below: frozenset[tuple[int, int]] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False


class TableError(Exception):
    """A table cannot be read; the message is a Chinese sentence that names the file."""


def read_table_file(path: Path) -> list[Row]:
    """The rows of a file.

    Raises:
        TableError: when it cannot be read, or is no table.
        MissingExtraError: when it is a workbook and the library for these is not installed.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise TableError(f"读不到 {path}：{error.strerror or error}") from None
    return read_table(content, path.name)


def read_table(content: bytes, name: str) -> list[Row]:
    """The rows of a table; of a workbook those of its first sheet, with values instead of formulas.

    Args:
        content: an Excel workbook (.xlsx), or text in UTF-8, UTF-16 or GBK with commas or tabs between cells.
        name: what messages call it.

    Raises:
        TableError: when it cannot be read, or is no table.
        MissingExtraError: when it is a workbook and the library for these is not installed.
    """
    _refuse_large(content, name)
    if name.lower().endswith(".xls"):
        raise TableError(f"{name} 是老格式的 Excel：请另存为 .xlsx 或 CSV，或者把那几列复制到文本文件里")
    workbook = content.startswith(b"PK") or name.lower().endswith(".xlsx")
    rows = _workbook(content, name) if workbook else _text(content, name)
    return list(_bounded(rows, name))


def read_sheets(content: bytes, name: str) -> list[Sheet]:
    """Every sheet of a workbook with its merged cells and what is hidden; a text is one sheet without a name.

    Args and errors are those of :func:`read_table`.
    """
    if not content.startswith(b"PK"):
        return [Sheet("", read_table(content, name))]
    _refuse_large(content, name)
    with _opened(content, name) as book:
        if sum(sheet.max_row * sheet.max_column for sheet in book.worksheets) <= MAX_CELLS:
            return [_sheet(sheet) for sheet in book.worksheets]
    raise _too_many(name)


def _refuse_large(content: bytes, name: str) -> None:
    if len(content) > MAX_BYTES:
        raise TableError(f"{name} 太大（超过{MAX_BYTES // 1_000_000}兆字节）：请只留要用的那一张表")


def _too_many(name: str) -> TableError:
    return TableError(f"{name} 的单元格太多（超过{MAX_CELLS // 10_000}万个，空的也算）：请只留要用的行和列")


@contextmanager
def _opened(content: bytes, name: str, **how: bool) -> Iterator[Any]:
    """A workbook; whatever fails while it is looked at is told as a damaged one."""
    try:
        import openpyxl  # noqa: PLC0415 - of an extra
    except ModuleNotFoundError as error:
        raise MissingExtraError("import", error.name) from None
    try:
        read_archive(content)
        yield openpyxl.load_workbook(io.BytesIO(content), data_only=True, **how)
    except Exception:  # noqa: BLE001 - whatever a damaged part makes of openpyxl's code
        raise TableError(f"{name} 不是 Excel 工作簿（.xlsx），或者已经损坏：请重新另存一份") from None


def _sheet(sheet: Any) -> Sheet:
    rows = [
        (at, [_shown(cell).strip() for cell in row])
        for at, row in enumerate(sheet.iter_rows(values_only=True), start=1)
    ]
    below = frozenset(
        (row, column)
        for span in sheet.merged_cells.ranges
        for row in range(span.min_row + 1, span.max_row + 1)
        for column in range(span.min_col, span.max_col + 1)
    )
    hidden = frozenset(at for at, row in sheet.row_dimensions.items() if row.hidden)
    columns = frozenset(
        at
        for column in sheet.column_dimensions.values()
        if column.hidden
        for at in range(column.min or 1, min(column.max or 1, sheet.max_column) + 1)
    )
    return Sheet(sheet.title, rows, below, hidden, columns, sheet.sheet_state != "visible")


def _shown(value: object) -> str:
    """A value as the sheet shows it: a day without its hour, a whole number without a point."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _bounded(rows: Iterable[Row], name: str) -> Iterator[Row]:
    left = MAX_CELLS
    for at, cells in rows:
        left -= max(1, len(cells))
        if left < 0:
            raise _too_many(name)
        yield at, [cell.strip() for cell in cells]


def _workbook(content: bytes, name: str) -> Iterator[Row]:
    with _opened(content, name, read_only=True) as book:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the sheet says of its own size is not believed
        for at, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield at, ["" if cell is None else str(cell) for cell in row]


def _text(content: bytes, name: str) -> Iterator[Row]:
    try:
        text, _ = decoded_as(content)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise TableError(f"读不懂 {name}：请用 Excel（.xlsx）、CSV，或从 Excel 复制、存成文本的表格")
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    separator = "\t" if "\t" in text else ","
    try:
        yield from list(_lines(text.split("\n"), separator))
    except csv.Error:  # a quotation mark that is none of CSV's: each line is a row
        yield from ((at, line.split(separator)) for at, line in enumerate(text.split("\n"), start=1))


def _lines(lines: list[str], separator: str) -> Iterator[Row]:
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=separator, strict=True)
    at = 1
    for cells in reader:
        yield at, cells
        at = reader.line_num + 1
