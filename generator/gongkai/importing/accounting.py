"""Nothing is lost: every character of the input is in a written draft, is shown there in another form, or is left out.

The check is made after the fact and knows nothing of the recognisers: it takes the texts of the input one by one and
covers them with the texts that the written files say when they are read back, using each character of a draft once.
What recognisers say is in a draft in another form (heads of columns, numbers, what is printed again) never counts as
written. What cannot be covered is left out too, with the reason that no part of the format was recognised for it, so
that the list is complete by construction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from gongkai.importing.blocks import LeftOut, Piece
from gongkai.importing.pool import SIGNS, Pool
from gongkai.importing.provenance import Link, Place, Provenance, again, owners, place
from gongkai.text.blanks import squeeze

_UNRECOGNISED = "没有识别出这一段属于哪一部分，请核对后手工补录"


class Account(Struct, frozen=True):
    """Characters of the input, white space aside, and where they went.

    ``written`` are the pieces found in the files; ``shown`` are those that a draft has in another form, and lone
    punctuation; ``left_out`` is everything else. ``links`` say which field has which run, ``nowhere`` which no field
    has.
    """

    total: int
    written: tuple[str, ...]
    shown: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    links: tuple[Link, ...] = ()
    nowhere: tuple[Place, ...] = ()

    @property
    def kept(self) -> int:
        """How many characters are in the files."""
        return sum(map(len, self.written))

    @property
    def reshaped(self) -> int:
        """How many characters are shown in another form."""
        return sum(map(len, self.shown))

    @property
    def percentage(self) -> float:
        """Share of the input's characters that are in the files, in percent; below 100 as long as one is missing."""
        return _share(self.kept, self.total)

    @property
    def accounted(self) -> float:
        """The same together with what is shown in another form."""
        return _share(self.kept + self.reshaped, self.total)


def _share(part: int, total: int) -> float:
    """In percent, with two places, rounded down: 100 is said of all of it only."""
    return part * 10000 // total / 100 if total else 100.0


def account(
    pieces: Iterable[Piece], drafts: Iterable[object], provenance: Provenance, before: Sequence[LeftOut] = ()
) -> Account:
    """Cover the input with what the files say when they are read back; ``before`` is what its reader left out."""
    left_out = [*before, *provenance.left_out]
    found = [owner for at, draft in enumerate(drafts) for owner in owners(draft, at)]
    pool = Pool([*(each for each in found if not each.day), *(each for each in found if each.day)], provenance.printed)
    aside = Pool([], [item.text for item in left_out])
    everything = list(pieces)
    gaps = [gap for piece in _rows_by_length(everything) for gap in _gaps(piece, 0, squeeze(piece.text), pool, aside)]
    missing = [gap for gap in gaps for gap in _gaps(*gap, pool, aside, short=True)]
    total = sum(len(squeeze(piece.text)) for piece in everything)
    outside = sum(len(squeeze(item.text)) for item in left_out) - aside.used
    pool.prefer_files()
    unknown = [LeftOut(text, _UNRECOGNISED, piece.line) for piece, _, text in missing]
    nowhere = [place(piece, start, len(text)) for piece, start, text in missing]
    nowhere += [place(use.piece, use.start, use.length) for use in aside.uses]
    links = list(pool.links())
    links += again(found, links, everything)
    return Account(total + outside, pool.written, pool.shown, (*left_out, *unknown), tuple(links), tuple(nowhere))


def _rows_by_length(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The cells of a row by their length: what is long stands in one place, and the short ones beside it."""
    for _, cells in groupby(pieces, key=lambda piece: (piece.block, piece.row)):
        yield from sorted(cells, key=lambda piece: -len(piece.text))


_Gap = tuple[Piece, int, str]
"""A run of a piece that is found nowhere: where it starts, counted without blanks, and its text."""


def _gaps(piece: Piece, offset: int, text: str, pool: Pool, aside: Pool, *, short: bool = False) -> list[_Gap]:
    """Runs found nowhere. Punctuation at their ends is shown by lists and fields."""
    if pool.exact(piece, offset, text) or aside.exact(piece, offset, text):
        return []
    gaps: list[_Gap] = []
    find = pool.shortest if short else pool.longest
    at = start = 0
    while at <= len(text):
        length = 1 if at == len(text) else find(piece, offset, text, at) or aside.longest(piece, offset, text, at)
        if length:
            whole = text[start:at]
            gap = whole.strip(SIGNS)
            first = len(whole) - len(whole.lstrip(SIGNS))
            pool.signs += whole[:first] + whole[first + len(gap) :]
            gaps += [(piece, offset + start + first, gap)] if gap else []
            start = at + length
        at += length or 1
    return gaps
