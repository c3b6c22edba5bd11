"""Files of the cache. It may be deleted at any time; keys cover this program, so that no other version's is read."""

from __future__ import annotations

import marshal
import os
import struct
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

Thing = TypeVar("Thing")
Value = TypeVar("Value")


@cache
def program_versions() -> tuple[tuple[str, str], ...]:
    """The libraries that bytes of pages come from, with their versions."""
    names = ("jinja2", "markupsafe", "xlsxwriter", "lunr", "pypinyin", "opencc", "rjieba")
    return *((name, version(name)) for name in names), ("zlib", zlib.ZLIB_RUNTIME_VERSION)


def save(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: what lies in the cache is read without another look."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".tmp")
    draft.write_bytes(content)
    draft.replace(path)


def save_values(path: Path, values: Iterable[Any]) -> None:
    """Write plain values as one file, each of which :func:`value_of` reads alone."""
    parts = [marshal.dumps(value) for value in values]
    sizes = struct.pack(f"<{len(parts) + 1}Q", len(parts), *map(len, parts))
    save(path, sizes + b"".join(parts))


def value_of(path: Path, at: int) -> Any:
    """One of the values, the others left unread."""
    with path.open("rb") as file:
        (count,) = _NUMBER.unpack(file.read(_NUMBER.size))
        sizes = struct.unpack(f"<{count}Q", file.read(count * _NUMBER.size))
        file.seek(sum(sizes[:at]), os.SEEK_CUR)
        return marshal.loads(file.read(sizes[at]))  # noqa: S302 - our own cache


_NUMBER = struct.Struct("<Q")


@contextmanager
def remembered(
    path: Path, make: Callable[[Thing], Value], key: Callable[[Thing], Any] = lambda thing: thing
) -> Iterator[Callable[[Thing], Value]]:
    """``make``, except that what ``path`` has of last time is not made again; it then has what was asked for this time.

    ``key`` is what things are known by, a plain value.
    """
    known: dict[Any, Value] = marshal.loads(path.read_bytes()) if path.is_file() else {}  # noqa: S302 - our own cache
    asked: dict[Any, Value] = {}

    def recall(thing: Thing) -> Value:
        name = key(thing)
        if name not in asked:
            asked[name] = known[name] if name in known else make(thing)
        return asked[name]

    yield recall
    if asked.keys() != known.keys():
        save(path, marshal.dumps(asked))


def of_content(content: bytes) -> bytes:
    """What content is known by."""
    return blake2b(content, digest_size=16).digest()


def forget(directory: Path, wanted: Collection[str]) -> None:
    """Remove what no build has asked for."""
    for path in directory.iterdir() if directory.is_dir() else ():
        if path.name not in wanted:
            path.unlink()
