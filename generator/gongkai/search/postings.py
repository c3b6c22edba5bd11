"""Counts of tokens: which of them a record has in which field, and how often, as bytes for the cache.

The tokens of some records are kept in ``SLICES`` parts, so that an index can be made of one part of every file at a
time and never holds all tokens. A posting is one integer, which takes a third of the time and half of the memory of
three: the count in the high bits, ``record * 4 + field`` in the low ones.
"""

from __future__ import annotations

import struct
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import accumulate, count, pairwise
from typing import BinaryIO, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from gongkai.cache.plain import decode, encode
from gongkai.search.encoding import SLICES
from gongkai.search.fields import BOOSTS

FIELD_BITS = 2
_PLACE_BITS = 20
_PLACES = (1 << _PLACE_BITS) - 1
_TOKEN_BITS = 32
_STARTS = struct.Struct(f"<{SLICES + 2}Q")

MAX_COUNTED_RECORDS = 1 << _PLACE_BITS - FIELD_BITS
"""Records that are counted together at most: those of one authored file, or of one district."""

Numbers = NDArray[np.int64]


class TooManyRecordsError(RuntimeError):
    """More records together than their places have room for."""

    def __init__(self) -> None:
        super().__init__(f"一份文件（汇总时是一个区县）最多 {MAX_COUNTED_RECORDS} 条记录可以查找：请分成几份")


class Slice(NamedTuple):
    """Some tokens of some records: how many postings each has, and all postings, those of a token in order."""

    tokens: list[str]
    sizes: Numbers
    postings: NDArray[np.unsignedinteger]


def counted(records: Iterable[Mapping[str, list[str]]]) -> bytes:
    """Counts of every token of some records, each given as its tokens by field.

    Records are numbered in the order they come. :func:`field_lengths` and :func:`part` read the bytes.

    Raises:
        TooManyRecordsError: when there are more than ``MAX_COUNTED_RECORDS``.
    """
    numbers: dict[str, int] = defaultdict(count().__next__)
    lengths = array("I")
    found = array("I")
    for fields in records:
        for name in BOOSTS:
            lengths.append(len(fields[name]))
            found.extend(map(numbers.__getitem__, fields[name]))
    if len(lengths) > MAX_COUNTED_RECORDS * len(BOOSTS):
        raise TooManyRecordsError
    tokens, ranks, slices = _sliced(list(numbers))
    keys = ranks[np.frombuffer(found, np.uintc)] << _TOKEN_BITS | _places(lengths)
    keys, counts = np.unique(keys, return_counts=True)
    form = np.uint32 if counts.max(initial=0) < 1 << 32 - _PLACE_BITS else np.uint64
    postings = (counts << _PLACE_BITS | keys & _PLACES).astype(form)
    sizes = np.bincount(keys >> _TOKEN_BITS, minlength=len(tokens))
    ends = np.append(0, np.cumsum(sizes))
    parts = [lengths.tobytes()]
    for begin, end in pairwise(slices):
        own = postings[ends[begin] : ends[end]]
        parts.append(encode((tokens[begin:end], sizes[begin:end].tobytes(), own.dtype.char, own.tobytes())))
    return _STARTS.pack(*accumulate(map(len, parts), initial=_STARTS.size)) + b"".join(parts)


def _sliced(tokens: list[str]) -> tuple[list[str], Numbers, list[int]]:
    """Tokens slice by slice, where each of them has gone, and where the slices begin and the last one ends."""
    slices = np.fromiter((crc32(token.encode()) % SLICES for token in tokens), np.int64, len(tokens))
    order = np.argsort(slices, kind="stable")
    ranks = np.empty_like(order)
    ranks[order] = np.arange(len(tokens))
    begins = np.searchsorted(slices[order], np.arange(SLICES + 1))
    return [tokens[at] for at in order], ranks, begins.tolist()


def _places(lengths: array[int]) -> Numbers:
    """For each token of each field of each record, in order: its place."""
    fields = np.arange(len(lengths))
    places = fields // len(BOOSTS) << FIELD_BITS | fields % len(BOOSTS)
    return np.repeat(places, np.frombuffer(lengths, np.uintc))


def field_lengths(file: BinaryIO) -> Numbers:
    """How many tokens each field of each record has, field by field, from what :func:`counted` made."""
    return np.frombuffer(_part(file, 0), np.uintc).astype(np.int64)


def part(file: BinaryIO, at: int) -> Slice:
    """One of the ``SLICES`` parts."""
    tokens, sizes, form, postings = decode(_part(file, at + 1), tuple[list[str], bytes, str, bytes])
    return Slice(tokens, np.frombuffer(sizes, np.int64), np.frombuffer(postings, form))


def _part(file: BinaryIO, at: int) -> bytes:
    file.seek(0)
    starts = _STARTS.unpack(file.read(_STARTS.size))
    file.seek(starts[at])
    return file.read(starts[at + 1] - starts[at])


def unfolded(postings: NDArray[np.unsignedinteger]) -> tuple[Numbers, Numbers]:
    """The places and the counts of postings."""
    return (postings & _PLACES).astype(np.int64), (postings >> _PLACE_BITS).astype(np.int64)
