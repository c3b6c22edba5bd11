"""What every reader hands over, whatever the file was: paragraphs and tables in reading order, and what it left out.

Recognisers see only this, so that a Word file, a PDF and a pasted text of the same document give the same draft.
Where a file has only lines, or a table that may be none, readers say so and recognisers judge.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from gongkai.text.blanks import squeeze
from gongkai.text.patterns import anywhere


class Paragraph(Struct, frozen=True):
    """One paragraph. ``line`` is where it starts: line of a text, paragraph of a Word file, page of a PDF."""

    text: str
    line: int


class Cell(Struct, frozen=True):
    """One cell. ``merged`` says that it continues the vertically merged cell above; ``links`` are its addresses."""

    text: str
    merged: bool = False
    links: tuple[str, ...] = ()


class Table(Struct, frozen=True):
    """A grid. ``ragged`` tables were pasted: blank cells may be missing, so cells may stand in the wrong column.

    ``said`` is what a person says of columns: their heads, and what kind each is (``importing/recognise/columns.py``).
    """

    rows: tuple[tuple[Cell, ...], ...]
    line: int
    ragged: bool = False
    said: tuple[tuple[str, str], ...] = ()


class LooseTable(Struct, frozen=True):
    """A table that has lost its grid in PDF text: its header, and every line of its pages in the order printed."""

    header: str
    lines: tuple[str, ...]
    line: int


class LeftOut(Struct, frozen=True):
    """A piece of the input that is not in any draft, and why (Chinese, for the editor).

    ``beside`` are words that belong to the document though no field takes them, footnotes and what stands below a
    table: editors find them as comments at the head of the draft.
    """

    text: str
    reason: str
    line: int
    beside: bool = False


Block = Paragraph | Table | LooseTable
"""What recognisers see."""
Line = tuple[int, str]


class Lines(Struct, frozen=True):
    """Lines as a file has them, each with its number: which are a paragraph or a table, recognisers say.

    ``printed`` lines are those of pages, where a paragraph goes on from line to line.
    """

    lines: tuple[Line, ...]
    printed: bool = False


class PageTable(Struct, frozen=True):
    """A table of a web page, as a grid and as lines: it may be there only to place text on the page.

    ``beside`` is what is left out of it when it is lines.
    """

    grid: Table
    lines: tuple[Line, ...]
    beside: tuple[LeftOut, ...] = ()


Found = Block | Lines | PageTable
"""What readers find."""


def texts_of(block: Found) -> Iterator[str]:
    """The text of a paragraph, every line that is not blank, or every cell of a table."""
    match block:
        case Lines():
            yield from (text for _, text in block.lines if text.strip())
        case PageTable():
            yield from texts_of(block.grid)
        case Paragraph():
            yield block.text
        case Table():
            yield from (cell.text for row in block.rows for cell in row)
        case LooseTable():
            yield from (block.header, *block.lines)


class Reading(Struct, frozen=True):
    """A file that could be read. ``source`` names the kind of file in Chinese; ``doubts`` are damages to report.

    ``files`` are what a bundle holds, each with its name; they come after its own ``blocks``.
    """

    source: str
    blocks: tuple[Found, ...]
    left_out: tuple[LeftOut, ...] = ()
    doubts: tuple[str, ...] = field(default=())
    address: str | None = None  # where a saved page was published
    files: tuple[tuple[str, tuple[Found, ...]], ...] = ()


class Refusal(Struct, frozen=True):
    """A file that cannot be imported: what is wrong, and what to do instead, both in Chinese."""

    message: str
    hint: str


_UNSEEN = anywhere(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
"""Characters that nobody prints and that no authored file may hold."""


def visible(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], list[str]]:
    """The same without characters that nobody can see; when there were any, a doubt says how many."""
    found = sum(len(_UNSEEN.findall(text)) for text, _ in pieces(blocks))
    if not found:
        return tuple(blocks), []
    return tuple(_visible(block) for block in blocks), [f"原文件里有{found}个看不见的控制字符，已经去掉"]


def _visible(block: Block) -> Block:
    match block:
        case Paragraph():
            return replace(block, text=_UNSEEN.sub("", block.text))
        case Table():
            rows = tuple(tuple(replace(cell, text=_UNSEEN.sub("", cell.text)) for cell in row) for row in block.rows)
            return replace(block, rows=rows)
        case LooseTable():
            lines = tuple(_UNSEEN.sub("", line) for line in block.lines)
            return replace(block, header=_UNSEEN.sub("", block.header), lines=lines)


def width(text: str) -> int:
    """Columns that a line takes in print: two for a full-width character, one for a digit or letter."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in squeeze(text))


class Piece(NamedTuple):
    """A text of the input with its place: block, and row and column of a table, counted from 0; -1 in a paragraph."""

    text: str
    line: int
    block: int = 0
    row: int = -1
    column: int = -1


def placed(blocks: Iterable[Block]) -> Iterator[Piece]:
    """Every text of the blocks with its place, in reading order: what the accounting must find again."""
    for at, block in enumerate(blocks):
        match block:
            case Paragraph():
                yield Piece(block.text, block.line, at)
            case Table():
                for row, cells in enumerate(block.rows):
                    for column, cell in enumerate(cells):
                        if cell.text.strip():
                            yield Piece(cell.text, block.line, at, row, column)
            case LooseTable():
                for row, line in enumerate((block.header, *block.lines)):
                    yield Piece(line, block.line, at, row, 0)


def pieces(blocks: Iterable[Block]) -> Iterator[tuple[str, int]]:
    """Every text of the blocks with its line, in reading order."""
    yield from ((piece.text, piece.line) for piece in placed(blocks))
