"""Texts of which each character is used once: what files say, and what they show in another form.

The longest run wins. Among equals, cells of one row belong to one record and cells of one column to one field; of these
the nearest to what was found before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from gongkai.importing.blocks import Piece
from gongkai.importing.provenance import Link, Linker, Owner, Steps
from gongkai.text.blanks import squeeze
from gongkai.text.markers import marker
from gongkai.text.patterns import anywhere

SIGNS = "、。，；：:,;.．（）()〔〕[]【】“”\"'—-–|｜·*#_　"
"""Punctuation, which lists and fields show by their form."""
_GRAM = 4
_DIGITS = anywhere(r"\d")
_MOST = 64
"""Places of the same text that are compared."""


class Use(NamedTuple):
    """A run of a piece, counted without blanks, and the place in the pool that it uses."""

    piece: Piece
    start: int
    length: int
    where: int


class Pool:
    """``fields`` are what files say, those of days last; ``others`` what is only shown in another form."""

    def __init__(self, fields: Sequence[Owner], others: Iterable[str] = ()) -> None:
        self.linker = Linker(fields)
        texts = [squeeze(field.text) for field in fields]
        self.text = "\0".join((*texts, *(squeeze(text) for text in others)))
        self.end_of_files = len("\0".join(text for text, field in zip(texts, fields, strict=True) if not field.day))
        self.free = bytearray(b"\1") * len(self.text)
        self.index: dict[str, list[int]] = defaultdict(list)
        for at in range(len(self.text) - _GRAM + 1):
            self.index[self.text[at : at + _GRAM]].append(at)
        self.whole: dict[str, list[int]] = defaultdict(list)
        at = 0
        for text in self.text.split("\0"):
            self.whole[text].append(at)
            at += len(text) + 1
        self.tried: dict[str, int] = {}
        self.last = self.used = 0
        self.uses: list[Use] = []
        self.signs: list[str] = []
        self._habits = _Habits()

    @property
    def written(self) -> tuple[str, ...]:
        """The runs that files say."""
        return tuple(self._said(use) for use in self.uses if use.where < self.end_of_files)

    @property
    def shown(self) -> tuple[str, ...]:
        """The runs that are shown in another form, and lone punctuation."""
        return (*(self._said(use) for use in self.uses if use.where >= self.end_of_files), *self.signs)

    def links(self) -> Iterator[Link]:
        """Which field says which run."""
        for use in sorted(self.uses, key=lambda use: (use.piece[2:], use.start)):
            if link := self.linker.link(use.piece, use.start, use.where, use.length):
                yield link

    def _said(self, use: Use) -> str:
        return self.text[use.where : use.where + use.length]

    def exact(self, piece: Piece, offset: int, text: str) -> int:
        """Use a field that says this and nothing else."""
        places = self._whole_fields(text) if len(text) > 1 else []
        return self._use(piece, offset, self._liked(piece, places), len(text)) if places else 0

    def longest(self, piece: Piece, offset: int, text: str, start: int) -> int:
        """Use the longest free run that equals ``text`` from ``start`` on, going on after the last one if it can.

        ``offset`` is where ``text`` begins in the piece; the length of the run is given back.
        """
        following = self.last + 1 if self.text[self.last : self.last + 1] == "\0" else self.last
        best, where = max((self._run(text, start, at), at) for at in (self.last, following))
        whole = self.text[where + best : where + best + 1] in ("", "\0")
        best = best if (best >= _GRAM or whole) and self._habits.fits(piece, self._owner(where)) else 0
        if best < _GRAM and start + best < len(text):
            best, where = max((best, where), self._longest(piece, text, start, len(self.text)))
            if best and text[start] in SIGNS and self._longest(piece, text, start + 1, len(self.text))[0] >= best:
                return 0  # a sign between two fields
        number = marker(text) if not start and not best else None
        short = number.printed if number else text[start:] if len(text) - start < _GRAM else ""
        if not best and short and (places := self._whole_fields(short)):
            best, where = len(short), self._liked(piece, places)
        elif not best and short and not _DIGITS.search(short):  # a figure stands in many texts
            best, where = len(short), self._short(short)
            best = best if where >= 0 else 0
        return self._use(piece, offset + start, where, best)

    def shortest(self, piece: Piece, offset: int, text: str, start: int) -> int:
        """Use any free run of two characters or more that is left over; one, when no more is asked for."""
        for length in range(min(len(text) - start, 2 * _GRAM), min(1, len(text) - 1), -1):
            at = self._short(text[start : start + length])
            if at >= 0:
                return self._use(piece, offset + start, at, length)
        return 0

    def prefer_files(self) -> None:
        """What is shown in another form, and left over in a file as well, is written there."""
        before, self.uses = self.uses, []
        for use in before:
            if use.where < self.linker.end:
                self.uses.append(use)
                self.last = use.where
                continue
            text, at, start = self._said(use), 0, 0
            while at < len(text):
                length = self._written(use.piece, use.start, text, at)
                if length:
                    self._keep(use, start, at)
                    start = at + length
                at += length or 1
            self._keep(use, start, len(text))

    def _keep(self, use: Use, start: int, end: int) -> None:
        if start < end:
            self.uses.append(Use(use.piece, use.start + start, end - start, use.where + start))

    def _written(self, piece: Piece, offset: int, text: str, start: int) -> int:
        """Use the longest run of a file that is left over."""
        length, where = self._longest(piece, text, start, self.end_of_files)
        if length < _GRAM and not start and 1 < len(text) < _GRAM:
            where = self._short(text)
            length = len(text) if 0 <= where < self.end_of_files else 0
        return self._use(piece, offset + start, where, length) if length >= min(_GRAM, len(text)) else 0

    def _longest(self, piece: Piece, text: str, start: int, end: int) -> tuple[int, int]:
        """The longest free run from ``start`` on that begins before ``end``, and where it is."""
        best, places, most = 0, [0], len(text) - start
        for at in self._free_places(text[start : start + _GRAM]):
            length = self._run(text, start, at) if at < end else 0
            if length == most and piece.row < 0:
                return length, at
            if length > best:
                best, places = length, [at]
            elif length and length == best and len(places) < _MOST:
                places.append(at)
        return best, self._liked(piece, places) if best else 0

    def _free_places(self, gram: str) -> Iterator[int]:
        """Where these characters are free. What is used once is never free again, and mostly from the front."""
        places = self.index.get(gram, [])
        used = 0
        while used < len(places) and not self.free[places[used]]:
            used += 1
        del places[:used]
        yield from (at for at in places if self.free[at])

    def _whole_fields(self, text: str) -> list[int]:
        """Where fields begin that say nothing else and are free: the first ones, and those near the last one found."""
        places = self.whole.get(text, [])
        used = 0
        while used < len(places) and not self.free[places[used]]:
            used += 1
        del places[:used]
        near = bisect_left(places, self.last)
        some = chain(islice(places, _MOST), islice(places, max(near - _MOST, _MOST), near + _MOST))
        return [at for at in some if all(self.free[at : at + len(text)])]

    def _liked(self, piece: Piece, places: Sequence[int]) -> int:
        """Which of several places of the same text is meant."""
        if len(places) == 1:
            return places[0]
        likes = self._habits.likes
        return max(places, key=lambda at: (*likes(piece, self._owner(at)), at >= self.last, -abs(at - self.last)))

    def _owner(self, where: int) -> Owner | None:
        found = self.linker.owner_at(where)
        return found[1] if found else None

    def _use(self, piece: Piece, start: int, where: int, length: int) -> int:
        if length:
            self.free[where : where + length] = bytes(length)
            self.used += length
            self.last = where + length
            self.uses.append(Use(piece, start, length, where))
            self._habits.learn(piece, self._owner(where), length)
        return length

    def _run(self, text: str, start: int, at: int) -> int:
        length = 0
        while (
            start + length < len(text)
            and at + length < len(self.text)
            and self.free[at + length]
            and self.text[at + length] == text[start + length]
        ):
            length += 1
        return length

    def _short(self, text: str) -> int:
        at = self.text.find(text, self.tried.get(text, 0))
        while at >= 0 and not all(self.free[at : at + len(text)]):
            at = self.text.find(text, at + 1)
        self.tried[text] = at if at >= 0 else len(self.text)  # what is used once is never free again
        return at


class _Habits:
    """In which record the cells of a row were found, and in which field those of a column."""

    def __init__(self) -> None:
        self._rows: dict[tuple[int, int], Counter[Steps]] = defaultdict(Counter)
        self._columns: dict[tuple[int, int], Counter[Steps]] = defaultdict(Counter)

    def learn(self, piece: Piece, owner: Owner | None, length: int) -> None:
        """A run of a piece was found in a field."""
        if owner and piece.row >= 0:
            self._rows[piece.block, piece.row][owner.record] += length
            self._columns[piece.block, piece.column][owner.name] += 1

    def likes(self, piece: Piece, owner: Owner | None) -> tuple[int, int]:
        """How well a field goes with the row and with the column of a piece."""
        if owner is None or piece.row < 0:
            return (0, 0)
        row, column = self._rows.get((piece.block, piece.row)), self._columns.get((piece.block, piece.column))
        return (row[owner.record] if row else 0, column[owner.name] if column else 0)

    def fits(self, piece: Piece, owner: Owner | None) -> bool:
        """Whether nothing else is known of the row than what the field goes with."""
        row = self._rows.get((piece.block, piece.row)) if piece.row >= 0 else None
        return owner is None or not row or owner.record in row
