"""The published types: documented in full, published as schemas that the files keep, and never broken by accident."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from gongkai import pipeline
from gongkai.alternates.dictionary import _SAME, NESTED, meanings
from gongkai.alternates.files import csv_columns
from gongkai.alternates.schemas import schema_files, schema_of
from gongkai.alternates.tables import TABLES
from tests.conftest import ROOT
from tests.pages import page, text_of

PUBLISHED = Path(__file__).parents[1] / "examples" / "v1-published.json"
"""The shape of version 1 as it was published. Add to it when fields are added; never take anything away."""

TYPES = [*(table.row for table in TABLES.values()), *(row for _, _, row in NESTED)]


@pytest.mark.parametrize("row_type", TYPES, ids=lambda row_type: row_type.__name__)
def test_every_field_is_explained(row_type: type) -> None:
    assert [field for field, meaning in meanings(row_type) if not meaning] == []


def test_nothing_is_explained_that_does_not_exist() -> None:
    assert _SAME.keys() <= {field for row_type in TYPES for field in row_type.__annotations__}


@pytest.mark.parametrize("table", TABLES)
def test_the_page_explains_every_field(site: Path, table: str) -> None:
    shown = text_of(page(site, "data/").css_first("main"))
    for field, meaning in meanings(TABLES[table].row):
        assert f"{field}{''.join(meaning.split())}" in shown, field


@pytest.mark.parametrize("table", TABLES)
def test_files_keep_their_schema(site: Path, table: str) -> None:
    schema = json.loads((site / f"data/v1/schema/{table}.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads((site / f"data/v1/{table}.json").read_bytes()), schema)


@pytest.mark.parametrize("table", TABLES)
def test_documented_columns_are_the_columns(site: Path, checked: pipeline.Checked, table: str) -> None:
    header = (site / f"data/v1/{table}.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert header.split(",") == csv_columns(TABLES[table].row, checked.column)


def test_schema_refuses_what_is_wrong() -> None:
    schema = schema_of(TABLES["organs"].row)
    row = {"id": "a", "name": "b", "short_name": "c", "region": "d", "first_published": None, "url": "e"}
    jsonschema.validate({**row, "new": 1}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**row, "name": None}, schema)
    with pytest.raises(TypeError):
        schema_of(set[str])


def breaks(old: Any, new: Any, place: str = "") -> list[str]:
    """What readers of the old schema would stumble over in the new one. New keys are allowed, nothing else is."""
    if isinstance(old, dict) and "properties" in old and isinstance(new, dict):
        found = [f"{place}.{key} is gone" for key in old["properties"] if key not in new.get("properties", {})]
        for key, inner in old["properties"].items():
            if key in new.get("properties", {}):
                found += breaks(inner, new["properties"][key], f"{place}.{key}")
        return found
    if isinstance(old, dict) and isinstance(new, dict):
        keys = ("type", "anyOf", "items", "additionalProperties", "const")
        return [item for key in keys for item in breaks(old.get(key), new.get(key), f"{place}/{key}")]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [item for a, b in zip(old, new, strict=True) for item in breaks(a, b, place)]
    return [] if old == new else [f"{place}: {old} became {new}"]


def test_version_1_is_not_broken() -> None:
    now = {Path(address).stem: json.loads(content) for address, content in schema_files()}
    published = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    gone = sorted(set(published) - set(now))
    assert gone == [], "a published table is gone"
    found = [item for table, schema in published.items() for item in breaks(schema, now[table], table)]
    assert found == [], "this breaks programs that read version 1: keep the field, or publish a version 2 beside it"


def test_breaking_changes_are_noticed() -> None:
    old = json.loads(PUBLISHED.read_text(encoding="utf-8"))["tasks"]
    for change in ("remove", "retype", "null"):
        new = json.loads(json.dumps(old))
        fields = new["properties"]["items"]["items"]["properties"]
        if change == "remove":
            del fields["deadline"]["anyOf"][0]["properties"]["due"]
        elif change == "retype":
            fields["number"]["type"] = "string"
        else:
            fields["text"] = {"anyOf": [{"type": "string"}, {"type": "null"}]}
        assert breaks(old, new, "tasks"), change
    new = json.loads(json.dumps(old))
    new["properties"]["items"]["items"]["properties"]["more"] = {"type": "string"}
    assert breaks(old, new, "tasks") == []


def printed(value: Any) -> list[str]:
    """Every text that an editor wrote, below the keys that hold printed words."""
    if isinstance(value, dict):
        return [text for key, inner in value.items() if key not in _NOT_PUBLISHED for text in printed(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in printed(inner)]
    return [value] if isinstance(value, str) else []


_NOT_PUBLISHED = {"kind", "moved_from", "section", "ignore"}  # ``ignore`` is on the page 数据说明


@pytest.mark.parametrize("path", sorted((ROOT / "plans").glob("*.yml")), ids=lambda path: path.stem)
def test_every_source_value_is_in_the_export(site: Path, path: Path) -> None:
    from gongkai.load.yaml_values import load_values

    exported: set[str] = set()
    for table in TABLES:
        for row in json.loads((site / f"data/v1/{table}.json").read_bytes())["items"]:
            exported.update(_leaves(row))
    authored = printed(load_values(path.read_text(encoding="utf-8")))
    assert len(authored) > 10
    assert [text for text in authored if text not in exported] == []


def _leaves(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _leaves(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _leaves(inner)]
    return [value] if isinstance(value, str) else []
