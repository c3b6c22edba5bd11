"""Postings with lunr's weights, built in one pass without keeping texts.

The formula is lunr's (BM25, k1 1.2, b 0.75, weights rounded to three decimals); summing the fields of a record gives
the same ranking as lunr's own scorer, and lets a conjunction hold across fields. ``tests/search`` builds the same
records with lunr.py and compares every weight.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.search.fields import BOOSTS

K1, B = 1.2, 0.75
_FIELDS = tuple(BOOSTS)


@dataclass(slots=True)
class Postings:
    """Counts of every token by record and field. Records are numbered in the order they are added."""

    size: int = 0
    _lengths: list[array[int]] = field(default_factory=lambda: [array("L") for _ in _FIELDS])
    _rows: dict[str, tuple[array[int], array[int], array[int]]] = field(default_factory=dict)

    def add(self, fields: Mapping[str, list[str]]) -> None:
        """Count one record."""
        rows = self._rows
        for at, name in enumerate(_FIELDS):
            words = fields[name]
            self._lengths[at].append(len(words))
            for token, count in Counter(words).items():
                row = rows.get(token)
                if row is None:
                    row = rows[token] = (array("L"), array("B"), array("L"))
                row[0].append(self.size)
                row[1].append(at)
                row[2].append(count)
        self.size += 1

    def __iter__(self) -> Iterator[tuple[str, list[int], list[float]]]:
        """Every token with its records (ascending) and their weights, sorted by token."""
        for token, rows in self.by_field():
            sums: dict[int, float] = {}
            for record, _, weight in rows:
                sums[record] = sums.get(record, 0.0) + weight
            ids = sorted(sums)
            yield token, ids, [sums[record] for record in ids]

    def by_field(self) -> Iterator[tuple[str, list[tuple[int, int, float]]]]:
        """Every token with (record, field number, weight), sorted by token."""
        norms = list(self._norms())
        boosts = [BOOSTS[name] for name in _FIELDS]
        for token in sorted(self._rows):
            records, fields, counts = self._rows[token]
            idf = inverse_document_frequency(self.size, len(records))
            yield (
                token,
                [
                    (record, at, round(idf * ((K1 + 1) * count) / (norms[at][record] + count) * boosts[at], 3))
                    for record, at, count in zip(records, fields, counts, strict=True)
                ],
            )

    def _norms(self) -> Iterable[list[float]]:
        for lengths in self._lengths:
            average = sum(lengths) / max(self.size, 1) or 1.0
            yield [K1 * (1 - B + B * (length / average)) for length in lengths]


def inverse_document_frequency(records: int, with_term: int) -> float:
    """lunr's: ``with_term`` counts every field of every record that has the token."""
    return math.log(1 + abs((records - with_term + 0.5) / (with_term + 0.5)))
