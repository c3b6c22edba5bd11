"""Postings with lunr's weights, built without keeping texts, and without ever holding all tokens where they are many.

The formula is lunr's (BM25, k1 1.2, b 0.75, weights rounded to three decimals); summing the fields of a record gives
the same ranking as lunr's own scorer, and lets a conjunction hold across fields. ``tests/search`` builds the same
records with lunr.py and compares every weight.
"""

from __future__ import annotations

import marshal
import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import BinaryIO
from zlib import crc32

from generator.search.fields import BOOSTS

K1, B = 1.2, 0.75
SLICES = 16
"""Parts that the tokens of a file are kept in, by checksum: an index is made of one part of every file at a time."""
_FIELDS = tuple(BOOSTS)
_BOOSTS = tuple(BOOSTS.values())
_PLACE_BITS = 20
_PLACES = (1 << _PLACE_BITS) - 1
_ONCE = 2 << _PLACE_BITS
_FIELD_BITS = 2


@dataclass(slots=True)
class Counted:
    """Counts of every token of some records, by record and field; records are numbered in the order they are added.

    A posting is one integer, which takes a third of the time and half of the memory of three: the count in the high
    bits, ``record * 4 + field`` in the low ones.
    """

    lengths: list[list[int]] = field(default_factory=list)
    rows: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, fields: Mapping[str, list[str]]) -> None:
        """Count one record."""
        place = len(self.lengths) << _FIELD_BITS
        self.lengths.append([len(fields[name]) for name in _FIELDS])
        rows = self.rows
        for name in _FIELDS:
            for token, count in Counter(fields[name]).items():
                rows[token].append(count << _PLACE_BITS | place)
            place += 1

    def packed(self) -> bytes:
        """The same as bytes: lengths, then the tokens in ``SLICES`` parts, so that each can be read alone."""
        slices: list[dict[str, tuple[str, bytes]]] = [{} for _ in range(SLICES)]
        for token, row in self.rows.items():
            form = "I" if max(row) < 1 << 32 else "Q"
            slices[crc32(token.encode()) % SLICES][token] = form, array(form, row).tobytes()
        parts = [marshal.dumps(part) for part in slices]
        starts = list(accumulate(map(len, parts), initial=0))
        return marshal.dumps((self.lengths, starts)) + b"".join(parts)


@dataclass(slots=True)
class Postings:
    """The postings of many records, put together from the counts of some at a time."""

    lengths: list[Sequence[int]] = field(default_factory=list)
    rows: dict[str, list[tuple[int, Sequence[int]]]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, counted: Counted) -> Postings:
        """All tokens of records that were counted together."""
        return cls(list(counted.lengths), {token: [(0, row)] for token, row in counted.rows.items()})

    def extend(self, counted: BinaryIO, slices: Iterable[int]) -> None:
        """Add records after those that are there, with some slices of their tokens, from :meth:`Counted.packed`."""
        first = len(self.lengths) << _FIELD_BITS
        lengths, starts = marshal.load(counted)  # noqa: S302 - our own cache
        self.lengths += lengths
        begin = counted.tell()
        for at in slices:
            counted.seek(begin + starts[at])
            part = counted.read(starts[at + 1] - starts[at])  # a file read piecemeal costs more than all that follows
            for token, (form, row) in marshal.loads(part).items():  # noqa: S302
                self.rows[token].append((first, array(form, row)))

    def __iter__(self) -> Iterator[tuple[str, list[int], list[float]]]:
        """Every token with its records (ascending) and their weights, sorted by token."""
        kinds, norms = self._kinds()
        for token in sorted(self.rows):
            yield token, *_weighed(self.rows[token], len(self.lengths), kinds, norms)

    def _kinds(self) -> tuple[array[int], list[tuple[float, float]]]:
        """By place the kind of its field, and by kind how much its length and its hits count.

        Few lengths exist, so that a weight is computed once for all fields of one length.
        """
        numbers: dict[tuple[int, int], int] = {}
        kinds = array("L")
        for lengths in self.lengths:
            kinds.extend(numbers.setdefault((at, length), len(numbers)) for at, length in enumerate(lengths))
            kinds.append(0)
        totals = [sum(found) for found in zip(*self.lengths, strict=True)] or [0] * len(_FIELDS)
        averages = [total / max(len(self.lengths), 1) or 1.0 for total in totals]
        return kinds, [(K1 * (1 - B + B * (length / averages[at])), _BOOSTS[at]) for at, length in numbers]


def _weighed(
    row: Iterable[tuple[int, Sequence[int]]], size: int, kinds: Sequence[int], norms: Sequence[tuple[float, float]]
) -> tuple[list[int], list[float]]:
    """The records that have a token, and how much it weighs in each."""
    row = list(row)
    idf = inverse_document_frequency(size, sum(len(segment) for _, segment in row))
    known: dict[int, float] = {}
    ids: list[int] = []
    weights: list[float] = []
    last = -1
    for first, segment in row:
        for posting in segment:
            place = first + (posting & _PLACES)
            kind = kinds[place]
            key = kind if posting < _ONCE else (posting >> _PLACE_BITS) << 32 | kind
            weight = known.get(key)
            if weight is None:
                norm, boost = norms[kind]
                count = posting >> _PLACE_BITS
                weight = known[key] = round(idf * ((K1 + 1) * count) / (norm + count) * boost, 3)
            record = place >> _FIELD_BITS
            if record == last:
                weights[-1] += weight
            else:
                ids.append(record)
                weights.append(weight)
                last = record
    return ids, weights


def inverse_document_frequency(records: int, with_term: int) -> float:
    """lunr's: ``with_term`` counts every field of every record that has the token."""
    return math.log(1 + abs((records - with_term + 0.5) / (with_term + 0.5)))
