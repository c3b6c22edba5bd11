"""Rows -> text: JSON (UTF-8, no BOM) and CSV (UTF-8 with BOM, so that Excel and WPS open it), same rows.

A row is rendered once and stands in many files: in its table, in the twin of its own page, and in every list that
shows it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Literal, Protocol, get_origin, get_type_hints

from gongkai.alternates.dictionary import NESTED
from gongkai.alternates.tables import TABLES, VERSION
from gongkai.column.fields import Row
from gongkai.column.nested import LINK
from gongkai.column.site_data import SiteData

Form = Literal["json", "csv"]
_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NESTED: Mapping[str, type] = {row.__name__: row for _, _, row in NESTED if row is not LINK.row}
"""What CSV spreads into columns; links stay one cell, words and address."""


class RowStore(Protocol):
    """Rows of the open data as text, each a JSON object or a CSV record with its line end."""

    def texts(self, table: str, form: Form, ids: Iterable[str]) -> list[bytes]:
        """The texts of some rows, in the order asked for."""
        ...


class MadeRows:
    """The rows of a column, made when they are first asked for."""

    def __init__(self, column: SiteData) -> None:
        self._column = column
        self._texts: dict[tuple[str, Form], Mapping[str, bytes]] = {}

    def table(self, table: str, form: Form) -> Mapping[str, bytes]:
        """All rows of a table by id, in the table's order."""
        if (table, form) not in self._texts:
            rows = TABLES[table].rows(self._column)
            made = json_texts(rows) if form == "json" else csv_texts(rows, columns_of(table, self._column))
            self._texts[table, form] = made
        return self._texts[table, form]

    def texts(self, table: str, form: Form, ids: Iterable[str]) -> list[bytes]:
        """Some rows, see :class:`RowStore`."""
        rows = self.table(table, form)
        return [rows[identifier] for identifier in ids]


def json_texts(rows: Iterable[Row]) -> dict[str, bytes]:
    """Every row as a JSON object on one line."""
    return {row["id"]: json.dumps(row, ensure_ascii=False).encode() for row in rows}


def csv_texts(rows: Iterable[Row], columns: Sequence[str]) -> dict[str, bytes]:
    """Every row as a CSV record with its line end. Cells that a spreadsheet would run get a leading apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    found = {}
    for row in rows:
        flat = flatten(row)
        writer.writerow([_cell(flat.get(name)) for name in columns])
        found[row["id"]] = out.getvalue().encode()
        out.seek(0)
        out.truncate()
    return found


def csv_head(columns: Iterable[str]) -> bytes:
    """The beginning of a CSV file."""
    return (_BOM + ",".join(columns) + "\r\n").encode()


def json_head(as_of: str) -> bytes:
    """``{"version": 1, "as_of": …, "items": [``; one item a line follows, so that two versions can be compared."""
    return f'{{"version": {VERSION}, "as_of": "{as_of}", "items": [\n'.encode()


JSON_BETWEEN, JSON_TAIL = b",\n", b"\n]}\n"


def columns_of(table: str, column: SiteData) -> list[str]:
    """The columns of a table's CSV."""
    return csv_columns(TABLES[table].row, column)


def csv_columns(row_type: type, column: SiteData) -> list[str]:
    """The columns of a table's CSV: nested values are spread out, lists are joined."""
    return _columns(row_type, tuple(column.stage_kinds))


@cache
def _columns(row_type: type, stage_kinds: Sequence[str]) -> list[str]:
    names: list[str] = []
    for key, hint in get_type_hints(row_type).items():
        names += [f"{key}_{part}" for part in _parts(hint, stage_kinds)] or [key]
    return names


def _parts(hint: Any, stage_kinds: Sequence[str]) -> list[str]:
    """The columns that a nested value is spread into; one set for each stage where it stands by stage."""
    text = str(hint)
    fields = next((list(get_type_hints(nested)) for name, nested in _NESTED.items() if name in text), [])
    if get_origin(hint) is dict and fields:
        return [f"{kind}_{field}" for kind in stage_kinds for field in fields]
    return fields


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
            if value[0].keys() == LINK.row.__annotations__.keys():
                flat[key] = [f"{link['title']} {link['url']}" for link in value]
                continue
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
    if isinstance(item, list):  # links, cells by head or small values, inside a list of entries
        return " ".join(map(_inner, item))
    return ("true" if item else "false") if isinstance(item, bool) else "" if item is None else str(item)


def _inner(item: Mapping[str, Any]) -> str:
    if "url" in item:
        return str(item["url"])
    if "head" in item:
        return f"{item['head']}={item['text']}"
    return ",".join("" if value is None else str(value) for value in item.values())
