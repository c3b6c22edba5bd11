"""SHA-256 of files, taken by all processes, and which files of a build are still what was built.

A release shares its files with the build that it was made of. Whatever damages a file that is served damages the build,
so no file of an earlier build is believed before it was read again: what is not as it was is removed and made anew.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from errno import ENOENT
from pathlib import Path
from stat import S_IMODE, S_ISREG
from typing import NamedTuple

from gongkai.cache.entry import discard
from gongkai.output.listing import Listing
from gongkai.output.manifest import Entry, manifest_of
from gongkai.workers import Shared, parallel_map

READABLE = 0o644
"""Mode of every file that is served, whatever the umask of the one who publishes."""
_BATCH = 200
"""Files that one process reads at a time."""
_CHUNK = 1 << 20
"""Bytes of a file that are in memory at a time."""


class Checked(NamedTuple):
    """A file that was read; inode and time of change (ns) are others once it is written again."""

    sha256: str
    size: int
    inode: int
    changed_ns: int

    @property
    def entry(self) -> Entry:
        """What a manifest says of it."""
        return {"sha256": self.sha256, "size": self.size}


def checksums(directory: Path, names: Iterable[str]) -> dict[str, Checked]:
    """Regular files below a directory; those that are none or cannot be read are left out."""
    wanted = list(names)
    batches = [wanted[start : start + _BATCH] for start in range(0, len(wanted), _BATCH)]
    read = parallel_map(_checked, batches, Shared(str(directory)), long=True)
    return {name: found for batch in read for name, found in batch if found}


def sound_files(directory: Path) -> dict[str, Checked]:
    """The files of the last build that are as its manifest says; all others that it wrote are removed.

    A directory of which nobody knows what was written there, or where links lead elsewhere, is removed altogether.
    """
    listing, said = Listing.read(directory), manifest_of(directory).get("files")
    if listing is None or not isinstance(said, dict) or not _are_directories(directory, listing.names):
        discard(directory)
        return {}
    names = listing.paths()
    found = {name: checked for name, checked in checksums(directory, names).items() if said.get(name) == checked.entry}
    for name in names:
        if name not in found:
            discard(directory / name)
    return found


def _are_directories(root: Path, names: Iterable[str]) -> bool:
    """True when ``root``, directories below it and those that they lie in are none but directories, as far as there."""
    every = {""}
    for name in names:
        while name not in every:
            every.add(name)
            name = name[: name.rfind("/", 0, -1) + 1]  # noqa: PLW2901
    places = (f"{root}/{name}".rstrip("/") for name in every)
    return not any(os.path.islink(place) or os.path.isfile(place) for place in places)  # noqa: PTH113, PTH114


def built_files(directory: Path, before: Mapping[str, Checked]) -> dict[str, Checked]:
    """All files of a build, sorted by name; of those that it left alone ``before`` knows the checksum.

    Raises:
        FileNotFoundError: when somebody took one away.
    """
    listing = Listing.read(directory)
    names = sorted(listing.paths()) if listing else []
    same = {name: before[name] for name in names if name in before and _untouched(directory / name, before[name])}
    found = same | checksums(directory, [name for name in names if name not in same])
    if missing := [name for name in names if name not in found]:
        raise FileNotFoundError(ENOENT, os.strerror(ENOENT), str(directory / missing[0]))
    return {name: found[name] for name in names}


def _untouched(path: Path, known: Checked) -> bool:
    status = path.lstat()
    return (status.st_ino, status.st_mtime_ns) == (known.inode, known.changed_ns)


def _checked(directory: str, names: Sequence[str]) -> list[tuple[str, Checked | None]]:
    return [(name, _read(f"{directory}/{name}")) for name in names]


def _read(path: str) -> Checked | None:
    try:
        status = os.lstat(path)
        if not S_ISREG(status.st_mode):
            return None
        if S_IMODE(status.st_mode) != READABLE:
            os.chmod(path, READABLE)  # noqa: PTH101 - pathlib costs more than the system call
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            made, size = hashlib.sha256(), 0
            while content := file.read(_CHUNK):
                made.update(content)
                size += len(content)
    except OSError:
        return None
    return Checked(made.hexdigest(), size, status.st_ino, status.st_mtime_ns)
