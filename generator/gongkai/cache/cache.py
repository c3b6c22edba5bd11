"""Values kept between builds, by the digest of what they were made from.

The cache may be deleted at any time; keys cover this program's sources, so that it is never trusted across versions.
Who reads a value says of which type it must be. Only the dataclasses, named tuples and enums that this type is made of
are read back, and what is not of the type is not there: an entry that somebody else put there can at worst be wrong.
"""

from __future__ import annotations

import io
import math
import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from datetime import date
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Generic, TypeVar

from gongkai.cache import entry
from gongkai.cache.typed import classes_in, field_values, fits
from gongkai.workers import Shared, parallel_map

Value = TypeVar("Value")

MEMORY_LIMIT_BYTES = 8_000_000
"""Bytes of stored values that stay in memory: some eighty plans, so that what is asked for twice is read once."""


@cache
def program_digest() -> str:
    """A digest of this program's own sources."""
    made = blake2b(digest_size=16)
    package = Path(__file__).resolve().parent.parent
    for path in sorted((*package.rglob("*.py"), *package.rglob("*.html"))):
        made.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return made.hexdigest()


def digest(*parts: object) -> str:
    """A digest of values by their repr, which must not depend on the process."""
    made = blake2b(digest_size=16)
    for part in parts:
        made.update((part if isinstance(part, str) else repr(part)).encode() + b"\0")
    return made.hexdigest()


class _Unpickler(pickle.Unpickler):
    """Knows the classes that a type is made of, by module and name, and nothing else: nothing is looked up anywhere."""

    def __init__(self, content: bytes, kind: Any) -> None:
        super().__init__(io.BytesIO(content))
        self._known = _known(kind)

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in self._known:
            raise pickle.UnpicklingError(f"{module}.{name} is not kept here")
        return self._known[module, name]


@cache
def _known(kind: Any) -> Mapping[tuple[str, str], Callable[..., Any]]:
    """What makes values of the classes: not the classes themselves, which a pickle could change."""
    found = (date, *classes_in(kind))
    return {(known.__module__, known.__qualname__): type(known).__call__.__get__(known) for known in found}


class _Pickler(pickle.Pickler):
    """Writes dataclasses and named tuples as calls with their values: their own ways back go through fields twice."""

    def reducer_override(self, value: object) -> Any:
        kind = type(value)
        if is_dataclass(kind):
            return kind, field_values(kind)(value)
        return (kind, tuple(value)) if isinstance(value, tuple) else NotImplemented


@dataclass(frozen=True, slots=True)
class CachedValue(Generic[Value]):
    """A value of a cache that is made, or read back, when it is asked for."""

    cache: Cache
    key: str
    make: Callable[[], Value]
    kind: Any

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

    Those that were read last stay in memory as well, up to ``memory_limit`` bytes as stored: some three times that.
    """

    def __init__(self, directory: Path | None = None, *, memory_limit: float = MEMORY_LIMIT_BYTES) -> None:
        self._directory = directory
        self._used: set[str] = set()
        self._memory_limit = memory_limit if directory else math.inf
        self._held = 0
        self._recent: dict[str, tuple[Any, int]] = {}

    def get_or_make(self, make: Callable[[], Value], *parts: object, kind: Any = Any) -> Value:
        """What ``make`` gives: read back where it was made before from the same parts.

        ``kind`` is the type of the value, see :mod:`gongkai.cache.typed`. ``Any`` holds none of this program's classes.
        """
        return self.lazy(make, *parts, kind=kind)()

    def lazy(self, make: Callable[[], Value], *parts: object, kind: Any = Any) -> CachedValue[Value]:
        """The same, at any later time; ``make`` must always give the same."""
        key = digest(program_digest(), *parts)
        self._used.add(key)
        return CachedValue(self, key, make, kind)

    def make_missing(self, wanted: Iterable[CachedValue[Any]]) -> None:
        """Make what is missing on all processors, where processes can be forked and have a directory in common."""
        if self._directory:
            present = set(os.listdir(self._directory)) if self._directory.is_dir() else set()  # noqa: PTH208
            missing = {kept.key: kept for kept in wanted if kept.key not in present}
            for _ in parallel_map(_prepare, list(missing), Shared(missing)):
                pass

    def value(self, kept: CachedValue[Value], *, again: bool) -> Value:
        """The value of ``kept``; ``again`` says whether it will be asked for again soon."""
        known = self._recent.pop(kept.key, None)
        if known is None:
            known = self._read(self._directory / kept.key, kept) if self._directory else (kept.make(), 0)
            if self._memory_limit < math.inf and not again:
                return known[0]
            self._held += known[1]
        self._recent[kept.key] = known
        while self._held > self._memory_limit:
            self._held -= self._recent.pop(next(iter(self._recent)))[1]
        value: Value = known[0]
        return value

    def _read(self, path: Path, kept: CachedValue[Value]) -> tuple[Value, int]:
        try:
            content = entry.load(path)
            known: Value = _Unpickler(content, kept.kind).load()
            if fits(known, kept.kind):
                return known, len(content)
        except Exception:  # noqa: BLE001, S110 - not there, damaged, or somebody else's: whatever it is, it is made again
            pass
        value = kept.make()
        file = io.BytesIO()
        _Pickler(file, protocol=5).dump(value)
        entry.save(path, file.getbuffer())
        return value, file.tell()

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
