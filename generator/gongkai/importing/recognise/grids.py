"""A table's grid -> its header and rows by kind of column, in any order."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from gongkai.importing.blocks import Cell, Table
from gongkai.importing.recognise.columns import (
    Kind,
    column_kind,
    is_header,
    is_table_header,
    kind_of,
    looks_like_number,
)
from gongkai.importing.recognise.grid_rows import GridRow, is_shifted, row_of, shifted_row
from gongkai.text.blanks import squeeze
from gongkai.text.markers import marker
from gongkai.text.patterns import whole
from gongkai.text.table_heads import is_remark

_FEWEST_COLUMNS, _LONGEST_LOW = 2, 16
_TOTAL = whole(r"(?:[全本]?[县区市州]?(?:合计|总计|小计|共计|总数))(?:[（(]?共?\d+[个项件]?(?:项目)?[）)]?)?")
_NOTE = whole(r"\s*(?:注|备注|说明|填表说明)\s*(?:\d+\s*)?[:：]")
_AMOUNT = whole(r"[\d.,，％%/—-]*(?:万元|亿元|元|个|项|%)?")
_GROUP_NUMBER = whole(
    r"(?P<bracketed>[（(][一二三四五六七八九十]{1,3}[）)])|(?P<bare>[一二三四五六七八九十]{1,3})[、.．]?"
)


_SAID_BELOW = {Kind.DEADLINE: "deadline", Kind.UNITS: "units", Kind.LEAD: "lead", Kind.SUPPORT: "support"}
"""Fields of a row by the kind of column that would hold them."""


_ONCE = (Kind.HEAD, Kind.TEXT, Kind.ITEM, Kind.NUMBER)


class Sums(Struct):
    """What a table adds up: ``of`` is the row across the table that prints it (一、续建项目), ``cells`` are by head."""

    of: str
    cells: list[tuple[str, str]]


class Grid(Struct):
    """A table with its headings as printed, and its rows; ``repeated`` are headings printed again on later pages.

    ``notes`` are rows that are no items: totals and what is explained below the table.
    """

    labels: list[str]
    kinds: list[Kind]
    rows: list[GridRow] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sums: list[Sums] = field(default_factory=list)
    all_labels: list[str] = field(default_factory=list)
    head_labels: list[str] = field(default_factory=list)
    ragged: bool = False


def read_grid(table: Table) -> Grid | None:
    """Read a table that has a header row; None for tables that are only layout."""
    at = next((at for at, row in enumerate(table.rows[:6]) if _is_header_row(table, row)), None)
    if at is None:
        return None
    labels, kinds, below = _columns(table, at)
    kinds = _as_said(table, labels, kinds)
    grid = Grid([label for label in dict.fromkeys(labels) if label], kinds, ragged=table.ragged)
    grid.all_labels = labels
    grid.head_labels = [label for label, kind in zip(labels, kinds, strict=False) if kind is Kind.HEAD]
    grid.repeated = [cell.text.strip() for row in table.rows[at:below] for cell in row if cell.text.strip()]
    grid.titles = [cell.text.strip() for row in table.rows[:at] for cell in row if cell.text.strip()]
    group: str | None = None
    above: Sequence[Cell] = ()
    counted = any(squeeze(row[0].text).isdecimal() for row in table.rows[below:] if row)
    for row in table.rows[below:]:
        filled = [cell for cell in row if cell.text.strip()]
        if not filled or _again(table, row, grid):
            grid.repeated += [cell.text.strip() for cell in filled]
            continue
        if table.ragged:
            shifted = is_shifted(table, row, kinds)
            grid.rows.append(shifted_row(filled, labels, kinds) if shifted else row_of(row, labels, kinds))
            continue
        numbered = _numbered_group(row) if counted else None
        across, named = numbered or _across(row), 2 if numbered else 1
        if across and len(filled) > named:
            grid.sums.append(Sums(across, _said_in(row, labels)[named:]))
        if across and grid.rows and _said_below(grid.rows[-1], across):
            grid.repeated.append(across)
        elif across and (_TOTAL.match(squeeze(across)) or _NOTE.match(across)):
            grid.notes += [cell.text.strip() for cell in filled]
        elif across:
            group = f"{group}\n{across}" if group else across
            grid.notes += [cell.text.strip() for cell in filled[named:]]
        else:
            above = _filled(row, above, kinds)
            grid.rows.append(row_of(above, labels, kinds))
            grid.rows[-1].group, group = group, None
    return grid


def _said_in(row: Sequence[Cell], labels: Sequence[str]) -> list[tuple[str, str]]:
    """The cells of a row that say something, by head."""
    return [(label, cell.text.strip()) for label, cell in zip(labels, row, strict=False) if cell.text.strip()]


def _filled(row: Sequence[Cell], above: Sequence[Cell], kinds: Sequence[Kind]) -> list[Cell]:
    """A row whose cells say what the merged cells above say that reach down to them.

    Blank fields of tasks are those of the row above already; things with names have each their own.
    """
    carried = [kind is Kind.OTHER or (Kind.ITEM in kinds and kind not in _ONCE) for kind in kinds]
    return [
        above[at] if cell.merged and at < min(len(above), len(kinds)) and carried[at] else cell
        for at, cell in enumerate(row)
    ]


def _said_below(row: GridRow, text: str) -> bool:
    """Whether a row across the table says of the row above what no column does: 完成时限：6月底前, 责任单位：…"""
    label, colon, said = text.replace(":", "：").partition("：")
    name = _SAID_BELOW.get(kind_of(label) or Kind.OTHER) if colon and said.strip() else None
    if name is None or getattr(row, name):
        return False
    setattr(row, name, said.strip().rstrip("。"))
    return True


def _again(table: Table, row: Sequence[Cell], grid: Grid) -> bool:
    """Whether a row repeats the heads or the title of the table on a later page."""
    plain = {squeeze(cell.text) for cell in row if cell.text.strip()}
    known = {squeeze(text) for text in (*grid.titles, *grid.repeated)}
    return plain <= {squeeze(title) for title in grid.titles} or (_is_header_row(table, row) and bool(plain & known))


def _across(row: Sequence[Cell]) -> str | None:
    """The text of a row that reaches across the table: 一、…, or 小计 with its sums; None for a row of cells."""
    texts = [cell.text.strip() for cell in row]
    filled = [at for at, text in enumerate(texts) if text]
    if len(row) <= _FEWEST_COLUMNS or any(cell.merged for cell in row):
        return None
    first, rest = texts[filled[0]], [texts[at] for at in filled[1:]]
    if filled[0] and not (rest and _TOTAL.fullmatch(squeeze(first))):
        return None
    if looks_like_number(first) or not all(_AMOUNT.fullmatch(squeeze(text)) for text in rest):
        return None
    wide = len(row) > 1 and not texts[1]
    total = bool(_TOTAL.match(squeeze(first)))
    return first if total or (wide and (not rest or marker(first))) else None


def _numbered_group(row: Sequence[Cell]) -> str | None:
    """The heading in a row of cells of a table that counts its items 1, 2, 3: 一 | 产业发展类 | its sums or nothing."""
    texts = [squeeze(cell.text) for cell in row]
    number = _GROUP_NUMBER.fullmatch(texts[0]) if len(row) > _FEWEST_COLUMNS else None
    if not number or not texts[1] or looks_like_number(texts[1]) or any(cell.merged for cell in row):
        return None
    if not all(_AMOUNT.fullmatch(text) for text in texts[2:]):
        return None
    return f"{number['bracketed'] or number['bare'] + '、'}{row[1].text.strip()}"


def _is_header_row(table: Table, row: Sequence[Cell]) -> bool:
    texts = [cell.text for cell in row]
    if table.said and {head for head, _ in table.said} & {squeeze(text) for text in texts}:
        return True
    return is_header(texts) or (not table.ragged and is_table_header(texts))


def _columns(table: Table, at: int) -> tuple[list[str], list[Kind], int]:
    """Labels and kinds of every column, and the first row below; a blank label belongs to the heading on its left."""
    if not table.ragged and (found := _two_levels(table, at)):
        labels, kinds = found
        return labels, _by_cells(table, at + 2, labels, kinds), at + 2
    labels = [squeeze(cell.text) for cell in table.rows[at]]
    wide = _usual_width(table, at)
    while labels and not labels[-1] and len(labels) > wide:
        labels.pop()
    kinds = []
    for label in labels:
        kinds.append(_kind(table, label) if label else (kinds[-1] if kinds else Kind.HEAD))
    if Kind.HEAD in kinds and kinds[-1] is not Kind.HEAD:
        while labels and not labels[-1]:
            labels.pop()
            kinds.pop()
    while len(labels) < wide and Kind.HEAD in kinds and not table.ragged:
        place = len(kinds) - 1 - kinds[::-1].index(Kind.HEAD)
        labels.insert(place + 1, "")
        kinds.insert(place + 1, Kind.HEAD)
    if table.ragged:
        return labels, _with_text(kinds), at + 1
    return labels, _by_cells(table, at + 1, labels, kinds), at + 1


def _as_said(table: Table, labels: Sequence[str], kinds: Sequence[Kind]) -> list[Kind]:
    """The kinds that a person names stand, whatever the cells look like; a blank label belongs to that on its left."""
    said, found = dict(table.said), list(kinds)
    label = ""
    for at, own in enumerate(labels):
        label = own or label
        if label in said:
            found[at] = Kind(said[label])
    return found


def _kind(table: Table, label: str) -> Kind:
    if said := dict(table.said).get(label):
        return Kind(said)
    return (kind_of(label) if table.ragged else column_kind(label)) or Kind.OTHER


def _two_levels(table: Table, at: int) -> tuple[list[str], list[Kind]] | None:
    """Labels and kinds where wide heads have heads of their own below (投资 over 总投资 and 本年计划)."""
    above = [squeeze(cell.text) for cell in table.rows[at]]
    row = table.rows[at + 1] if at + 1 < len(table.rows) else ()
    below = [squeeze(cell.text) for cell in row]
    if len(above) != len(below) or not any(below):
        return None
    labels: list[str] = []
    kinds: list[Kind] = []
    for column, (high, low) in enumerate(zip(above, below, strict=True)):
        wide = not high or (column + 1 < len(above) and not above[column + 1])
        if low and (not wide or looks_like_number(low) or len(low) > _LONGEST_LOW or marker(low)):
            return None
        if not low and not row[column].merged:
            return None
        head = high or next((label for label in above[column::-1] if label), "")
        own = column_kind(low) if low else None
        named = own is not None and own is not Kind.OTHER
        labels.append(low if named else f"{head}：{low}" if low else head)
        above_all = column_kind(head)
        days = low and above_all is Kind.DEADLINE  # 开工时间 below 时间节点 is no deadline
        kinds.append(own if own and named else (Kind.OTHER if days or (low and own) else above_all) or Kind.OTHER)
    return labels, kinds


def _by_cells(table: Table, first: int, labels: list[str], kinds: list[Kind]) -> list[Kind]:
    """Kinds put right by what stands in the columns: numbers below a wide head, merges downwards where groups are."""
    rows = [row for row in table.rows[first:] if len(row) == len(kinds) and not _across_or_blank(row)]
    columns = [[row[at] for row in rows] for at in range(len(kinds))]
    texts = [[cell.text.strip() for cell in column if cell.text.strip()] for column in columns]
    if Kind.NUMBER not in kinds:
        for at, found in enumerate(texts):
            if kinds[at] in (Kind.HEAD, Kind.TEXT) and found and all(map(looks_like_number, found)):
                if at + 1 < len(labels) and labels[at] and not labels[at + 1]:
                    labels[at], labels[at + 1] = "", labels[at]
                kinds[at] = Kind.NUMBER
                break
    kinds = _text_by_cells(kinds, columns, labels)
    kinds = _with_text(kinds)
    merged = [any(cell.merged for cell in column) for column in columns]
    text = kinds.index(Kind.TEXT) if Kind.TEXT in kinds else None
    whole = [at for at, kind in enumerate(kinds) if kind is Kind.HEAD and not merged[at] and texts[at]]
    if text is not None and merged[text] and whole:
        kinds[text], kinds[whole[-1]] = Kind.HEAD, Kind.TEXT
    return kinds


def _text_by_cells(kinds: list[Kind], columns: Sequence[Sequence[Cell]], labels: Sequence[str]) -> list[Kind]:
    """Where all heads of tasks are those of merged groups, the text is the longest of the columns that nobody knows."""
    heads = [at for at, kind in enumerate(kinds) if kind is Kind.HEAD]
    if {Kind.TEXT, Kind.ITEM} & set(kinds) or not heads or not all(_merged(columns[at]) for at in heads):
        return kinds
    lengths = {
        at: sum(len(cell.text) for cell in columns[at])
        for at, kind in enumerate(kinds)
        if kind is Kind.OTHER and at > heads[-1] and not is_remark(labels[at]) and not _merged(columns[at])
    }
    best = max(lengths, key=lambda at: lengths[at], default=None)
    return [Kind.TEXT if at == best else kind for at, kind in enumerate(kinds)]


def _merged(column: Sequence[Cell]) -> bool:
    return any(cell.merged for cell in column)


def _across_or_blank(row: Sequence[Cell]) -> bool:
    return not any(cell.text.strip() for cell in row) or _across(row) is not None


def _usual_width(table: Table, at: int) -> int:
    widths = [len(row) for row in table.rows[at + 1 :] if not _is_header_row(table, row)]
    return max(set(widths), key=widths.count) if widths else len(table.rows[at])


def _with_text(kinds: list[Kind]) -> list[Kind]:
    """Where no column is 具体要求, the last 工作任务 column holds the requirement itself."""
    if Kind.ITEM in kinds and Kind.TEXT in kinds:  # what a project or decision is about, beside its name
        return [Kind.OTHER if kind is Kind.TEXT else kind for kind in kinds]
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
