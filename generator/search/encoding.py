"""Bytes of the index: variable-length integers, term lists with shared prefixes, compressed files."""

from __future__ import annotations

import codecs
import gzip
import json
import math
from itertools import pairwise
from typing import Any

LEVELS = 31
"""A weight is one of 31 steps of its token's heaviest: fine enough to rank, and small when compressed."""


def varint(number: int, out: bytearray) -> None:
    """Seven bits a byte, low first."""
    while number > 0x7F:  # noqa: PLR2004 - seven bits
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)


def nearest(value: float) -> int:
    """Halves go up, as in JavaScript: pack and shards must agree to the last step."""
    return math.floor(value + 0.5)


def encode_postings(ids: list[int], weights: list[float]) -> tuple[float, bytes]:
    """The heaviest weight, and the records as gaps followed by one byte of weight each."""
    heaviest = max(weights)
    gaps = [ids[0], *(after - before - 1 for before, after in pairwise(ids))]
    if max(gaps) <= 0x7F:  # noqa: PLR2004 - seven bits
        out = bytearray(gaps)
    else:
        out = bytearray()
        for gap in gaps:
            varint(gap, out)
    levels = {weight: int(weight / heaviest * LEVELS + 0.5) or 1 for weight in set(weights)}
    out += bytes(map(levels.__getitem__, weights))
    return heaviest, bytes(out)


def term_hash(term: str) -> int:
    """FNV-1a with a finaliser (its low bits are weak otherwise); the browser computes the same."""
    value = 0x811C9DC5
    for byte in term.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    value ^= value >> 15
    value = (value * 0x2C1B3C6D) & 0xFFFFFFFF
    return value ^ (value >> 12)


def encode_terms(terms: list[tuple[str, int, float, bytes]]) -> bytes:
    """A shard: its terms (front-coded) with counts and heaviest weights, then all postings."""
    head, tail = bytearray(), bytearray()
    varint(len(terms), head)
    previous = b""
    for term, count, heaviest, blob in terms:
        name = term.encode()
        shared = 0
        while shared < min(len(previous), len(name), 255) and previous[shared] == name[shared]:
            shared += 1
        head += bytes((shared, len(name) - shared)) + name[shared:]
        for number in (count, nearest(heaviest * 100), len(blob)):
            varint(number, head)
        tail += blob
        previous = name
    return bytes(head + tail)


def pack_json(value: Any) -> bytes:
    """Compact JSON, Han characters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _escape(error: UnicodeError) -> tuple[str, int]:
    """What GBK lacks, as JSON writes it in ASCII."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


codecs.register_error("json-escape", _escape)


def pack_text(value: Any) -> bytes:
    """Compact JSON in GBK: two bytes a Han character instead of three save an eighth after compression.

    What GBK lacks is escaped, so that only the part of the encoding is used that no version of it ever changed.
    """
    return pack_json(value).decode().encode("gbk", "json-escape")


def compress(content: bytes) -> bytes:
    """Gzip without time or name: the same input gives the same bytes."""
    return gzip.compress(content, 9, mtime=0)
