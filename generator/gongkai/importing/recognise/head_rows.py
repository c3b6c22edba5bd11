"""The heads of a list's table where wide heads have heads of their own below: 承办单位 over 主办 and 协办."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gongkai.importing.blocks import Cell, Table
from gongkai.text.blanks import squeeze
from gongkai.text.numerals import digits

_LONGEST = 16


class HeadRows(NamedTuple):
    """The head of each column as (wide head, head below it), and the first row below; the second is often blank."""

    heads: list[tuple[str, str]]
    first: int


def head_rows(table: Table, at: int) -> HeadRows:
    """The heads that begin in row ``at``; a blank head belongs to the one on its left where heads stand below it."""
    above = [squeeze(cell.text) for cell in table.rows[at]]
    row = table.rows[at + 1] if at + 1 < len(table.rows) else ()
    if not _is_below(above, row):
        return HeadRows([(head, "") for head in above], at + 1)
    heads: list[tuple[str, str]] = []
    for high, cell in zip(above, row, strict=True):
        heads.append((high or (heads[-1][0] if heads else ""), squeeze(cell.text)))
    return HeadRows(heads, at + 2)


def _is_below(above: Sequence[str], row: Sequence[Cell]) -> bool:
    """Whether a row is nothing but short heads, each below a wide head."""
    low = [squeeze(cell.text) for cell in row]
    if len(low) != len(above) or not any(low):
        return False
    wide = [not head or (at + 1 < len(above) and not above[at + 1]) for at, head in enumerate(above)]
    return all(wide[at] and len(text) <= _LONGEST and digits(text) != text for at, text in enumerate(low) if text)
