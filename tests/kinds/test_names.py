"""Kinds are told apart in their folders, by rules and by the importer, and nowhere else; documents name every kind."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.kinds import NAMES
from gongkai.kinds.registry import KINDS, RECORD_KINDS
from tests.conftest import ROOT

pytestmark = pytest.mark.quick

PACKAGE = ROOT / "generator/gongkai"
ROOMS_THAT_KNOW = ("kinds", "rules", "importing")
KNOW_TWO_KINDS_ON_PURPOSE = {
    "site/": "pages of the site as a whole: what goes on now, all occasions, all plans of the planning system",
    "authoring/annual_report.py": "a chapter of the annual report is written from a plan",
    "authoring/year_report.py": "the annual report tells what became of plans",
    "cli/reporting.py": "the commands of both reports",
    "desk/worklist.py": "words for what became of an occasion to take part",
    "output/page_templates.py": "words for states of stages and duties, which templates show",
    "linking/coverage.py": "what a catalogue demands is looked for in the files of all others",
    "linking/index.py": "the same",
    "linking/vocabulary_files.py": "a vocabulary of stages is only of use with ids that decisions can write",
}
OTHER_MEANINGS = {
    "unit": "a unit is filed under a vocabulary",
    "document": "the official document in a file, and what other pages link to",
    "section": "the field of a task that names its heading, and an element of HTML",
    "decision": "the field of a plan of the planning system that names what made it",
    "directory": "where files lie",
    "task": "what a column of a table means",
    "plan": "the argument of a command",
    "catalogue": "a table of the open data",
    "topic": "the second level of a task table",
}
WORDS = {*NAMES, *(record.value for record in RECORD_KINDS)} - OTHER_MEANINGS.keys()


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if not name.startswith(tuple(f"{room}/" for room in ROOMS_THAT_KNOW)):
            yield name, ast.parse(path.read_text("utf-8"))


def test_no_module_tells_kinds_apart_by_their_names() -> None:
    found = [
        f"{name}:{node.lineno}: {node.value}"
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in WORDS
    ]
    assert not found


def test_only_what_must_know_two_kinds_imports_one() -> None:
    found = {
        name
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").removeprefix("gongkai.kinds.").split(".")[0] in NAMES
        if (node.module or "").startswith("gongkai.kinds.")
    }
    known = {
        name: next((place for place in KNOW_TWO_KINDS_ON_PURPOSE if name.startswith(place)), None) for name in found
    }
    assert None not in known.values(), known
    assert set(known.values()) == KNOW_TWO_KINDS_ON_PURPOSE.keys(), "a place that no longer needs to"


@pytest.mark.parametrize("script", sorted((ROOT / "overrides/assets").rglob("*.js")), ids=lambda path: path.stem)
def test_no_script_tells_kinds_apart(script: Path) -> None:
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", script.read_text("utf-8"), flags=re.DOTALL)
    assert WORDS.isdisjoint(re.findall(r"""["'`](\w+)["'`]""", code))


def test_the_handbook_lists_every_kind_and_its_items() -> None:
    text = (ROOT / "content/handbook.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (\S+) \| `(\w+)`，(\S+) \|$", text, re.MULTILINE)
    assert rows == [(kind.name, kind.label, kind.items.word, kind.items.label) for kind in KINDS]


def test_the_glossary_has_a_word_for_every_kind() -> None:
    text = (ROOT / "docs/glossary.md").read_text("utf-8")
    assert [name for name in NAMES if f"`kinds.{name}." not in text] == []
