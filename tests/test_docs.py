"""What the documents for developers name exists: paths, names in code, commands, targets, and the layers."""

from __future__ import annotations

import importlib
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from gongkai.cli import main
from gongkai.kinds.registry import KINDS
from tests.conftest import ROOT

pytestmark = pytest.mark.quick

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/architecture.md", "docs/glossary.md")
PACKAGE = ROOT / "generator/gongkai"
HERE = re.compile(r"[\w.*-]*[\w*]/[\w./*-]*|[\w*-]+\.(?:py|md|toml|yml|yaml|json|html|css|js|mjs|lock|sh|cmd|whl)")
"""What looks like a path: with a slash, or with the end of a source file."""
NAME = re.compile(r"[a-z_]\w*(?:\.\w+)+")
"""What looks like a name in code: ``linking.linker.link``."""
ELSEWHERE = (
    *("site/", "demo/site/", "public/", "dist/", ".venv/", ".cache/", "data/v1/", "other-districts/"),
    "plans/withdrawn.yml",
    *(
        "manifest.json",
        "index.html",
        "districts.yml",
        "bin/",
        ".well-known/",
        "start.cmd",
        "./start.sh",
        "program/",
        "plans/quming-2026.yml",
        "plans/**/files/",
    ),
)
"""What only a build, a publication or an office has."""


def text_of(document: str) -> str:
    return (ROOT / document).read_text("utf-8")


def spans(document: str) -> Iterator[str]:
    """Everything between backticks that is no block."""
    yield from re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text_of(document), flags=re.DOTALL | re.MULTILINE))


def exists(path: str) -> bool:
    """Below the repository, the package or the folder of a kind; ``*`` stands for what there is at least one of."""
    rooms = (ROOT, PACKAGE, ROOT / "docs", PACKAGE / "kinds" / KINDS[0].name)
    return any(next(room.glob(path.rstrip("/")), None) for room in rooms)


def named(name: str) -> Any:
    """What a name in code stands for.

    Raises:
        AttributeError: when it stands for nothing.
    """
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        try:
            found: Any = importlib.import_module(".".join(("gongkai", *parts[:end])))
        except ModuleNotFoundError:
            continue
        for part in parts[end:]:
            names = ("__struct_fields__", "__dataclass_fields__", "model_fields")
            fields = next((getattr(found, name) for name in names if hasattr(found, name)), ())
            found = part if part in fields else getattr(found, part)
        return found
    raise AttributeError(name)


def stands_for_something(name: str) -> bool:
    try:
        named(name)
    except AttributeError:
        return False
    return True


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_is_there(document: str) -> None:
    paths = [span for span in spans(document) if HERE.fullmatch(span) and not span.startswith(ELSEWHERE)]
    assert [path for path in paths if not exists(path)] == []
    links = re.findall(r"\]\((?!http)([^)#]+)\)", text_of(document))
    assert [link for link in links if not (ROOT / document).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_name_in_code_stands_for_something(document: str) -> None:
    names = [span for span in spans(document) if NAME.fullmatch(span) and not HERE.fullmatch(span)]
    assert [name for name in names if not stands_for_something(name)] == []
    assert names or not document.startswith("docs/")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_and_target_is_there(document: str) -> None:
    text = text_of(document)
    commands = set(re.findall(r"(?:^|[`/ ])gongkai ([a-z][a-z-]*)", text, re.MULTILINE))
    assert commands <= main.commands.keys()
    targets = set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE))
    known = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    assert targets <= known


@pytest.mark.parametrize("missing", ["load/nothing.py", "docs/nothing.md", "linking.linker.nobody", "nobody.knows"])
def test_what_is_not_there_is_found_out(missing: str) -> None:
    if HERE.fullmatch(missing):
        assert not exists(missing)
    else:
        assert not stands_for_something(missing)


def test_the_layers_are_those_of_the_contract() -> None:
    contracts = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["name"] == "data flows down, never back")
    (block,) = re.findall(r"^```layers\n(.*?)^```", text_of("docs/architecture.md"), re.DOTALL | re.MULTILINE)
    assert block.splitlines() == layers


def test_every_room_is_in_the_layers_of_the_package_docstring() -> None:
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    said = importlib.import_module("gongkai").__doc__ or ""
    assert {room for room in rooms if not re.search(rf"\b{room}\b", said)} == set()


def test_comments_name_no_module_that_is_gone() -> None:
    """A reader who follows ``room/module.py`` finds it."""
    pattern = re.compile(r"``([\w/]+/\w+\.py)``")
    paths = [(path.name, named) for path in PACKAGE.rglob("*.py") for named in pattern.findall(path.read_text("utf-8"))]
    assert paths
    assert [(name, path) for name, path in paths if not exists(path)] == []


def terms() -> list[str]:
    """The Chinese words in the first column of the glossary's first table."""
    table = text_of("docs/glossary.md").partition("| 中文 |")[2].partition("\n\n")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| ")]
    return [term for cell in cells for term in re.split(r"[ /（）、]+", cell) if term]


def test_every_term_of_the_glossary_is_in_use() -> None:
    rooms = (PACKAGE, *(ROOT / room for room in ("content", "overrides", "plans")))
    files = (path for room in rooms for path in room.rglob("*") if path.suffix in {".py", ".html", ".md", ".yml"})
    used = "\n".join(path.read_text("utf-8") for path in files)
    found = terms()
    assert len(found) > 50
    assert [term for term in found if term not in used] == []


def test_the_glossary_has_every_kind() -> None:
    """Whoever adds a kind says what it is called in English."""
    text = text_of("docs/glossary.md")
    assert [kind.name for kind in KINDS if f"kinds.{kind.name}." not in text and kind.name != "document"] == []
