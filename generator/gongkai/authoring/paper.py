"""Papers that an office goes on with in Word or Excel: chapters with lines and grids, whose cells may span others."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from gongkai.column.sheets import Book, workbook

BLANK = "（待填）"
"""What stands where nobody has told the number: never 0."""


class Cell(Struct, frozen=True):
    """A cell of a grid at a row and column, from 0; it spans ``right`` more columns and ``below`` more rows."""

    row: int
    at: int
    text: str
    right: int = 0
    below: int = 0


class Grid(Struct, frozen=True):
    """A table of a fixed form; ``widths`` are those of its columns, as spreadsheets count."""

    name: str
    widths: tuple[int, ...]
    cells: tuple[Cell, ...]

    @property
    def rows(self) -> int:
        """How many there are."""
        return max(cell.row + cell.below for cell in self.cells) + 1

    def lines(self) -> Iterator[list[str]]:
        """Its rows as texts; what a cell spans is empty."""
        texts = {(cell.row, cell.at): cell.text for cell in self.cells}
        for row in range(self.rows):
            yield [texts.get((row, at), "") for at in range(len(self.widths))]


class Chapter(Struct, frozen=True):
    """A heading with its lines and grids."""

    heading: str
    lines: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()


class Paper(Struct, frozen=True):
    """A paper with its title, a note on what it is made from, and its chapters."""

    title: str
    note: str
    chapters: tuple[Chapter, ...]


def as_markdown(paper: Paper) -> str:
    """The paper as text."""
    lines = [f"# {paper.title}", "", f"> {paper.note}", ""]
    for chapter in paper.chapters:
        lines += [f"## {chapter.heading}", ""]
        lines += [part for line in chapter.lines for part in (line, "")]
        for grid in chapter.grids:
            first, *rest = (f"| {' | '.join(_flat(text) for text in row)} |" for row in grid.lines())
            lines += [first, f"|{'---|' * len(grid.widths)}", *rest, ""]
    return "\n".join(lines)


def _flat(text: str) -> str:
    return text.replace("\n", " ").replace("|", "｜")


def as_word(paper: Paper) -> bytes:
    """The paper as a Word file.

    Raises:
        ModuleNotFoundError: when the library for Word files (the extra ``import``) is not installed.
    """
    from docx import Document  # noqa: PLC0415 - an extra, not needed to build

    document = Document()
    document.add_heading(paper.title, level=0)
    document.add_paragraph(paper.note)
    for chapter in paper.chapters:
        document.add_heading(chapter.heading, level=1)
        for line in chapter.lines:
            document.add_paragraph(line)
        for grid in chapter.grids:
            table = document.add_table(rows=grid.rows, cols=len(grid.widths), style="Table Grid")
            for cell in grid.cells:
                place = table.cell(cell.row, cell.at)
                if cell.right or cell.below:
                    place = place.merge(table.cell(cell.row + cell.below, cell.at + cell.right))
                place.text = cell.text
            document.add_paragraph()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_excel(paper: Paper, author: str, day: date) -> bytes:
    """The paper as a workbook: a sheet for the lines, and one for each grid."""

    def fill(book: Book) -> None:
        texts = [(chapter.heading, line) for chapter in paper.chapters for line in chapter.lines]
        sheet = book.sheet("文字部分", paper.title, ("部分", "内容"), (30, 90))
        for at, line in enumerate([("说明", paper.note), *texts], 2):
            for position, text in enumerate(line):
                sheet.put(at, position, text, "text")
        for chapter in paper.chapters:
            for grid in chapter.grids:
                _sheet(book, chapter.heading, grid)

    return workbook(paper.title, author, day, fill)


def _sheet(book: Book, heading: str, grid: Grid) -> None:
    heads = list(next(grid.lines()))
    sheet = book.sheet(grid.name, heading, heads, grid.widths)
    first: Sequence[Cell] = [cell for cell in grid.cells if cell.row == 0]
    for cell in first:
        if cell.right or cell.below:
            sheet.put(1, cell.at, cell.text, "head", right=cell.right, below=cell.below)
    for cell in grid.cells:
        if cell.row:
            sheet.put(cell.row + 1, cell.at, cell.text, "centre", right=cell.right, below=cell.below)
