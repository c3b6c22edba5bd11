"""Bytes made smaller as zip and gzip do (RFC 1951, RFC 1952), by libdeflate where there is a wheel of it, else by zlib.

libdeflate takes half the time for somewhat fewer bytes. It wants all bytes at once: what is larger than a part goes to
zlib, part by part. Either way the same bytes give the same ones on every system that has the same library.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain, islice

try:
    import deflate
except ImportError:  # gongkai/extras.py says what is less then
    deflate = None  # type: ignore[assignment]

_ZIP, _ZLIB_ZIP = 3, 4
"""A third faster than 6 for 3 % more bytes; of zlib the level with as many bytes."""
_GZIP = 6
"""Within a hundredth of the smallest in three fifths of its time."""


def deflated(content: bytes) -> bytes:
    """A file as an entry of a zip holds it: a raw stream."""
    if deflate:
        return bytes(deflate.deflate_compress(content, _ZIP))
    return b"".join(_parts([content], zlib.compressobj(_ZLIB_ZIP, wbits=-zlib.MAX_WBITS)))


def gzipped(parts: Iterable[bytes]) -> Iterator[bytes]:
    """A file as gzip, without time or name; ``parts`` are its bytes in order."""
    rest = iter(parts)
    first = list(islice(rest, 2))
    if deflate and len(first) < 2:  # noqa: PLR2004 - whole
        yield bytes(deflate.gzip_compress(b"".join(first), _GZIP))
    else:
        yield from _parts(chain(first, rest), zlib.compressobj(_GZIP, wbits=zlib.MAX_WBITS | 16))


def deflated_part(text: bytes) -> bytes:
    """A part of a file as a part of its gzip copy: it refers to no other, and others may follow. By zlib alone."""
    made = zlib.compressobj(_GZIP, wbits=-zlib.MAX_WBITS)
    return made.compress(text) + made.flush(zlib.Z_FULL_FLUSH)


def _parts(parts: Iterable[bytes], machine: zlib._Compress) -> Iterator[bytes]:
    yield from map(machine.compress, parts)
    yield machine.flush()
