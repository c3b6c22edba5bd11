"""Tables in pasted text, in the five ways they survive copying.

Cells parted by tabs on one line; one cell per line with a tab in front; one cell per line under headings one per line;
cells parted by ``|``; and the loose lines of a PDF, which ``recognise.loose`` rebuilds.
"""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.importing.blocks import Block, Cell, Line, LooseTable, Table
from gongkai.importing.recognise.columns import (
    Kind,
    is_header,
    is_table_header,
    kind_of,
    looks_like_units,
)
from gongkai.importing.recognise.streams import header_of, rows_of
from gongkai.text.blanks import without_digit_spaces
from gongkai.text.markers import marker
from gongkai.text.patterns import anywhere, whole
from gongkai.text.phrases import NOTE, WEB_NOISE

_ABOUT = whole(r".{0,40}关于.{4,80}的(通知|公告|函|通报|意见)")
_HEADING = whole(r"[^。，；：]{0,16}(19|20)\d\d\s*年[^。，；：]*(目录|清单|安排|分解表|分工表|要点)")
_RULE = whole(r"[\s|:]*-[\s|:-]*")

_GAP = anywhere(r"[ \xa0\u3000]{2,}|(?<=[\u4e00-\u9fff）]) (?=[\u4e00-\u9fff（])")
_WIDE_GAP = anywhere(r"[ \xa0\u3000]{2,}")
_TOTAL = whole(r"(?:合\s*计|总\s*计|小\s*计|共\s*计)")
_FIGURE = whole(r"\d[\d,.，]*")
_FEWEST_HEADS, _FEWEST_ROWS = 4, 2
_AFTER_TABLE = whole(
    r"\s*(抄送|抄报|印发[:：]|[^。]{4,30}\d{4}年\d{1,2}月\d{1,2}日印发|[（(]此件|附件[:：\d]|[^。，]{0,30}办公室\s*\d{4}年)"
)
_NEW_DOCUMENT = whole(r"\s*(关于.{4,60}(通知)?|.{2,30}人民政府办公室|.{4,40}(要点|通知|目录的通知))\s*$")
_ISSUER = whole(r"[^、，。（）]{3,30}(人民政府|办公室|委员会|局|领导小组)")
_SHORT_LINE = 40
_MOST_LABELS = 24
_MOST_LINES = 5


def table_at(lines: Sequence[Line], at: int) -> tuple[Block | None, int]:
    """The table that begins at a line, and the line after it; None when none begins there."""
    text = lines[at][1]
    if not text.strip():
        return None, at
    if "\t" in text.strip():
        return _tabbed(lines, at)
    if text.startswith("\t") and len(_cells_ahead(lines, at)) > 1:
        return _led(lines, at)
    if "|" in text or "｜" in text or (kind_of(text.strip()) and _next_line(lines, at).startswith(("|", "｜"))):
        return _barred(lines, at)
    labels = [part for part in _GAP.split(text.strip()) if part]
    if spaced := _spaced(lines, at):
        return spaced
    if is_header(labels):
        return _loose(lines, at)
    if kind_of(text.strip()) or kind_of(text.strip() + _next_line(lines, at)):
        return _vertical(lines, at)
    return None, at


def _next_line(lines: Sequence[Line], at: int) -> str:
    return next((text.strip() for _, text in lines[at + 1 : at + 4] if text.strip()), "")


def _row(parts: Sequence[str]) -> tuple[Cell, ...]:
    return tuple(Cell(without_digit_spaces(part.strip())) for part in parts)


def _tabbed(lines: Sequence[Line], at: int) -> tuple[Block | None, int]:
    """Rows of cells parted by tabs. A line without tabs between two such rows is a cell that lost its row."""
    rows: list[tuple[Cell, ...]] = []
    end = at
    for here in range(at, len(lines)):
        text = lines[here][1]
        if "\t" in text.strip():
            rows.append(_row(text.split("\t")))
            end = here + 1
        elif text.strip() and not (_goes_on(lines, here) or _groups(lines, here, len(rows[-1]))):
            break
        elif text.strip():
            rows.append(_row([text]))
    return Table(tuple(rows), lines[at][0], ragged=True), end


def _goes_on(lines: Sequence[Line], here: int) -> bool:
    """Whether the table of tabbed rows goes on after the untabbed line ``here``."""
    ahead = [text for _, text in lines[here + 1 : here + 6] if text.strip()][:3]
    text = lines[here][1]
    if marker(text) or _AFTER_TABLE.match(text) or (_NEW_DOCUMENT.match(text) and len(text) < _SHORT_LINE):
        return False
    return any("\t" in line.strip() for line in ahead)


def _groups(lines: Sequence[Line], here: int, size: int) -> bool:
    """Whether a line names the rows below it, which go on with as many cells: 一、县公安局（3项）."""
    text, below = lines[here][1].strip(), next((text for _, text in lines[here + 1 : here + 3] if text.strip()), "")
    cells = [cell.strip() for cell in below.split("\t")]
    short = len(text) < _SHORT_LINE and not text.endswith(("。", "；", "："))
    return short and bool(marker(text)) and len(cells) == size > 1 and not is_table_header(cells)


def _cells_ahead(lines: Sequence[Line], at: int) -> list[str]:
    return [text for _, text in lines[at : at + 12] if text.startswith("\t")]


def _led(lines: Sequence[Line], at: int) -> tuple[Block | None, int]:
    """One cell per line, each led by a tab; lines without a tab go on with the cell above."""
    cells: list[str] = []
    end = at
    blanks = 0
    for here in range(at, len(lines)):
        text = lines[here][1]
        if text.startswith("\t"):
            cells.append(text.strip())
        elif not text.strip():
            blanks += 1
            continue
        elif _AFTER_TABLE.match(text) or marker(text) or len(cells[-1]) + len(text) > 3000:  # noqa: PLR2004  no cell is that long
            break
        else:
            cells[-1] = (cells[-1] + "\n" + text.strip()).strip()
        end = here + 1
    size = _cells_per_row(cells)
    if size is None:
        return None, at
    return Table(tuple(_chunked(cells, size)), lines[at][0]), end


def _header_runs(cells: Sequence[str]) -> list[tuple[int, int]]:
    """Where runs of column headings stand among the cells: (start, end)."""
    runs: list[tuple[int, int]] = []
    at = 0
    while at < len(cells):
        end = at
        while end < len(cells) and kind_of(cells[end]) and cells[end] not in cells[at:end]:
            end += 1
        if end - at >= 2 and is_header(list(cells[at:end])):  # noqa: PLR2004  two headings make a header
            runs.append((at, end))
            at = end
        else:
            at += 1
    return runs


def _cells_per_row(cells: Sequence[str]) -> int | None:
    """How many cells a row has: as many as headings, or more where a heading spans two columns."""
    runs = _header_runs(cells)
    if not runs:
        return None
    bounds = [*[start for start, _ in runs], len(cells)]
    bodies = [cells[end : bounds[at + 1]] for at, (_, end) in enumerate(runs)]
    head = runs[0][1] - runs[0][0]
    last_is_units = kind_of(cells[runs[0][1] - 1]) in (Kind.UNITS, Kind.ORGANIZER)
    best: tuple[int, int] | None = None
    for size in (head, head + 1, head + 2):
        uneven = sum(1 for body in bodies if len(body) % size)
        odd = 0
        if last_is_units:
            lasts = [row[-1] for body in bodies for row in _chunks(body, size) if len(row) == size and row[-1]]
            odd = sum(1 for text in lasts if not looks_like_units(text))
        score = uneven * 3 + odd
        if best is None or score < best[0]:
            best = (score, size)
    return best[1] if best else None


def _chunks(cells: Sequence[str], size: int) -> list[Sequence[str]]:
    return [cells[at : at + size] for at in range(0, len(cells), size)]


def _chunked(cells: Sequence[str], size: int) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    runs = _header_runs(cells)
    bounds = [*[start for start, _ in runs], len(cells)]
    for at, (start, end) in enumerate(runs):
        rows.append(_row(cells[start:end]))
        rows += [_row(chunk) for chunk in _chunks(cells[end : bounds[at + 1]], size)]
    return rows


def _spaced(lines: Sequence[Line], at: int) -> tuple[Block, int] | None:
    """Rows of cells parted by blanks, as text recognition gives them: as many cells as heads in most of the lines."""
    heads = [part.strip() for part in _WIDE_GAP.split(lines[at][1].strip())]
    if len(heads) < _FEWEST_HEADS or not is_table_header(heads):
        return None
    rows = [_row(heads)]
    full, end = 0, at + 1
    for here in range(at + 1, len(lines)):
        text = lines[here][1].strip()
        parts = [part.strip() for part in _WIDE_GAP.split(text)] if text else []
        even = len(parts) == len(heads)
        if text and not even and not (len(parts) == 1 and marker(text)) and not _TOTAL.match(text):
            break
        if text:
            full += even
            rows.append(_row(parts if even else _under(parts, [row for row in rows if all(cell.text for cell in row)])))
            end = here + 1
    return (Table(tuple(rows), lines[at][0]), end) if full >= _FEWEST_ROWS and full * 2 >= len(rows) else None


def _under(parts: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[str]:
    """The cells of a line that has fewer than heads: its name, and sums below as many columns of figures."""
    cells = ["".join(parts[0].split()), *[""] * (len(rows[0]) - 1)]
    figures = [at for at in range(1, len(cells)) if all(_FIGURE.fullmatch(row[at].text) for row in rows[1:])]
    full = figures if len(figures) == len(parts) - 1 else range(1, len(cells))
    for at, part in zip(full, parts[1:], strict=False):
        cells[at] = part
    return cells


def _loose(lines: Sequence[Line], at: int) -> tuple[Block | None, int]:
    """All lines after a header on one line: the cells of a PDF table without its grid."""
    body: list[str] = []
    end = at + 1
    for here in range(at + 1, len(lines)):
        text = lines[here][1].strip()
        if not text:
            continue
        if _AFTER_TABLE.match(text) or _opens_document(lines, here):
            break
        body.append(text)
        end = here + 1
    if not body:
        return None, at
    return LooseTable(lines[at][1].strip(), tuple(body), lines[at][0]), end


def _opens_document(lines: Sequence[Line], here: int) -> bool:
    """A letterhead or notice title after the table: 某某办公室 / 关于…的通知 on the next lines."""
    text = lines[here][1].strip()
    if not _ISSUER.fullmatch(text) and not text.startswith("关于"):
        return False
    ahead = "".join(part.strip() for _, part in lines[here : here + 6])
    return bool(_ABOUT.match(ahead))


def _vertical(lines: Sequence[Line], at: int) -> tuple[Block | None, int]:
    """One cell per line under headings one per line, as web pages are copied."""
    filled = [(here, text.strip()) for here, (_, text) in enumerate(lines[at:], at) if text.strip()]
    labels, used = header_of([text for _, text in filled[:_MOST_LABELS]])
    if not labels:
        return None, at
    tasks = not {Kind.ITEM, Kind.ORGANIZER} & {kind_of(label) for label in labels}
    body: list[tuple[int, str]] = []
    for here, text in filled[used:]:
        number = marker(text)
        if _ends_table(lines, here) or (body and not tasks and number and number.rank <= 2):  # noqa: PLR2004  一、 and （一）
            break
        body.append((here, text))
    return _stream(labels, [text for _, text in body], lines[at][0]), body[-1][0] + 1 if body else at


def _stream(labels: Sequence[str], cells: Sequence[str], line: int) -> Block | None:
    rows = rows_of(cells, labels)
    return Table((_row(labels), *[_row(row) for row in rows]), line, ragged=True) if rows else None


def _ends_table(lines: Sequence[Line], here: int) -> bool:
    text = lines[here][1].strip()
    if _AFTER_TABLE.match(text) or WEB_NOISE.fullmatch(text) or NOTE.fullmatch(text) or _opens_document(lines, here):
        return True
    return len(text) < _SHORT_LINE and bool(_HEADING.fullmatch(text))


def _barred(lines: Sequence[Line], at: int) -> tuple[Block | None, int]:
    """Cells parted by ``|``: rows on lines of their own where they are even, else a stream of cells."""
    region: list[tuple[int, str]] = []
    apart = 0
    for here in range(at, len(lines)):
        text = lines[here][1].replace("｜", "|").strip()
        if not text:
            continue
        apart = 0 if "|" in text else apart + 1
        if apart > _MOST_LINES or (apart and _ends_table(lines, here)):
            break
        region.append((here, text))
    while region and "|" not in region[-1][1]:
        region.pop()
    if not region:
        return None, at
    texts = [text for _, text in region if not _RULE.fullmatch(text)]
    block = _even_rows(texts, lines[at][0]) or _cell_stream(texts, lines[at][0])
    return block, region[-1][0] + 1 if block else at


def _even_rows(texts: Sequence[str], line: int) -> Block | None:
    rows = [[part.strip() for part in text.strip("|").split("|")] for text in texts]
    rows = [row for row in rows if any(row)]
    if not rows or not is_table_header(rows[0]) or any("|" not in text for text in texts):
        return None
    size = len(rows[0])
    even = sum(1 for row in rows if len(row) == size)
    return Table(tuple(_row(row) for row in rows), line, ragged=even < len(rows)) if even * 2 > len(rows) else None


def _cell_stream(texts: Sequence[str], line: int) -> Block | None:
    cells = ["".join(part.split("\n")).strip() for part in "\n".join(texts).split("|")]
    filled = [cell for cell in cells if cell]
    labels, used = header_of(filled)
    return _stream(labels, filled[used:], line) if labels else None
