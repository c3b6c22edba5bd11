"""Every regular expression of the program comes through one door and is proved to be linear."""

from __future__ import annotations

import ast
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.text.patterns import DOTALL, MULTILINE, any_of, anywhere, whole
from gongkai.text.patterns.proof import doubt
from tests.conftest import ROOT

pytestmark = pytest.mark.quick

SOURCES = ROOT / "generator/gongkai"
WITH_RE = {
    "text/patterns/__init__.py": "the door: it compiles",
    "text/patterns/letters.py": "the proof: re's own reading of patterns, and its flags",
    "text/patterns/automaton.py": "the proof: re's flags",
}
"""Modules that may use re itself, and why."""
MADE_LATE = {
    "site/addresses.py": "the addresses of our own pages, made from the functions that write them",
    "rules/metadata.py": "the form of a number in a law file, which its shape has looked at",
}
"""Modules that may make patterns inside functions, where no test can find them, and why."""


MAY = re.compile(r"\bre\b|regex|sre_|import_module|__import__|^[ \t].*\b(?:anywhere|whole)\(", re.MULTILINE)


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCES.rglob("*.py")):
        if MAY.search(text := path.read_text("utf-8")):
            yield path.relative_to(SOURCES).as_posix(), ast.parse(text)


def imported(tree: ast.Module) -> set[str]:
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {
        str(node.args[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in ("import_module", "__import__")
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    return names


def made_late(tree: ast.Module) -> bool:
    inside = {
        node
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for body in (function.body if isinstance(function.body, list) else [function.body])
        for node in ast.walk(body)
    }
    calls = [node for node in inside if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    return any(node.func.id in ("anywhere", "whole") for node in calls if isinstance(node.func, ast.Name))


def test_only_the_door_uses_re_and_patterns_are_made_where_the_proof_finds_them() -> None:
    """An entry that is not needed any more fails, too."""
    used = {
        name for name, tree in trees() if {part.split(".")[0] for part in imported(tree)} & {"re", "regex", "sre_parse"}
    }
    assert used == set(WITH_RE), "write the pattern with gongkai.text.patterns (CONTRIBUTING.md, Patterns)"
    late = {name for name, tree in trees() if name not in WITH_RE and made_late(tree)}
    assert late == set(MADE_LATE), "make the pattern at the top of the module, or of words with any_of"


@pytest.fixture(scope="module")
def told() -> subprocess.CompletedProcess[str]:
    """The patterns' own process: what is not proved, their number, and each before it is attacked."""
    path = {"PYTHONPATH": f"{ROOT / 'generator'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-m", "tests.text.patterns"]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **path}, capture_output=True, text=True, check=False)


def test_every_pattern_is_proved(told: subprocess.CompletedProcess[str]) -> None:
    refused = [line for line in told.stdout.splitlines() if "is not linear" in line]
    assert not refused, "\n".join(refused)
    count = next((line for line in told.stdout.splitlines() if line.isdigit()), None)
    assert count, told.stderr[-2000:]
    assert int(count) > 400, "the patterns were not found"


@pytest.mark.skipif(sys.platform != "linux", reason="limits of processor time")
def test_every_pattern_reads_what_it_loops_over_again_and_again(told: subprocess.CompletedProcess[str]) -> None:
    """In two seconds of processor time each, however busy the machine is."""
    assert told.returncode == 0, f"{told.stdout.splitlines()[-1]} {told.stderr[-1000:]}"


QUADRATIC = {
    "a tag": r"<[^>]*>",
    "blanks at the end": r"\s+$",
    "a number before a word": r"\d+月",
    "two lazy gaps": r"(?s)a.*?b.*?c",
    "a look ahead": r"第(?!.*关于)",
    "blanks on both sides of what may be missing": r"第\s*(?:条)?\s*款",
    "a loop in a loop": r"(?:一+、?)+。",
    "an alternative twice": r"(?:a|a)*b",
    "a reference back": r"(a+)\1",
    "a search that fails late": r"a*b|a",
}
LINEAR = {
    "a run": r"\d+",
    "a run from its beginning": r"(?<!\d)\d+月",
    "a bounded run": r"\d{1,4}月",
    "a gap that its beginning ends": r"《[^《》]*》",
    "a list": r"[a-z]+(?:-[a-z]+)*",
    "a line": r"(?m)^#.*$",
    "words": r"\b20\d\d\b",
}


@pytest.mark.parametrize("source", QUADRATIC.values(), ids=QUADRATIC)
def test_what_may_take_longer_is_refused(source: str) -> None:
    found = doubt(source)
    assert found
    assert found.word or "GROUPREF" in str(found)


@pytest.mark.parametrize("source", LINEAR.values(), ids=LINEAR)
def test_what_cannot_is_not(source: str) -> None:
    assert doubt(source) is None


def steps(source: str, text: str) -> int:
    """How many characters a search reads, tried by hand as re tries: all ways, from each place, until one fits."""
    count = 0

    def walk(node: str, at: int) -> Iterator[int]:
        """Ends of the ways through a pattern of characters, dots, and groups with + or *, after the first char."""
        nonlocal count
        if not node:
            yield at
            return
        unit, rest = node[0], node[1:]
        mark, rest = (rest[0], rest[1:]) if rest[:1] in ("*", "+") else ("", rest)

        def one(place: int) -> int | None:
            nonlocal count
            count += 1
            return place + 1 if place < len(text) and unit in (".", text[place]) else None

        ends = [at] if mark == "*" else []
        place = one(at)
        while place is not None:
            ends.append(place)
            place = one(place) if mark else None
        for end in reversed(ends):
            yield from walk(rest, end)

    at = 0
    while at <= len(text):
        end = next(walk(source, at), None)
        at = max(at + 1, end) if end is not None else at + 1
    return count


def small_patterns() -> list[str]:
    units = [f"{char}{mark}" for char in "ab." for mark in ("", "*", "+")]
    return [f"{one}{two}{three}" for one in units for two in units for three in ("", "a", "b+")]


def test_the_proof_and_trying_by_hand_agree_on_small_patterns() -> None:
    """What is proved never grows faster than its texts; what is refused often does, with the word that is named."""
    grows = 0
    for source in small_patterns():
        found = doubt(source)
        words = [found.word] if found else ["a", "b", "ab", "aab", "c", "ac", "bc"]
        growth = max(steps(source, word * 32 + "c") / steps(source, word * 16 + "c") for word in words)
        if found is None:
            assert growth < 2.4, f"{source} is proved, and grows"
        grows += found is not None and growth > 2.7
    assert grows > 50, "the proof refuses too much"


def test_a_pattern_is_that_of_re_and_is_compiled_by_its_first_use() -> None:
    made = anywhere(r"^(\d+)月$", MULTILINE)
    assert "search" not in vars(made)
    assert made.findall("3月\n12月") == re.compile(r"^(\d+)月$", MULTILINE).findall("3月\n12月")
    assert "search" in vars(made)
    assert (made.pattern, made.flags) == (r"^(\d+)月$", MULTILINE)
    assert pickle.loads(pickle.dumps(made)).sub("x", "3月") == "x"


def test_what_is_held_against_whole_texts_cannot_be_searched_for() -> None:
    made = whole(r"\d+月", DOTALL)
    assert made.fullmatch("3月")
    with pytest.raises(AttributeError):
        made.search("3月")  # type: ignore[attr-defined]


def test_any_of_takes_the_longest_word_as_it_is_printed() -> None:
    assert any_of(["发改局", "发改", "a.c"]).findall("发改局abc a.c发改") == ["发改局", "a.c", "发改"]


def test_paths_of_the_lists_are_real() -> None:
    assert all(Path(SOURCES, name).is_file() for name in {**WITH_RE, **MADE_LATE})
