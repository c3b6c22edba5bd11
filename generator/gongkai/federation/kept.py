"""The last good copy of what a district published, kept beside the releases of the city.

    <parent>/.<name>.releases/districts/<digest of home>   one entry a district, with checksums

A copy is no cache: it is what stays public when a district's new data cannot be used. What a district withdrew since is
taken out of it for good.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from gongkai.cache.cache import digest
from gongkai.cache.entry import DamagedError, load, save, sound
from gongkai.cache.plain import encode
from gongkai.cache.values import value_of
from gongkai.column.withdrawal import ids_of_file

DISTRICTS = "districts"


class About(NamedTuple):
    """What is known of a copy without its tables: where the district publishes, its tables by the names of their files.

    ``withdrawn`` is what the manifest of this copy says, ``since`` what was taken out of it later, ``manifest`` the
    SHA-256 of the manifest, where there is one, and ``key`` a digest of what the copy says.
    """

    home: str
    names: list[str]
    withdrawn: tuple[str, ...]
    since: tuple[str, ...]
    manifest: str
    key: str


class Kept(Struct, frozen=True):
    """A copy: the same, with its tables by the names of their files."""

    home: str
    tables: Mapping[str, bytes]
    withdrawn: tuple[str, ...]
    since: tuple[str, ...] = ()
    manifest: str = ""

    @property
    def key(self) -> str:
        """A digest of what it says."""
        return digest(self.home, *((name, sha256(content).digest()) for name, content in self.tables.items()))

    @property
    def about(self) -> About:
        """What is known of it without its tables."""
        return About(self.home, list(self.tables), self.withdrawn, self.since, self.manifest, self.key)

    def without(self, gone: Collection[str]) -> Kept:
        """The copy without some records and attachments; itself, where they are not in it any more."""
        new = frozenset(gone) - set(self.since)
        if not new:
            return self
        tables = {name: _told(_left(json.loads(content), new)) for name, content in self.tables.items()}
        return replace(self, tables=tables, since=tuple(sorted({*self.since, *new})))


def place_of(directory: Path, home: str) -> Path:
    """Where the copy of a district lies."""
    return directory / digest(home)


def save_kept(path: Path, kept: Kept) -> None:
    """Write a copy in the place of the one before."""
    save(path, encode(kept.about), *kept.tables.values())


def load_about(path: Path) -> About | None:
    """What is known of the copy that lies there; None where there is none, or it is damaged."""
    try:
        known: About | None = value_of(path, About) if sound(path) else None
    except DamagedError:
        return None
    return known


def load_kept(path: Path) -> Kept:
    """The copy that lies there.

    Raises:
        FileNotFoundError: when there is none.
        DamagedError: when it is damaged.
    """
    known: About = value_of(path, About)
    tables = {name: load(path, at) for at, name in enumerate(known.names, start=1)}
    return Kept(known.home, tables, known.withdrawn, known.since, known.manifest)


def _told(table: Any) -> bytes:
    return (json.dumps(table, ensure_ascii=False) + "\n").encode()


def _left(value: Any, gone: frozenset[str]) -> Any:
    """A value without what is gone: rows, entries of lists, and values that are such a thing."""
    if isinstance(value, list):
        return [_left(inner, gone) for inner in value if not _is_gone(inner, gone)]
    if isinstance(value, dict):
        return {key: None if _is_gone(inner, gone) else _left(inner, gone) for key, inner in value.items()}
    return value


def _is_gone(value: Any, gone: frozenset[str]) -> bool:
    """Whether a value is, or is a part of, something that is gone: a row by its id, an attachment by its address."""
    if not isinstance(value, dict):
        return False
    identifier, url = value.get("id"), value.get("url")
    if isinstance(identifier, str) and not gone.isdisjoint(_above(identifier)):
        return True
    return isinstance(url, str) and "://" not in url and not ids_of_file(url).isdisjoint(gone)


def _above(identifier: str) -> list[str]:
    parts = identifier.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]
