"""Where each field of a draft stands in the paper, and where the text of a paper went.

A link puts a run of characters of the paper beside the same run of a field. Links are found by the accounting, which
covers the paper with the written files; what a draft has in another form (a day, 责任单位：… in brackets) is linked as
far as it is written. Screens that show paper and draft side by side read them from ``as_json``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import accumulate
from typing import Any

from msgspec import Struct, field
from msgspec.structs import asdict

from gongkai.importing.blocks import Block, Cell, LeftOut, Piece, Table
from gongkai.text.blanks import squeeze
from gongkai.text.dates import printed_day

Steps = tuple[str | int, ...]
"""The way to a field of a draft: keys, and numbers of items counted from 0."""


class Provenance(Struct):
    """Where the text of an input went: ``printed`` into drafts in another form, ``left_out`` into none, and why.

    What drafts hold as it was printed needs no word: the accounting finds it there.
    """

    printed: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def shows(self, texts: Iterable[str]) -> None:
        """These texts are in a draft in another form."""
        self.printed += texts

    def leaves(self, texts: Iterable[tuple[str, int]], reason: str, *, beside: bool = False) -> None:
        """These texts, each with its line, have no place in any draft; with ``beside`` they are comments of one."""
        self.left_out += [LeftOut(text, reason, line, beside) for text, line in texts]


class Owner(Struct, frozen=True):
    """A field: its draft (by number), the way to it, and its text; of a day, as papers print it."""

    draft: int
    path: Steps
    text: str
    day: bool = False

    @property
    def record(self) -> Steps:
        """The way to the record that holds the field."""
        at = max((at for at, step in enumerate(self.path[:-1]) if isinstance(step, int)), default=-1)
        return (self.draft, *self.path[: at + 1])

    @property
    def name(self) -> Steps:
        """The way to the field whatever the record."""
        return (self.draft, *(step for step in self.path if isinstance(step, str)))


class Place(Struct, frozen=True):
    """A run of characters of the paper, counted from 0 in its paragraph or cell; row and column -1 in a paragraph."""

    block: int
    row: int
    column: int
    start: int
    length: int


class Link(Struct, frozen=True):
    """``place`` says what the field says from ``start`` on; a day is linked as a whole, in whatever form it stands.

    ``again`` says that the run belongs to another field already: a merged cell, a title that several fields repeat.
    """

    place: Place
    draft: int
    path: Steps
    start: int
    length: int
    again: bool = False


def owners(value: object, draft: int, path: Steps = ()) -> Iterator[Owner]:
    """Every field of a draft that says something, in order."""
    match value:
        case Mapping():
            for key, item in value.items():
                yield from owners(item, draft, (*path, str(key)))
        case list() | tuple():
            for at, item in enumerate(value):
                yield from owners(item, draft, (*path, at))
        case date():
            yield Owner(draft, path, printed_day(value), day=True)
        case str() | int() if not isinstance(value, bool):
            yield Owner(draft, path, str(value))


@lru_cache(maxsize=256)
def _signs(text: str) -> Sequence[int]:
    """Where the characters of a text stand that are no blanks."""
    return [at for at, char in enumerate(text) if not char.isspace()]


def _span(text: str, start: int, length: int) -> tuple[int, int]:
    """Start and length of a run that is counted without blanks, with the blanks that stand between."""
    first, last = _signs(text)[start], _signs(text)[start + length - 1]
    return first, last - first + 1


def place(piece: Piece, start: int, length: int) -> Place:
    """The place of a run of a piece, counted without blanks."""
    return Place(piece.block, piece.row, piece.column, *_span(piece.text, start, length))


class Linker:
    """Makes links of places in the joined texts of all fields (each without blanks, parted by one character)."""

    def __init__(self, fields: Sequence[Owner]) -> None:
        self.fields = fields
        self.starts: list[int] = []
        at = 0
        for each in fields:
            self.starts.append(at)
            at += len(squeeze(each.text)) + 1

    def owner_at(self, where: int) -> tuple[int, Owner] | None:
        """The field at a place, and where it begins."""
        at = bisect_right(self.starts, where) - 1
        return (self.starts[at], self.fields[at]) if at >= 0 and where < self.end else None

    @property
    def end(self) -> int:
        """How long the joined texts are."""
        return self.starts[-1] + len(squeeze(self.fields[-1].text)) if self.fields else 0

    def link(self, piece: Piece, start: int, where: int, length: int) -> Link | None:
        """A link of a run of a piece, counted without blanks; None for what no field says."""
        found = self.owner_at(where)
        if found is None:
            return None
        begin, owner = found
        said = (0, len(owner.text)) if owner.day else _span(owner.text, where - begin, length)
        return Link(place(piece, start, length), owner.draft, owner.path, *said)


class _Paper:
    """All texts of a paper without blanks, to find fields in that no run is left for."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        texts = [squeeze(piece.text) for piece in pieces]
        self._text = "\0".join(texts)
        self._starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
        self._cells: dict[tuple[int, str], list[Piece]] = defaultdict(list)
        for piece, text in zip(pieces, texts, strict=True):
            self._cells[piece.block, text].append(piece)

    def find(self, text: str, near: Place | None) -> Place | None:
        """The cell above in the same table that says this, else where it is printed first."""
        if near and (above := [piece for piece in self._cells[near.block, text] if piece.row <= near.row]):
            return place(above[-1], 0, len(text))
        at = self._text.find(text)
        if at < 0:
            return None
        number = bisect_right(self._starts, at) - 1
        return place(self._pieces[number], at - self._starts[number], len(text))


def again(fields: Iterable[Owner], links: Sequence[Link], pieces: Sequence[Piece]) -> Iterator[Link]:
    """Links of fields that repeat, as a whole or for a part, what another field says as well."""
    linked: Counter[tuple[int, Steps]] = Counter()
    near: dict[Steps, Place] = {}
    for link in links:
        linked[link.draft, link.path] += link.length
        near.setdefault(Owner(link.draft, link.path, "").record, link.place)
    paper = _Paper(pieces)
    for each in fields:
        text = squeeze(each.text)
        if len(text) > max(linked[each.draft, each.path], 1):
            where = paper.find(text, near.get(each.record))
            if where:
                yield Link(where, each.draft, each.path, 0, len(each.text), again=True)


def as_json(
    source: str, blocks: Sequence[Block], drafts: Sequence[str], links: Sequence[Link], missing: Sequence[Place]
) -> dict[str, Any]:
    """Paper and links for a screen: blocks as they were seen, drafts by name, runs that are in no draft."""
    return {
        "source": source,
        "blocks": [_block(block) for block in blocks],
        "links": [
            {
                **asdict(link.place),
                "draft": drafts[link.draft],
                "path": list(link.path),
                "field_start": link.start,
                "field_length": link.length,
                "again": link.again,
            }
            for link in links
        ],
        "left_out": [asdict(place) for place in missing],
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Table):
        return {"line": block.line, "rows": [[_cell(cell) for cell in row] for row in block.rows]}
    return {"line": block.line, "text": block.text} if hasattr(block, "text") else asdict(block)


def _cell(cell: Cell) -> dict[str, Any]:
    return {"text": cell.text, **({"merged": True} if cell.merged else {})}
