"""Tables -> files: JSON (UTF-8, no BOM) and CSV (UTF-8 with BOM, so that Excel and WPS open it), same rows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_type_hints

from generator.model import urls
from generator.model.column import Column
from generator.open_data.tables import TABLES, Row
from generator.open_data.v1 import VERSION, DeadlineRow, StageRow, UnitRef

_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def data_files(column: Column) -> Iterator[tuple[str, bytes]]:
    """Every file of the open data as (address, content)."""
    for name, (_, row_type, rows) in TABLES.items():
        found = list(rows(column))
        yield urls.data_file(name, "json"), to_json(found, column.as_of.isoformat())
        yield urls.data_file(name, "csv"), to_csv(found, csv_columns(row_type, column))


def to_json(rows: list[Row], as_of: str) -> bytes:
    """``{"version": 1, "as_of": …, "items": […]}``, one item a line so that two versions can be compared."""
    items = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(", ", ": ")) for row in rows)
    return f'{{"version": {VERSION}, "as_of": "{as_of}", "items": [\n{items}\n]}}\n'.encode()


def csv_columns(row_type: type, column: Column) -> list[str]:
    """The columns of a table's CSV: nested values are spread out, lists are joined."""
    names: list[str] = []
    for key, hint in get_type_hints(row_type).items():
        names += [f"{key}_{part}" for part in _parts(hint, column)] or [key]
    return names


def _parts(hint: Any, column: Column) -> list[str]:
    text = str(hint)
    if "UnitRef" in text:
        return list(get_type_hints(UnitRef))
    if "DeadlineRow" in text:
        return list(get_type_hints(DeadlineRow))
    if "StageRow" in text:
        return [f"{kind}_{field}" for kind in column.stage_kinds for field in get_type_hints(StageRow)]
    return []


def to_csv(rows: Iterable[Row], columns: list[str]) -> bytes:
    """Flat rows with a header line. Cells that a spreadsheet would run as a formula get a leading apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: _cell(value) for key, value in flatten(row).items()})
    return (_BOM + out.getvalue()).encode()


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
        case list():
            return "；".join(_cell(item) for item in value)
    text = str(value)
    return "'" + text if isinstance(value, str) and text.startswith(_FORMULA) else text
