"""Every field of every kind has a place on a page, and what stands there is what the file says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gongkai.desk import paths
from gongkai.desk.editing import Editing
from gongkai.desk.forms import Field, Forms, Group, Part, Table, field_at
from gongkai.desk.reading import meant
from gongkai.desk.session import OpenFile
from gongkai.kinds.registry import KINDS
from gongkai.load.files import SHAPES
from tests.desk.desks import PLAN, Visitor

EXAMPLES = sorted(path for kind in KINDS for path in kind.examples)


def fields(parts: list[Part]) -> list[Field]:
    found: list[Field] = []
    for part in parts:
        match part:
            case Field():
                found.append(part)
            case Group():
                found += fields(list(part.parts))
            case Table():
                found += [cell for row in part.rows for cell in row.cells]
    return found


def everything(forms: Forms, file: OpenFile) -> dict[paths.Path, Field]:
    """All fields of all pages of a file: its own, and those of every item in it."""
    ahead: list[paths.Path] = [()]
    found = {}
    while ahead:
        at = ahead.pop()
        parts = forms.parts(at, {})
        found |= {field.path: field for field in fields(parts)}
        ahead += [row.path for table in tables(parts) for row in table.rows if not row.single]
    return found


def tables(parts: list[Part]) -> list[Table]:
    inner = [table for part in parts if isinstance(part, Group) for table in tables(list(part.parts))]
    return [*(part for part in parts if isinstance(part, Table)), *inner]


def leaves(value: object, path: paths.Path = ()) -> dict[paths.Path, object]:
    if isinstance(value, dict):
        return {place: leaf for key, inner in value.items() for place, leaf in leaves(inner, (*path, key)).items()}
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return {place: leaf for at, inner in enumerate(value) for place, leaf in leaves(inner, (*path, at)).items()}
    return {path: value}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_whatever_a_file_says_stands_in_a_field(example: Path) -> None:
    file = OpenFile.of(f"plans/{example.name}", example.read_bytes())
    shown = everything(Forms(file, None), file)
    for path, leaf in leaves(file.data).items():
        if path == ("kind",):
            continue
        singles = [(*path, at) for at in range(len(leaf))] if isinstance(leaf, list) and path not in shown else [path]
        for place in singles:
            field = shown[place]
            value = paths.value(file.data, place)
            assert field.value == value
            if value is not None and not field.fixed:
                typed = [value] if field.form.many and not isinstance(value, list) else value
                assert meant(field_at(file.model, place), field.text, {}) == typed, place


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_paths_of_pages_lead_back(example: Path) -> None:
    file = OpenFile.of(f"plans/{example.name}", example.read_bytes())
    for path in leaves(file.data):
        assert paths.read(paths.written(path), file.data) == path
        assert Editing(file, None, {}).next_number(path) is not None


def test_every_kind_has_words_for_its_fields() -> None:
    for shape in SHAPES.values():
        for form in Forms(OpenFile("x", b"", {}), None)._columns(shape, [dict.fromkeys(shape.model_fields, "")]):
            assert form.label, (shape, form.name)


def test_every_link_of_every_page_leads_somewhere(visitor: Visitor) -> None:
    ahead, seen = ["/"], set()
    while ahead:
        address = ahead.pop()
        answer = visitor.get(address)
        assert answer.status_code in (200, 303), (address, answer.text[-400:])
        found = re.findall(r'href="(/(?!static|preview|enter)[^"#]*)"', answer.text)
        first = [each.replace("&amp;", "&") for each in found if re.sub(r"\d+", "", each) not in seen]
        seen |= {re.sub(r"\d+", "", each) for each in first}
        ahead += list({re.sub(r"\d+", "", each): each for each in first}.values())
    assert f"/file/{PLAN}" in visitor.get("/").text
