"""The registry: every kind of authored file. Whatever needs to know of kinds asks here, and tells none from another."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from gongkai.column.fields import Table
from gongkai.column.words import SHARED_RELATIONS, UNIT, RecordKind, Relation
from gongkai.kinds import NAMES
from gongkai.kinds.interface import FileKind

KINDS: tuple[FileKind[Any, Any], ...] = tuple(import_module(f"gongkai.kinds.{name}").KIND for name in NAMES)
BY_NAME: Mapping[str, FileKind[Any, Any]] = {kind.name: kind for kind in KINDS}
_BY_MODEL: Mapping[type, FileKind[Any, Any]] = {kind.model: kind for kind in KINDS}
_BY_RECORD: Mapping[RecordKind, FileKind[Any, Any]] = {record: kind for kind in KINDS for record in kind.records}

RECORD_KINDS: tuple[RecordKind, ...] = (*_BY_RECORD, UNIT)
RECORD_LABELS: Mapping[RecordKind, str] = {kind: kind.label for kind in RECORD_KINDS}
"""What readers call each kind of record, in the order in which pages show kinds below each other."""
TABLES: Mapping[str, Table] = {table.name: table for kind in KINDS for table in kind.tables}
BY_RECORD_TABLE: Mapping[RecordKind, Table] = {table.record: table for table in TABLES.values() if table.record}
_RELATIONS = (*(pair for kind in KINDS for pair in kind.relations), *SHARED_RELATIONS)
BACK: Mapping[Relation, Relation] = dict(_RELATIONS)
RELATIONS: tuple[Relation, ...] = tuple(relation for pair in _RELATIONS for relation in pair)
"""All relations, in the order in which pages show them."""
WITHIN = frozenset(forth for kind in KINDS if kind.within for forth, _ in kind.relations)
"""Relations of a file to what it lists: a search within the file finds that, too."""


def of_file(file: object) -> FileKind[Any, Any]:
    """The kind of a linked file."""
    return _BY_MODEL[type(file)]


def of_record(record: RecordKind) -> FileKind[Any, Any]:
    """The kind of file that a kind of record lies in."""
    return _BY_RECORD[record]
