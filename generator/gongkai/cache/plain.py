"""Plain values as bytes: to be stored, read back as the type that is asked for, or known by a digest.

Plain are texts, numbers, days, bytes, sequences and mappings of such, and structs, named tuples and enums that hold
nothing else. Nothing that is read is run, and what is not of its type is not read.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import msgspec

DIGEST_BYTES = 8


def _told(value: object) -> object:
    """What the library does not know: words are texts. Nothing is told by where it lies.

    Raises:
        NotImplementedError: for what has no plain form, so that nobody takes two things for one.
    """
    if isinstance(value, str):
        return str(value)
    raise NotImplementedError(f"{type(value)} is no plain value")


def _read(kind: type, value: object) -> object:
    if issubclass(kind, str) and isinstance(value, str):
        return kind(value)
    raise ValueError(value)


encode = msgspec.msgpack.Encoder(enc_hook=_told).encode


def decode(content: bytes, kind: Any) -> Any:
    """A value of a type.

    Raises:
        ValueError: when it is none.
    """
    try:
        return msgspec.msgpack.decode(content, type=kind, dec_hook=_read)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(str(error)) from None


def fingerprint(value: Any) -> bytes:
    """A digest of what a value says: equal values have equal digests, in every process. There are no sets in it."""
    return blake2b(encode(value), digest_size=DIGEST_BYTES).digest()
