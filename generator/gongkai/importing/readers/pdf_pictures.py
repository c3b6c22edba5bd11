"""Pictures of the pages of a PDF, and where on them texts are printed: for screens that show the paper itself.

PDFium (pypdfium2, which pdfplumber brings along) draws them and says where each character stands. Texts are found on
the pages by what they say, in reading order; what is printed in another order than it is read has no place here.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct

from gongkai.importing.blocks import Piece
from gongkai.text.blanks import squeeze
from gongkai.text.characters import unlike

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in points from the upper left corner of the page."""
MOST = 60
"""Pages that are drawn; the rest is shown as text."""
_SURE, _BETWEEN = 12, 40
"""Characters by which a text is found, and that may stand between its parts."""
_SCALE = 1.6
"""Pixels to a point: 115 to an inch, so that small print can be read."""


class PagePicture(Struct, frozen=True):
    """A page, counted from 1: its size in points, picture (PNG), characters but blanks and marks, and their boxes.

    Marks are left out: quotes of another font are often printed in another order than they are read.
    """

    number: int
    wide: float
    high: float
    png: bytes
    text: str
    boxes: tuple[Box, ...]


class Spot(Struct, frozen=True):
    """A rectangle on a page where a text is printed."""

    page: int
    box: Box


def page_pictures(data: bytes) -> Iterator[PagePicture]:
    """The first pages of a PDF; none of a file that PDFium cannot open."""
    try:
        paper = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return
    with paper:
        for at in range(min(len(paper), MOST)):
            page = paper[at]
            yield _picture(page, at + 1)
            page.close()


def _picture(page: Any, number: int) -> PagePicture:
    wide, high = page.get_size()
    content = io.BytesIO()
    page.render(scale=_SCALE, grayscale=True).to_pil().save(content, "PNG")
    characters = [] if page.get_rotation() else list(_characters(page))
    text = "".join(text for text, _ in characters)
    return PagePicture(number, wide, high, content.getvalue(), text, tuple(box for _, box in characters))


def _characters(page: Any) -> Iterator[tuple[str, Box]]:
    """Characters but blanks and marks, in the order of the file."""
    left, _, _, top = page.get_cropbox()
    text = page.get_textpage()
    for at in range(text.count_chars()):
        sign = unlike(chr(pdfium.FPDFText_GetUnicode(text, at)))
        if len(sign) == 1 and _is_sign(sign):
            x0, y0, x1, y1 = text.get_charbox(at)
            yield sign, (x0 - left, top - y1, x1 - left, top - y0)
    text.close()


def _is_sign(char: str) -> bool:
    """Whether a character is printed and no mark."""
    return char.isprintable() and not char.isspace() and not unicodedata.category(char).startswith("P")


class Printed:
    """Finds texts on the pages, one after another as they are read."""

    def __init__(self, pages: Sequence[PagePicture]) -> None:
        self._text = "".join(page.text for page in pages)
        self._spots = [Spot(page.number, box) for page in pages for box in page.boxes]
        self._begins: dict[int, int] = {}
        at = 0
        for page in pages:
            self._begins[page.number] = at
            at += len(page.text)
        self._after = 0

    def find(self, piece: Piece) -> Sequence[int | None]:
        """Where each character of a piece (without blanks) stands, None for marks; nothing where they are apart.

        A paragraph that goes on on the next page has a page number in it there.
        """
        text, begin = squeeze(piece.text), self._begins.get(piece.line, 0)
        signs = "".join(filter(_is_sign, text))
        found = self._run(signs, max(self._after, begin)) or self._run(signs, begin)
        if not found:
            return ()
        self._after = found[-1] + 1
        places = iter(found)
        return [next(places) if _is_sign(char) else None for char in text]

    def _run(self, text: str, begin: int) -> list[int]:
        found: list[int] = []
        while len(found) < len(text):
            rest = text[len(found) :]
            at = self._text.find(rest[:_SURE], begin)
            if at < 0 or (found and at - begin > _BETWEEN):
                return []
            here = self._text[at : at + len(rest)]
            differ = (n for n, (one, other) in enumerate(zip(rest, here, strict=False)) if one != other)
            length = next(differ, len(here))
            found += range(at, at + length)
            begin = at + length
        return found

    def spots(self, places: Sequence[int | None]) -> Sequence[Spot]:
        """The rectangles of characters, one for each line."""
        found: list[Spot] = []
        for spot in (self._spots[at] for at in places if at is not None):
            last = found[-1] if found else None
            if last and last.page == spot.page and _beside(last.box, spot.box):
                found[-1] = Spot(spot.page, _around(last.box, spot.box))
            else:
                found.append(spot)
        return found


def _beside(one: Box, other: Box) -> bool:
    return min(one[3], other[3]) - max(one[1], other[1]) > 0 and other[0] >= one[0]


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
