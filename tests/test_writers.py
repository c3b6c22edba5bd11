"""What editors wrote is written by one writer: nothing else in the program writes or removes files of a repository."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import gongkai

pytestmark = pytest.mark.quick

SOURCES = Path(gongkai.__file__).parent
WRITER = "authoring/edits/editor.py"
ELSEWHERE = {
    "cache/": "the cache, in the user's own directory",
    "delivery/": "finished sites, which are sent elsewhere",
    "output/": "the site, its releases and its build, which lie outside of plans/ and content/ (writable_place)",
    "authoring/difference/__init__.py": "an earlier state, unpacked to be compared",
    "cli/publishing.py": "removes the directory in which it made a site to look at",
    "desk/baseline.py": "a copy in the user's state directory of what was handed over",
    "desk/joining.py": "a second working tree of git in the user's state directory",
    "desk/history.py": "contents in the user's state directory, to undo with",
    "desk/publication.py": "what a publishing said, in the user's state directory",
    "desk/state.py": "the desk's own lock and address",
    "desk/uploads.py": "uploads in the user's state directory",
    "disk.py": "what the writer asks of the system",
    "federation/cluster.py": "a mark by which other machines see that they share a directory",
    "federation/site.py": "the site of a federation, through output/",
    "importing/readers/office.py": "a copy of the paper for another program",
    "indexing/build.py": "a lock in the cache",
    "indexing/export.py": "what other programs take in, into a new directory",
    "authoring/merging/__init__.py": "copies for git to merge",
    "serving/search.py": "the index of the preview",
    "starter/upgrade.py": "removes directories that are empty",
    "starter/wheels.py": "a list for pip, beside its cache",
    "upgrading.py": "the copy of a column on which an upgrade is tried",
    "importing/readers/revisions.py": "a Word file in memory, without its tracked changes",
    "withdrawing.py": "removes caches, which hold the text of what is withdrawn",
    "zips.py": "archives",
}
"""Rooms and modules that write something else, with what it is."""
METHODS = {
    *("write_text", "write_bytes", "touch", "unlink", "rmdir", "rename", "symlink_to", "hardlink_to", "extractall"),
    *("rmtree", "copyfile", "copyfileobj", "copy2", "copytree", "unpack_archive", "symlink", "fdopen", "mkstemp"),
}
OF_MODULES = {"os": {"remove", "link", "replace", "truncate", "removedirs"}, "shutil": {"copy", "move"}}
OPENING = {"open", "ZipFile", "TarFile"}


def writing(tree: ast.AST) -> Iterator[str]:
    """The calls that write, by the names of what is called."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            function = call.func
            name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            owner = getattr(function.value, "id", "") if isinstance(function, ast.Attribute) else ""
            given = [*call.args, *(word.value for word in call.keywords)]
            words = [each.value for each in given if isinstance(each, ast.Constant)]
            opened = name in OPENING and any(isinstance(word, str) and set(word[:3]) & set("wax+") for word in words)
            one = len(call.args) == 1 and not call.keywords and not isinstance(call.args[0], ast.Starred)
            path_replaced = name == "replace" and isinstance(function, ast.Attribute) and one
            if name in METHODS or name in OF_MODULES.get(owner, ()) or opened or path_replaced:
                yield name


def found() -> dict[str, list[str]]:
    modules = {path.relative_to(SOURCES).as_posix(): path for path in sorted(SOURCES.rglob("*.py"))}
    calls = {name: list(writing(ast.parse(path.read_text("utf-8")))) for name, path in modules.items()}
    return {name: called for name, called in calls.items() if called}


def test_only_the_writer_writes_what_editors_wrote() -> None:
    others = {name: calls for name, calls in found().items() if not name.startswith(tuple(ELSEWHERE))}
    assert list(others) == [WRITER], others


def test_every_reason_is_still_needed() -> None:
    writers = found()
    assert [place for place in ELSEWHERE if not any(name.startswith(place) for name in writers)] == []


@pytest.mark.parametrize(
    "call",
    [
        "path.write_text(x)",
        "path.open('wb')",
        "open(path, mode='a')",
        "path.replace(other)",
        "os.replace(a, b)",
        "shutil.move(a, b)",
        "path.unlink()",
        "path.open('r+b')",
    ],
)
def test_what_writes_is_known(call: str) -> None:
    assert list(writing(ast.parse(call)))


@pytest.mark.parametrize(
    "call", ["path.open()", "text.replace('a', 'b')", "open(path, 'rb')", "replace(made, x=1, y=2)"]
)
def test_what_reads_is_known(call: str) -> None:
    assert not list(writing(ast.parse(call)))
