"""Tables that go on on another page without their heads: put together again, so that no row is lost."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from gongkai.importing.blocks import Block, Cell, Paragraph, Table
from gongkai.importing.recognise.cards import as_rows, under_titles
from gongkai.importing.recognise.catalogues import is_catalogue
from gongkai.importing.recognise.grids import read_grid
from gongkai.importing.recognise.lists import is_list
from gongkai.text.blanks import squeeze
from gongkai.text.patterns import whole

_GOES_ON = whole(r"[（(]?(?:续表?|接上页|转下页)\s*\d*[）)]?")


def has_heads(table: Table) -> bool:
    """Whether any recogniser knows the heads of a table."""
    return read_grid(table) is not None or is_catalogue(table) or is_list(table)


def continued(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with a table that has no heads and as many columns as the table right before it put below that one.

    The words 续表 between the two are no text between them; they stay where they are.
    """
    found: list[Block] = []
    last: int | None = None
    for each in under_titles(blocks):
        block = _as_rows(each)
        if isinstance(block, Table):
            above = found[last] if last is not None else None
            if isinstance(above, Table) and _rest_of(above, block):
                found[last or 0] = replace(above, rows=(*above.rows, *block.rows))
                continue
            last = len(found)
        elif not (isinstance(block, Paragraph) and _GOES_ON.fullmatch(squeeze(block.text))):
            last = None
        found.append(block)
    return tuple(found)


def _as_rows(block: Block) -> Block:
    """Cards become a table; cards one below the other have the same heads and are put together."""
    plain = isinstance(block, Table) and not has_heads(block)
    return (as_rows(block) if plain and isinstance(block, Table) else None) or block


def _rest_of(above: Table, table: Table) -> bool:
    """Whether a table has the heads of the one above it again, or without heads its columns."""
    if table.rows and above.rows and _texts(table.rows[0]) == _texts(above.rows[0]) and has_heads(table):
        return True
    width = {len(row) for row in (*above.rows, *table.rows)}
    return len(width) == 1 and not (above.ragged or table.ragged) and has_heads(above) and not has_heads(table)


def _texts(row: Sequence[Cell]) -> list[str]:
    return [text for cell in row if (text := squeeze(cell.text))]
