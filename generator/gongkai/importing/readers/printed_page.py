"""One printed page, as a PDF or OFD file has it: characters and lines with their places -> lines of text and tables.

A page that is printed sideways is turned first; a page of two columns is read one column after the other. All places
are those of pdfplumber: points (of OFD files: as many), from the left and from the top.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

from msgspec import Struct, field
from msgspec.structs import replace
from pdfplumber.table import Table as Grid
from pdfplumber.table import TableFinder
from pdfplumber.utils.text import chars_to_textmap, extract_text

from gongkai.importing.blocks import Cell, Line, Table, width
from gongkai.text.blanks import without_digit_spaces
from gongkai.text.characters import unlike
from gongkai.text.patterns import anywhere

Run = list[Line] | Table
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Object = dict[str, Any]
"""A character or a line as pdfplumber describes them."""

_ONE_LINE = 5
"""Points: digits of another font stand up to so much higher or lower than the Chinese characters of their line."""
_ROLE_END = anywhere(r"(落实|负责|配合|牵头)[；;。]?$")
_FEWEST_LINES = 6
"""Lines that two columns have beside each other at least."""
_GUTTER = 8.0
_SHORT, _NEAR = 6.0, 2.0
_NEARLY = 0.8


class PrintedPage(Struct):
    """Characters and lines of a page. ``number`` is counted from 1; ``wide`` and ``high`` are its size."""

    number: int
    chars: list[Object]
    edges: list[Object] = field(default_factory=list)
    wide: float = 0.0
    high: float = 0.0

    def runs(self) -> list[Run]:
        """Lines and tables from top to bottom."""
        page, rest = _upright(self)
        page = replace(page, edges=[*page.edges, *_open_ends(page.edges)])
        finder = TableFinder(cast("Any", page))  # of a page it only wants the lines
        found: list[Grid] = [table for table in finder.tables if max(len(row.cells) for row in table.rows) > 1]
        boxes = [table.bbox for table in found]
        outside = [char for char in page.chars if not any(_inside(char, box) for box in boxes)]
        runs: list[Run] = []
        for table, box in sorted(zip(found, boxes, strict=True), key=lambda pair: pair[1][1]):
            above = [char for char in outside if char["top"] < box[1]]
            outside = [char for char in outside if char["top"] >= box[1]]
            runs += [self._lines(above), Table(tuple(_rows(page.chars, table)), self.number)]
        runs.append([*self._lines(outside), *self._lines(rest)])
        return runs

    def _lines(self, chars: list[Object]) -> list[Line]:
        return [(self.number, unlike(text)) for part in _columns(chars) for text in _texts(part)]


def _upright(page: PrintedPage) -> tuple[PrintedPage, list[Object]]:
    """The page turned so that most of it can be read, and the characters that then stand on their side."""
    signs = [char for char in page.chars if char["text"].strip()]
    sideways = [char for char in signs if not char.get("upright", True)]
    if len(sideways) * 2 <= len(signs):
        return page, []
    up = sum(char["matrix"][1] > 0 for char in sideways) * 2 > len(sideways)
    rest = [char for char in page.chars if char.get("upright", True) and char["text"].strip()]
    chars = [_turned(char, page, up=up) | {"upright": True} for char in page.chars if not char.get("upright", True)]
    edges = [_turned(edge, page, up=up) | {"orientation": "hv"[edge["orientation"] == "h"]} for edge in page.edges]
    return replace(page, chars=chars, edges=edges, wide=page.high, high=page.wide), rest


def _open_ends(edges: Sequence[Object]) -> Iterator[Object]:
    """A row that goes on on the next page has no line below it there and none above it here: where its sides end."""
    sides = [edge for edge in edges if edge["orientation"] == "v" and edge["height"] > _SHORT]
    levels = [edge["top"] for edge in edges if edge["orientation"] == "h" and edge["width"] > _SHORT]
    for end, beyond in (("bottom", 1), ("top", -1)):
        last = max((side[end] * beyond for side in sides), default=0.0) * beyond
        open_sides = [side for side in sides if abs(side[end] - last) <= _NEAR]
        left, right = (pick((side["x0"] for side in open_sides), default=0.0) for pick in (min, max))
        if len(open_sides) > 2 and levels and all((last - level) * beyond > _SHORT for level in levels):  # noqa: PLR2004
            place = {"x0": left, "x1": right, "top": last, "bottom": last, "doctop": last}
            yield {"object_type": "line", "orientation": "h", "width": right - left, "height": 0.0, **place}


def _turned(each: Object, page: PrintedPage, *, up: bool) -> Object:
    """Where something is on the turned page; ``up``: its lines ran from the bottom to the top."""
    if up:
        left, right, top, bottom = page.high - each["bottom"], page.high - each["top"], each["x0"], each["x1"]
    else:
        left, right, top, bottom = each["top"], each["bottom"], page.wide - each["x1"], page.wide - each["x0"]
    place = {"x0": left, "x1": right, "top": top, "bottom": bottom, "doctop": top}
    return {**each, **place, "width": right - left, "height": bottom - top}


def _texts(chars: list[Object]) -> list[str]:
    if not chars:
        return []
    found = chars_to_textmap(chars, y_tolerance=_ONE_LINE)
    return [str(line["text"]) for line in found.extract_text_lines(return_chars=False)]


def _columns(chars: list[Object]) -> list[list[Object]]:
    """The characters of two columns of prose one after the other; all together where there is but one column."""
    gutter = _gutter(chars)
    if gutter is None:
        return [chars]
    parts: list[list[Object]] = []
    left: list[Object] = []
    right: list[Object] = []
    for line in _by_line(chars):
        if _crosses(line, gutter):
            parts += [part for part in (left, right) if part]
            parts.append(line)
            left, right = [], []
            continue
        left += [char for char in line if char["x1"] <= gutter]
        right += [char for char in line if char["x1"] > gutter]
    return [*parts, *(part for part in (left, right) if part)]


def _by_line(chars: list[Object]) -> list[list[Object]]:
    """Characters that stand beside each other, from top to bottom."""
    lines: list[list[Object]] = []
    for char in sorted(chars, key=lambda char: float(char["bottom"])):
        if lines and char["bottom"] - lines[-1][0]["bottom"] <= _ONE_LINE:
            lines[-1].append(char)
        else:
            lines.append([char])
    return lines


def _crosses(line: Sequence[Object], at: float) -> bool:
    return any(char["x0"] < at < char["x1"] and char["text"].strip() for char in line) or not _gap(line, at)


def _gap(line: Sequence[Object], at: float) -> bool:
    """Whether nothing is printed right and left of a place, so that no line goes on over it."""
    return not any(
        char["x0"] < at + _GUTTER / 2 and char["x1"] > at - _GUTTER / 2 for char in line if char["text"].strip()
    )


def _gutter(chars: list[Object]) -> float | None:
    """Where the gap between two columns is; None for anything but two columns of prose.

    Both are as wide as each other and most of their lines are full, which no cells of a table are.
    """
    signs = [char for char in chars if char["text"].strip()]
    if not signs:
        return None
    middle = (min(char["x0"] for char in signs) + max(char["x1"] for char in signs)) / 2
    lines = [[char for char in line if char["text"].strip()] for line in _by_line(signs)]
    beside = [line for line in lines if line[0] and not _crosses(line, middle)]
    sides = [([c for c in line if c["x1"] <= middle], [c for c in line if c["x1"] > middle]) for line in beside]
    both = [(left, right) for left, right in sides if left and right]
    if len(both) < _FEWEST_LINES or len(lines) > 2 * len(beside):
        return None
    spans = [_span([left for left, _ in both]), _span([right for _, right in both])]
    wide = [end - start for start, end in spans]
    even = min(wide) >= _NEARLY * max(wide)
    full = all(
        sum(max(char["x1"] for char in part) - start >= _NEARLY * (end - start) for part in parts) * 2 > len(parts)
        for parts, (start, end) in zip(([left for left, _ in both], [right for _, right in both]), spans, strict=True)
    )
    return (spans[0][1] + spans[1][0]) / 2 if even and full else None


def _span(parts: Sequence[Sequence[Object]]) -> tuple[float, float]:
    return min(char["x0"] for part in parts for char in part), max(char["x1"] for part in parts for char in part)


def _inside(item: Object, box: Box) -> bool:
    across, down = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def _rows(chars: Sequence[Object], table: Grid) -> Iterator[tuple[Cell, ...]]:
    """Rows of a ruled table. A missing cell continues the one above when that one reaches down into this row."""
    spans: dict[int, float] = {}
    for row in table.rows:
        middle = (row.bbox[1] + row.bbox[3]) / 2
        here = [char for char in chars if _inside(char, row.bbox)]
        cells: list[Cell] = []
        for column, box in enumerate(row.cells):
            if box is None:
                cells.append(Cell("", merged=spans.get(column, 0.0) > middle))
                continue
            spans[column] = box[3]
            tall = box[3] > row.bbox[3] or box[1] < row.bbox[1]
            cells.append(Cell(without_digit_spaces(_text_in(chars if tall else here, box))))
        yield tuple(cells)


def _text_in(chars: Sequence[Object], box: Box) -> str:
    """The characters whose middle lies in the cell; wrapped lines are closed, a role at a short line's end ends it."""
    own = [char for char in chars if _inside(char, box)]
    lines = [line.strip() for line in unlike(str(extract_text(own, y_tolerance=_ONE_LINE))).split("\n")] if own else []
    longest = max((width(line) for line in lines), default=0)
    ends = [_ROLE_END.search(line) and width(line) * 10 < longest * 8 for line in lines]
    return "".join(line + ("\n" if end else "") for line, end in zip(lines, ends, strict=True)).strip()
