"""A table's grid -> its header and rows by kind of column, in any order; pasted rows are put right by content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.importing.blocks import Cell, Table
from gongkai.importing.recognise.columns import (
    Kind,
    is_header,
    kind_of,
    looks_like_deadline,
    looks_like_number,
    looks_like_units,
)
from gongkai.text.blanks import squeeze

_SENTENCE = 12


@dataclass(slots=True)
class GridRow:
    """One row, cells gathered by kind. A kind that is missing was merged or blank; ``others`` are (label, text)."""

    number: str | None = None
    heads: list[str | None] = field(default_factory=list)
    text: str | None = None
    lead: str | None = None
    units: str | None = None
    support: str | None = None
    deadline: str | None = None
    others: list[tuple[str, str, str | None]] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)
    shifted: bool = False


@dataclass(slots=True)
class Grid:
    """A table with its headings as printed, and its rows; ``repeated`` are headings printed again on later pages."""

    labels: list[str]
    kinds: list[Kind]
    rows: list[GridRow] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    ragged: bool = False


def read_grid(table: Table) -> Grid | None:
    """Read a table that has a header row; None for tables that are only layout."""
    at = next((at for at, row in enumerate(table.rows[:6]) if _is_header_row(row)), None)
    if at is None:
        return None
    labels, kinds = _columns(table, at)
    grid = Grid([label for label in labels if label], kinds, ragged=table.ragged)
    grid.titles = [cell.text.strip() for row in table.rows[:at] for cell in row if cell.text.strip()]
    for row in table.rows[at + 1 :]:
        filled = [cell for cell in row if cell.text.strip()]
        if not filled:
            continue
        if _is_header_row(row):
            grid.repeated += [cell.text.strip() for cell in filled]
            continue
        if all(squeeze(cell.text) in {squeeze(title) for title in grid.titles} for cell in filled):
            grid.repeated += [cell.text.strip() for cell in filled]
            continue
        grid.rows.append(
            _shifted_row(filled, labels, kinds) if _is_shifted(table, row, kinds) else _row(row, labels, kinds)
        )
    return grid


def _is_header_row(row: Sequence[Cell]) -> bool:
    return is_header([cell.text for cell in row])


def _columns(table: Table, at: int) -> tuple[list[str], list[Kind]]:
    """Labels and kinds of every column; a blank label belongs to the heading on its left, which spans it."""
    labels = [squeeze(cell.text) for cell in table.rows[at]]
    wide = _usual_width(table, at)
    while labels and not labels[-1] and len(labels) > wide:
        labels.pop()
    kinds: list[Kind] = []
    for label in labels:
        kinds.append(kind_of(label) or Kind.OTHER if label else (kinds[-1] if kinds else Kind.HEAD))
    if Kind.HEAD in kinds and kinds[-1] is not Kind.HEAD:
        while labels and not labels[-1]:
            labels.pop()
            kinds.pop()
    while len(labels) < wide and Kind.HEAD in kinds and not table.ragged:
        place = len(kinds) - 1 - kinds[::-1].index(Kind.HEAD)
        labels.insert(place + 1, "")
        kinds.insert(place + 1, Kind.HEAD)
    return labels, _with_text(kinds)


def _usual_width(table: Table, at: int) -> int:
    widths = [len(row) for row in table.rows[at + 1 :] if not _is_header_row(row)]
    return max(set(widths), key=widths.count) if widths else len(table.rows[at])


def _with_text(kinds: list[Kind]) -> list[Kind]:
    """Where no column is 具体要求, the last 工作任务 column holds the requirement itself."""
    if Kind.TEXT in kinds or Kind.ITEM in kinds or Kind.HEAD not in kinds:
        first = kinds.index(Kind.TEXT) if Kind.TEXT in kinds else -1
        return (
            [Kind.HEAD if kind is Kind.TEXT and at < _last(kinds, Kind.TEXT) else kind for at, kind in enumerate(kinds)]
            if first >= 0
            else kinds
        )
    last = _last(kinds, Kind.HEAD)
    return [Kind.TEXT if at == last else kind for at, kind in enumerate(kinds)]


def _last(kinds: Sequence[Kind], kind: Kind) -> int:
    return len(kinds) - 1 - list(kinds)[::-1].index(kind)


def _is_shifted(table: Table, row: Sequence[Cell], kinds: Sequence[Kind]) -> bool:
    """Whether cells of a pasted row stand in the wrong columns: judged by what is in the unit and deadline columns."""
    if not table.ragged:
        return False
    if len(row) != len(kinds):
        return True
    for cell, kind in zip(row, kinds, strict=True):
        text = cell.text.strip()
        if not text:
            continue
        if kind in (Kind.UNITS, Kind.LEAD, Kind.ORGANIZER) and not looks_like_units(text):
            return True
        if kind is Kind.DEADLINE and not looks_like_deadline(text):
            return True
        if kind is Kind.HEAD and text.isdigit():
            return True
        if kind is Kind.TEXT and looks_like_units(text) and Kind.UNITS in kinds:
            return True
    return Kind.TEXT in kinds and not row[list(kinds).index(Kind.TEXT)].text.strip()


def _row(row: Sequence[Cell], labels: Sequence[str], kinds: Sequence[Kind]) -> GridRow:
    found = GridRow()
    for at, cell in enumerate(row):
        text = cell.text.strip()
        kind = kinds[at] if at < len(kinds) else None
        if kind is Kind.HEAD:
            found.heads.append(text or None)
        elif not text:
            continue
        elif kind is None:
            found.stray.append(text)
        else:
            link = cell.links[0] if cell.links else None
            _place(found, kind, text, labels[at] if at < len(labels) else "", link)
    return found


def _place(found: GridRow, kind: Kind, text: str, label: str, link: str | None = None) -> None:
    match kind:
        case Kind.NUMBER:
            found.number = text
        case Kind.TEXT | Kind.ITEM:
            found.text = f"{found.text}\n{text}" if found.text else text
        case Kind.LEAD:
            found.lead = text
        case Kind.SUPPORT:
            found.support = text
        case Kind.UNITS | Kind.ORGANIZER:
            found.units = f"{found.units}\n{text}" if found.units else text
        case Kind.DEADLINE:
            found.deadline = text
        case _:
            found.others.append((label, text, link))


def _shifted_row(cells: Sequence[Cell], labels: Sequence[str], kinds: Sequence[Kind]) -> GridRow:
    """Blank cells went missing: number first, deadline and units last, the requirement before them, then the heads."""
    found = GridRow(shifted=True)
    texts = [cell.text.strip() for cell in cells]
    if texts and Kind.NUMBER in kinds and looks_like_number(texts[0]):
        found.number = texts.pop(0)
    elif Kind.NUMBER in kinds and len(texts) == 1:
        found.stray = texts
        return found
    if Kind.ITEM in kinds:
        return _shifted_item(found, texts, labels, kinds)
    found.number = found.number or next((texts.pop(at) for at, text in enumerate(texts) if text.isdigit()), None)
    if (
        texts
        and Kind.DEADLINE in kinds
        and len(texts) > 1
        and looks_like_deadline(texts[-1])
        and not looks_like_units(texts[-1])
    ):
        found.deadline = texts.pop()
    _after_units(found, texts, labels, kinds)
    unit_kinds = [kind for kind in (Kind.LEAD, Kind.UNITS, Kind.ORGANIZER) if kind in kinds]
    for kind in reversed(unit_kinds):
        if len(texts) > 1 and looks_like_units(texts[-1]):
            _place(found, kind, texts.pop(), "")
    if texts:
        at = _requirement(texts)
        found.text = texts[at]
        found.heads = list(texts[:at])
        found.stray = texts[at + 1 :]
    return found


def _shifted_item(found: GridRow, texts: list[str], labels: Sequence[str], kinds: Sequence[Kind]) -> GridRow:
    """A directory's row: the name stands before the organizer, everything else behind it."""
    at = next((at for at in range(1, len(texts)) if looks_like_units(texts[at])), len(texts))
    found.text = "\n".join(texts[:at]) or None
    rest = texts[at:]
    for kind in kinds:
        if rest and kind in (Kind.LEAD, Kind.UNITS, Kind.ORGANIZER, Kind.SUPPORT) and looks_like_units(rest[0]):
            _place(found, kind, rest.pop(0), "")
    if rest and Kind.DEADLINE in kinds and looks_like_deadline(rest[0]):
        found.deadline = rest.pop(0)
    found.others = _beside(rest, labels, kinds)
    return found


def _beside(texts: Sequence[str], labels: Sequence[str], kinds: Sequence[Kind]) -> list[tuple[str, str, str | None]]:
    """Cells of the remaining columns, under their headings when there is one for each."""
    names = [label for label, kind in zip(labels, kinds, strict=False) if kind is Kind.OTHER and label]
    named = names if len(names) == len(texts) else ["其他"] * len(texts)
    return [(label, text, None) for label, text in zip(named, texts, strict=True)]


def _after_units(found: GridRow, texts: list[str], labels: Sequence[str], kinds: Sequence[Kind]) -> None:
    """What stands behind the units belongs to the columns behind them (完成情况、备注)."""
    at = next((at for at in range(len(texts) - 1, 0, -1) if looks_like_units(texts[at])), None)
    beside = [kind for kind in kinds if kind is Kind.OTHER]
    if at is not None and 0 < len(texts) - at - 1 <= len(beside):
        found.others += _beside(texts[at + 1 :], labels, kinds)
        del texts[at + 1 :]


def _requirement(texts: Sequence[str]) -> int:
    """Which cell is the requirement: the last sentence, or the last cell when none is a sentence."""
    sentences = [at for at, text in enumerate(texts) if text.endswith(("。", "；")) or len(text) > _SENTENCE * 4]
    return sentences[-1] if sentences else len(texts) - 1
