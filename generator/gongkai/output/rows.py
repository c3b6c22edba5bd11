"""Rows of the open data on disk: a chunk for every authored file, and the tables that the chunks are joined into.

Chunks lie in the cache under the key of what they were made from. Pages that show rows of many files read them back
from the tables, so that no process ever holds them all.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from gongkai import disk
from gongkai.alternates.files import JSON_BETWEEN, JSON_TAIL, Form, MadeRows, columns_of, csv_head, json_head
from gongkai.alternates.tables import TABLES
from gongkai.column.record import Record
from gongkai.column.site_data import SiteData
from gongkai.column.words import RecordKind
from gongkai.kinds.walk import all_records
from gongkai.output.cache import save_values, value_of

OF_VOCABULARIES = ("units", "organs", "themes")
OF_FILES = tuple(name for name in TABLES if name not in OF_VOCABULARIES)
_FORMS: tuple[Form, ...] = ("json", "csv")
_BETWEEN = {"json": JSON_BETWEEN, "csv": b""}
_DIGEST = 8

Lengths = dict[str, tuple[list[str], dict[Form, list[int]]]]
"""By table: ids of rows, and the lengths of their texts."""
_Texts = dict[str, dict[Form, bytes]]
_Names = tuple[str, ...]
_Flat = tuple[
    str, str, str, str, int, str, str, str | None, str, int | None, _Names, str, _Names, str, _Names
]  # fmt: skip
"""The values of a :class:`Record`, with the value of its kind and the number of its day."""


def save_chunk(path: Path, column: SiteData, rows: MadeRows) -> None:
    """Store the rows of a column that holds one authored file: lengths, digests, records, then the other tables."""
    records = list(all_records(column))
    own = {record.id for record in records}
    lengths: Lengths = {}
    texts: _Texts = {}
    for name in OF_FILES:
        ids = [identifier for identifier in rows.table(name, "json") if name != "documents" or identifier in own]
        found = {form: rows.texts(name, form, ids) for form in _FORMS}
        lengths[name] = ids, {form: [len(text) for text in found[form]] for form in _FORMS}
        texts[name] = {form: _BETWEEN[form].join(found[form]) for form in _FORMS}
    digests = b"".join(_digest(record, column, rows) for record in records)
    flat = [_flat(record) for record in records]
    said = blake2b(repr(flat).encode(), digest_size=_DIGEST).digest()
    save_values(path, [(lengths, digests, said), flat, texts])


_LENGTHS, _RECORDS, _TEXTS = range(3)


def _digest(record: Record, column: SiteData, rows: MadeRows) -> bytes:
    """A digest of everything that pages about other things show of a record."""
    index = column.index
    shown = (record, index.entries.get(record.id), index.heads.get(record.id))
    made = blake2b(repr(shown).encode(), digest_size=_DIGEST)
    for name in OF_FILES:
        made.update(rows.table(name, "json").get(record.id, b""))
    return made.digest()


def _flat(record: Record) -> _Flat:
    return (
        *(record.id, record.kind.value, record.title, record.text, record.year, record.organ, record.organ_name),
        *(record.doc_number, record.document, record.date.toordinal() if record.date else None, record.units),
        *(record.units_text, record.themes, record.url, record.audiences),
    )


@dataclass(frozen=True, slots=True)
class StoredRecords:
    """All records of some chunks, to be gone through more than once; one chunk is in memory at a time."""

    chunks: Sequence[Path]
    size: int

    def __len__(self) -> int:
        return self.size

    def __contains__(self, record: object) -> bool:
        return any(record == other for other in self)

    def __iter__(self) -> Iterator[Record]:
        for path in self.chunks:
            for flat in value_of(path, _RECORDS, list[_Flat]):
                values: list[Any] = list(flat)
                values[1] = RecordKind(values[1])
                values[9] = date.fromordinal(values[9]) if values[9] else None
                yield Record(*values)


@dataclass(slots=True)
class Tables:
    """The joined tables: where each row lies in the files below ``directory``, and digests of records by id."""

    directory: Path
    _numbers: dict[str, dict[str, int]] = field(default_factory=lambda: {name: {} for name in TABLES})
    _starts: dict[tuple[str, Form], array[int]] = field(default_factory=dict)
    _digests: bytearray = field(default_factory=bytearray)
    _said: bytearray = field(default_factory=bytearray)
    _files: dict[tuple[str, Form], int] = field(default_factory=dict)

    @classmethod
    def joined(cls, directory: Path, column: SiteData, chunks: Sequence[Path]) -> Tables:
        """Find every row of the tables that :func:`write_tables` writes from the same column and chunks."""
        tables = cls(directory)
        for (name, form), head in _heads(column).items():
            tables._starts[name, form] = array("Q", [len(head)])
        for path in chunks:
            lengths, digests, said = value_of(path, _LENGTHS, tuple[Lengths, bytes, bytes])
            tables._digests += digests
            tables._said += said
            tables._add(lengths)
        rows = MadeRows(column)
        for name in OF_VOCABULARIES:
            ids = list(rows.table(name, "json"))
            sizes = {form: [len(text) for text in rows.texts(name, form, ids)] for form in _FORMS}
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
                for size in found:
                    at += size + between
                    starts.append(at)

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return len(self._numbers[table])

    def digests(self, records: Iterable[str] | None = None) -> bytes:
        """Digests, of all records or of some: of everything that pages about other things show of them."""
        if records is None:
            return bytes(self._digests)
        places = map(self._numbers["records"].__getitem__, records)
        return b"".join([self._digests[at * _DIGEST : (at + 1) * _DIGEST] for at in places])

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
        for name, texts in value_of(path, _TEXTS, _Texts).items():
            yield from ((name, form, text) for form, text in texts.items())


def _vocabulary_texts(column: SiteData) -> Iterator[tuple[str, Form, bytes]]:
    rows = MadeRows(column)
    for name in OF_VOCABULARIES:
        for form in _FORMS:
            yield name, form, _BETWEEN[form].join(rows.table(name, form).values())
