"""The columns of the tables of a document, as they were taken: for screens on which a person says what they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from gongkai.importing.blocks import Block, Table
from gongkai.importing.recognise.catalogues import is_catalogue
from gongkai.importing.recognise.columns import Kind
from gongkai.importing.recognise.grids import read_grid
from gongkai.importing.recognise.lists import is_list
from gongkai.text.blanks import squeeze

_LONGEST = 24
_FEWEST = 2


class TableColumns(Struct, frozen=True):
    """A table (the number of its block), and its columns: each head with its kind; None where no head is known."""

    block: int
    columns: tuple[tuple[str, Kind | None], ...]


def table_columns(blocks: Sequence[Block]) -> Iterator[TableColumns]:
    """Every table of which it can be said; catalogues and lists of ended documents tell their columns otherwise."""
    for at, block in enumerate(blocks):
        if not isinstance(block, Table):
            continue
        if grid := read_grid(block):
            known = dict(reversed([*zip(grid.all_labels, grid.kinds, strict=False)]))  # the first of two of one name
            yield TableColumns(at, tuple((label, known[label]) for label in grid.labels))
        elif not is_catalogue(block) and not is_list(block) and (heads := _first_row(block)):
            yield TableColumns(at, tuple((head, None) for head in heads))


def _first_row(table: Table) -> list[str]:
    """The cells of the first row that may be heads; none where it is text."""
    texts = [squeeze(cell.text) for cell in (table.rows[0] if table.rows else ())]
    heads = list(dict.fromkeys(filter(None, texts)))
    return heads if len(heads) >= _FEWEST and all(len(head) <= _LONGEST for head in heads) else []
