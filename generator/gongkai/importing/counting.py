"""Counts to lay side by side: rows of the tables of a paper, numbers that it prints itself, and what the drafts have.

As the accounting, it looks at the paper and at the written files and knows nothing of what lies between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from gongkai.importing.blocks import Block, LooseTable, Paragraph, Table
from gongkai.importing.provenance import owners
from gongkai.text.blanks import squeeze
from gongkai.text.patterns import anywhere

_TELLING = 2
"""Characters from which on a cell says which row it is of."""
_PRINTED = anywhere(
    r"[（(]共?计?(?P<bracket>\d{1,4}(?:个项目|项|件|条|个))[）)]|共计?(?P<plain>\d{1,4}(?:个项目|项|件|条|个))"
)


class CountedTable(Struct, frozen=True):
    """A table by its line: rows with any text, and how many of them are in the files."""

    line: int
    rows: int
    found: int


class Counts(Struct, frozen=True):
    """The tables of a paper, and the numbers that it prints (33项), each with its line."""

    tables: tuple[CountedTable, ...] = ()
    printed: tuple[tuple[str, int], ...] = ()


def count(blocks: Sequence[Block], drafts: Iterable[object]) -> Counts:
    """Count; ``drafts`` are the written files, read back."""
    said = "\0".join(squeeze(owner.text) for draft in drafts for owner in owners(draft, 0) if not owner.day)
    tables = [_counted(block, said) for block in blocks if isinstance(block, Table)]
    return Counts(tuple(tables), tuple(_printed(blocks)))


def _counted(table: Table, said: str) -> CountedTable:
    rows = [max((squeeze(cell.text) for cell in row if not cell.merged), key=len, default="") for row in table.rows]
    full = [longest for longest in rows if longest]
    found = sum(longest in said and len(longest) >= _TELLING for longest in full)
    return CountedTable(table.line, len(full), found)


def _printed(blocks: Sequence[Block]) -> Iterator[tuple[str, int]]:
    for block in blocks:
        texts = [block.text] if isinstance(block, Paragraph) else list(_cells(block))
        for text in texts:
            for found in _PRINTED.finditer(squeeze(text)):
                yield found["bracket"] or found["plain"], block.line


def _cells(block: Block) -> Iterator[str]:
    match block:
        case Table():
            yield from (cell.text for row in block.rows for cell in row if not cell.merged)
        case LooseTable():
            yield from block.lines
