"""The paper of an import beside its drafts: which run of characters went into which field, and what went into none.

The importer says it (``gongkai import --provenance``): blocks as it saw them, links of runs and fields, runs left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from gongkai.desk import paths


class Run(Struct, frozen=True):
    """Some characters of the paper: ``to`` is the anchor of the field that has them, ``left`` says that none has."""

    text: str
    id: str = ""
    to: str = ""
    left: bool = False


Rectangle = tuple[float, float, float, float]
"""Left, top, width and height, in points."""


class Spot(Struct, frozen=True):
    """A text on the picture of a page: its anchor (where it begins), where it leads, a rectangle for each line."""

    id: str
    to: str
    lines: Sequence[Rectangle]


class Page(Struct, frozen=True):
    """The picture of a page, its size in points and what is marked on it."""

    number: int
    wide: float
    high: float
    spots: Sequence[Spot]


class Paper(Struct, frozen=True):
    """The paper as the importer saw it, and for each draft the anchors of the runs that its fields came from.

    A block is a paragraph, one row with one cell, or a table; ``columns`` are those of tables, by the number of their
    block: the head of each, and what it was taken for (empty: nothing).
    """

    blocks: Sequence[Sequence[Sequence[Sequence[Run]]]]
    columns: Mapping[int, Sequence[tuple[str, str]]]
    origins: Mapping[str, Mapping[str, str]]
    pages: Sequence[Page] = ()


def field_anchor(draft: int, place: str) -> str:
    """The anchor of a field of a draft."""
    return f"d{draft}-{place}"


def paper_of(said: Mapping[str, Any], drafts: Sequence[str]) -> Paper:
    """The paper of what the importer said of it; ``drafts`` are the names of the files that it wrote."""
    marks: dict[tuple[int, int, int], list[tuple[int, int, str]]] = defaultdict(list)
    origins: dict[str, dict[str, str]] = {name: {} for name in drafts}
    spots: dict[int, list[Spot]] = defaultdict(list)
    for link in said.get("links", ()):
        if link["draft"] not in origins:
            continue
        place = paths.written(tuple(link["path"]))
        drawn = link.get("spots", ())
        origins[link["draft"]].setdefault(place, f"s{_anchor(link)}" if drawn else _anchor(link))
        if not link["again"]:
            to = field_anchor(drafts.index(link["draft"]), place)
            marks[link["block"], link["row"], link["column"]].append((link["start"], link["length"], to))
            _mark(spots, link, to)
    for run in said.get("left_out", ()):
        marks[run["block"], run["row"], run["column"]].append((run["start"], run["length"], ""))
        _mark(spots, run, "")
    blocks = [_block(at, block, marks) for at, block in enumerate(said.get("blocks", ()))]
    tables = {each["block"]: [(head, kind or "") for head, kind in each["columns"]] for each in said.get("columns", ())}
    pages = [Page(each["number"], each["wide"], each["high"], spots[each["number"]]) for each in said.get("pages", ())]
    return Paper(blocks, tables, origins, pages)


def _mark(spots: Mapping[int, list[Spot]], run: Mapping[str, Any], to: str) -> None:
    """Mark a run on the pictures; where it begins is where links of fields lead."""
    lines: dict[int, list[Rectangle]] = defaultdict(list)
    for page, left, top, right, bottom in run.get("spots", ()):
        lines[page].append((left - 1, top - 1, right - left + 2, bottom - top + 2))
    for at, (page, found) in enumerate(lines.items()):
        spots[page].append(Spot("" if at else f"s{_anchor(run)}", to, found))


def _anchor(place: Mapping[str, Any]) -> str:
    return f"p{place['block']}.{place['row']}.{place['column']}.{place['start']}"


def _block(at: int, block: Mapping[str, Any], marks: Mapping[tuple[int, int, int], Any]) -> list[list[list[Run]]]:
    if "rows" in block:
        rows = enumerate(block["rows"])
        return [
            [_runs(cell["text"], (at, row, column), marks) for column, cell in enumerate(cells)] for row, cells in rows
        ]
    return [[_runs(block.get("text", ""), (at, -1, -1), marks)]]


def _runs(text: str, place: tuple[int, int, int], marks: Mapping[tuple[int, int, int], Any]) -> list[Run]:
    """A text cut where runs begin and end."""
    found: list[Run] = []
    at = 0
    for start, length, to in sorted(marks.get(place, ())):
        if start < at or not text[start : start + length]:
            continue
        found += [Run(text[at:start])] if start > at else []
        anchor = "p" + ".".join(map(str, (*place, start)))
        found.append(Run(text[start : start + length], anchor, to, left=not to))
        at = start + length
    return [*found, Run(text[at:])] if text[at:] else found
