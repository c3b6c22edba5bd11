"""Reader of workbooks (.xlsx) and CSV: each sheet's title above its table, merged cells explicit, hidden ones said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from gongkai.importing.blocks import Block, Cell, LeftOut, Paragraph, Reading, Refusal, Table, texts_of
from gongkai.importing.readers.decoding import damage
from gongkai.load.tables import Sheet, TableError, read_sheets
from gongkai.text.characters import unlike
from gongkai.text.patterns import IGNORECASE, whole

_EXPLAINS = whole(r"(?:填[报表写]|编制|使用)?(?:说明|须知|要求)")
_NAMELESS = whole(r"(?:sheet|工作表|表)\s*\d*", IGNORECASE)


def read_workbook(data: bytes, name: str) -> Reading | Refusal:
    """Read a workbook or CSV file, or say why it cannot be read.

    Raises:
        MissingExtraError: when it is a workbook and the library for these is not installed.
    """
    try:
        sheets = read_sheets(data, name)
    except TableError as error:
        return Refusal(str(error), "请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入")
    blocks: list[Block] = []
    left_out: list[LeftOut] = []
    doubts: list[str] = []
    for sheet in sheets:
        hidden = [(at, cells) for at, cells in sheet.rows if sheet.hidden or at in sheet.hidden_rows]
        left_out += [
            LeftOut(" ".join(filter(None, cells)), "隐藏的行或者工作表", at) for at, cells in hidden if any(cells)
        ]
        if hidden:
            where = "整张工作表" if sheet.hidden else f"{len(hidden)}行"
            doubts.append(f"“{sheet.title}”里有隐藏的内容（{where}），没有导入；要导入的，请取消隐藏后再导入")
        if sheet.hidden_columns and not sheet.hidden:
            doubts.append(f"“{sheet.title}”里有隐藏的列（{len(sheet.hidden_columns)}列），没有导入")
            left_out += [
                LeftOut(text, "隐藏的列", at) for at, cells in sheet.rows for text in _covered(cells, sheet) if text
            ]
        if not sheet.hidden and len(sheets) > 1 and _EXPLAINS.fullmatch(sheet.title.strip()):
            words = "填表说明，不属于表格"
            left_out += [
                LeftOut(" ".join(filter(None, cells)), words, at, beside=True) for at, cells in sheet.rows if any(cells)
            ]
        elif not sheet.hidden:
            blocks += _blocks(_without_columns(sheet))
    text = "\n".join(text for block in blocks for text in texts_of(block))
    if not text.strip():
        return Refusal("表格里没有文字", "请核对是否选错了文件")
    return damage(text) or Reading("表格文件", tuple(blocks), tuple(left_out), tuple(doubts))


def _covered(cells: Sequence[str], sheet: Sheet) -> list[str]:
    return [text for column, text in enumerate(cells, start=1) if column in sheet.hidden_columns]


def _without_columns(sheet: Sheet) -> Sheet:
    """The sheet as it is seen: what a hidden column holds is not there, and neither is the column."""
    wide = max((len(cells) for _, cells in sheet.rows), default=0)
    shown = [column for column in range(1, wide + 1) if column not in sheet.hidden_columns]
    rows = [(at, [cells[column - 1] for column in shown if column <= len(cells)]) for at, cells in sheet.rows]
    below = frozenset((row, shown.index(column) + 1) for row, column in sheet.below if column in shown)
    return replace(sheet, rows=rows, below=below) if sheet.hidden_columns else sheet


def _blocks(sheet: Sheet) -> Iterator[Block]:
    """What stands alone in a row above the table is its title; a sheet without one has its own name."""
    rows = [(at, cells) for at, cells in sheet.rows if at not in sheet.hidden_rows and any(cells)]
    above = 0
    while above < len(rows) and sum(bool(text) for text in rows[above][1]) == 1:
        above += 1
    titles = [(at, next(filter(None, cells))) for at, cells in rows[:above]]
    if not titles and sheet.title and not _NAMELESS.fullmatch(sheet.title.strip()):
        titles = [(1, sheet.title)]
    yield from (Paragraph(unlike(line), at) for at, text in titles for line in text.split("\n") if line.strip())
    if rows[above:]:
        wide = max(len(cells) for _, cells in rows[above:])
        yield Table(tuple(_row(at, cells, wide, sheet) for at, cells in rows[above:]), rows[above][0])


def _row(at: int, cells: Sequence[str], wide: int, sheet: Sheet) -> tuple[Cell, ...]:
    padded = [*cells, *[""] * (wide - len(cells))]
    return tuple(Cell(unlike(text), merged=(at, column) in sheet.below) for column, text in enumerate(padded, start=1))
