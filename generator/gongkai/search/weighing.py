"""Counts of many records -> lunr's weights, and their bytes: all postings of some tokens at once, as arrays.

The formula is lunr's (BM25, k1 1.2, b 0.75, weights rounded to three decimals); summing the fields of a record gives
the same ranking as lunr's own scorer, and lets a conjunction hold across fields. Every operation is that of lunr.py in
the same order, so that results are equal to the last bit: ``tests/search`` compares every weight.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count, pairwise
from typing import BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gongkai.search.encoding import LEVELS, Encoded
from gongkai.search.fields import BOOSTS, K1, B, inverse_document_frequency
from gongkai.search.postings import FIELD_BITS, Numbers, field_lengths, part, unfolded

_MORE = 0x80
"""The bit of a byte after which its number goes on."""
_RECORD_BITS = 32
CHUNK_POSTINGS = 1 << 18
"""Postings weighed at a time, which takes some 30 MB."""
_BOOSTS = np.array([*BOOSTS.values(), 0.0])
_DECIMALS = 1000.0
_CLOSE = 1e-6
_SEVENS = 1 << np.array([7, 14, 21, 28])
"""The least numbers of two bytes and more."""

Reals = NDArray[np.float64]


class Weighed(NamedTuple):
    """Some tokens, in order; how many records have each; and token by token those records, ascending, with weights."""

    tokens: list[str]
    sizes: Numbers
    records: Numbers
    weights: Reals


class _Rows(NamedTuple):
    """All postings of a slice as they lie in the files. A row is a token of a file; rows are sorted by token, file.

    ``tokens`` and how many rows each has; of every row how many ``postings`` it has, where they start, and the
    number of its file's first record.
    """

    tokens: list[str]
    rows: Numbers
    sizes: Numbers
    starts: Numbers
    firsts: Numbers
    postings: NDArray[np.unsignedinteger]


def weighed(files: Iterable[BinaryIO], at: int, numbers: Numbers | None = None) -> Iterator[Encoded]:
    """One slice of the tokens of many files, in order.

    Records are numbered file by file, or as ``numbers`` says of the first record of the first file and all others.
    """
    for some in postings(files, at):
        yield from _encoded(some if numbers is None else _renumbered(some, numbers))


def _renumbered(some: Weighed, numbers: Numbers) -> Weighed:
    records = numbers[some.records]
    tokens = np.repeat(np.arange(len(some.sizes)) << _RECORD_BITS, some.sizes)
    order = np.argsort(tokens | records, kind="stable")  # one number for both, nearly in order: a ninth of the time
    return some._replace(records=records[order], weights=some.weights[order])


def postings(files: Iterable[BinaryIO], at: int) -> Iterator[Weighed]:
    """The same before it is made bytes, some tokens at a time."""
    norms, rows = _gathered(files, at)
    ends = np.append(0, np.cumsum(rows.rows))
    heavy = np.append(0, np.cumsum(rows.sizes))[ends]  # postings before each token
    cuts = np.searchsorted(heavy, np.arange(CHUNK_POSTINGS, heavy[-1], CHUNK_POSTINGS))
    begins = np.unique(np.concatenate(([0], cuts, [len(rows.tokens)]))).tolist()
    for begin, end in pairwise(begins):
        some = slice(ends[begin], ends[end])
        own = _Rows(
            rows.tokens[begin:end], rows.rows[begin:end], rows.sizes[some], rows.starts[some], rows.firsts[some],
            rows.postings,
        )  # fmt: skip
        yield _weighed(own, norms)


def _gathered(files: Iterable[BinaryIO], at: int) -> tuple[Reals, _Rows]:
    """How much the length of each field of each record counts, and the rows of a slice."""
    numbers: dict[str, int] = defaultdict(count().__next__)
    fields, known, sizes, found = [], [], [], []
    for file in files:
        tokens, counts, own = part(file, at)
        fields.append(field_lengths(file))
        known.append(np.fromiter(map(numbers.__getitem__, tokens), np.int64, len(tokens)))
        sizes.append(counts)
        found.append(own)
    begins = np.cumsum([0, *map(len, fields[:-1])]) // len(BOOSTS)
    firsts = np.repeat(begins, [len(own) for own in known])
    return _norms(np.concatenate(fields)), _sorted(
        list(numbers), np.concatenate(known), np.concatenate(sizes), firsts, np.concatenate(found)
    )


def _sorted(
    tokens: list[str], numbers: Numbers, sizes: Numbers, firsts: Numbers, found: NDArray[np.unsignedinteger]
) -> _Rows:
    order = sorted(range(len(tokens)), key=tokens.__getitem__)
    ranks = np.empty(len(tokens), np.int64)
    ranks[order] = np.arange(len(tokens))
    by_row = ranks[numbers]
    rows = np.argsort(by_row, kind="stable")
    return _Rows(
        [tokens[at] for at in order],
        np.bincount(by_row, minlength=len(tokens)),
        sizes[rows],
        (np.cumsum(sizes) - sizes)[rows],
        firsts[rows],
        found,
    )


def _norms(sizes: Numbers) -> Reals:
    """By place, how much the length of a field counts against its average."""
    by_record = sizes.reshape(-1, len(BOOSTS))
    averages = [int(total) / max(len(by_record), 1) or 1.0 for total in by_record.sum(axis=0)]
    norms = np.zeros((len(by_record), 1 << FIELD_BITS))
    norms[:, : len(BOOSTS)] = K1 * (1 - B + B * (by_record / averages))
    return norms.ravel()


def _weighed(rows: _Rows, norms: Reals) -> Weighed:
    """Weights of some tokens: first of every field, then summed up by record."""
    before = np.cumsum(rows.sizes) - rows.sizes
    where = np.arange(rows.sizes.sum()) + np.repeat(rows.starts - before, rows.sizes)
    places, counts = unfolded(rows.postings[where])
    places += np.repeat(rows.firsts << FIELD_BITS, rows.sizes)
    begins = np.cumsum(rows.rows) - rows.rows
    sizes = np.add.reduceat(rows.sizes, begins)
    total = len(norms) >> FIELD_BITS
    rarity = np.array([inverse_document_frequency(total, size) for size in sizes.tolist()])
    hits = counts.astype(np.float64)
    boosts = _BOOSTS[places & (1 << FIELD_BITS) - 1]
    weights = _rounded(np.repeat(rarity, sizes) * ((K1 + 1) * hits) / (norms[places] + hits) * boosts)
    return _summed(rows.tokens, sizes, places >> FIELD_BITS, weights)


def _rounded(values: Reals) -> Reals:
    """To three decimals, as Python rounds: what lies close to a half is left to Python itself."""
    scaled = values * _DECIMALS
    found = np.rint(scaled)
    close = np.flatnonzero(np.abs(np.abs(scaled - found) - 0.5) < _CLOSE)
    found /= _DECIMALS
    found[close] = [round(value, 3) for value in values[close].tolist()]
    return found


def _summed(tokens: list[str], sizes: Numbers, records: Numbers, weights: Reals) -> Weighed:
    """The sum of a record's fields, from the first to the last."""
    new = np.append(True, records[1:] != records[:-1])
    begins = np.cumsum(sizes) - sizes
    new[begins] = True
    first = np.flatnonzero(new)
    fields = np.diff(np.append(first, len(records)))
    sums = weights[first]
    for following in range(1, len(BOOSTS)):
        more = np.flatnonzero(fields > following)
        sums[more] += weights[first[more] + following]
    return Weighed(tokens, np.add.reduceat(new, begins, dtype=np.int64), records[first], sums)


def _encoded(postings: Weighed) -> Iterator[Encoded]:
    """Every token with its heaviest weight and its bytes: records as gaps, then one byte of weight for each of them."""
    tokens, sizes, records, weights = postings
    begins = np.cumsum(sizes) - sizes
    heaviest = np.maximum.reduceat(weights, begins)
    gaps = np.diff(records, prepend=0) - 1
    gaps[begins] = records[begins]
    divisors = np.repeat(np.maximum(heaviest, 1 / _DECIMALS), sizes)  # all weights of a token may round to nothing
    levels = np.maximum((weights / divisors * LEVELS + 0.5).astype(np.uint8), 1)
    long = np.searchsorted(_SEVENS, gaps, side="right") + 1
    blobs = np.add.reduceat(long, begins) + sizes
    starts = np.cumsum(blobs) - blobs
    # Gaps of a token follow each other from its start; its weights follow the gaps, so that they lie ``ahead``.
    at = np.cumsum(long) - long + np.repeat(begins, sizes)
    out = np.empty(int(blobs.sum()), np.uint8)
    for seven in range(int(long.max())):
        more = np.flatnonzero(long > seven)
        out[at[more] + seven] = gaps[more] >> 7 * seven & 0x7F | (long[more] > seven + 1) * 0x80
    out[np.arange(len(levels)) + np.repeat(starts + blobs - sizes - begins, sizes)] = levels
    content = out.tobytes()
    for token, size, heavy, start, length in zip(
        tokens, sizes.tolist(), heaviest.tolist(), starts.tolist(), blobs.tolist(), strict=True
    ):
        yield token, size, heavy, content[start : start + length]


def before(record: int, size: int, blob: bytes) -> tuple[int, int]:
    """How many of some encoded postings are of records before one, and where their gaps end."""
    gaps = np.frombuffer(blob[: len(blob) - size], np.uint8)
    ends = np.flatnonzero(gaps < _MORE) + 1
    starts = np.append(0, ends[:-1])
    numbers = np.zeros(size, np.int64)
    for at in range(int((ends - starts).max())):
        long = np.flatnonzero(starts + at < ends)
        numbers[long] += (gaps[starts[long] + at] & (_MORE - 1)).astype(np.int64) << (7 * at)
    count = int(np.searchsorted(np.cumsum(numbers + 1) - 1, record))
    return count, int(ends[count - 1]) if count else 0
