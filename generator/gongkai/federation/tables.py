"""The joined tables of a federation, from what is known of each district: its rows, and what they are when compressed.

A table is one file, however many districts there are; what one changed district costs is to copy the rows of others.
A table in which no row changed stays the file that it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from gongkai.alternates.files import JSON_BETWEEN, JSON_TAIL, json_head
from gongkai.alternates.tables import TABLES
from gongkai.cache.cache import program_digest
from gongkai.cache.entry import DamagedError, load_some
from gongkai.cache.plain import fingerprint
from gongkai.cache.values import save_values, value_of
from gongkai.column import urls
from gongkai.column.exchange import LINKS
from gongkai.deflating import deflated_part
from gongkai.federation.part import SHARED, Part
from gongkai.output.compressed import Twin
from gongkai.output.manifest import manifest_of
from gongkai.output.output_dir import OutputDir

JOINED_TABLES = [*TABLES, LINKS]
"""The tables that are joined, by name."""
TABLE_FILES = frozenset(urls.data_file(name, "json") for name in JOINED_TABLES)
"""Their addresses."""
_BETWEEN = deflated_part(JSON_BETWEEN)
_Written = dict[str, tuple[bytes, str]]
"""Of each table what it was made of, and the SHA-256 of the file."""


def compressed_rows(part: Part) -> Iterator[bytes]:
    """The rows of every table of a district as a part of a compressed table."""
    return map(deflated_part, part.rows(part.tables))


def write_tables(
    tree: OutputDir, copies: Path, day: str, districts: Mapping[Path, Part], first: int, known: Path
) -> None:
    """Write every table, each with its compressed copy; as old as the ``day``.

    ``districts`` are their parts by the entry of the cache that has :func:`compressed_rows` from the place ``first``
    on; ``known`` is the entry of what was written last time.
    """
    parts = list(districts.values())
    names = [name for name in JOINED_TABLES if any(name in part.tables for part in parts)]
    keys = {name: _key(name, day, parts) for name in names}
    written = _unchanged(tree.root, keys, known)
    new = [_file(name) for name in names if name not in written]
    with tree.open_files(urls.DATA_V1, new, list(map(_file, written))) as files:
        tables = {name: _Table(Twin(files[_file(name)], copies), day) for name in names if name not in written}
        for entry, part in districts.items() if tables else ():
            wanted = [(at, name) for at, name in enumerate(part.tables, start=first) if name in tables]
            rows = zip(wanted, part.rows(tables), load_some(entry, (at for at, _ in wanted)), strict=True)
            for (_, name), text, made in rows:
                tables[name].add(text, made, shared=name in SHARED)
        written |= {name: (keys[name], table.end()) for name, table in tables.items()}
    save_values(known, [written])


def _file(name: str) -> str:
    return f"{name}.json"


def _key(name: str, day: str, parts: Sequence[Part]) -> bytes:
    """What a table is made of."""
    return fingerprint((program_digest(), day, [part.tables.get(name, b"") for part in parts]))


def _unchanged(site: Path, keys: Mapping[str, bytes], known: Path) -> _Written:
    """The tables that lie there and would be made of the same again; publishing has looked whether they are sound."""
    before: _Written = {}
    with suppress(FileNotFoundError, DamagedError):
        before = value_of(known, _Written)
    said = manifest_of(site).get("files", {})
    there = {name: said.get(f"{urls.DATA_V1}{_file(name)}", {}).get("sha256") for name in keys}
    return {
        name: before[name]
        for name, key in keys.items()
        if before.get(name) == (key, there[name]) and (site / urls.DATA_V1 / _file(name)).is_file()
    }


class _Table:
    """A table that is written: rows of one district after another's, of what all share each row once."""

    def __init__(self, twin: Twin, as_of: str) -> None:
        self._twin, self._begun = twin, False
        self._seen: set[str] = set()
        self._put(json_head(as_of))

    def add(self, text: bytes, made: bytes, *, shared: bool) -> None:
        """Write the rows of a district, which were compressed before."""
        if shared:
            text = JSON_BETWEEN.join(self._new(text))
            made = deflated_part(text)
        if text:
            if self._begun:
                self._twin.add(JSON_BETWEEN, _BETWEEN)
            self._twin.add(text, made)
            self._begun = True

    def _new(self, text: bytes) -> Iterator[bytes]:
        for line in filter(None, text.split(JSON_BETWEEN)):
            if (identifier := json.loads(line)["id"]) not in self._seen:
                self._seen.add(identifier)
                yield line

    def end(self) -> str:
        """All rows are there; returns the SHA-256 of the file."""
        self._put(JSON_TAIL)
        return self._twin.end()

    def _put(self, text: bytes) -> None:
        self._twin.add(text, deflated_part(text))
