"""Values kept between builds, by the digest of what they were made from.

The cache may be deleted at any time; keys cover this program's sources, so that it is never trusted across versions.
Only plain values and this program's own classes are ever read back, so that a file that somebody else put there can
at worst be wrong, not run.
"""

from __future__ import annotations

import io
import math
import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from hashlib import blake2b
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import Any, Generic, TypeVar

from generator.workers import each

Value = TypeVar("Value")

ROOM = 8_000_000
"""Bytes of stored values that stay in memory: some eighty plans, so that what is asked for twice is read once."""


@cache
def program_digest() -> str:
    """A digest of this program's own sources."""
    made = blake2b(digest_size=16)
    package = Path(__file__).resolve().parent
    for path in sorted((*package.rglob("*.py"), *package.rglob("*.html"))):
        made.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return made.hexdigest()


def digest(*parts: object) -> str:
    """A digest of values by their repr, which must not depend on the process."""
    made = blake2b(digest_size=16)
    for part in parts:
        made.update((part if isinstance(part, str) else repr(part)).encode() + b"\0")
    return made.hexdigest()


class _OwnClasses(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> type:
        return _own_class(module, name)


@cache
def _own_class(module: str, name: str) -> type:
    if module.startswith("generator.") or (module, name) == ("datetime", "date"):
        found = getattr(import_module(module), name)
        if isinstance(found, type):
            return found
    raise pickle.UnpicklingError(f"{module}.{name} is not kept here")


class _Pickler(pickle.Pickler):
    """Writes a dataclass as a call with its values: its own way back goes through every field twice."""

    def reducer_override(self, value: object) -> Any:
        kind = type(value)
        return (kind, _fields(kind)(value)) if is_dataclass(kind) else NotImplemented


@cache
def _fields(kind: type) -> Callable[[object], tuple[Any, ...]]:
    names = [field.name for field in fields(kind)]
    values: Any = attrgetter(*names) if names else lambda _: ()
    return values if len(names) != 1 else lambda value: (values(value),)


@dataclass(frozen=True, slots=True)
class Kept(Generic[Value]):
    """A value of a store that is made, or read back, when it is asked for."""

    store: Store
    key: str
    make: Callable[[], Value]

    def __call__(self) -> Value:
        """The value, which stays in memory for a while."""
        return self.store.value(self, again=True)

    def once(self) -> Value:
        """The value, for who will not ask again before all others were asked for."""
        return self.store.value(self, again=False)

    def prepare(self) -> None:
        """Have it made without giving it: another process does this for the one that reads it back."""
        self.once()


class Store:
    """A directory of values; without a directory they stay in memory. Values that :meth:`tidy` did not see used go.

    Those that were read last stay in memory as well, up to ``room`` bytes as they are stored: some three times that.
    """

    def __init__(self, directory: Path | None = None, *, room: float = ROOM) -> None:
        self._directory = directory
        self._used: set[str] = set()
        self._room = room if directory else math.inf
        self._held = 0
        self._recent: dict[str, tuple[Any, int]] = {}

    def kept(self, make: Callable[[], Value], *parts: object) -> Value:
        """What ``make`` gives: read back where it was made before from the same parts."""
        return self.later(make, *parts)()

    def later(self, make: Callable[[], Value], *parts: object) -> Kept[Value]:
        """The same, at any later time; ``make`` must always give the same."""
        key = digest(program_digest(), *parts)
        self._used.add(key)
        return Kept(self, key, make)

    def fill(self, wanted: Iterable[Kept[Any]]) -> None:
        """Make what is missing in two processes, where these have a directory in common."""
        if self._directory:
            present = set(os.listdir(self._directory)) if self._directory.is_dir() else set()  # noqa: PTH208
            for _ in each(Kept.prepare, [kept for kept in wanted if kept.key not in present]):
                pass

    def value(self, kept: Kept[Value], *, again: bool) -> Value:
        """The value of ``kept``; ``again`` says whether it will be asked for again soon."""
        known = self._recent.pop(kept.key, None)
        if known is None:
            known = self._read(self._directory / kept.key, kept.make) if self._directory else (kept.make(), 0)
            if self._room < math.inf and not again:
                return known[0]
            self._held += known[1]
        self._recent[kept.key] = known
        while self._held > self._room:
            self._held -= self._recent.pop(next(iter(self._recent)))[1]
        value: Value = known[0]
        return value

    def _read(self, path: Path, make: Callable[[], Value]) -> tuple[Value, int]:
        try:
            content = path.read_bytes()
            known: Value = _OwnClasses(io.BytesIO(content)).load()
        except Exception:  # noqa: BLE001 - not there, cut off, or somebody else's: whatever it is, it is made again
            path.parent.mkdir(parents=True, exist_ok=True)
            value = make()
            draft = path.with_suffix(f".{os.getpid()}")
            with draft.open("wb") as file:
                _Pickler(file, protocol=5).dump(value)
                size = file.tell()
            draft.replace(path)
            return value, size
        return known, len(content)

    def tidy(self) -> None:
        """Remove what was not asked for since this store was opened."""
        for path in self._directory.iterdir() if self._directory and self._directory.is_dir() else ():
            if path.name not in self._used:
                path.unlink()
        self._recent = {key: known for key, known in self._recent.items() if key in self._used}
        self._held = sum(size for _, size in self._recent.values())
        self._used.clear()


class Shelf(Mapping[str, Value]):
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
