"""Tables that are a card for each thing: 项目名称 | … | 建设地点 | …, the labels again for the next one.

They are turned into a table with one row for each card and one column for each label, so that whatever reads tables
reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.importing.blocks import Cell, Table
from gongkai.importing.recognise.columns import Kind, column_kind
from gongkai.text.blanks import squeeze
from gongkai.text.markers import marker

_LONGEST_LABEL, _FEWEST_LABELS = 12, 3
_Field = tuple[str, Cell]


def as_rows(table: Table) -> Table | None:
    """The same with a column for each label; None for a table that is no card."""
    fields = [field for row in table.rows for field in _fields(row)]
    cells = sum(bool(cell.text.strip()) for row in table.rows for cell in row)
    printed = sum(bool(label) + bool(cell.text.strip()) for label, cell in fields)
    if table.ragged or printed < cells or not fields:
        return None
    cards = _cards(fields)
    labels = list(dict.fromkeys(squeeze(label) for label, _ in cards[0]))
    if len(labels) < _FEWEST_LABELS or not _named(labels) or any(not _alike(card, labels) for card in cards):
        return None
    heads = list(dict.fromkeys(squeeze(label) for card in cards for label, _ in card))
    rows = [tuple(_under(card, head) for head in heads) for card in cards]
    return Table((tuple(Cell(head) for head in heads), *rows), table.line)


def _fields(row: Sequence[Cell]) -> Iterator[_Field]:
    """Labels with what stands behind them; nothing of a row that is built otherwise."""
    filled = [cell for cell in row if cell.text.strip()]
    starts = [at for at, cell in enumerate(row) if cell.text.strip()]
    if not filled or starts[0]:
        return
    label: Cell | None = None
    for at, cell in enumerate(row):
        if label is None:
            if not cell.text.strip():
                continue  # the cell before reaches over several columns
            label = cell
        elif cell.text.strip() or (at + 1 < len(row) and row[at + 1].text.strip() and _is_label(row[at + 1].text)):
            yield label.text, cell
            label = None
    if label is not None:
        yield label.text, Cell("")


def _is_label(text: str) -> bool:
    plain = squeeze(text).rstrip("：:")
    return 0 < len(plain) <= _LONGEST_LABEL and not marker(text) and not any(mark in plain for mark in "。；，、《》")


def _named(labels: Sequence[str]) -> bool:
    """Whether the first label is that of a name and half of the others are known heads."""
    kinds = [column_kind(label.rstrip("：:")) for label in labels]
    first = next((kind for kind in kinds if kind is not Kind.NUMBER), None)
    known = sum(kind is not None for kind in kinds)
    return first is Kind.ITEM and known * 2 >= len(kinds) and all(map(_is_label, labels))


def _cards(fields: Sequence[_Field]) -> list[list[_Field]]:
    """A card begins where its first label stands again."""
    cards: list[list[_Field]] = []
    for label, cell in fields:
        if not cards or squeeze(label) == squeeze(cards[0][0][0]):
            cards.append([])
        cards[-1].append((label, cell))
    return cards


def _alike(card: Sequence[_Field], labels: Sequence[str]) -> bool:
    own = {squeeze(label) for label, _ in card}
    return len(own & set(labels)) * 2 > len(labels)


def _under(card: Sequence[_Field], head: str) -> Cell:
    return next((cell for label, cell in card if squeeze(label) == head), Cell(""))
