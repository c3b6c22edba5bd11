"""Values kept between builds, by the digest of what they were made from.

The cache may be deleted at any time; keys cover this program's sources, so that it is never trusted across versions.
Stored are plain values (``cache/plain.py``), each in an entry with checksums (``cache/entry.py``). Who reads one says
of which type it must be: what is damaged, or of another type, is not there.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Generic, TypeVar

from msgspec import Struct

from gongkai.cache import entry
from gongkai.cache.plain import decode, encode
from gongkai.workers import Shared, parallel_map

Value = TypeVar("Value")

VALUES = "values"
"""The directory of the values, beside what the output keeps."""
MEMORY_LIMIT_BYTES = 8_000_000
"""Bytes of values of a large column that stay in memory, so that what is asked for twice is made once."""


@cache
def program_digest() -> str:
    """A digest of this program's own sources, texts of law among them."""
    made = blake2b(digest_size=16)
    package = Path(__file__).resolve().parent.parent
    for path in sorted(path for form in ("*.py", "*.html", "*.yml", "*.json") for path in package.rglob(form)):
        made.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return made.hexdigest()


def digest(*parts: object) -> str:
    """A digest of values by their repr, which must not depend on the process."""
    made = blake2b(digest_size=16)
    for part in parts:
        made.update((part if isinstance(part, str) else repr(part)).encode() + b"\0")
    return made.hexdigest()


class CachedValue(Struct, Generic[Value], frozen=True):
    """A value of a cache that is made, or read back, when it is asked for. Without ``kind`` it is never stored."""

    cache: Cache
    key: str
    make: Callable[[], Value]
    kind: Any
    dear: bool

    def __call__(self) -> Value:
        """The value, which stays in memory for a while."""
        return self.cache.value(self, again=True)

    def read_once(self) -> Value:
        """The value, for who will not ask again before all others were asked for."""
        return self.cache.value(self, again=False)

    def prepare(self) -> None:
        """Have it made without giving it: another process does this for the one that reads it back."""
        self.read_once()


class Cache:
    """A directory of values; without a directory they stay in memory. :meth:`evict_unused` removes what was not used.

    What is cheap to make is stored only for a ``large`` column, as whoever reads it finds; of that no more than
    ``memory_limit`` bytes, as stored, are in memory at a time.
    """

    def __init__(self, directory: Path | None = None, *, memory_limit: float = MEMORY_LIMIT_BYTES) -> None:
        self.large = False
        self._directory = directory
        self._used: set[str] = set()
        self._memory_limit = memory_limit if directory else math.inf
        self._held = 0
        self._recent: dict[str, tuple[Any, int]] = {}

    def get_or_make(self, make: Callable[[], Value], *parts: object, kind: Any, dear: bool = False) -> Value:
        """What ``make`` gives: read back where it was made before from the same parts."""
        return self.lazy(make, *parts, kind=kind, dear=dear)()

    def lazy(self, make: Callable[[], Value], *parts: object, kind: Any, dear: bool = False) -> CachedValue[Value]:
        """The same, at any later time; ``make`` must always give the same.

        Args:
            make: makes the value.
            parts: everything that it is made from.
            kind: its type; None for what has no plain form, which stays in memory only.
            dear: whether it is stored for a small column, too.
        """
        key = digest(program_digest(), *parts)
        self._used.add(key)
        return CachedValue(self, key, make, kind, dear)

    def make_missing(self, wanted: Iterable[CachedValue[Any]]) -> None:
        """Make what is missing on all processors, where processes can be forked and it is stored."""
        stored = {kept.key: kept for kept in wanted if self._place(kept)}
        if stored and self._directory:
            present = set(os.listdir(self._directory)) if self._directory.is_dir() else set()  # noqa: PTH208
            missing = {key: kept for key, kept in stored.items() if key not in present}
            for _ in parallel_map(_prepare, list(missing), Shared(missing)):
                pass

    def value(self, kept: CachedValue[Value], *, again: bool) -> Value:
        """The value of ``kept``; ``again`` says whether it will be asked for again soon."""
        limit = self._memory_limit if self.large else math.inf
        known = self._recent.pop(kept.key, None)
        if known is None:
            known = made = self._read(kept)
            if limit < math.inf and not again:
                return made[0]
            self._held += known[1]
        self._recent[kept.key] = known
        while self._held > limit:
            self._held -= self._recent.pop(next(iter(self._recent)))[1]
        value: Value = known[0]
        return value

    def _place(self, kept: CachedValue[Any]) -> Path | None:
        stored = self._directory and kept.kind is not None and (kept.dear or self.large)
        return self._directory / kept.key if stored and self._directory else None

    def _read(self, kept: CachedValue[Value]) -> tuple[Value, int]:
        """The value, and how large it is; that matters for a large column only."""
        path = self._place(kept)
        if path is None:
            made = kept.make()
            return made, len(encode(made)) if self.large and self._memory_limit < math.inf else 0
        try:
            content = entry.load(path)
            read: Value = decode(content, kept.kind)
            return read, len(content)
        except (OSError, ValueError, entry.DamagedError):  # not there, damaged, or no such value: it is made again
            made = kept.make()
            content = encode(made)
            with suppress(OSError):  # it cannot be stored, then: no room, no right
                entry.save(path, content)
            return made, len(content)

    def evict_unused(self) -> None:
        """Remove what was not asked for since this cache was opened."""
        if self._directory:
            entry.forget(self._directory, self._used)
        self._recent = {key: known for key, known in self._recent.items() if key in self._used}
        self._held = sum(size for _, size in self._recent.values())
        self._used.clear()


def _prepare(missing: Mapping[str, CachedValue[Any]], key: str) -> None:
    missing[key].prepare()


class LazyMapping(Mapping[str, Value]):
    """Values by name, each read when it is asked for, so that they need not all be in memory."""

    def __init__(self, readers: Mapping[str, Callable[[], Value]]) -> None:
        self._readers = readers

    def __getitem__(self, name: str) -> Value:
        """Read one."""
        return self._readers[name]()

    def __contains__(self, name: object) -> bool:
        """True without reading anything."""
        return name in self._readers

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._readers)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._readers)
