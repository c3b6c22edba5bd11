"""An entry of the cache: one file of some parts, each of which is read alone, with checksums at its end.

    the parts | size and checksum of each | how many there are | checksum of the entry's name and of these numbers

An entry that was cut, emptied, changed or replaced (by another entry, a directory, something that cannot be read) is
noticed when it is read. The checksums are no defence against somebody who writes an entry on purpose.
"""

from __future__ import annotations

import os
import secrets
import shutil
import struct
from collections.abc import Collection, Iterable
from contextlib import suppress
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from gongkai import disk

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

_BYTES = 16
_OURS = f"-{secrets.token_hex(4)}"
"""Behind the number of a process in the names of its drafts: other machines have processes of the same number."""
_PART = struct.Struct(f"<Q{_BYTES}s")
_END = struct.Struct(f"<Q{_BYTES}s")


class DamagedError(Exception):
    """What is stored is not what was stored; the arguments are the path of the entry and, where known, what was met."""


def save(path: Path, *parts: Buffer) -> None:
    """Write an entry."""
    numbers = b"".join(_PART.pack(memoryview(part).nbytes, checksum(part)) for part in parts)
    write(path, *parts, numbers, _END.pack(len(parts), _seal(path, numbers)))


def write(path: Path, *pieces: Buffer) -> None:
    """Write a file whole or not at all, in the place of whatever lies there."""
    _make(path.parent)
    draft = path.with_name(f"{path.name}.{os.getpid()}{_OURS}")
    with draft.open("wb") as file:
        file.writelines(pieces)
    if path.is_dir() and not path.is_symlink():
        discard(path)
    disk.replace(draft, path)


def _make(directory: Path) -> None:
    """Make a directory, in the place of a file or of a link that leads nowhere; another process may do the same."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        with suppress(IsADirectoryError, PermissionError):  # the other process was faster
            directory.unlink(missing_ok=True)
        directory.mkdir(parents=True, exist_ok=True)


def load(path: Path, at: int = 0) -> bytes:
    """One part of an entry.

    Raises:
        FileNotFoundError: when there is no such entry.
        DamagedError: when it is damaged or cannot be read.
    """
    return load_some(path, (at,))[0]


def load_some(path: Path, places: Iterable[int]) -> list[bytes]:
    """Some parts of an entry, which is opened once.

    Raises:
        FileNotFoundError: when there is no such entry.
        DamagedError: when one is damaged, missing or cannot be read.
    """
    try:
        with _opened(path) as file:
            parts = _parts(path, file)
            starts = list(accumulate((size for size, _ in parts), initial=0))
            found = []
            for at in places:
                size, known = parts[at]
                file.seek(starts[at])
                found.append((file.read(size), known))
    except FileNotFoundError:
        raise
    except (OSError, IndexError):
        raise DamagedError(path) from None
    if any(checksum(content) != known for content, known in found):
        raise DamagedError(path)
    return [content for content, _ in found]


def sound(path: Path) -> bool:
    """Whether there is an entry and all of it is as it was stored."""
    try:
        with _opened(path) as file:
            parts = _parts(path, file)
            file.seek(0)
            return all(checksum(file.read(size)) == known for size, known in parts)
    except (OSError, DamagedError):
        return False


def discard(path: Path) -> None:
    """Remove whatever lies there, if anything."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def forget(directory: Path, wanted: Collection[str]) -> None:
    """Remove what no build has asked for; where somebody laid a link to another directory, nothing there is ours."""
    for path in directory.iterdir() if directory.is_dir() and not directory.is_symlink() else ():
        if path.name not in wanted:
            discard(path)


def checksum(content: Buffer) -> bytes:
    """What content is known by."""
    return blake2b(content, digest_size=_BYTES).digest()


def _opened(path: Path) -> BinaryIO:
    if path.exists() and not path.is_file():  # a pipe would have us wait for ever
        raise DamagedError(path)
    return path.open("rb")


def _parts(path: Path, file: BinaryIO) -> list[tuple[int, bytes]]:
    """Sizes and checksums of all parts."""
    left = os.fstat(file.fileno()).st_size - _END.size
    if left >= 0:
        file.seek(left)
        count, seal = _END.unpack(file.read(_END.size))
        left -= count * _PART.size
        if left >= 0:
            file.seek(left)
            numbers = file.read(count * _PART.size)
            parts = list(_PART.iter_unpack(numbers))
            if seal == _seal(path, numbers) and sum(size for size, _ in parts) == left:
                return parts
    raise DamagedError(path)


def _seal(path: Path, numbers: bytes) -> bytes:
    return checksum(path.name.encode() + b"\0" + numbers)
