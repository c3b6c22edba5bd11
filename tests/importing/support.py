"""What the importing tests share: the repository's vocabularies, and drafts as plain values."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from gongkai.column.problems import Problems
from gongkai.column.vocabularies import Vocabularies
from gongkai.importing.importer import ImportResult, import_file
from gongkai.linking.vocabulary_files import link_vocabularies
from gongkai.load.tree import load_tree

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = Path(__file__).parent / "fixtures"
SOURCES = FIXTURES / "sources"
EDITORIAL = ("themes", "related", "editor_note", "ignore", "sources", "issuer", "stages", "planning", "targets")


@cache
def vocabularies() -> Vocabularies:
    return link_vocabularies(load_tree(ROOT).files, Problems())


@cache
def imported(name: str, *, known: bool = True) -> ImportResult:
    path = SOURCES / name if (SOURCES / name).exists() else FIXTURES / name
    return import_file(path, vocabularies=vocabularies() if known else None)


def drafted(result: ImportResult, name: str) -> dict[str, Any]:
    """A draft as its YAML says, so that the writer is tested with it."""
    text = next(draft.text for draft in result.drafts if draft.name == f"{name}.yml")
    return yaml.safe_load(text)


def committed(name: str) -> dict[str, Any]:
    return yaml.safe_load((ROOT / "plans" / f"{name}.yml").read_text(encoding="utf-8"))


def plain(value: Any, *, spaces: bool = False) -> Any:
    """Without what only an editor can decide; with ``spaces`` white space inside texts counts."""
    match value:
        case dict():
            return {key: plain(item, spaces=spaces) for key, item in value.items() if key not in EDITORIAL}
        case list():
            return [plain(item, spaces=spaces) for item in value]
        case date():
            return value.isoformat()
        case str() if not spaces:
            return re.sub(r"\s", "", value)
        case _:
            return value


def differences(left: Any, right: Any, path: str = "") -> dict[str, tuple[Any, Any]]:
    """Every place where two drafts differ."""
    if isinstance(left, dict) and isinstance(right, dict):
        keys = list(dict.fromkeys([*left, *right]))
        found: dict[str, tuple[Any, Any]] = {}
        for key in keys:
            found |= differences(left.get(key, "–"), right.get(key, "–"), f"{path}.{key}")
        return found
    if isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        found = {}
        for at, (one, other) in enumerate(zip(left, right, strict=True)):
            found |= differences(one, other, f"{path}[{at}]")
        return found
    return {} if left == right else {path: (left, right)}
