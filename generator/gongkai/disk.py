"""What file systems do differently: files held open, locks, links without rights, reading at a place.

On Windows a file that a virus scanner or an editor holds cannot be replaced for a moment (WinError 5 and 32), locks are
those of the C runtime, and symbolic links need a right that office computers do not give. Everything else here is the
same everywhere.
"""

from __future__ import annotations

import importlib
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

_HELD = (5, 32, 33)
"""ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION."""
_NO_RIGHT = 1314
"""ERROR_PRIVILEGE_NOT_HELD: symbolic links need developer mode or an administrator."""
_PAUSES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds between attempts; a scanner is done within one."""


def replace(source: str | Path, target: str | Path) -> None:
    """Rename a file over another in one step; waits for who holds it open for a moment.

    Raises:
        OSError: when it cannot be done, or is held for longer than three seconds.
    """
    for pause in _PAUSES:
        try:
            os.replace(source, target)  # noqa: PTH105 - pathlib costs more than the system call
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD:
                raise
            time.sleep(pause)
        else:
            return
    os.replace(source, target)  # noqa: PTH105


def try_lock(file: IO[Any]) -> bool:
    """Hold a lock on an open file until it is closed or the process dies; False when somebody else does.

    Raises:
        OSError: when the file system has no locks.
    """
    try:
        fcntl = importlib.import_module("fcntl")
    except ImportError:
        return _try_lock_windows(file)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _try_lock_windows(file: IO[Any]) -> bool:
    """The first byte of the file, which need not be there."""
    msvcrt = importlib.import_module("msvcrt")
    file.seek(0)
    try:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    except PermissionError:
        return False
    return True


def read_at(file: int, size: int, offset: int) -> bytes:
    """Bytes of an open file from an offset; where ``pread`` is missing, two calls, so not from two threads at once."""
    if hasattr(os, "pread"):
        return os.pread(file, size, offset)
    os.lseek(file, offset, os.SEEK_SET)
    return os.read(file, size)


def open_to_read(path: str | Path) -> int:
    """A descriptor for bytes as they are, also where files are text unless one says otherwise."""
    return os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))


def point(link: Path, target: Path, draft: Path) -> bool:
    """Let ``link`` lead to the directory ``target``, by way of ``draft`` beside it. Returns whether it was one step.

    A symbolic link is replaced by one rename: whoever asks finds the old directory or the new one. Where links are not
    allowed, a junction takes its place, for which no right is needed; it must be taken away before the new one gets its
    name, so that for some milliseconds nothing is there, and a process that dies just then leaves it so until the next
    publish or rollback.
    """
    with suppress(FileNotFoundError):
        _take_away(draft)
    try:
        draft.symlink_to(os.path.relpath(target, link.parent), target_is_directory=True)
    except OSError as error:
        if getattr(error, "winerror", None) != _NO_RIGHT:
            raise
        importlib.import_module("_winapi").CreateJunction(str(target.resolve()), str(draft))
        with suppress(FileNotFoundError):
            _take_away(link)
        draft.rename(link)
        return False
    replace(draft, link)
    return True


def leads_to(link: Path) -> Path | None:
    """Where a symbolic link or junction leads, as an absolute path; None for anything else."""
    try:
        to = os.readlink(link)  # noqa: PTH115 - pathlib refuses junctions
    except (OSError, ValueError):
        return None
    return Path(os.path.normpath(link.parent / to.removeprefix("\\\\?\\")))


def _take_away(link: Path) -> None:
    """A link or junction itself, never what it leads to."""
    try:
        link.unlink()
    except PermissionError:
        link.rmdir()


def write_through(path: Path, content: bytes) -> None:
    """Write a file and wait until its bytes are on the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync(directory: Path) -> None:
    """Bring a directory with everything below it to the disk.

    On Linux one call does it for all that was ever written, and waits; elsewhere it is done file by file.
    """
    if sys.platform == "linux" and hasattr(os, "sync"):
        os.sync()
        return
    for place, _, names in os.walk(directory):
        for name in names:
            with Path(place, name).open("rb+") as file:  # Windows asks for the right to write
                os.fsync(file.fileno())
        sync_names(Path(place))


def sync_names(directory: Path) -> None:
    """Bring the names in a directory to the disk."""
    try:
        handle = os.open(directory, os.O_RDONLY)
    except PermissionError:  # Windows opens no directories
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
