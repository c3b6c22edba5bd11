"""What is done to the cache: damage is a miss with the same site, and what was put there on purpose is not run."""

from __future__ import annotations

import json
import os
import pickle
import random
import shutil
import struct
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pytest

from gongkai import pipeline
from gongkai.cache import entry
from gongkai.cache.cache import Cache
from gongkai.cache.typed import classes_in, fits
from gongkai.column.origin import Origin
from gongkai.column.problems import Problem
from gongkai.findings.finding import Finding, Severity
from gongkai.host import render_theme
from gongkai.linking.linker import Piece, SummaryWithProblems
from gongkai.output import plain
from gongkai.output.cache import remembered, save_values, value_of
from gongkai.output.state import State
from gongkai.output.theme import ThemeOutput, theme_key, theme_output
from tests.miniature.build import AS_OF, miniature_repository

# Damage.


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def lengthened(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0" * 24)


def flipped(path: Path) -> None:
    """One bit somewhere in the first half: in what is stored, not in what is said of it."""
    content = bytearray(path.read_bytes())
    content[random.Random(path.name).randrange(len(content) // 2)] ^= 1
    path.write_bytes(content)


def flipped_at_the_end(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-random.Random(path.name).randrange(1, min(40, len(content)))] ^= 1
    path.write_bytes(content)


def another_s(path: Path) -> None:
    """The content of another entry of the same kind, or its own beginning where there is none."""
    others = sorted(other for other in path.parent.iterdir() if other.is_file() and other != path)
    path.write_bytes(others[0].read_bytes() if others else path.read_bytes()[:100])


def a_directory(path: Path) -> None:
    path.unlink()
    (path / "inside").mkdir(parents=True)


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def a_link_to_nothing(path: Path) -> None:
    path.unlink()
    path.symlink_to("nothing")


def unreadable(path: Path) -> None:
    path.chmod(0)


DAMAGES = (cut, emptied, lengthened, flipped, flipped_at_the_end, another_s, a_directory, a_pipe, a_link_to_nothing)
DAMAGES += (unreadable,)


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_noticed_whatever_is_stored(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    for number in range(40):
        chance = random.Random(number)
        parts = [chance.randbytes(chance.choice([0, 1, 40, 3000])) for _ in range(chance.randrange(1, 5))]
        path = tmp_path / f"{number}"
        entry.save(path, *parts)
        assert [entry.load(path, at) for at in range(len(parts))] == parts
        assert entry.sound(path)
        damage(path)
        if damage is unreadable and os.geteuid() == 0:
            continue  # nothing is unreadable then
        assert not entry.sound(path)
        read = []
        for at in range(len(parts)):
            try:
                read.append(entry.load(path, at))
            except (entry.DamagedError, FileNotFoundError):
                read.append(b"damaged")
        assert all(found in (b"damaged", part) for found, part in zip(read, parts, strict=True))
        assert b"damaged" in read
        entry.save(path, *parts)
        assert entry.sound(path), "what lies in the way is replaced"


def test_a_directory_that_another_process_made_meanwhile_keeps_what_it_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes fill a new cache: what the first stored is no damage in the way of the second."""
    place, made = tmp_path / "new", Path.mkdir

    def late(self: Path, *args: Any, **kwargs: Any) -> None:
        monkeypatch.setattr(Path, "mkdir", made)
        place.mkdir()
        entry.save(place / "first", b"one")
        raise FileExistsError(self)

    monkeypatch.setattr(Path, "mkdir", late)
    entry.save(place / "second", b"two")
    assert [entry.load(place / name) for name in ("first", "second")] == [b"one", b"two"]


def test_only_what_lies_in_the_cache_itself_is_forgotten(tmp_path: Path) -> None:
    (tmp_path / "home/letters").mkdir(parents=True)
    (tmp_path / "home/letters/one").write_text("x")
    (tmp_path / "rows").symlink_to(tmp_path / "home")
    entry.forget(tmp_path / "rows", ())
    (tmp_path / "tokens").mkdir()
    (tmp_path / "tokens/link").symlink_to(tmp_path / "home")
    (tmp_path / "tokens/directory/in/it").mkdir(parents=True)
    entry.forget(tmp_path / "tokens", ())
    assert not list((tmp_path / "tokens").iterdir())
    assert (tmp_path / "home/letters/one").read_text() == "x"


@dataclass(frozen=True)
class Kept:
    """A district with a cache, the site that was made, where it was made, and what it is after an edit."""

    root: Path
    cache: Path
    made: Path
    out: Path
    expected: dict[str, bytes]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gongkai.search.corpus.LARGE_RECORDS", 0)  # so that there is every kind of entry
        scratch = tmp_path_factory.mktemp("kept")
        root = miniature_repository(scratch)
        build(root, scratch / "site", scratch / "cache")
        (scratch / "site").rename(scratch / "made")
        plan = root / "plans/shili-2021.yml"
        plan.write_text(plan.read_text("utf-8").replace("公布养老机构名单。", "公布全部养老机构名单。"), "utf-8")
        build(root, scratch / "clean", scratch / "none")
        yield Kept(root, scratch / "cache", scratch / "made", scratch / "site", contents(scratch / "clean"))


def build(root: Path, out: Path, cache: Path) -> None:
    built = pipeline.build(root, out, cache, AS_OF, render_theme)
    assert built.ok, built.report()


def contents(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def entries(cache: Path) -> list[Path]:
    return sorted(path for path in cache.rglob("*") if path.is_file())


def test_there_is_every_kind_of_entry(kept: Kept) -> None:
    kinds = {path.relative_to(kept.cache).parts[0] for path in entries(kept.cache)}
    assert kinds == {"pieces", "rows", "tokens", "words", "search", "remembered", "theme", "state"}


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("damage", [cut, emptied, flipped, another_s, a_directory])
def test_a_damaged_cache_makes_the_same_site(
    kept: Kept, tmp_path: Path, damage: Callable[[Path], None], half: int
) -> None:
    """Every other entry of every kind, then an edit; upon the site that was made, and upon none."""
    cache = restored(kept, tmp_path, site=half == 0)
    for path in entries(cache)[half::2]:
        damage(path)
    build(kept.root, kept.out, cache)
    assert contents(kept.out) == kept.expected


def restored(kept: Kept, tmp_path: Path, *, site: bool) -> Path:
    """A cache as the first build left it; the site, too, or none."""
    shutil.rmtree(kept.out, ignore_errors=True)
    if site:
        shutil.copytree(kept.made, kept.out)
    shutil.copytree(kept.cache, tmp_path / "cache")
    return tmp_path / "cache"


@pytest.mark.parametrize("wrong", [None, {1: b"x"}, [("x",)]], ids=repr)
def test_what_is_whole_but_no_such_value_is_made_again(kept: Kept, tmp_path: Path, wrong: object) -> None:
    cache = restored(kept, tmp_path, site=False)
    changed = set()
    for path in entries(cache):
        kind = path.parent.name, path.name.rpartition("-")[2] if path.parent.name == "search" else ""
        if kind[0] in ("rows", "words", "search", "remembered") or path.name == "_layouts":
            if kind not in changed:  # each of them has a build begin anew
                save_values(path, [wrong] * 20)
        elif kind[0] == "tokens" and kind not in changed:
            entry.save(path, repr(wrong).encode())
        elif kind[0] == "pieces":
            entry.save(path, pickle.dumps(wrong))
        changed.add(kind)
    (state,) = (cache / "state").iterdir()
    state.write_text(json.dumps([wrong is None, {"x": 1}, {"x": [1, {}]}][len(repr(wrong)) % 3]), "utf-8")
    build(kept.root, kept.out, cache)
    assert contents(kept.out) == kept.expected


@pytest.mark.parametrize(
    "text", ["", "{", "7", "[]", '{"a": 1}', '{"a": ["k"]}', '{"a": ["k", {"b": 1}]}', "[" * 10**6]
)
def test_a_state_that_is_none_is_no_state(tmp_path: Path, text: str) -> None:
    State.of(tmp_path, tmp_path).save()
    (path,) = (tmp_path / "state").iterdir()
    path.write_text(text, "utf-8")
    assert State.of(tmp_path, tmp_path).last == {}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_theme_that_is_damaged_is_rendered_again(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    root, cache = miniature_repository(tmp_path), tmp_path / "cache"
    made = theme_output(root, cache, plain.render_theme)
    assert theme_output(root, cache, never) == made
    for name in [*sorted(made.files)[::7], "_layouts"]:
        path = cache / "theme" / theme_key(root) / name
        if (damage is unreadable and os.geteuid() == 0) or (damage is flipped and len(path.read_bytes()) < 2):
            continue
        damage(path)
        assert theme_output(root, cache, plain.render_theme) == made
        assert theme_output(root, cache, never) == made


def never(_root: Path, _directory: Path) -> ThemeOutput:
    raise AssertionError("it was kept")


@pytest.mark.parametrize("name", ["pieces", "rows", "words", "search", "remembered", "theme", "state"])
def test_a_file_where_a_directory_was_is_in_nobody_s_way(kept: Kept, tmp_path: Path, name: str) -> None:
    cache = restored(kept, tmp_path, site=name != "state")
    shutil.rmtree(cache / name)
    (cache / name).write_text("x")
    build(kept.root, kept.out, cache)
    assert contents(kept.out) == kept.expected


# Crafted entries: their checksums are right.


ORIGIN = Origin("plans/x.yml", ("title", 1))
PROBLEM = Problem("X-01", Severity.ERROR, ORIGIN, "错", "改", 3)


def code(opcode: bytes, *texts: str) -> bytes:
    """An opcode with its texts pushed before it."""
    return (
        b"".join(pickle.BINUNICODE + struct.pack("<I", len(text.encode())) + text.encode() for text in texts) + opcode
    )


def called(module: str, name: str, *given: str, closing: bytes = b"") -> bytes:
    """A pickle that calls what a module has under a name, with texts."""
    return b"\x80\x04" + code(b"\x93", module, name) + b"(" + code(b"t", *given) + b"R" + closing + b"."


def crafted(mark: Path) -> dict[str, bytes]:
    """By what each of them tries."""
    command = f"mkdir {mark}"
    sound = pickle.dumps([PROBLEM])[:-1]
    listed = b"\x80\x04](%se."
    problem = code(b"\x93", "gongkai.column.problems", "Problem")
    origin = code(b"\x93", "gongkai.column.origin", "Origin")
    return {
        "a call": called("os", "system", command),
        "a call in the old way": f"cos\nsystem\n(S'{command}'\ntR.".encode(),
        "an instance in the old way": f"(S'{command}'\nios\nsystem\n.".encode(),
        "an object in the old way": f"(cos\nsystem\nS'{command}'\no.".encode(),
        "a builtin": called("builtins", "eval", f"__import__('os').mkdir('{mark}')"),
        "what a module of ours imports": called("gongkai.cache.cache", "attrgetter", "x"),
        "a file of what a module of ours imports": called("gongkai.output.offline", "ZipFile", str(mark), "w"),
        "a path of what a module of ours imports": called("gongkai.cache.cache", "Path", str(mark)),
        "a module in a module": called("gongkai.cache.cache", "os.mkdir", str(mark)),
        "a method": called("gongkai.column.origin", "Origin.child", "x"),
        "a function of ours": called("gongkai.cache.cache", "digest", "x"),
        "a function that removes": called("gongkai.cache.entry", "discard", str(mark)),
        "a class of ours that opens files": called("gongkai.output.offline", "_Before", str(mark)),
        "a class of ours that is not of this type": called("gongkai.column.origin", "Origin", "x", "y"),
        "another class's name": called("gongkai.findings.finding", "Origin", "x"),
        "a class that a subclass would be": called("enum", "Enum", "x", "y z"),
        "too few values": listed % called("gongkai.column.problems", "Problem", "x")[2:-1],
        "values of wrong types": listed % called("gongkai.column.problems", "Problem", *"abcdef")[2:-1],
        "a value made without its values": listed % (problem + b")\x81"),
        "a value whose values are set": sound + b"(" + code(b"t", *"abcdefghi") + b"b.",
        "a class that is changed": listed % (problem + b"N}" + code(b"", "code", "x") + b"s\x86b"),
        "a named tuple that is changed": listed % (origin + b"N}" + code(b"", "child", "x") + b"s\x86b"),
        "an extension": b"\x80\x02\x82\x01.",
        "a persistent id": b"\x80\x04Pkey\n.",
        "another persistent id": b"\x80\x04" + code(b"Q", "key") + b".",
        "out of band": b"\x80\x05\x97.",
        "depth": b"\x80\x04" + b"(" * 100_000 + b"t" * 100_000 + b".",
        "depth in lists": b"\x80\x04" + b"]" * 100_000 + b"a" * 99_999 + b".",
        "itself": b"\x80\x04]\x94h\x00a.",
        "doubled again and again": b"\x80\x04)" + b"2\x86" * 100 + b".",
        "a size that is not there": b"\x80\x05\x8e" + struct.pack("<Q", 1 << 40) + b".",
        "a frame that is not there": b"\x80\x04\x95" + struct.pack("<Q", 1 << 62) + b".",
        "another type": pickle.dumps(7),
        "another type inside": pickle.dumps([7]),
        "nothing": b"",
        "no pickle": b"\xff" * 100,
    }


@pytest.mark.parametrize("attack", crafted(Path("x")))
def test_what_is_put_there_on_purpose_is_not_there(tmp_path: Path, attack: str) -> None:
    mark = tmp_path / "it-ran"
    cache = Cache(tmp_path / "store")
    later = cache.lazy(lambda: [PROBLEM], "key", kind=list[Problem])
    later.read_once()
    (path,) = (tmp_path / "store").iterdir()
    content = path.read_bytes()
    entry.save(path, crafted(mark)[attack])
    loaded = set(sys.modules)
    assert later.read_once() == [PROBLEM]
    assert path.read_bytes() == content, "it was made again"
    assert not mark.exists()
    assert set(sys.modules) == loaded
    assert (Problem.__name__, Origin.child, Severity.ERROR.value) == ("Problem", CHILD, "error")


CHILD = Origin.child
KINDS: tuple[Any, ...] = (Piece, SummaryWithProblems, list[Problem], list[Finding])


@pytest.mark.parametrize("kind", KINDS)
def test_classes_that_are_read_back_do_nothing_when_they_are_made(kind: Any) -> None:
    """They are what is defined in the module that is named, and hold values and nothing else."""
    for known in classes_in(kind):
        assert known.__module__.startswith("gongkai.")
        assert getattr(sys.modules[known.__module__], known.__qualname__) is known
        names = ("__post_init__", "__call__", "__del__", "__missing__", "__getattr__", "_missing_")
        assert not [name for name in names if name in vars(known)]
        assert is_dataclass(known) or issubclass(known, Enum) or hasattr(known, "_fields")


class Colour(Enum):
    RED = "red"


class Pair(NamedTuple):
    left: int
    right: str | None = None


@dataclass
class Node:
    name: str
    within: Node | None
    pairs: tuple[Pair, ...] = ()


TYPED = [
    (3, int, True), (True, int, False), (3.0, int, False), ("x", str, True), (None, None, True), (b"x", bytes, True),
    (Colour.RED, Colour, True), ("red", Colour, False), (Pair(1), Pair, True), (Pair("1"), Pair, False),
    ((1, None), Pair, False), (date(2021, 1, 1), date, True), ((1, "x"), tuple[int, str], True),
    ((1,), tuple[int, str], False), ((1, 2, 3), tuple[int, ...], True), ([1], tuple[int, ...], False),
    ((), tuple[()], True), ({"x": [1]}, dict[str, list[int]], True), ({1: [1]}, dict[str, list[int]], False),
    ({"x": "y"}, dict[str, int], False), (frozenset({1}), frozenset[int], True), ({1}, frozenset[int], False),
    ("a", Literal["a", "b"], True), ("c", Literal["a", "b"], False), ([], Literal["a"], False),
    (Node("a", Node("b", None)), Node, True), (Node("a", Node(7, None)), Node, False), (object(), Any, True),
    (Node("a", None, (Pair(1, 2),)), Node, False), (None, int | None, True), ("x", int | None, False),
]  # fmt: skip


@pytest.mark.parametrize(("value", "kind", "expected"), TYPED)
def test_a_value_is_of_a_type_or_not(value: object, kind: Any, expected: bool) -> None:
    assert fits(value, kind) is expected


@pytest.mark.parametrize("content", [b"", b"x" * 100])
def test_what_is_remembered_is_asked_for_again_when_it_is_damaged(tmp_path: Path, content: bytes) -> None:
    path, asked = tmp_path / "sounds", []

    def ask(word: str) -> list[str]:
        asked.append(word)
        return [word]

    for damaged in (False, False, True):
        if damaged:
            path.write_bytes(content)
        with remembered(path, ask, dict[str, list[str]]) as sounds:
            assert sounds("a") == ["a"]
    assert asked == ["a", "a"]
    assert value_of(path) == {"a": ["a"]}
