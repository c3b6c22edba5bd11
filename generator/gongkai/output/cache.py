"""Files of the cache. It may be deleted at any time; keys cover this program, so that no other version's is read."""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

from gongkai.cache import entry
from gongkai.cache.plain import decode, encode
from gongkai.cache.typed import fits

Thing = TypeVar("Thing")
Value = TypeVar("Value")


@cache
def program_versions() -> tuple[tuple[str, str], ...]:
    """The libraries that bytes of pages come from, with their versions."""
    names = ("jinja2", "markupsafe", "xlsxwriter", "lunr", "pypinyin", "opencc", "rjieba")
    return *((name, version(name)) for name in names), ("zlib", zlib.ZLIB_RUNTIME_VERSION)


def save_values(path: Path, values: Iterable[Any]) -> None:
    """Write plain values as one entry, each of which :func:`value_of` reads alone."""
    entry.save(path, *map(marshal.dumps, values))


def value_of(path: Path, at: int = 0, kind: Any = Any) -> Any:
    """One of the values, the others left unread; ``kind`` is its type.

    Raises:
        DamagedError: when it is not what was written, or not of this type.
    """
    try:
        value = marshal.loads(entry.load(path, at))  # noqa: S302 - our own cache, with a checksum
    except (ValueError, EOFError, TypeError):
        raise entry.DamagedError(path) from None
    if not fits(value, kind):
        raise entry.DamagedError(path)
    return value


def save_encoded(path: Path, value: Any) -> None:
    """Write a value of plain values, dataclasses and named tuples as one entry."""
    entry.save(path, encode(value))


def decoded(path: Path, kind: Any) -> Any:
    """A value as :func:`save_encoded` wrote it; ``kind`` is its type.

    Raises:
        DamagedError: when it is not what was written, or not of this type.
    """
    try:
        return decode(entry.load(path), kind)
    except ValueError:
        raise entry.DamagedError(path) from None


_ENTRIES = ("rows", "tokens", "words", "search", "remembered")


def mend(cache: Path, damaged: Path) -> None:
    """Remove an entry that is damaged, and all others that are: they are made again."""
    entry.discard(damaged)
    for name in _ENTRIES:
        found = cache / name
        entry.forget(found, {path.name for path in found.iterdir() if entry.sound(path)} if found.is_dir() else ())


@contextmanager
def remembered(
    path: Path, make: Callable[[Thing], Value], kind: Any, key: Callable[[Thing], Any] = lambda thing: thing
) -> Iterator[Callable[[Thing], Value]]:
    """``make``, except that what ``path`` has of last time is not made again; it then has what was asked for this time.

    ``key`` is what things are known by, a plain value; ``kind`` the type of the dictionary from keys to values.
    """
    known: dict[Any, Value] = {}
    with suppress(FileNotFoundError, entry.DamagedError):
        known = value_of(path, kind=kind)
    asked: dict[Any, Value] = {}

    def recall(thing: Thing) -> Value:
        name = key(thing)
        if name not in asked:
            asked[name] = known[name] if name in known else make(thing)
        return asked[name]

    yield recall
    if asked.keys() != known.keys():
        save_values(path, [asked])
