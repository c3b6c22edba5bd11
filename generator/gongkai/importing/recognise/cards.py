"""Tables that are a card for each thing: 项目名称 | … | 建设地点 | …, the labels again for the next one.

They are turned into a table with one row for each card and one column for each label, so that whatever reads tables
reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.importing.blocks import Block, Cell, Paragraph, Table
from gongkai.importing.recognise.columns import Kind, column_kind
from gongkai.text.blanks import squeeze
from gongkai.text.markers import marker
from gongkai.text.patterns import whole

_LONGEST_LABEL, _FEWEST_LABELS = 12, 3
_TITLED = whole(
    r"(?P<number>(?:(?P<what>决策事项|事项|项目|实事)\s*)?[（(]?[\d一二三四五六七八九十]{1,3}[）)]?)\s*[：:、.．]\s*(?P<title>[^。：:]{4,80})"
)
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


def under_titles(blocks: Sequence[Block]) -> list[Block]:
    """Small tables of labels, each below the name of what it is about (事项一：…), as one table with a row for each."""
    found: list[Block] = []
    cards: list[list[_Field]] = []
    for block in blocks:
        card = _labelled(block) if found and isinstance(found[-1], Paragraph) else []
        name = _TITLED.fullmatch(found[-1].text.strip()) if card and isinstance(found[-1], Paragraph) else None
        if not name:
            cards = []
            found.append(block)
            continue
        found.pop()
        number, head = Cell(name["number"]), f"{name['what'] or '事项'}名称"
        cards.append([("序号", number), (head, Cell(name["title"].strip())), *card])
        if len(cards) > 1:
            found.pop()
        heads = list(dict.fromkeys(squeeze(label) for each in cards for label, _ in each))
        rows = [tuple(_under(each, head) for head in heads) for each in cards]
        found.append(Table((tuple(map(Cell, heads)), *rows), block.line))
    return found


def _labelled(block: Block) -> list[_Field]:
    """The labels of a table of two columns with what stands behind them; none where they are no labels."""
    if not isinstance(block, Table) or block.ragged or any(len(row) != 2 for row in block.rows):  # noqa: PLR2004
        return []
    fields = [(row[0].text.strip().rstrip("：:"), row[1]) for row in block.rows]
    known = sum(column_kind(label) is not None for label, _ in fields)
    return (
        fields if len(fields) > 1 and known * 2 >= len(fields) and all(_is_label(label) for label, _ in fields) else []
    )


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
