"""Rows of the open data on disk: a chunk for every authored file, and the tables that the chunks are joined into.

Chunks lie in the cache, each under a digest of what it says. Pages that show rows of many files read them back from the
tables, so that no process ever holds them all.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, get_type_hints

from msgspec import Struct, field

from gongkai import disk
from gongkai.alternates.dictionary import meanings
from gongkai.alternates.files import JSON_BETWEEN, JSON_TAIL, Form, MadeRows, columns_of, csv_head, json_head
from gongkai.alternates.tables import TABLES
from gongkai.cache.entry import sound
from gongkai.cache.plain import DIGEST_BYTES, fingerprint
from gongkai.cache.values import save_values, value_of
from gongkai.column import urls
from gongkai.column.record import Record
from gongkai.column.site_data import SiteData
from gongkai.column.words import RecordKind
from gongkai.kinds.walk import all_records
from gongkai.output.trace import Trace

OF_VOCABULARIES = ("units", "organs", "themes")
OF_FILES = tuple(name for name in TABLES if name not in OF_VOCABULARIES)
_FORMS: tuple[Form, ...] = ("json", "csv")
_BETWEEN = {"json": JSON_BETWEEN, "csv": b""}

Lengths = dict[str, tuple[list[str], dict[Form, bytes]]]
"""By table: ids of rows, and the lengths of their texts, as bytes of an array."""
_Texts = dict[str, dict[Form, bytes]]
_Names = tuple[str, ...]
_Flat = tuple[
    str, str, str, str, int, str, str, str | None, str, int | None, _Names, str, _Names, str, _Names
]  # fmt: skip
"""The values of a :class:`Record`, with the value of its kind and the number of its day."""


class Left(NamedTuple):
    """What stays known of the rows of a file when they are written: where they lie, and whether they are the same.

    ``chunk`` names the file below ``rows/``; ``digests`` are of records as lists show them, one after another in their
    order, ``said`` of what a search can find.
    """

    chunk: str
    lengths: Lengths
    digests: bytes
    said: bytes


def save_chunk(directory: Path, column: SiteData, rows: MadeRows) -> Left:
    """Store the rows of a column that holds one authored file: records, then the other tables."""
    records = list(all_records(column))
    own = {record.id for record in records}
    lengths: Lengths = {}
    texts: _Texts = {}
    for name in OF_FILES:
        ids = [identifier for identifier in rows.table(name, "json") if name != "documents" or identifier in own]
        found = {form: rows.texts(name, form, ids) for form in _FORMS}
        lengths[name] = ids, {form: _lengths(found[form]) for form in _FORMS}
        texts[name] = {form: _BETWEEN[form].join(found[form]) for form in _FORMS}
    flat = [_flat(record) for record in records]
    said, content = fingerprint(flat), fingerprint(texts)
    path = directory / (said + content).hex()
    if not sound(path):
        save_values(path, [flat, texts])
    return Left(path.name, lengths, b"".join(_digest(record, column, rows) for record in records), said)


def _lengths(texts: Iterable[bytes]) -> bytes:
    return array("I", map(len, texts)).tobytes()


_RECORDS, _TEXTS = range(2)


def _digest(record: Record, column: SiteData, rows: MadeRows) -> bytes:
    """A digest of everything that pages about other things show of a record."""
    index = column.index
    shown = (record, index.entries.get(record.id), index.heads.get(record.id))
    tables = [rows.table(name, "json").get(record.id) for name in OF_FILES]
    return fingerprint((shown, tables))


def _flat(record: Record) -> _Flat:
    return (
        *(record.id, record.kind.value, record.title, record.text, record.year, record.organ, record.organ_name),
        *(record.doc_number, record.document, record.date.toordinal() if record.date else None, record.units),
        *(record.units_text, record.themes, record.url, record.audiences),
    )


class StoredRecords(Struct, frozen=True):
    """All records of some chunks, to be gone through more than once; one chunk is in memory at a time."""

    chunks: Sequence[Path]
    size: int

    def __len__(self) -> int:
        return self.size

    def __contains__(self, record: object) -> bool:
        return any(record == other for other in self)

    def __iter__(self) -> Iterator[Record]:
        for path in self.chunks:
            for flat in value_of(path, list[_Flat], _RECORDS):
                values: list[Any] = list(flat)
                values[1] = RecordKind(values[1])
                values[9] = date.fromordinal(values[9]) if values[9] else None
                yield Record(*values)


class Tables(Struct):
    """The joined tables: where each row lies in the files below ``directory``, and digests of records by id."""

    directory: Path
    _numbers: dict[str, dict[str, int]] = field(default_factory=lambda: {name: {} for name in TABLES})
    _starts: dict[tuple[str, Form], array[int]] = field(default_factory=dict)
    _digests: bytearray = field(default_factory=bytearray)
    _said: bytearray = field(default_factory=bytearray)
    _files: dict[tuple[str, Form], int] = field(default_factory=dict)

    @classmethod
    def joined(cls, directory: Path, column: SiteData, left: Iterable[Left]) -> Tables:
        """Find every row of the tables that :func:`write_tables` writes from the same column and its chunks."""
        tables = cls(directory)
        for (name, form), head in _heads(column).items():
            tables._starts[name, form] = array("Q", [len(head)])
        for known in left:
            tables._digests += known.digests
            tables._said += known.said
            tables._add(known.lengths)
        rows = MadeRows(column)
        for name in OF_VOCABULARIES:
            ids = list(rows.table(name, "json"))
            sizes = {form: _lengths(rows.texts(name, form, ids)) for form in _FORMS}
            tables._add({name: (ids, sizes)})
        return tables

    def _add(self, lengths: Lengths) -> None:
        for name, (ids, sizes) in lengths.items():
            numbers = self._numbers[name]
            for identifier in ids:
                numbers[identifier] = len(numbers)
            for form, found in sizes.items():
                starts, between = self._starts[name, form], len(_BETWEEN[form])
                at = starts[-1]
                for size in memoryview(found).cast("I"):
                    at += size + between
                    starts.append(at)

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return len(self._numbers[table])

    def digest(self, record: str) -> bytes:
        """A digest of everything that pages about other things show of a record; empty where it is none."""
        at = self._numbers["records"].get(record)
        return b"" if at is None else bytes(self._digests[at * DIGEST_BYTES : (at + 1) * DIGEST_BYTES])

    @property
    def searchable(self) -> bytes:
        """A digest of what a search can find: it stays when only progress, stages or links change."""
        return bytes(self._said)

    def texts(self, table: str, form: Form, ids: Iterable[str]) -> list[bytes]:
        """Rows as text, read from the table's file."""
        numbers, starts, between = self._numbers[table], self._starts[table, form], len(_BETWEEN[form])
        if (table, form) not in self._files:
            self._files[table, form] = disk.open_to_read(self.directory / f"{table}.{form}")
        file = self._files[table, form]
        rows = (numbers[identifier] for identifier in ids)
        return [disk.read_at(file, starts[row + 1] - starts[row] - between, starts[row]) for row in rows]

    def close(self) -> None:
        """Close the files."""
        for file in self._files.values():
            os.close(file)
        self._files.clear()


def _heads(column: SiteData) -> dict[tuple[str, Form], bytes]:
    found: dict[tuple[str, Form], bytes] = {}
    for name in TABLES:
        found[name, "json"] = json_head(column.as_of.isoformat())
        found[name, "csv"] = csv_head(columns_of(name, column))
    return found


def outside_files(column: SiteData) -> bytes:
    """A digest of what the tables hold that stands in no authored file."""
    return fingerprint([list(_heads(column).values()), list(_vocabulary_texts(column))])


def write_tables(column: SiteData, chunks: Iterable[Path], files: Mapping[str, BinaryIO]) -> None:
    """Write every table as JSON and CSV; ``files`` are open for writing, by name."""
    begun: set[tuple[str, Form]] = set()
    for (name, form), head in _heads(column).items():
        files[f"{name}.{form}"].write(head)
    for name, form, text in chain(_stored_texts(chunks), _vocabulary_texts(column)):
        if text:
            files[f"{name}.{form}"].write(_BETWEEN[form] + text if (name, form) in begun else text)
            begun.add((name, form))
    for name in TABLES:
        files[f"{name}.json"].write(JSON_TAIL)


def _stored_texts(chunks: Iterable[Path]) -> Iterator[tuple[str, Form, bytes]]:
    for path in chunks:
        for name, texts in value_of(path, _Texts, _TEXTS).items():
            yield from ((name, form, text) for form, text in texts.items())


def _vocabulary_texts(column: SiteData) -> Iterator[tuple[str, Form, bytes]]:
    rows = MadeRows(column)
    for name in OF_VOCABULARIES:
        for form in _FORMS:
            yield name, form, _BETWEEN[form].join(rows.table(name, form).values())


class AskedTables(Struct, frozen=True):
    """The tables as pages read them: which rows were read is noted."""

    tables: Tables
    trace: Trace

    def texts(self, table: str, form: Form, ids: Iterable[str]) -> list[bytes]:
        """Rows as text."""
        ids = list(ids)
        if table in OF_VOCABULARIES:
            self.trace.asked.update([("register", table, identifier) for identifier in ids])
        else:
            self.trace.asked.update([("row", identifier) for identifier in ids])
        return self.tables.texts(table, form, ids)

    def count(self, table: str) -> int:
        """How many rows a table has."""
        self.trace.asked.add(("rows", table))
        return self.tables.count(table)


def describe_tables(column: SiteData, count: Callable[[str], int]) -> list[dict[str, Any]]:
    """What the data page says about each table: label, number of rows (``count`` tells it), columns, files."""
    return [
        {
            "name": name,
            "label": label,
            "rows": count(name),
            "fields": list(get_type_hints(row_type)),
            "columns": columns_of(name, column),
            "meanings": meanings(row_type),
            "schema": urls.data_schema(name),
            "json": urls.data_file(name, "json"),
            "csv": urls.data_file(name, "csv"),
        }
        for name, (label, row_type, _) in TABLES.items()
    ]
