"""Compressed copies, ``x.gz`` and ``x.br`` beside ``x``, for web servers that send them instead of compressing ``x``.

They are kept by content, ``<SHA-256 of x>-<SHA-256 of the copy>.gz`` (half of each): a copy goes wherever the file goes
that it is a copy of, and one that is damaged is known by its name and made again. Copies of nothing are removed.
"""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from gongkai.cache.entry import discard
from gongkai.output.checksums import READABLE, Checked, checksums
from gongkai.output.listing import draft_name, replaced
from gongkai.output.releases import Source
from gongkai.workers import Shared, parallel_map

try:
    import brotli
except ImportError:  # only publishing installs it, and may do without
    brotli = None

_SUFFIXES = {".html", ".json", ".jsonld", ".csv", ".xml", ".ics", ".css", ".js", ".svg", ".txt"}
_WORTH_IT = 1000
_BROTLI = 5
"""A fifth smaller than gzip for twice its time; the highest quality takes fifty times as long for another tenth."""
_DIGITS = 32
_BATCH = 50
"""Files that one process compresses at a time."""

Wanted = tuple[str, str, str]
"""A copy that is missing: the file it is of, the digits of that file, and its suffix."""


def compressed_copies(site: Path, files: Mapping[str, Checked], kept: Path) -> Iterator[Source]:
    """The copies of the files of a site, by the names under which they are served; ``kept`` is where copies lie."""
    kept.mkdir(exist_ok=True)
    worth = {name: known.sha256[:_DIGITS] for name, known in files.items() if _is_worth_it(name, known.size)}
    found = _sound_copies(kept, set(worth.values()))
    missing = {(digits, suffix): name for name, digits in worth.items() for suffix in _methods()}
    wanted = [(name, *copy) for copy, name in missing.items() if copy not in found]
    batches = [wanted[start : start + _BATCH] for start in range(0, len(wanted), _BATCH)]
    for made in parallel_map(_compress, batches, Shared((site, kept)), long=True):
        found.update(made)
    for name, digits in worth.items():
        for suffix in _methods():
            own, inode = found[digits, suffix]
            yield Source(name + suffix, kept / own, inode)


def _is_worth_it(name: str, size: int) -> bool:
    return size >= _WORTH_IT and PurePosixPath(name).suffix in _SUFFIXES


def _methods() -> Mapping[str, Callable[[bytes], bytes]]:
    methods: dict[str, Callable[[bytes], bytes]] = {".gz": partial(gzip.compress, compresslevel=9, mtime=0)}
    if brotli is not None:
        methods[".br"] = partial(brotli.compress, quality=_BROTLI)
    return methods


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
        content = _methods()[suffix]((site / name).read_bytes())
        own = _name(digits, hashlib.sha256(content).hexdigest(), suffix)
        inode = replaced(kept / draft_name(), kept / own, content).st_ino
        (kept / own).chmod(READABLE)
        found[digits, suffix] = own, inode
    return found


def _name(digits: str, own: str, suffix: str) -> str:
    return f"{digits}-{own[:_DIGITS]}{suffix}"
