"""What a district is to a federation: read and checked once for each of its releases, then taken from the cache.

A part is an entry of plain values: its head, what its records are sorted by, their outlines, the rows of each table as
text, and the records, newest first, in blocks, so that some of them are read without the others.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from hashlib import blake2b
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from gongkai.alternates.files import JSON_BETWEEN
from gongkai.cache.entry import DamagedError, checksum, load, load_some, save
from gongkai.cache.plain import encode, fingerprint
from gongkai.cache.values import value_of
from gongkai.column.record import Record
from gongkai.column.unit import Unit
from gongkai.column.vocabulary import Organ, Theme
from gongkai.load.published import District
from gongkai.search.words import DOCUMENTS

BLOCK_RECORDS = 32
"""Records that are read together."""
SHARED = ("themes",)
"""Tables of vocabularies that all districts share; of every other table each district has rows of its own."""
ID_BYTES = 8
_json = json.JSONEncoder(ensure_ascii=False).encode
_ORDERS, _OUTLINES, _TABLES = 1, 2, 3
"""Where orders and outlines lie in the entry, and where the tables begin."""

Order = tuple[int, int, str]
"""What records are sorted by, the newest first: year and day, negative, and the district."""
First = tuple[Order, int]
"""The newest of some records: what it is sorted by, and its place among those of its district."""


class Outlines(NamedTuple):
    """Records with nothing but what many have in common, each of these once; and for every record which one it is."""

    distinct: list[Record]
    which: bytes

    @property
    def places(self) -> NDArray[np.uint32]:
        """For every record, the newest first, the place of its outline."""
        return np.frombuffer(self.which, np.uint32)


class Uses(NamedTuple):
    """What records use: years with the number of their records, themes and documents with the newest record, audiences.

    Of documents there are only the newest.
    """

    years: dict[int, int]
    themes: dict[str, First]
    documents: dict[str, First]
    audiences: list[str]


class Part(Struct, frozen=True):
    """The head: what is known of a district without its texts.

    ``size`` is the number of its records, ``kinds`` how many there are of each kind, ``tables`` its tables by name with
    a digest of their rows, ``ids`` digests of every id that it uses, ``names`` one of all that a query may name.
    """

    path: str
    home: str
    as_of: date
    organs: tuple[Organ, ...]
    units: tuple[Unit, ...]
    themes: tuple[Theme, ...]
    size: int
    kinds: dict[str, int]
    uses: Uses
    tables: dict[str, bytes]
    ids: bytes
    names: bytes

    @property
    def key(self) -> str:
        """What the part is known by: a digest of the data that it was made of."""
        return Path(self.path).name

    def table(self, name: str) -> bytes:
        """The rows of a table, one a line."""
        return b"".join(self.rows((name,)))

    def rows(self, names: Collection[str]) -> list[bytes]:
        """The rows of some tables, one a line, in the order of the district's tables."""
        places = (at for at, name in enumerate(self.tables, start=_TABLES) if name in names)
        return load_some(Path(self.path), places)

    def orders(self) -> NDArray[np.int32]:
        """What every record is sorted by, the newest first; of its organ the place among those of the district."""
        return np.frombuffer(load(Path(self.path), _ORDERS), np.int32).reshape(-1, 3)

    def outlines(self) -> Outlines:
        """What is known of the records without their texts."""
        return Outlines(*value_of(Path(self.path), tuple[list[Record], bytes], _OUTLINES))

    def records(self, begin: int = 0, end: int | None = None) -> Iterator[Record]:
        """Some of the records, the newest first."""
        end = self.size if end is None else end
        first = _TABLES + len(self.tables)
        for block in range(begin // BLOCK_RECORDS, -(-end // BLOCK_RECORDS)):
            some: list[Record] = value_of(Path(self.path), list[Record], first + block)
            start = block * BLOCK_RECORDS
            yield from some[max(begin - start, 0) : end - start]


def part_of(path: Path, read: Callable[[], District]) -> Part:
    """The part that lies there, or is made of what ``read`` gives."""
    try:
        kept: Part = value_of(path, Part)
    except (FileNotFoundError, DamagedError):
        return _made(path, read())
    return kept


def newest_first(record: Record) -> Order:
    """What records of all districts are sorted by."""
    return (-record.year, -(record.date.toordinal() if record.date else 0), record.organ)


def _made(path: Path, district: District) -> Part:
    records = sorted(district.records, key=newest_first)
    uses = _uses(records)
    named = (district.home, district.organs, district.units, district.themes, sorted(uses.themes), uses.audiences)
    tables = {name: _lines(rows) for name, rows in district.tables.items()}
    part = Part(
        str(path),
        district.home,
        district.as_of,
        district.organs,
        district.units,
        district.themes,
        len(records),
        dict(Counter(record.kind.value for record in records)),
        uses,
        {name: checksum(rows) for name, rows in tables.items()},
        _ids(district),
        fingerprint(named),
    )
    heads = (encode(part), _orders(district, records), encode(_outlines(records)))
    save(path, *heads, *tables.values(), *map(encode, _blocks(records)))
    return part


def _uses(records: list[Record]) -> Uses:
    themes: dict[str, First] = {}
    documents: dict[str, First] = {}
    for place, record in enumerate(records):
        first = (newest_first(record), place)
        for theme in record.themes:
            themes.setdefault(theme, first)
        documents.setdefault(record.document, first)
    years = Counter(record.year for record in records)
    audiences = sorted(set(chain.from_iterable(record.audiences for record in records)))
    return Uses(dict(years), themes, dict(islice(documents.items(), DOCUMENTS)), audiences)


def _orders(district: District, records: list[Record]) -> bytes:
    places = {organ.id: place for place, organ in enumerate(district.organs)}
    orders = [(year, day, places[organ]) for year, day, organ in map(newest_first, records)]
    return np.array(orders, np.int32).tobytes()


def _outlines(records: list[Record]) -> Outlines:
    places: dict[Record, int] = {}
    which = [places.setdefault(outline(record), len(places)) for record in records]
    return Outlines(list(places), np.array(which, np.uint32).tobytes())


def outline(record: Record) -> Record:
    """A record with its file for an id, and without what no other has: most of those of a file are the same then."""
    return replace(record, id=record.id.split("/")[0], title="", text="", units=(), units_text="", url="")


def _lines(rows: list[dict[str, Any]]) -> bytes:
    return JSON_BETWEEN.join(_json(row).encode() for row in rows)


def _blocks(records: list[Record]) -> Iterator[list[Record]]:
    following = iter(records)
    while some := list(islice(following, BLOCK_RECORDS)):
        yield some


def _ids(district: District) -> bytes:
    return b"".join(sorted(blake2b(name.encode(), digest_size=ID_BYTES).digest() for name in ids_of(district.tables)))


def ids_of(tables: Mapping[str, list[dict[str, Any]]]) -> set[str]:
    """Every id of the tables that districts have of their own."""
    return {row["id"] for name, rows in tables.items() if name not in SHARED for row in rows}
