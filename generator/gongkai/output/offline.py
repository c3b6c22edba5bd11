"""The whole site as one zip that opens from a folder, for computers without a network.

The same site gives the same bytes: sorted names, no clock. It holds the files that are wanted and nothing else. What
the last zip holds of them is copied compressed, because compressing is nearly all of the work: where the zip is byte
for byte that of the last build, and a file looks as it did then; else only once it was unpacked and is the file itself.
So a damaged zip is never handed on. The format is written here since ``zipfile`` cannot take data that is compressed
already (APPNOTE 6.3.10; Zip64 end records beyond 65,535 files).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Container, Iterable
from functools import cached_property
from hashlib import blake2b
from io import BytesIO
from itertools import chain
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from msgspec import Struct

from gongkai.column import urls
from gongkai.column.site_data import SiteData
from gongkai.deflating import deflated
from gongkai.output.output_dir import OutputDir
from gongkai.output.state import Made, State
from gongkai.workers import Shared, parallel_map

NAME = "offline.zip"
FOLDER = "zfxxgk/"
"""The folder that the zip unpacks to."""

_BATCH = 500
"""Files that one process compresses at a time."""
_FILES_A_PAGE = 8
"""Files that are compressed while a page is made."""
_DAY = 0x21  # 1980-01-01, the first day that the format knows
_UTF8 = 0x800
_DEFLATED = 8
_MANY = 0xFFFF
_LARGE = 0xFFFFFFFF
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_END64 = struct.Struct("<4sQHHIIQQQQ")
_LOCATOR = struct.Struct("<4sIQI")
_UNREADABLE = (OSError, BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, struct.error)
_OFFER = b'<p class="offline">', b"</p>"
"""The place on the data page that offers this zip: inside of it the offer would lead nowhere."""


def _without_offer(page: bytes) -> bytes:
    before, opened, rest = page.partition(_OFFER[0])
    _, closed, after = rest.partition(_OFFER[1])
    return before + after.removeprefix(b"\n") if opened and closed else page


LARGEST = 3_000
"""Records up to which the zip is offered: beyond, making it takes longer than the site, and few would load it."""


def offers_zip(column: SiteData) -> bool:
    """Whether a column is small enough for one zip."""
    return len(column.index.entries) <= LARGEST


class TooLargeError(Exception):
    """The site does not fit into one zip of 4 GB; the message is a Chinese sentence for the operator."""


class _Entry(Struct, frozen=True):
    name: bytes
    crc: int
    size: int
    data: bytes


def update_zip(tree: OutputDir, state: State) -> None:
    """The zip of all files; left alone when it and all of them are those of the build that made it."""
    root, paths = tree.root, sorted(tree.paths())
    looks = {path: _look(root / path) for path in paths if path != NAME}
    path, last = root / NAME, state.last.get(NAME, Made())
    if path.is_file() and last.stamps == {**looks, NAME: _look(path)}:
        tree.keep(NAME)
        state.made[NAME] = last
        return
    same = {path for path, look in looks.items() if last.stamps.get(path) == look}
    made = offline_zip(root, paths, same, last.look)
    tree.write_file(NAME, made)
    state.made[NAME] = Made(stamps={**looks, NAME: _look(path)}, look=_digest(made))


def _look(path: Path) -> str:
    status = path.lstat()
    return f"{status.st_size} {status.st_mtime_ns}"


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()


def offline_zip(site: Path, paths: Iterable[str], same: Container[str] = (), digest: str = "") -> bytes:
    """The zip of the files ``paths`` below ``site``, with what is still right taken from ``site/offline.zip``.

    Pages of persons are left out: they go on their last day, and a zip that was carried away does not. Files that are
    the ``same`` are copied as they are where the zip before has this ``digest``; all others are compared.

    Raises:
        TooLargeError: when the zip would pass 4 GB.
    """
    before = _Before(site / NAME)
    body = bytearray()
    central = bytearray()
    wanted = sorted(path for path in paths if path != NAME and not urls.shows_persons(path))
    trusted = wanted if before.digest == digest else ()
    kept = {path: entry for path in trusted if path in same and (entry := before.entry(FOLDER + path))}
    others = [path for path in wanted if path not in kept]
    batches = [others[start : start + _BATCH] for start in range(0, len(others), _BATCH)]
    shared = Shared((site, before), _last, (site,))
    made = chain.from_iterable(parallel_map(_entries, batches, shared, pages=len(others) // _FILES_A_PAGE, long=True))
    for path in wanted:
        entry = kept.get(path) or next(made)
        fields = (20, _UTF8, _DEFLATED, 0, _DAY, entry.crc, len(entry.data), entry.size, len(entry.name), 0)
        central += _CENTRAL.pack(b"PK\x01\x02", 20, *fields, 0, 0, 0, 0, len(body)) + entry.name
        body += _LOCAL.pack(b"PK\x03\x04", *fields) + entry.name + entry.data
    if len(body) + len(central) > _LARGE - 1000:
        raise TooLargeError("离线包超过 4 GB，无法生成一个压缩文件")
    end = _end(len(wanted), len(central), len(body))
    body += central
    body += end
    return bytes(body)


def _last(site: Path) -> tuple[Path, _Before]:
    return site, _Before(site / NAME)


def _entries(known: tuple[Path, _Before], paths: list[str]) -> list[_Entry]:
    (site, before), found = known, []
    for path in paths:
        content = (site / path).read_bytes()
        if path == "data/index.html":
            content = _without_offer(content)
        data = before.same(FOLDER + path, content) or deflated(content)
        found.append(_Entry((FOLDER + path).encode(), zlib.crc32(content), len(content), data))
    return found


def _inflated(data: bytes, size: int) -> bytes | None:
    """What one whole stream unpacks to, None when it is damaged, goes on behind its end, or is longer than ``size``."""
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = machine.decompress(data, size + 1)
    except zlib.error:
        return None
    return content if machine.eof and not machine.unused_data else None


def _end(count: int, size: int, start: int) -> bytes:
    long = b""
    if count >= _MANY:
        long = _END64.pack(b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, start)
        long += _LOCATOR.pack(b"PK\x06\x07", 0, start + size, 1)
    few = min(count, _MANY)
    return long + _END.pack(b"PK\x05\x06", 0, 0, few, few, size, start, 0)


class _Before:
    """The compressed files of the last zip, where there is one."""

    def __init__(self, path: Path) -> None:
        self._data = b""
        self._known: dict[str, ZipInfo] = {}
        try:
            self._data = path.read_bytes()
            with ZipFile(BytesIO(self._data)) as archive:
                self._known = {info.filename: info for info in archive.infolist()}
        except _UNREADABLE:
            self._known = {}  # the first time, or a file that is none of ours: everything is compressed anew

    @cached_property
    def digest(self) -> str:
        return _digest(self._data)

    def entry(self, name: str) -> _Entry | None:
        """A file as it lies there, None where there is none."""
        info = self._known.get(name)
        if info is None or info.compress_type != _DEFLATED:
            return None
        if not 0 <= info.header_offset <= len(self._data) - _LOCAL.size:
            return None
        *_, name_length, extra_length = _LOCAL.unpack_from(self._data, info.header_offset)
        start = info.header_offset + _LOCAL.size + name_length + extra_length
        return _Entry(name.encode(), info.CRC, info.file_size, self._data[start : start + info.compress_size])

    def same(self, name: str, content: bytes) -> bytes | None:
        """The compressed bytes of a file that has not changed, None where the zip has none that unpack to it."""
        entry = self.entry(name)
        if entry is None or entry.size != len(content):
            return None
        return entry.data if _inflated(entry.data, len(content)) == content else None
