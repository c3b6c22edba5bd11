"""The manifest: SHA-256 of every file of a published site and the commit it came from, so that anyone can check it."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from gongkai.extras import MissingExtraError
from gongkai.load.history import git, is_tracked
from gongkai.output.listing import draft_name, replaced

try:
    import brotli
except ImportError:  # only publishing installs it, and may do without
    brotli = None

NAME = "manifest.json"
Entry = Mapping[str, Any]
"""What a manifest says of a file: its SHA-256 and its size in bytes."""
_BAD_BROTLI = (brotli.error,) if brotli else ()
_FETCHERS = 8
_SECONDS = 30


class ManifestError(Exception):
    """There is no usable manifest; the message is a Chinese sentence."""


def site_files(directory: Path) -> Iterator[str]:
    """Every file of a site but the manifest, relative with ``/``, sorted.

    Compressed copies are not files of their own: their bytes depend on the machine, and :func:`verify` looks inside.
    """
    for path in sorted(directory.rglob("*")):
        name = path.relative_to(directory).as_posix()
        if path.is_file() and name != NAME and not is_compressed_copy(path):
            yield name


def is_compressed_copy(path: Path) -> bool:
    """True for ``x.gz`` and ``x.br`` beside ``x``."""
    return path.suffix in (".gz", ".br") and path.with_suffix("").is_file()


def write_manifest(directory: Path, about: Mapping[str, Any], files: Mapping[str, Entry] | None = None) -> None:
    """Write the manifest of a finished site, in the place of an earlier one.

    ``about`` says where the site came from; ``files`` what is known of its files, where they have been read already.
    """
    if files is None:
        files = {name: entry_of((directory / name).read_bytes()) for name in site_files(directory)}
    text = json.dumps({"version": 1, **about, "files": files}, ensure_ascii=False, indent=0, sort_keys=False)
    replaced(directory / draft_name(NAME), directory / NAME, f"{text}\n".encode())
    (directory / NAME).chmod(0o644)


def manifest_of(directory: Path) -> Mapping[str, Any]:
    """What the manifest of a release on disk says; nothing when it cannot be read."""
    try:
        value = json.loads((directory / NAME).read_bytes())
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def commit_of(root: Path) -> dict[str, Any]:
    """The commit of the repository that a site is made from, and whether everything in it was committed.

    A column that only lies in somebody's repository, without belonging to it, is made from no commit.
    """
    commit = git(root, "rev-parse", "HEAD") if is_tracked(root, "mkdocs.yml") else None
    if commit is None:
        return {"commit": None, "committed": False}
    return {"commit": commit.decode().strip(), "committed": git(root, "status", "--porcelain", "--", ".") == b""}


def entry_of(content: bytes) -> Entry:
    """What a manifest says of a file."""
    return {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}


def verify(place: str) -> tuple[int, list[str]]:
    """Compare a directory or an http(s) address with its manifest.

    Returns:
        How many files the manifest names, and a Chinese sentence for each that is not as it says.

    Raises:
        ManifestError: when the manifest cannot be read.
    """
    read = reader(place)
    count, wrong = _verify_with(read)
    if is_address(place):
        return count, wrong
    directory = Path(place)
    named = set(_manifest(read))
    wrong += [f"清单以外的文件：{name}" for name in site_files(directory) if name not in named]
    wrong += [f"压缩副本与原文件不同：{name}" for name in _bad_copies(directory)]
    return count, wrong


Read = Callable[[str], bytes]
"""Gives a file of a site by its name; raises OSError or HTTPException where it cannot be had."""


def is_address(place: str) -> bool:
    """True for a site that is read over the network."""
    return place.startswith(("http://", "https://"))


def reader(place: str) -> Read:
    """How files of a site are read: below a directory, or below an http(s) address."""
    return _fetcher(place.rstrip("/") + "/") if is_address(place) else _reader(Path(place))


def _verify_with(read: Read) -> tuple[int, list[str]]:
    files = _manifest(read)
    with ThreadPoolExecutor(_FETCHERS) as pool:
        found = pool.map(lambda item: _wrong(read, item[0], item[1]), files.items())
        return len(files), [sentence for sentence in found if sentence]


def _wrong(read: Read, name: str, expected: Entry) -> str | None:
    try:
        content = read(name)
    except (OSError, URLError, HTTPException) as error:
        return f"读不到：{name}（{error}）"
    return None if entry_of(content) == expected else f"内容不符：{name}"


def _manifest(read: Read) -> Mapping[str, Entry]:
    try:
        value = json.loads(read(NAME))
        files = value["files"]
    except (OSError, URLError, HTTPException) as error:
        raise ManifestError(f"读不到 {NAME}：{error}") from None
    except (ValueError, KeyError, TypeError):
        raise ManifestError(f"{NAME} 不是本程序写的清单") from None
    if not isinstance(files, dict) or any(".." in name.split("/") or name.startswith("/") for name in files):
        raise ManifestError(f"{NAME} 不是本程序写的清单")
    return files


def _reader(directory: Path) -> Read:
    return lambda name: (directory / name).read_bytes()


def _fetcher(address: str) -> Read:
    def fetch(name: str) -> bytes:
        request = Request(address + quote(name), headers={"Accept-Encoding": "identity"})  # noqa: S310 - checked above
        with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - http(s) only, checked above
            content: bytes = answer.read()
            return content

    return fetch


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
    except (OSError, EOFError, zlib.error, *_BAD_BROTLI):
        return None
    return content
