"""The office's list of words, taken in from a table that it has already: Excel, CSV, or cells pasted from Excel."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gongkai.authoring.edits import Edit, Insert, edit
from gongkai.authoring.new import NewError, Written
from gongkai.authoring.schema import modeline
from gongkai.load.files import load_text
from gongkai.load.tables import TableError, read_table_file
from gongkai.text.patterns import anywhere

PATH = "plans/vocabularies/wording.yml"
_HEADS = (
    anywhere(r"错误|不用|误|原词|不规范|禁用|替换前|wrong"),
    anywhere(r"正确|应|规范|替换后|改为|right"),
    anywhere(r"理由|说明|依据|备注|原因|reason"),
)


def taken_in(root: Path, source: Path) -> Written:
    """The list with the rows of a table: 不用的写法, 应当写的, 理由. What is in it already stays.

    Raises:
        NewError: when the table cannot be read, or is no such list.
        MissingExtraError: when it is a workbook and the library for these is not installed.
    """
    try:
        rows = [cells for _, cells in read_table_file(source) if any(cells)]
    except TableError as error:
        raise NewError(str(error)) from None
    if not rows:
        raise NewError(f"{source.name} 里没有内容")
    wrong, right, reason = _columns(rows[0])
    body = rows[1:] if _is_head(rows[0]) else rows
    path = root / PATH
    text = path.read_text("utf-8") if path.exists() else f"{modeline(PATH, 'wording')}\nkind: wording\n"
    file, _ = load_text(PATH, text)
    if file is None:
        raise NewError(f"{PATH} 有错误，请先运行 gongkai check")
    known = file.values().get("entries") or []
    there = {entry["wrong"] for entry in known}
    new = []
    for row in body:
        cells = [row[at] if at < len(row) else "" for at in (wrong, right, reason)]
        if cells[0] and cells[1] and cells[0] != cells[1] and cells[0] not in there:
            there.add(cells[0])
            new.append({"wrong": cells[0], "right": cells[1], **({"reason": cells[2]} if cells[2] else {})})
    edits: list[Edit] = [Insert(("entries", len(known) + at), entry) for at, entry in enumerate(new)]
    return Written(PATH, edit(text, edits) if new else text)


def _is_head(row: Sequence[str]) -> bool:
    return sum(any(head.search(cell) and len(cell) < len("不规范的写法和用语") for cell in row) for head in _HEADS) > 1


def _columns(row: Sequence[str]) -> tuple[int, int, int]:
    if not _is_head(row):
        return 0, 1, 2
    found: list[int] = []
    for head in _HEADS:  # 不规范写法 is no 规范写法: a column is taken once
        fitting = (at for at, cell in enumerate(row) if head.search(cell) and at not in found)
        found.append(next(fitting, len(row)))
    return found[0], found[1], found[2]
