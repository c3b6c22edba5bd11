"""Entries of several plain values, each read alone, and what is remembered from one time to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from gongkai.cache import entry
from gongkai.cache.plain import decode, encode

Thing = TypeVar("Thing")
Value = TypeVar("Value")


def save_values(path: Path, values: Iterable[Any]) -> None:
    """Write plain values as one entry, each of which :func:`value_of` reads alone."""
    entry.save(path, *map(encode, values))


def value_of(path: Path, kind: Any, at: int = 0) -> Any:
    """One of the values, the others left unread; ``kind`` is its type.

    Raises:
        FileNotFoundError: when there is no such entry.
        DamagedError: when it is not what was written, or not of this type.
    """
    try:
        return decode(entry.load(path, at), kind)
    except ValueError:
        raise entry.DamagedError(path) from None


@contextmanager
def remembered(
    path: Path, make: Callable[[Thing], Value], kind: Any, key: Callable[[Thing], Any] = lambda thing: thing
) -> Iterator[Callable[[Thing], Value]]:
    """``make``, except that what ``path`` has of last time is not made again; it then has what was asked for this time.

    ``key`` is what things are known by, a plain value; ``kind`` the type of the dictionary from keys to values.
    """
    known: dict[Any, Value] = {}
    with suppress(FileNotFoundError, entry.DamagedError):
        known = value_of(path, kind)
    asked: dict[Any, Value] = {}

    def recall(thing: Thing) -> Value:
        name = key(thing)
        if name not in asked:
            asked[name] = known[name] if name in known else make(thing)
        return asked[name]

    yield recall
    if asked.keys() != known.keys():
        save_values(path, [asked])
