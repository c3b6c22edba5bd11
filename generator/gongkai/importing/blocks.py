"""What every reader hands over, whatever the file was: paragraphs and tables in reading order, and what it left out.

Recognisers see only this, so that a Word file, a PDF and a pasted text of the same document give the same draft.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from gongkai.text.blanks import squeeze
from gongkai.text.patterns import anywhere


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. ``line`` is where it starts: line of a text, paragraph of a Word file, page of a PDF."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``merged`` says that it continues the vertically merged cell above; ``links`` are its addresses."""

    text: str
    merged: bool = False
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A grid. ``ragged`` tables were pasted: blank cells may be missing, so cells may stand in the wrong column."""

    rows: tuple[tuple[Cell, ...], ...]
    line: int
    ragged: bool = False


@dataclass(frozen=True, slots=True)
class LooseTable:
    """A table that has lost its grid in PDF text: its header, and every line of its pages in the order printed."""

    header: str
    lines: tuple[str, ...]
    line: int


Block = Paragraph | Table | LooseTable


def texts_of(block: Block) -> Iterator[str]:
    """The text of a paragraph, or of every cell of a table."""
    match block:
        case Paragraph():
            yield block.text
        case Table():
            yield from (cell.text for row in block.rows for cell in row)
        case LooseTable():
            yield from (block.header, *block.lines)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A piece of the input that is not in any draft, and why (Chinese, for the editor)."""

    text: str
    reason: str
    line: int


@dataclass(slots=True)
class Provenance:
    """Where the text of an input went: ``printed`` into drafts in another form, ``left_out`` into none, and why.

    What drafts hold as it was printed needs no word: the accounting finds it there.
    """

    printed: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def shows(self, texts: Iterable[str]) -> None:
        """These texts are in a draft in another form."""
        self.printed += texts

    def leaves(self, texts: Iterable[tuple[str, int]], reason: str) -> None:
        """These texts, each with its line, have no place in any draft."""
        self.left_out += [LeftOut(text, reason, line) for text, line in texts]


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that could be read. ``source`` names the kind of file in Chinese; ``doubts`` are damages to report."""

    source: str
    blocks: tuple[Block, ...]
    left_out: tuple[LeftOut, ...] = ()
    doubts: tuple[str, ...] = field(default=())
    address: str | None = None  # where a saved page was published


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that cannot be imported: what is wrong, and what to do instead, both in Chinese."""

    message: str
    hint: str


_UNSEEN = anywhere(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
"""Characters that nobody prints and that no authored file may hold."""


def visible(reading: Reading) -> Reading:
    """The same without characters that nobody can see; when there were any, a doubt says how many."""
    found = sum(len(_UNSEEN.findall(text)) for text, _ in pieces(reading.blocks))
    if not found:
        return reading
    doubt = f"原文件里有{found}个看不见的控制字符，已经去掉"
    blocks = tuple(_visible(block) for block in reading.blocks)
    return replace(reading, blocks=blocks, doubts=(*reading.doubts, doubt))


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


def pieces(blocks: Iterable[Block]) -> Iterable[tuple[str, int]]:
    """Every text of the blocks with its line, in reading order: what the accounting must find again."""
    for block in blocks:
        match block:
            case Paragraph():
                yield block.text, block.line
            case Table():
                yield from ((cell.text, block.line) for row in block.rows for cell in row if cell.text.strip())
            case LooseTable():
                yield block.header, block.line
                yield from ((line, block.line) for line in block.lines)
