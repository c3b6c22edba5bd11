"""Sheets of workbooks: cells with borders, heads on every printed page, rows as high as their texts.

Every cell is written as text, a day or a link, so nothing that a document says is ever run as a formula. The creation
date is the document's, so that the same data make the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from gongkai.text.patterns import anywhere

if TYPE_CHECKING:
    import xlsxwriter  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

_LONGEST_CELL = 32_767
_SHEET_NAME = 31
_CENTRE = {"align": "center", "valign": "vcenter", "text_wrap": True, "border": 1, "font_name": "仿宋"}
_FORMATS: dict[str, dict[str, Any]] = {
    "title": {**_CENTRE, "border": 0, "bold": True, "font_size": 16, "font_name": "宋体"},
    "head": {**_CENTRE, "font_name": "黑体"},
    "centre": _CENTRE,
    "text": {**_CENTRE, "align": "left"},
    "day": {**_CENTRE, "num_format": "yyyy-mm-dd"},
    "link": {**_CENTRE, "font_color": "#0B5394", "underline": 1},
}
_LINE = 16.0
_TITLE_LINE = 26.0
_TALLEST = 409.0
"""Points: a line of cells, a line of the title, and the tallest row that Excel has."""
_CHINESE = 22
"""Tenths of a digit's width, which columns are measured in, that a Chinese character of the same size takes."""
_WIDE = anywhere(r"[\u2001-\U0010ffff]")
"""What is as wide as a Chinese character, the marks of Chinese texts among it."""


class Sheet(Struct, frozen=True):
    """A sheet under construction: its columns are known, its rows get the height that their texts need.

    Excel would find the heights itself; WPS and LibreOffice show what the file says.
    """

    sheet: Worksheet
    formats: Mapping[str, Format]
    widths: Sequence[int]
    heights: dict[int, float] = field(default_factory=dict)

    def put(self, row: int, at: int, text: str, form: str, *, right: int = 0, below: int = 0) -> None:
        """Write text; with ``right`` or ``below`` the cell spans as many more columns or rows."""
        cut = text[:_LONGEST_CELL]
        if right or below:
            self.sheet.merge_range(row, at, row + below, at + right, "", self.formats[form])
        self.sheet.write_string(row, at, cut, self.formats[form])
        lines = _lines(cut, sum(self.widths[at : at + right + 1]))
        height = lines * (_TITLE_LINE if form == "title" else _LINE) / (below + 1)
        for line in range(row, row + below + 1):
            self.heights[line] = max(self.heights.get(line, _LINE), height)

    def put_day(self, row: int, at: int, day: date | None) -> None:
        """Write a real date, which can be sorted and filtered; nothing where there is none."""
        if day is None:
            self.sheet.write_blank(row, at, None, self.formats["day"])
        else:
            self.sheet.write_datetime(row, at, datetime(day.year, day.month, day.day), self.formats["day"])  # noqa: DTZ001

    def put_link(self, row: int, at: int, url: str, words: str) -> None:
        """Write words that lead to a full address."""
        self.sheet.write_url(row, at, url, self.formats["link"], words)

    def filtered(self, head: int, last: int) -> None:
        """Let every column be filtered, from its head in row ``head`` to row ``last``."""
        self.sheet.autofilter(head, 0, max(last, head), len(self.widths) - 1)

    def finish(self) -> None:
        """Give every row its height."""
        for row, height in self.heights.items():
            self.sheet.set_row(row, min(height + 4, _TALLEST))


@lru_cache(1024)
def _lines(text: str, width: int) -> int:
    """Lines that a text takes in a column, wrapped at any character; names of units stand in many cells."""
    room = 10 * (width - 1)
    return sum(max(1, -(-_tenths(line) // room)) for line in text.split("\n"))


def _tenths(line: str) -> int:
    return 10 * len(line) + (_CHINESE - 10) * len(_WIDE.findall(line))


class Book(Struct, frozen=True):
    """A workbook under construction."""

    file: xlsxwriter.Workbook
    formats: Mapping[str, Format]
    sheets: list[Sheet] = field(default_factory=list)

    def sheet(self, name: str, title: str, heads: Sequence[str], widths: Sequence[int]) -> Sheet:
        """A sheet as it will be printed: across, one page wide, with title and heads on every page."""
        sheet = self.file.add_worksheet(name[:_SHEET_NAME])
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, 1)
        sheet.freeze_panes(2, 0)
        made = self._made(sheet, widths)
        made.put(0, 0, title, "title", right=len(heads) - 1)
        for at, head in enumerate(heads):
            made.put(1, at, head, "head")
        return made

    def flat(self, name: str, heads: Sequence[str], widths: Sequence[int]) -> Sheet:
        """A sheet to work with: one row a thing below one row of heads that stays, no cell merged."""
        sheet = self.file.add_worksheet(name[:_SHEET_NAME])
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 0)
        made = self._made(sheet, widths)
        for at, head in enumerate(heads):
            made.put(0, at, head, "head")
        return made

    def _made(self, sheet: Worksheet, widths: Sequence[int]) -> Sheet:
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        made = Sheet(sheet, self.formats, widths)
        self.sheets.append(made)
        return made


Fill = Callable[[Book], None]
"""Writes sheets into a workbook."""


def workbook(title: str, author: str, created: date, *fill: Fill) -> bytes:
    """The bytes of a workbook that functions fill one after the other; ``created`` is its date."""
    import xlsxwriter  # noqa: PLC0415 - no command but those that build needs it

    out = io.BytesIO()
    file = xlsxwriter.Workbook(out, {"in_memory": True})
    moment = datetime(created.year, created.month, created.day)  # noqa: DTZ001 - the format has no zone
    file.set_properties({"title": title, "author": author, "created": moment})
    book = Book(file, {name: file.add_format(given) for name, given in _FORMATS.items()})
    for write in fill:
        write(book)
    for sheet in book.sheets:
        sheet.finish()
    file.close()
    return out.getvalue()
