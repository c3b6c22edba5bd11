"""The open data of a district as it is published: its manifest and ``data/v1``, and nothing else of its site.

A site lies in a directory, where it was downloaded to, or is read over the network. Every table must be what the
manifest says; links are not followed, and of the network no redirect is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path

from msgspec import Struct

from gongkai.alternates.reading import known_id
from gongkai.column import urls
from gongkai.load.exchanged import ExchangeError, read_exchange
from gongkai.load.published import NO_TABLES, PublishedError, Source
from gongkai.output.manifest import NAME as MANIFEST
from gongkai.output.manifest import ManifestError, entry_of
from gongkai.output.verification import Read, files_in, is_address, reader
from gongkai.output.withdrawal_list import NAME as WITHDRAWN

_FETCHERS = 8


class Fetched(Struct, frozen=True):
    """The tables of a district as bytes, by name, sorted; and what its manifest says was ever withdrawn from it.

    ``manifest`` is the SHA-256 of the manifest, where there is one.
    """

    tables: Mapping[str, bytes]
    withdrawn: tuple[str, ...]
    manifest: str = ""


def fetch(source: Source, known: str = "") -> Fetched | None:
    """The open data of a district, each table as its manifest says.

    None where the manifest is the ``known`` one, by its SHA-256: what it names is then known, too.

    Raises:
        PublishedError: when something cannot be read, or is not as the manifest says.
    """
    if source.exchange:
        return _exchanged(source)
    read, place = _reader(source), source.site
    try:
        manifest = read(MANIFEST)
        own = sha256(manifest).hexdigest()
        if own == known:
            return None
        files = files_in(manifest)
        names = sorted(name for name in files if _is_table(name))
        tables = dict(zip(names, _read_all(source, read, names), strict=True))
    except (OSError, HTTPException, ManifestError) as error:
        raise PublishedError(f"{place} 的开放数据取不到：{error}") from None
    if wrong := [name for name, content in tables.items() if entry_of(content) != files[name]]:
        raise PublishedError(f"{place} 与它的 {MANIFEST} 不符，请重新下载：{wrong[0]}")
    said = json.loads(manifest).get("withdrawn")
    withdrawn = tuple(sorted(name for name in said if isinstance(name, str))) if isinstance(said, list) else ()
    return Fetched({name.removeprefix(urls.DATA_V1): content for name, content in tables.items()}, withdrawn, own)


def _exchanged(source: Source) -> Fetched:
    try:
        found = read_exchange(source.exchange)
    except ExchangeError as error:
        raise PublishedError(str(error)) from None
    day = found.as_of.isoformat() if found.as_of else ""
    tables = {
        f"{name}.json": json.dumps({"as_of": day, "items": rows}, ensure_ascii=False).encode()
        for name, rows in sorted(found.tables.items())
    }
    return Fetched(tables, tuple(sorted(found.withdrawn)))


def fetch_withdrawn(source: Source, organs: tuple[str, ...]) -> frozenset[str]:
    """Ids that a district says are withdrawn now: of its own records alone, whatever else of its site is wrong.

    Nothing where it does not say so, or nobody can read it: then only the operator can help.
    """
    begins = tuple(f"{organ}-" for organ in organs)
    if source.exchange:  # it says what was withdrawn in the same files
        return frozenset()
    try:
        rows = json.loads(_reader(source)(WITHDRAWN))["items"]
        named = [(row["id"], row.get("restored")) for row in rows]
    except (OSError, HTTPException, PublishedError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return frozenset()
    return frozenset(name for name, restored in named if not restored and known_id(name) and name.startswith(begins))


def _is_table(name: str) -> bool:
    folder, _, own = name.rpartition("/")
    return f"{folder}/" == urls.DATA_V1 and own.endswith(".json") and name not in NO_TABLES


def _reader(source: Source) -> Read:
    place = str(source.site)
    if is_address(place):
        return reader(place)
    root = Path(place)

    def read(name: str) -> bytes:
        path = root / name
        if any((root / inner).is_symlink() for inner in _steps(name)):
            raise PublishedError(f"{place} 里的 {name} 是链接，不是文件本身")
        return path.read_bytes()

    return read


def _steps(name: str) -> Iterator[str]:
    parts = name.split("/")
    return ("/".join(parts[:count]) for count in range(1, len(parts) + 1))


def _read_all(source: Source, read: Read, names: list[str]) -> list[bytes]:
    if not is_address(str(source.site)):
        return [read(name) for name in names]
    with ThreadPoolExecutor(_FETCHERS) as pool:
        return list(pool.map(read, names))
