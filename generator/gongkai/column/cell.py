"""Cells of printed tables under heads without a field of their own (备注, 投资额, whatever a district prints)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol


class Cell(NamedTuple):
    """What a row has under one head; ``inherited`` where the printed cell is blank and takes over the one above."""

    head: str
    text: str
    inherited: bool = False


class Celled(Protocol):
    """A row of a printed table."""

    @property
    def cells(self) -> tuple[Cell, ...]: ...  # noqa: D102


def written_cells(cells: Mapping[str, str]) -> tuple[Cell, ...]:
    """Cells as they are written in YAML, in their order."""
    return tuple(Cell(head, text) for head, text in cells.items())


def cell_heads(rows: Iterable[Celled]) -> tuple[str, ...]:
    """All heads that rows have cells for, in the order in which they first stand."""
    return tuple(dict.fromkeys(cell.head for row in rows for cell in row.cells))


def cell_texts(row: Celled) -> dict[str, str]:
    """The cells of a row by head."""
    return {cell.head: cell.text for cell in row.cells}


def cell_lines(row: Celled) -> list[str]:
    """The cells of a row as searchable text."""
    return [f"{cell.head}：{cell.text}" for cell in row.cells]
