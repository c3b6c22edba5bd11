"""The loose lines of a PDF table -> rows.

PDF text keeps the words of a table but not its grid: cells are wrapped, a cell's lines may be parted by blank lines,
and the merged cells of 工作任务 stand wherever the extractor met them. Reliable is: a requirement ends with 。 and is
followed by its units, unit lines are short and made of unit names, and the heads repeat headings of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct, field

from gongkai.importing.blocks import LooseTable, width
from gongkai.importing.recognise.alike import alike, sections_of_rows
from gongkai.importing.recognise.columns import (
    Kind,
    is_header,
    kind_of,
    looks_like_deadline,
    looks_like_units,
)
from gongkai.importing.recognise.grid_rows import GridRow
from gongkai.importing.recognise.grids import Grid
from gongkai.importing.recognise.outline import Outline
from gongkai.text.blanks import squeeze
from gongkai.text.patterns import anywhere, whole
from gongkai.text.phrases import ANNEX_MARK

_TABLE_NAME = whole(r".{0,30}(分解表|分工表|任务表|任务清单)")

_MOST_HEAD_LINES = 6
_HEAD_ALIKE = 0.6
_HEAD_START = 4
_LONGEST_HEAD = 40
_GAP = anywhere(r"\s+")
_SPACE_IN_PRINT = anywhere(r"(?<=[^\s\x00-\x7f])[ \u3000\xa0]+(?=\S)|(?<=\S)[ \u3000\xa0]+(?=[^\s\x00-\x7f])")
_INLINE_UNITS = anywhere(r"(?<=。)\s+(?=\S)")
_UNIT_START = whole(
    r"(各[镇街乡区县市部有单功试相]|[区县市][\u4e00-\u9fff]{1,12}(局|办|委|中心|会|院|公司)|[区县市]政府|牵头单位|责任单位)"
)
_UNIT_FIRST = whole(r"[各区县市乡镇]|牵头|责任|政府|办公室")
_UNIT_PART = anywhere(r"局|办|委|部门|单位|街道|镇|中心|政府|分局|^[会、）)]|等")


class _State(Struct):
    rows: list[GridRow] = field(default_factory=list)
    heads: list[tuple[int, str]] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    mode: str = "text"


def read_loose(table: LooseTable, outline: Outline) -> Grid:
    """Rebuild the rows. Heads are put to rows by the plan's own outline when there is one, else by where they stand."""
    labels = [part for part in _GAP.split(table.header) if part]
    grid = Grid(labels, [kind_of(label) or Kind.OTHER for label in labels])
    titles = [heading.title for _, heading, _ in outline.every()]
    lines = _without_headers(table.lines, grid)
    limit = _unit_width(lines)
    state = _State()
    at = 0
    while at < len(lines):
        used, head = _head_at(lines, at, titles)
        if used:
            state.heads.append((len(state.rows), head))
            state.mode = "text"
            _flush(state)
            at += used
            continue
        _line(state, lines[at], limit, grid)
        at += 1
    _flush(state)
    grid.rows = state.rows
    if outline.headings:
        _heads_by_outline(grid, state.heads, outline)
    else:
        _heads_in_order(grid, state.heads)
    return grid


def _without_headers(lines: Sequence[str], grid: Grid) -> list[str]:
    """Take out headings repeated on later pages, and the annex mark and table title that ended up between the cells."""
    kept: list[str] = []
    for line in lines:
        parts = [part for part in _GAP.split(line) if part]
        if is_header(parts) or ANNEX_MARK.fullmatch(line):
            grid.repeated.append(line)
        elif _TABLE_NAME.fullmatch(squeeze(line)):
            grid.titles.append(_tidy(line))
        else:
            kept += _INLINE_UNITS.split(line) if _UNIT_START.match(_INLINE_UNITS.split(line)[-1]) else [line]
    return kept


def _tidy(text: str) -> str:
    return _SPACE_IN_PRINT.sub("", text.strip())


def _unit_width(lines: Sequence[str]) -> int:
    """The width of the column of units: that of the widest line that begins with a unit after a requirement."""
    widths = [
        width(line)
        for before, line in pairwise(lines)
        if before.rstrip().endswith("。") and _UNIT_START.match(squeeze(line)) and "。" not in line
    ]
    return max(widths, default=24) + 2


def _head_at(lines: Sequence[str], at: int, titles: Sequence[str]) -> tuple[int, str]:
    """Lines that together repeat a heading of the plan: (how many, the heading as the table prints it).

    The table often words a heading a little differently, so the most lines that still resemble one are taken.
    """
    joined = ""
    best: tuple[int, str] = (0, "")
    for count, line in enumerate(lines[at : at + _MOST_HEAD_LINES], start=1):
        joined += squeeze(line)
        if len(joined) > _LONGEST_HEAD or "。" in line or (count > 1 and _UNIT_START.match(_tidy(line))):
            break
        for title in titles:
            plain = squeeze(title)
            if joined == plain:
                return count, joined
            if plain[:_HEAD_START] == joined[:_HEAD_START] and alike(joined, plain) > _HEAD_ALIKE:
                best = (count, joined)
    return best


def _line(state: _State, line: str, limit: int, grid: Grid) -> None:
    """Put one line to the requirement or to the units, going by how the lines before ended."""
    plain = _tidy(line)
    row = state.rows[-1] if state.rows else None
    if state.mode == "units" and row is not None and Kind.DEADLINE in grid.kinds and looks_like_deadline(plain):
        row.deadline = (row.deadline or "") + plain
        return
    ended = bool(state.pending) and state.pending[-1].endswith(("。", "；"))
    if state.mode == "text" and ended and _UNIT_FIRST.match(plain) and width(plain) <= limit and "。" not in plain:
        state.rows.append(GridRow(text="".join(state.pending), units=plain))
        state.pending = []
        state.mode = "units"
    elif state.mode == "units" and row is not None and _goes_on(row, plain, limit):
        row.units = (row.units or "") + plain
    else:
        state.mode = "text"
        state.pending.append(plain)


def _goes_on(row: GridRow, plain: str, limit: int) -> bool:
    """Whether a short line is the rest of the unit cell above."""
    if width(plain) > limit or "。" in plain:
        return False
    units = row.units or ""
    broken = units.endswith(("、", "，")) or units.count("（") > units.count("）")
    return broken or bool(_UNIT_PART.search(plain)) or looks_like_units(units + plain) or not looks_like_units(units)


def _flush(state: _State) -> None:
    """A requirement without units (blank merged cell) is a row too."""
    if state.pending and state.pending[-1].endswith("。"):
        state.rows.append(GridRow(text="".join(state.pending)))
        state.pending = []
    elif state.pending and state.rows:
        state.rows[-1].stray.append("".join(state.pending))
        state.pending = []
    elif state.pending:
        state.rows.append(GridRow(text="".join(state.pending)))
        state.pending = []


def _heads_by_outline(grid: Grid, heads: Sequence[tuple[int, str]], outline: Outline) -> None:
    """Give each row the heads that the table prints for its clause."""
    printed: dict[str, str] = {}
    keys = {key: heading for key, heading, _ in outline.every()}
    for _, head in heads:
        key = max(keys, key=lambda key: alike(head, squeeze(keys[key].title)))
        if key in printed:
            grid.repeated.append(head)
        printed.setdefault(key, head)
    used: set[str] = set()
    for row, clause in zip(grid.rows, sections_of_rows([row.text or "" for row in grid.rows], outline), strict=True):
        area, topic = (clause or "").split("-")[0], clause or ""
        row.heads = [
            printed.get(area) if area not in used else None,
            printed.get(topic) if topic not in used and "-" in topic else None,
        ]
        used |= {area, topic}
    grid.repeated += [head for key, head in printed.items() if key not in used]


def _heads_in_order(grid: Grid, heads: Sequence[tuple[int, str]]) -> None:
    for at, head in heads:
        if at < len(grid.rows):
            grid.rows[at].heads.append(head)
        else:
            grid.repeated.append(head)
