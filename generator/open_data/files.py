"""Tables -> files: JSON (UTF-8, no BOM) and CSV (UTF-8 with BOM, so that Excel and WPS open it), same rows.

A row is rendered once and stands in many files: in its table, in the twin of its own page, and in every list that
shows it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, get_type_hints

from generator.model import urls
from generator.model.column import Column
from generator.open_data.tables import TABLES, Row
from generator.open_data.v1 import (
    VERSION,
    CategoryRef,
    ChangeRow,
    CompletionRow,
    DeadlineRow,
    PlannedRow,
    ProgressRow,
    StageRow,
    UnitRef,
)

_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NESTED: Mapping[str, type] = {
    nested.__name__: nested
    for nested in (UnitRef, DeadlineRow, CategoryRef, ProgressRow, ChangeRow, PlannedRow, CompletionRow)
}


@dataclass(frozen=True)
class Table:
    """One table with its rows as text: ``json`` and ``csv`` map a row's id to one line each, in the table's order."""

    name: str
    label: str
    row_type: type
    rows: tuple[Row, ...]
    columns: tuple[str, ...]

    @cached_property
    def json(self) -> Mapping[str, str]:
        """Every row as a JSON object on one line."""
        return {row["id"]: json.dumps(row, ensure_ascii=False, separators=(", ", ": ")) for row in self.rows}

    @cached_property
    def csv(self) -> Mapping[str, str]:
        """Every row as a CSV record with its line end."""
        return {row["id"]: _records([row], self.columns) for row in self.rows}

    def csv_of(self, identifiers: Iterable[str]) -> bytes:
        """A CSV file of some rows, in the order asked for."""
        records = self.csv
        head = ",".join(self.columns) + "\r\n"
        return "".join((_BOM, head, *(records[identifier] for identifier in identifiers))).encode()


def all_tables(column: Column) -> Mapping[str, Table]:
    """Every table of the open data, by name."""
    return {
        name: Table(name, label, row_type, tuple(rows(column)), tuple(csv_columns(row_type, column)))
        for name, (label, row_type, rows) in TABLES.items()
    }


def data_files(tables: Mapping[str, Table], as_of: str) -> Iterator[tuple[str, bytes]]:
    """Every table as (address, content), JSON and CSV."""
    for table in tables.values():
        yield urls.data_file(table.name, "json"), to_json(table.json.values(), as_of)
        yield urls.data_file(table.name, "csv"), table.csv_of(table.csv)


def to_json(items: Iterable[str], as_of: str) -> bytes:
    """``{"version": 1, "as_of": …, "items": […]}``, one item a line so that two versions can be compared."""
    joined = ",\n".join(items)
    return f'{{"version": {VERSION}, "as_of": "{as_of}", "items": [\n{joined}\n]}}\n'.encode()


def csv_columns(row_type: type, column: Column) -> list[str]:
    """The columns of a table's CSV: nested values are spread out, lists are joined."""
    names: list[str] = []
    for key, hint in get_type_hints(row_type).items():
        names += [f"{key}_{part}" for part in _parts(hint, column)] or [key]
    return names


def _parts(hint: Any, column: Column) -> list[str]:
    text = str(hint)
    if "StageRow" in text:
        return [f"{kind}_{field}" for kind in column.stage_kinds for field in get_type_hints(StageRow)]
    return next((list(get_type_hints(nested)) for name, nested in _NESTED.items() if name in text), [])


def to_csv(rows: Iterable[Row], columns: Iterable[str]) -> bytes:
    """Flat rows with a header line. Cells that a spreadsheet would run as a formula get a leading apostrophe."""
    names = list(columns)
    return (_BOM + ",".join(names) + "\r\n" + _records(rows, names)).encode()


def _records(rows: Iterable[Row], columns: Iterable[str]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        flat = flatten(row)
        writer.writerow([_cell(flat.get(name)) for name in columns])
    return out.getvalue()


def flatten(row: Row) -> dict[str, Any]:
    """Spread nested mappings and lists of mappings into columns ``key_part``; list values are joined with ``；``."""
    flat: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, Mapping):
            for part, inner in value.items():
                if isinstance(inner, Mapping):
                    flat |= {f"{key}_{part}_{field}": cell for field, cell in inner.items()}
                else:
                    flat[f"{key}_{part}"] = inner
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for part in value[0]:
                flat[f"{key}_{part}"] = [item[part] for item in value]
        elif value is not None and value != []:
            flat[key] = value
    return flat


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Mapping():
            text = "；".join(f"{name}={_cell(inner)}" for name, inner in value.items() if inner not in (None, []))
        case list():
            text = "；".join(_joined(item) for item in value)
        case _:
            text = str(value)
    return "'" + text if not isinstance(value, int) and text.startswith(_FORMULA) else text


def _joined(item: Any) -> str:
    if isinstance(item, list):  # links inside a list of entries
        return " ".join(link["url"] for link in item)
    return ("true" if item else "false") if isinstance(item, bool) else "" if item is None else str(item)
