"""Tables that have become a stream of cells: one after the other, without rows.

Web pages copied as text give either one cell per line, or cells parted by ``|`` that may stand on lines of their own.
What tells the rows apart is the printed number where there is one, and else what the cells are: a head, a requirement
(a sentence), units, a deadline always come in this order.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gongkai.importing.recognise.columns import (
    Kind,
    is_header,
    kind_of,
    looks_like_deadline,
    looks_like_number,
    looks_like_units,
)
from gongkai.text.markers import marker
from gongkai.text.numerals import digits

_UNIT_KINDS = (Kind.LEAD, Kind.UNITS, Kind.ORGANIZER, Kind.SUPPORT)
_LONG = 40
_SHORT_HEAD = 36
_HEAD, _NUMBER, _TEXT, _UNITS, _DEADLINE = range(5)


def header_of(cells: Sequence[str]) -> tuple[list[str], int]:
    """The headings that a stream begins with, broken ones joined, and how many cells they took; empty when none."""
    labels: list[str] = []
    at = 0
    while at < len(cells):
        cell, following = cells[at], cells[at + 1] if at + 1 < len(cells) else ""
        alone, after, both = kind_of(cell), kind_of(following), kind_of(cell + following) if following else None
        if looks_like_number(following):
            both = None
        if both and cell + following not in labels and (not (alone and after) or alone is after is Kind.ITEM):
            labels.append(cell + following)
            at += 2
        elif alone and cell not in labels:
            labels.append(cell)
            at += 1
        else:
            break
    return (labels, at) if is_header(labels) else ([], 0)


def rows_of(cells: Sequence[str], labels: Sequence[str]) -> list[list[str]]:
    """Cut the stream after its header into rows, each with its cells in the order of the kinds, joined where broken."""
    kinds = [kind_of(label) or Kind.OTHER for label in labels]
    filled = _without_header([cell for cell in cells if cell], labels)
    if kinds[0] is Kind.NUMBER:
        return [_numbered(chunk, kinds) for chunk in _by_number(filled)]
    if Kind.ITEM in kinds or Kind.ORGANIZER in kinds:
        return _by_units(filled)
    return _by_order(filled, kinds)


def _without_header(cells: list[str], labels: Sequence[str]) -> list[str]:
    """Headings repeated on later pages go; a lone word that equals a heading stays."""
    kept: list[str] = []
    at = 0
    while at < len(cells):
        if list(cells[at : at + len(labels)]) == list(labels):
            at += len(labels)
        else:
            kept.append(cells[at])
            at += 1
    return kept


def _by_number(cells: Sequence[str]) -> list[list[str]]:
    """Rows begin at 1, 2, 3 …; a heading 一、 that stands at the end of a row belongs to the next one."""
    starts: list[int] = []
    for at, text in enumerate(cells):
        if looks_like_number(text) and int(digits(text)) == len(starts) + 1:
            starts.append(at)
    if not starts:
        return []
    chunks = [list(cells[start:end]) for start, end in pairwise([*starts, len(cells)])]
    carried = list(cells[: starts[0]])
    for chunk in chunks:
        chunk[1:1] = carried
        carried = []
        while len(chunk) > 2 and (found := marker(chunk[-1])) and found.rank == 1:  # noqa: PLR2004  number and name stay
            carried.insert(0, chunk.pop())
    chunks[-1] += carried
    return chunks


def _numbered(chunk: list[str], kinds: Sequence[Kind]) -> list[str]:
    """One numbered row. With a cell for each heading nothing is to be done; else lines of one cell are joined."""
    if len(chunk) == len(kinds):
        return chunk
    if Kind.ITEM in kinds or Kind.ORGANIZER in kinds:
        return _item_row(chunk, kinds)
    row = _by_order(chunk[1:], [kind for kind in kinds if kind is not Kind.NUMBER])
    return [chunk[0], *[cell for part in row for cell in part]]


def _item_row(chunk: list[str], kinds: Sequence[Kind]) -> list[str]:
    """A directory's row: the name may be broken over lines, and so may the organizers after it."""
    first, last = _units_in(chunk, start=2)
    if first is None:
        return chunk
    name = "".join(chunk[1:first])
    units = _whole_units(chunk[first:last])
    wanted = sum(1 for kind in kinds if kind in _UNIT_KINDS)
    if wanted > 1 and len(units) > 1:
        units = [units[0], "\n".join(units[1:])]
    elif units:
        units = ["\n".join(units)]
    return [chunk[0], name, *units, *chunk[last:]]


def _units_in(cells: Sequence[str], start: int) -> tuple[int | None, int]:
    """The first run of cells that are units, alone or put together with the next one."""
    for at in range(start, len(cells)):
        alone = looks_like_units(cells[at])
        together = at + 1 < len(cells) and _starts_unit(cells[at]) and looks_like_units(cells[at] + cells[at + 1])
        if alone or together:
            end = at + (1 if alone else 2)
            while end < len(cells) and looks_like_units(cells[end]):
                end += 1
            return at, end
    return None, 0


def _starts_unit(text: str) -> bool:
    return text[:1] in "区县市各镇省" and len(text) < 16 and "。" not in text  # noqa: PLR2004  a broken name is short


def _whole_units(cells: Sequence[str]) -> list[str]:
    """Names broken over two lines are closed: 市规划和自然资源局 / 花都区分局, 区住房城乡 / 建设局."""
    whole: list[str] = []
    for cell in cells:
        tail = cell.endswith("分局") and not cell.startswith(("区", "县", "市"))
        if whole and (tail or not looks_like_units(whole[-1])):
            whole[-1] += cell
        else:
            whole.append(cell)
    return whole


def _by_units(cells: Sequence[str]) -> list[list[str]]:
    """A directory without numbers: each row ends with its organizer."""
    rows: list[list[str]] = [[]]
    for cell in cells:
        rows[-1].append(cell)
        if len(rows[-1]) > 1 and looks_like_units(cell):
            rows.append([])
    return [row for row in rows if row]


def _by_order(cells: Sequence[str], kinds: Sequence[Kind]) -> list[list[str]]:
    """Tasks: head, number, requirement, units, deadline come in this order, so a step back begins a new row."""
    beside = sum(1 for kind in kinds if kind is Kind.OTHER)
    rows: list[list[tuple[int, str]]] = []
    extra = 0
    for at, cell in enumerate(cells):
        role = _role(cells, at, kinds)
        above = rows[-1][-1][0] if rows else _DEADLINE + 1
        if rows and extra < beside and above >= _UNITS and role in (_HEAD, _DEADLINE) and not marker(cell):
            rows[-1].append((_DEADLINE, cell))
            extra += 1
        elif rows and role == above == _UNITS:
            rows[-1][-1] = (_UNITS, f"{rows[-1][-1][1]}\n{cell}")
        elif not rows or role < above or role == above == _TEXT:
            rows.append([(role, cell)])
            extra = 0
        else:
            rows[-1].append((role, cell))
    return [[text for _, text in row] for row in _with_heads(rows)]


def _with_heads(rows: list[list[tuple[int, str]]]) -> list[list[tuple[int, str]]]:
    """A row that is nothing but heads belongs to the next one."""
    whole: list[list[tuple[int, str]]] = []
    carried: list[tuple[int, str]] = []
    for row in rows:
        if all(role == _HEAD for role, _ in row) and row is not rows[-1]:
            carried += row
            continue
        whole.append(carried + row)
        carried = []
    return whole


def _role(cells: Sequence[str], at: int, kinds: Sequence[Kind]) -> int:
    cell = cells[at]
    after = cells[at + 1] if at + 1 < len(cells) else ""
    if looks_like_number(cell):
        return _NUMBER
    number = marker(cell)
    if number and number.rank <= 2 and len(cell) <= _SHORT_HEAD and _is_sentence(after):  # noqa: PLR2004  一、 and （一）
        return _HEAD
    if _is_sentence(cell):
        return _TEXT
    if any(kind in kinds for kind in _UNIT_KINDS) and looks_like_units(cell) and not number:
        return _UNITS
    if Kind.DEADLINE in kinds and looks_like_deadline(cell) and not number:
        return _DEADLINE
    return _HEAD


def _is_sentence(text: str) -> bool:
    return text.endswith(("。", "；", "！")) or len(text) > _LONG
