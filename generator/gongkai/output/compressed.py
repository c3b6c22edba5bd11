"""Compressed copies, ``x.gz`` and ``x.br`` beside ``x``, for web servers that send them instead of compressing ``x``.

They are kept by content, ``<SHA-256 of x>-<SHA-256 of the copy>.gz`` (half of each): a copy goes wherever the file goes
that it is a copy of, and one that is damaged is known by its name and made again. Copies of nothing are removed.

A large file of many parts need not be compressed anew when one of them changes: see :class:`Twin`.
"""

from __future__ import annotations

import hashlib
import os
import struct
import zlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from gongkai import disk
from gongkai.cache.entry import discard
from gongkai.deflating import gzipped
from gongkai.output.checksums import READABLE, Checked, checksums
from gongkai.output.listing import draft_name, opened
from gongkai.output.releases import Source
from gongkai.workers import Shared, parallel_map

try:
    import brotli
except ImportError:  # only publishing installs it, and may do without
    brotli = None

_SUFFIXES = {".html", ".json", ".jsonld", ".csv", ".xml", ".ics", ".css", ".js", ".svg", ".txt"}
_WORTH_IT = 1000
_GZ = ".gz"
_BROTLI = 5
"""A fifth smaller than gzip for twice its time; the highest quality takes fifty times as long for another tenth."""
_DIGITS = 32
_BATCH = 50
"""Files that one process compresses at a time, but for large ones."""
_ALONE = 1_000_000
"""Bytes above which a file is compressed alone."""
_CHUNK = 1 << 20
"""Bytes that are in memory at a time."""

Wanted = tuple[str, str, str]
"""A copy that is missing: the file it is of, the digits of that file, and its suffix."""


def compressed_copies(
    site: Path, files: Mapping[str, Checked], kept: Path, twins: Container[str] = ()
) -> Iterator[Source]:
    """The copies of the files of a site, by the names under which they are served; ``kept`` is where copies lie.

    Of ``twins``, which were written with a copy, there is no other.
    """
    kept.mkdir(exist_ok=True)
    worth = {name: known.sha256[:_DIGITS] for name, known in files.items() if _is_worth_it(name, known.size)}
    suffixes = {name: (_GZ,) if name in twins else tuple(_methods()) for name in worth}
    found = _sound_copies(kept, set(worth.values()))
    missing = {(digits, suffix): name for name, digits in worth.items() for suffix in suffixes[name]}
    wanted = [(name, *copy) for copy, name in missing.items() if copy not in found]
    large = [copy for copy in wanted if files[copy[0]].size > _ALONE]
    small = [copy for copy in wanted if files[copy[0]].size <= _ALONE]
    batches = [[copy] for copy in sorted(large, key=lambda copy: -files[copy[0]].size)]
    batches += [small[start : start + _BATCH] for start in range(0, len(small), _BATCH)]
    for made in parallel_map(_compress, batches, Shared((site, kept)), long=True):
        found.update(made)
    for name, digits in worth.items():
        for suffix in suffixes[name]:
            own, inode = found[digits, suffix]
            yield Source(name + suffix, kept / own, inode)


def _is_worth_it(name: str, size: int) -> bool:
    return size >= _WORTH_IT and PurePosixPath(name).suffix in _SUFFIXES


def _methods() -> Mapping[str, Callable[[Iterable[bytes]], Iterator[bytes]]]:
    """By suffix: what makes the chunks of a copy of the chunks of a file."""
    return {_GZ: gzipped} | ({".br": _brotli} if brotli is not None else {})


def _brotli(chunks: Iterable[bytes]) -> Iterator[bytes]:
    made = brotli.Compressor(quality=_BROTLI)
    yield from map(made.process, chunks)
    yield made.finish()


_HEAD, _END = b"\x1f\x8b\x08" + bytes(6) + b"\xff", b"\x03\x00"
"""What a gzip file begins with, without time or name; and the last, empty, of its blocks."""


class Twin:
    """A file and its copy, written together, part by part: one gzip member, for browsers read no second one."""

    def __init__(self, file: BinaryIO, kept: Path) -> None:
        kept.mkdir(exist_ok=True)
        self._file, self._kept = file, kept
        self._draft = kept / draft_name(str(file.fileno()))
        self._copy = opened(self._draft)
        self._plain, self._own = hashlib.sha256(), hashlib.sha256()
        self._sum = self._size = 0
        self._put(_HEAD)

    def add(self, text: bytes, made: bytes) -> None:
        """Write the next part, with what :func:`gongkai.deflating.deflated_part` made of it."""
        self._file.write(text)
        self._plain.update(text)
        self._sum, self._size = zlib.crc32(text, self._sum), self._size + len(text)
        self._put(made)

    def _put(self, content: bytes) -> None:
        self._copy.write(content)
        self._own.update(content)

    def end(self) -> str:
        """All parts are there: the copy gets its name; returns the SHA-256 of the file."""
        self._put(_END + struct.pack("<LL", self._sum, self._size & 0xFFFFFFFF))
        self._copy.close()
        self._draft.chmod(READABLE)
        made = self._plain.hexdigest()
        disk.replace(self._draft, self._kept / _name(made[:_DIGITS], self._own.hexdigest(), _GZ))
        return made


Found = dict[tuple[str, str], tuple[str, int]]
"""Copies by the digits of the file and their suffix: their names and inodes."""


def _sound_copies(kept: Path, wanted: set[str]) -> Found:
    """The copies of some files; those of others and those that are damaged are removed."""
    names = os.listdir(kept)  # noqa: PTH208
    ours = [name for name in names if name[:_DIGITS] in wanted and name[-3:] in _methods()]
    found: Found = {}
    for name, read in checksums(kept, ours).items():
        if name == _name(name[:_DIGITS], read.sha256, name[-3:]):
            found[name[:_DIGITS], name[-3:]] = name, read.inode
    sound = {name for name, _ in found.values()}
    for name in names:
        if name not in sound:
            discard(kept / name)
    return found


def _compress(places: tuple[Path, Path], wanted: Sequence[Wanted]) -> Found:
    (site, kept), found = places, Found()
    for name, digits, suffix in wanted:
        draft, sha256 = kept / draft_name(), hashlib.sha256()
        with (site / name).open("rb") as file, opened(draft) as out:
            for chunk in _methods()[suffix](iter(partial(file.read, _CHUNK), b"")):
                out.write(chunk)
                sha256.update(chunk)
        own = _name(digits, sha256.hexdigest(), suffix)
        draft.chmod(READABLE)
        disk.replace(draft, kept / own)
        found[digits, suffix] = own, (kept / own).stat().st_ino
    return found


def _name(digits: str, own: str, suffix: str) -> str:
    return f"{digits}-{own[:_DIGITS]}{suffix}"
