"""A field with nothing behind it is told as that, whatever should stand there; ``#`` makes nothing of a whole text."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

import pytest
import yaml

from gongkai.kinds.interface import FileKind
from gongkai.kinds.registry import KINDS
from gongkai.load.files import load_text
from gongkai.load.tree import SHARED
from gongkai.load.yaml_values import load_values
from gongkai.settings import SettingsError, load_settings
from tests.conftest import ROOT

pytestmark = pytest.mark.quick

EXAMPLES = [*(example for kind in KINDS for example in kind.examples), *sorted(SHARED.glob("*.yml"))]


def fields(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every field of a file, and of the first entry of each list."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key)
            yield from fields(inner, (*path, key))
    elif isinstance(value, list) and value:
        yield from fields(value[0], (*path, 0))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_a_field_without_a_value_is_told_as_that(example: Path) -> None:
    value = load_values(example.read_text("utf-8"))
    for path in fields(value):
        if path == ("kind",):
            continue
        changed = copy.deepcopy(value)
        reduce(getitem, path[:-1], changed)[path[-1]] = None
        text = yaml.safe_dump(changed, allow_unicode=True, sort_keys=False)
        _, found = load_text(f"plans/{example.name}", text)
        said = [one for one in found if one.code == "SHAPE-03" and one.path == path]
        assert all(one.message == f"{path[-1]} 后面没有内容" for one in said), (path, said)
        assert all(one.hint and "以 # 开头的" in one.hint for one in said)


def test_a_colour_without_quotes_is_a_comment(tmp_path: Path) -> None:
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert 'accent: "#' in text
    (tmp_path / "mkdocs.yml").write_text(text.replace('accent: "#', "accent: #"), "utf-8")
    with pytest.raises(SettingsError, match=r"accent 后面没有内容；.*加英文引号"):
        load_settings(tmp_path)


@pytest.mark.parametrize("path", [(), ("extra",), ("extra", "column"), ("theme",)])
def test_a_setting_that_stands_twice_is_told(tmp_path: Path, path: tuple[str, ...]) -> None:
    settings = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), yaml.BaseLoader)
    key = next(iter(reduce(getitem, path, settings)))
    lines, wanted = (ROOT / "mkdocs.yml").read_text("utf-8").split("\n"), [*path, key]
    at = 0
    for depth, name in enumerate(wanted):
        at = next(number for number in range(at, len(lines)) if lines[number].startswith(f"{'  ' * depth}{name}:"))
    lines.insert(at, f"{'  ' * len(path)}{key}: x")
    (tmp_path / "mkdocs.yml").write_text("\n".join(lines), "utf-8")
    with pytest.raises(SettingsError, match=f"的 {key} 写了两次") as refused:
        load_settings(tmp_path)
    (found,) = refused.value.findings
    assert (found.line, found.column) == (at + 2, 2 * len(path) + 1)


def test_a_group_of_fields_in_place_of_a_text_is_named_as_that() -> None:
    mapping = "kind: plan\nid: shili-2021\ntitle: {a: b}\n"
    _, found = load_text("plans/shili-2021.yml", mapping)
    assert [one.message for one in found if one.path == ("title",)] == ["title 应当是一段文字，不是一组字段"]


@pytest.mark.parametrize("blank", ['""', '"  "', "\u3000", '"\u3000\u3000"'])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_blanks_are_no_title(kind: FileKind, blank: str) -> None:  # type: ignore[type-arg]
    for example in kind.examples:
        lines = example.read_text("utf-8").split("\n")
        at = next(at for at, line in enumerate(lines) if line.startswith("title: "))
        _, found = load_text(f"plans/{example.name}", "\n".join([*lines[:at], f"title: {blank}", *lines[at + 1 :]]))
        assert ("SHAPE-06", at + 1) in {(one.code, one.line) for one in found}
