"""No two records have one address: what stands twice in a file is refused, or is something else than a record."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

import pytest
import yaml

from gongkai import pipeline
from gongkai.cache.cache import Cache
from gongkai.findings.finding import errors
from gongkai.kinds.interface import FileKind
from gongkai.kinds.registry import KINDS
from gongkai.kinds.walk import all_records
from gongkai.load.yaml_values import load_values
from tests.miniature.build import AS_OF, miniature_repository

pytestmark = pytest.mark.quick


def lists(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where in a file a list has entries with fields of their own."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from lists(inner, (*path, key))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield path
        for at, inner in enumerate(value):
            yield from lists(inner, (*path, at))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_stands_twice_never_takes_the_address_of_another(kind: FileKind, tmp_path: Path) -> None:  # type: ignore[type-arg]
    root, cache, tried = miniature_repository(tmp_path), Cache(tmp_path / "cache"), set()
    for example in kind.examples:
        file = root / "plans" / example.name
        text = file.read_text("utf-8")
        for path in lists(load_values(text)):
            form = tuple(step for step in path if isinstance(step, str))
            value = load_values(text)
            entries = reduce(getitem, path, value)
            entries.append(copy.deepcopy(entries[0]))
            file.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), "utf-8")
            if form not in tried:
                checked = pipeline.check(root, AS_OF, cache)
                found = [record.id for record in all_records(checked.column)]
                assert errors(list(checked.findings)) or len(found) == len(set(found)), (example.name, path)
            tried.add(form)
        file.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("name", "field", "below"),
    [("shili-2021.yml", "sections", "sections"), ("shili-2021-projects.yml", "categories", "categories")],
)
@pytest.mark.parametrize("inner", [False, True], ids=["level 1", "level 2"])
def test_a_heading_whose_number_another_has_is_told_once_where_it_stands(
    tmp_path: Path, name: str, field: str, below: str, *, inner: bool
) -> None:
    root = miniature_repository(tmp_path)
    file = root / "plans" / name
    value = load_values(file.read_text("utf-8"))
    headings = next(one[below] for one in value[field] if one.get(below)) if inner else value[field]
    again = copy.deepcopy(headings[0]) | {"number": f"{headings[0]['number']}、"}
    again.pop("projects", None)  # their numbers are another matter
    headings.append(again)
    file.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), "utf-8")
    said = [one for one in pipeline.check(root, AS_OF).findings if one.code == "DOC-07" and "同一个网址" in one.message]
    assert [f"“{headings[0]['title']}”" in one.message for one in said] == [True]
    assert again["number"] in file.read_text("utf-8").splitlines()[said[0].line - 1]
