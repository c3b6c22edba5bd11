"""JSON Schemas (2020-12) of the published files, made from the published types, with the data dictionary in them."""

from __future__ import annotations

import json
import types
from collections.abc import Iterator
from typing import Any, Union, get_args, get_origin, get_type_hints, is_typeddict

from gongkai.alternates.dictionary import meaning
from gongkai.alternates.tables import TABLES, VERSION

_PLAIN: dict[Any, str] = {str: "string", int: "integer", bool: "boolean", types.NoneType: "null"}


def schema_files() -> Iterator[tuple[str, bytes]]:
    """The schema of every table as (name of the file, content)."""
    for name, (label, row_type, _) in TABLES.items():
        text = json.dumps(table_schema(label, row_type), ensure_ascii=False, indent=1)
        yield f"{name}.json", f"{text}\n".encode()


def table_schema(label: str, row_type: type) -> dict[str, Any]:
    """The schema of one table's JSON file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": label,
        "type": "object",
        "required": ["version", "as_of", "items"],
        "properties": {
            "version": {"const": VERSION},
            "as_of": {"type": "string", "format": "date", "description": "数据反映到哪一天"},
            "items": {"type": "array", "items": schema_of(row_type)},
        },
    }


def schema_of(hint: Any) -> dict[str, Any]:
    """The schema of a published type. Keys may be added within a version, so unknown keys are allowed.

    Raises:
        TypeError: for a type that the published shapes do not use.
    """
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    if is_typeddict(hint):
        fields = get_type_hints(hint)
        return {
            "type": "object",
            "required": list(fields),
            "properties": {
                key: schema_of(inner) | {"description": meaning(hint, key)} for key, inner in fields.items()
            },
        }
    arguments = get_args(hint)
    if get_origin(hint) in (types.UnionType, Union):
        return {"anyOf": [schema_of(inner) for inner in arguments]}
    if get_origin(hint) is list:
        return {"type": "array", "items": schema_of(arguments[0])}
    if get_origin(hint) is dict:
        return {"type": "object", "additionalProperties": schema_of(arguments[1])}
    raise TypeError(hint)
