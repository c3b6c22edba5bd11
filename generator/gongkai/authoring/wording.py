"""The office's list of words, taken in from a table that it has already: Excel, CSV, or cells pasted from Excel."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO
from pathlib import Path

from gongkai.authoring.edits import Edit, Insert, edit
from gongkai.authoring.new import NewError, Written
from gongkai.authoring.schema import modeline
from gongkai.load.files import decoded_as, load_text

PATH = "plans/vocabularies/wording.yml"
_MAX_BYTES = 20_000_000
_HEADS = (
    re.compile(r"错误|不用|误|原词|不规范|禁用|替换前|wrong"),
    re.compile(r"正确|应|规范|替换后|改为|right"),
    re.compile(r"理由|说明|依据|备注|原因|reason"),
)
_CELL = re.compile(r'<c r="([A-Z]+)\d+"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_TEXT = re.compile(r"<t(?: [^>]*)?>([^<]*)</t>")
_VALUE = re.compile(r"<v>([^<]*)</v>")


def taken_in(root: Path, source: Path) -> Written:
    """The list with the rows of a table: 不用的写法, 应当写的, 理由. What is in it already stays.

    Raises:
        NewError: when the table cannot be read, or is no such list.
    """
    rows = [[cell.strip() for cell in row] for row in _rows(source) if any(cell.strip() for cell in row)]
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


def _rows(source: Path) -> Iterator[Sequence[str]]:
    content = source.read_bytes()
    if len(content) > _MAX_BYTES:
        raise NewError(f"{source.name} 太大")
    if content.startswith(b"PK"):
        yield from _workbook(source.name, content)
        return
    try:
        text, _ = decoded_as(content.removeprefix(b"\xef\xbb\xbf"))
    except UnicodeDecodeError:
        raise NewError(f"读不懂 {source.name}：请用 Excel（.xlsx）、CSV，或从 Excel 复制、存成文本的表格") from None
    yield from csv.reader(StringIO(text), delimiter="\t" if "\t" in text.partition("\n")[0] else ",")


def _workbook(name: str, content: bytes) -> Iterator[Sequence[str]]:
    """The first sheet of a workbook: only texts and numbers, no formulas are computed."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            inside = {item.filename: item for item in archive.infolist()}
            sheets = sorted(part for part in inside if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", part))
            if not sheets or any(item.file_size > _MAX_BYTES for item in inside.values()):
                raise NewError(f"{name} 里没有工作表")
            shared = _shared(archive.read("xl/sharedStrings.xml").decode()) if "xl/sharedStrings.xml" in inside else []
            sheet = archive.read(sheets[0]).decode()
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError):
        raise NewError(f"{name} 不是 Excel 文件（.xlsx）") from None
    for row in re.findall(r"<row[ >].*?</row>", sheet, re.DOTALL):
        cells = {_column(match[1]): _cell(match[2], match[3] or "", shared) for match in _CELL.finditer(row)}
        yield [cells.get(at, "") for at in range(max(cells, default=-1) + 1)]


def _shared(xml: str) -> list[str]:
    items = re.findall(r"<si>(.*?)</si>|<si/>", xml, re.DOTALL)
    return [_plain("".join(_TEXT.findall(item))) for item in items]


def _cell(attributes: str, inner: str, shared: Sequence[str]) -> str:
    value = _VALUE.search(inner)
    if 't="s"' in attributes and value:
        return shared[int(value[1])] if int(value[1]) < len(shared) else ""
    return _plain(value[1] if value else "".join(_TEXT.findall(inner)))


def _column(letters: str) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - ord("A") + 1
    return at - 1


def _plain(text: str) -> str:
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, char)
    return text
