"""Whether a site is as its manifest says: in a directory, or over the network as a browser asks for it.

Over the network every file is asked for twice, as it is and compressed, for what browsers get is the compressed copy.
No redirect is followed, and no more is read than a file may have.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, Request, build_opener

from gongkai.extras import MissingExtraError
from gongkai.output.manifest import NAME, Entry, ManifestError, entry_of, is_compressed_copy, site_files
from gongkai.text.address import is_malformed

try:
    import brotli
except ImportError:  # only publishing installs it, and may do without
    brotli = None

_BAD_BROTLI = (brotli.error,) if brotli else ()
_FETCHERS = 8
_SECONDS = 30
_LARGEST = 300_000_000
"""Bytes of a file whose size is not known before: the manifest itself, or a table."""
_MORE = 65_536
"""Bytes that a compressed form may have more than the file itself."""
_UNREADABLE = (OSError, HTTPException, EOFError, zlib.error, *_BAD_BROTLI)

Read = Callable[[str], bytes]
"""Gives a file of a site by its name; raises OSError or HTTPException where it cannot be had."""


def verify(place: str, manifest: bytes | None = None) -> tuple[int, list[str]]:
    """Compare a directory or an http(s) address with its manifest, which may have been read already.

    Returns:
        How many files the manifest names, and a Chinese sentence for each that is not as it says.

    Raises:
        ManifestError: when the manifest cannot be read, or names nothing.
    """
    files = files_in(manifest_at(place) if manifest is None else manifest)
    if is_address(place):
        base = place.rstrip("/") + "/"
        with ThreadPoolExecutor(_FETCHERS) as pool:
            found = pool.map(lambda item: list(_wrong_answers(base, *item)), files.items())
            return len(files), [sentence for sentences in found for sentence in sentences]
    return len(files), _wrong_in_directory(Path(place), files)


def manifest_at(place: str) -> bytes:
    """The manifest of a site as it lies there.

    Raises:
        ManifestError: when it cannot be read.
    """
    try:
        return reader(place)(NAME)
    except FileNotFoundError:
        there = "只有 gongkai publish 发布的网站有它，gongkai build 生成的没有"
        raise ManifestError(f"读不到 {NAME}：{there if Path(place).is_dir() else f'没有 {place} 这个目录'}") from None
    except (OSError, HTTPException) as error:
        raise ManifestError(f"读不到 {NAME}：{error}") from None


def is_address(place: str) -> bool:
    """True for a site that is read over the network."""
    return place.startswith(("http://", "https://"))


def reader(place: str) -> Read:
    """How files of a site are read: below a directory, or below an http(s) address."""
    if is_address(place):
        base = place.rstrip("/") + "/"
        return lambda name: _fetched(base, name, "identity", _LARGEST)
    return lambda name: (Path(place) / name).read_bytes()


def files_in(manifest: bytes) -> Mapping[str, Entry]:
    """The files that a manifest names.

    Raises:
        ManifestError: when it is none of this program, or names nothing.
    """
    try:
        files = json.loads(manifest)["files"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ManifestError(f"{NAME} 不是本程序写的清单") from None
    if not isinstance(files, dict) or any(".." in name.split("/") or name.startswith("/") for name in files):
        raise ManifestError(f"{NAME} 不是本程序写的清单")
    if not files:
        raise ManifestError(f"{NAME} 是空的：里面没有一个文件，什么也核对不了")
    return files


def _wrong_in_directory(directory: Path, files: Mapping[str, Entry]) -> list[str]:
    links = list(_links(directory))
    linked = tuple(links)

    def wrong(item: tuple[str, Entry]) -> str | None:
        name, expected = item
        if name in linked or name.startswith(tuple(f"{link}/" for link in linked)):
            return None  # the link is told
        try:
            content = (directory / name).read_bytes()
        except OSError as error:
            return f"读不到：{name}（{error}）"
        return None if entry_of(content) == expected else f"内容不符：{name}"

    with ThreadPoolExecutor(_FETCHERS) as pool:
        found = [sentence for sentence in pool.map(wrong, files.items()) if sentence]
    found += [f"是链接，不是文件本身：{name}" for name in links]
    found += [f"清单以外的文件：{name}" for name in site_files(directory) if name not in files and name not in linked]
    found += [f"压缩副本与原文件不同：{name}" for name in _bad_copies(directory)]
    return found


def _links(directory: Path) -> Iterator[str]:
    """Links below a directory, to files or to other directories; the directory itself may be one."""
    for place, folders, names in os.walk(directory):
        for name in sorted((*folders, *names)):
            path = Path(place, name)
            if path.is_symlink():
                yield path.relative_to(directory).as_posix()


def _bad_copies(directory: Path) -> Iterator[str]:
    for path in sorted((*directory.rglob("*.gz"), *directory.rglob("*.br"))):
        if is_compressed_copy(path) and _unpacked(path) != path.with_suffix("").read_bytes():
            yield path.relative_to(directory).as_posix()


def _unpacked(path: Path) -> bytes | None:
    """The content of a compressed copy, None when it is broken; ``x.br`` needs the library brotli."""
    try:
        if path.suffix == ".gz":
            return gzip.decompress(path.read_bytes())
        if brotli is None:
            raise ManifestError(f"有 .br 压缩副本，核对它们要用同一个程序库。{MissingExtraError('publish', 'brotli')}")
        content: bytes = brotli.decompress(path.read_bytes())
    except _UNREADABLE:
        return None
    return content


def _wrong_answers(base: str, name: str, expected: Entry) -> Iterator[str]:
    """What is wrong with the answers for one file: as it is, else in the first form of those that browsers ask for."""
    for accepted, form in _ASKED.items():
        try:
            content = _fetched(base, name, accepted, int(expected["size"]))
        except _UNREADABLE as error:
            yield f"读不到：{name}{form}（{error}）"
            if isinstance(error, URLError):
                return  # the next answer would be the same
        except (KeyError, TypeError, ValueError):
            raise ManifestError(f"{NAME} 不是本程序写的清单") from None
        else:
            if entry_of(content) != expected:
                yield f"内容不符：{name}{form}"
                return


_ASKED = {"identity": "", "gzip": "（压缩的）"} | ({"br": "（用 brotli 压缩的）"} if brotli else {})


class _NoRedirect(HTTPRedirectHandler):
    """What leads elsewhere is not the file that was asked for."""

    def redirect_request(self, *given: Any, **_: Any) -> None:
        """Refuse; the last of what is given is where it leads."""
        raise URLError(f"转到了别处：{given[-1]}")


def _fetched(base: str, name: str, accepted: str, size: int) -> bytes:
    """A file in the form in which it is answered, unpacked; one byte more than ``size`` where there is more."""
    if is_malformed(base):
        raise OSError(f"{base} 不是网址")
    request = Request(base + quote(name), headers={"Accept-Encoding": accepted})  # noqa: S310 - http(s) only
    with build_opener(_NoRedirect).open(request, timeout=_SECONDS) as answer:
        form = (answer.headers.get("Content-Encoding") or "identity").strip().lower()
        content: bytes = answer.read(size + 1 if form == "identity" else size + _MORE)
    if form in ("gzip", "x-gzip"):
        return zlib.decompressobj(wbits=31).decompress(content, size + 1)
    if form == "br" and brotli:
        unpacked: bytes = brotli.decompress(content)
        return unpacked
    if form != "identity":
        raise OSError(f"不认识的压缩方式 {form}")
    return content
