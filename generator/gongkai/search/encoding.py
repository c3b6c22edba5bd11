"""Bytes of the index: variable-length integers, term lists with shared prefixes, compressed files."""

from __future__ import annotations

import codecs
import gzip
import json
import math
from collections.abc import Callable
from typing import Any

LEVELS = 31
"""A weight is one of 31 steps of its token's heaviest: fine enough to rank, and small when compressed."""
SLICES = 16
"""Parts that all tokens are counted and weighed in, by checksum: one of them is in memory at a time."""

Encoded = tuple[str, int, float, bytes]
"""A token with the number of its records, its heaviest weight, and its postings as bytes."""
Compress = Callable[[bytes], bytes]
"""What :func:`compress` does; who builds often remembers what it compressed before."""


def varint(number: int, out: bytearray) -> None:
    """Seven bits a byte, low first."""
    while number > 0x7F:  # noqa: PLR2004 - seven bits
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)


def nearest(value: float) -> int:
    """Halves go up, as in JavaScript: pack and shards must agree to the last step."""
    return math.floor(value + 0.5)


def term_hash(term: str) -> int:
    """FNV-1a with a finaliser (its low bits are weak otherwise); the browser computes the same."""
    value = 0x811C9DC5
    for byte in term.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    value ^= value >> 15
    value = (value * 0x2C1B3C6D) & 0xFFFFFFFF
    return value ^ (value >> 12)


def encode_terms(terms: list[Encoded]) -> bytes:
    """A shard: its terms (front-coded) with counts and heaviest weights, then all postings."""
    head, tail = bytearray(), bytearray()
    varint(len(terms), head)
    previous = b""
    for term, count, heaviest, blob in terms:
        name = term.encode()
        shared, most = 0, min(len(previous), len(name))
        while shared < most and previous[shared] == name[shared]:
            shared += 1
        varint(shared, head)
        varint(len(name) - shared, head)
        head += name[shared:]
        for number in (count, nearest(heaviest * 100), len(blob)):
            varint(number, head)
        tail += blob
        previous = name
    return bytes(head + tail)


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def pack_json(value: Any) -> bytes:
    """Compact JSON, Han characters as they are."""
    return _json(value).encode()


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
    return _json(value).encode("gbk", "json-escape")


def compress(content: bytes) -> bytes:
    """Gzip without time or name: the same input gives the same bytes."""
    return gzip.compress(content, 9, mtime=0)
