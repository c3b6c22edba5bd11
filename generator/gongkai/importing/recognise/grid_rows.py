"""One row of a table by kind of column; rows that were pasted are put right by content."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from gongkai.importing.blocks import Cell, Table
from gongkai.importing.recognise.columns import (
    Kind,
    looks_like_deadline,
    looks_like_number,
    looks_like_units,
)

_SENTENCE = 12
_SINGLE = {Kind.NUMBER: "number", Kind.LEAD: "lead", Kind.SUPPORT: "support", Kind.DEADLINE: "deadline"}
"""Fields that one cell of a row fills."""


class GridRow(Struct):
    """One row, cells by kind; a kind that is missing was merged or blank. ``others`` are (label, text, address).

    ``group`` is the row across the table right above it.
    """

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
    group: str | None = None


def is_shifted(table: Table, row: Sequence[Cell], kinds: Sequence[Kind]) -> bool:
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


def row_of(row: Sequence[Cell], labels: Sequence[str], kinds: Sequence[Kind]) -> GridRow:
    """A row whose cells stand under their heads."""
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
    name = _SINGLE.get(kind)
    if name and getattr(found, name):  # a second column of the kind keeps its own head
        found.others.append((label, text, link))
        return
    match kind:
        case Kind.NUMBER if not found.number:
            found.number = text
        case Kind.TEXT | Kind.ITEM:
            found.text = f"{found.text}\n{text}" if found.text else text
        case Kind.LEAD if not found.lead:
            found.lead = text
        case Kind.SUPPORT if not found.support:
            found.support = text
        case Kind.UNITS | Kind.ORGANIZER if not (found.units and label):
            found.units = f"{found.units}\n{text}" if found.units else text
        case Kind.DEADLINE if not found.deadline:
            found.deadline = text
        case _:
            found.others.append((label, text, link))


def shifted_row(cells: Sequence[Cell], labels: Sequence[str], kinds: Sequence[Kind]) -> GridRow:
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
