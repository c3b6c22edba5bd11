"""What is done to the cache: damage is a miss with the same site, and what was put there on purpose is not run."""

from __future__ import annotations

import marshal
import os
import pickle
import random
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from msgspec.structs import fields

from gongkai import pipeline
from gongkai.cache import entry
from gongkai.cache.cache import Cache
from gongkai.cache.plain import decode, encode
from gongkai.cache.values import remembered, save_values, value_of
from gongkai.column.origin import Origin
from gongkai.column.problems import Problem
from gongkai.column.words import RecordKind
from gongkai.findings.finding import Severity
from gongkai.kinds.plan.parts import TASK
from gongkai.output import plain
from gongkai.output.state import State
from gongkai.output.theme import ThemeOutput, theme_key, theme_output
from tests.miniature.build import AS_OF, miniature_repository
from tests.theme import render_theme

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
        for name in ("search.corpus.LARGE_RECORDS", "load.tree.LARGE_BYTES"):
            patch.setattr(f"gongkai.{name}", 0)  # so that there is every kind of entry
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
    return sorted(path for path in cache.rglob("*") if path.is_file() and path.name != "lock")


def test_there_is_every_kind_of_entry(kept: Kept) -> None:
    kinds = {path.relative_to(kept.cache).parts[0] for path in entries(kept.cache)}
    assert kinds == {"values", "rows", "tokens", "words", "search", "remembered", "theme", "state"}


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
        elif kind[0] in ("values", "state"):
            entry.save(path, encode(wrong))
        changed.add(kind)
    build(kept.root, kept.out, cache)
    assert contents(kept.out) == kept.expected


@pytest.mark.parametrize(
    "wrong", [None, 7, [], {"a": 1}, ("b", [], {"a": ["k"]}), ("b", [], {"a": [[7], {}, None, ""]})]
)
def test_a_state_that_is_none_is_no_state(tmp_path: Path, wrong: object) -> None:
    path = State.of(tmp_path, tmp_path).path
    save_values(path, [wrong])
    assert State.of(tmp_path, tmp_path).last == {}
    path.write_text("{}")
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


@pytest.mark.parametrize("name", ["values", "rows", "words", "search", "remembered", "theme", "state"])
def test_a_file_where_a_directory_was_is_in_nobody_s_way(kept: Kept, tmp_path: Path, name: str) -> None:
    cache = restored(kept, tmp_path, site=name != "state")
    shutil.rmtree(cache / name)
    (cache / name).write_text("x")
    build(kept.root, kept.out, cache)
    assert contents(kept.out) == kept.expected


# Crafted entries: their checksums are right.


ORIGIN = Origin("plans/x.yml", ("title", 1))
PROBLEM = Problem("X-01", Severity.ERROR, ORIGIN, "错", "改", 3)
WHOLE = encode([PROBLEM])


class Hostile:
    """A pickle that makes a directory when it is read."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.mark),)


def crafted(mark: Path) -> dict[str, bytes]:
    """By what each of them tries."""
    known = {field.name: getattr(PROBLEM, field.name) for field in fields(PROBLEM)}
    return {
        "a pickle": pickle.dumps(Hostile(mark)),
        "code": marshal.dumps(compile(f"__import__('os').mkdir({str(mark)!r})", "x", "exec")),
        "a value of a class by its name": encode({"__reduce__": ["os", "mkdir", str(mark)], "type": "os.mkdir"}),
        "too few values": encode([{"code": "X-01"}]),
        "values of wrong types": encode([{field.name: 7 for field in fields(Problem)}]),
        "a severity that there is not": encode([{**known, "severity": "none"}]),
        "another type": encode(7),
        "another type inside": encode([7]),
        "a day where there is none": encode([date(2021, 1, 1)]),
        "depth": b"\x91" * 100_000 + b"\x90",
        "a size that is not there": b"\xdd\xff\xff\xff\xff",
        "a text that is none": b"\x91\xa2\xff\xff",
        "more than one": WHOLE + WHOLE,
        "cut": WHOLE[:-3],
        "an extension": b"\xc7\x01\x05x",
        "nothing": b"",
        "noise": b"\xc1" * 100,
    }


@pytest.mark.parametrize("attack", crafted(Path("x")))
def test_what_is_put_there_on_purpose_is_not_there(tmp_path: Path, attack: str) -> None:
    mark = tmp_path / "it-ran"
    cache = Cache(tmp_path / "store")
    later = cache.lazy(lambda: [PROBLEM], "key", kind=list[Problem], dear=True)
    later.read_once()
    (path,) = (tmp_path / "store").iterdir()
    content = path.read_bytes()
    entry.save(path, crafted(mark)[attack])
    loaded = set(sys.modules)
    again = Cache(tmp_path / "store").lazy(lambda: [PROBLEM], "key", kind=list[Problem], dear=True)
    assert again.read_once() == [PROBLEM]
    assert path.read_bytes() == content, "it was made again"
    assert not mark.exists()
    assert set(sys.modules) == loaded


class Colour(StrEnum):
    RED = "red"


class Pair(NamedTuple):
    left: int
    right: str | None = None


@dataclass(frozen=True)
class Node:
    name: str
    within: Node | None
    pairs: tuple[Pair, ...] = ()


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (3, int), ("x", str), (None, None), (b"x", bytes), (Colour.RED, Colour), (Pair(1), Pair), (TASK, RecordKind),
        (date(2021, 1, 1), date), ((1, "x"), tuple[int, str]), ((1, 2, 3), tuple[int, ...]), (1.5, float), (True, bool),
        ({"x": [1]}, dict[str, list[int]]), ({b"x": b"y"}, dict[bytes, bytes]),
        (Node("a", Node("b", None), (Pair(1, "x"),)), Node),
    ],
)  # fmt: skip
def test_a_value_is_read_back_as_it_was(value: object, kind: Any) -> None:
    found = decode(encode(value), kind)
    assert found == value
    assert type(found) is type(value)
    for other in (int, str, date, tuple[int, str], dict[str, list[int]], Node, Colour):
        try:
            assert decode(encode(value), other) is not None
        except ValueError:
            continue
        assert encode(decode(encode(value), other)) == encode(value), "it is of this type, too"


def test_what_has_no_plain_form_is_not_told_by_where_it_lies() -> None:
    with pytest.raises(NotImplementedError):
        encode(object())


def test_nothing_is_read_or_run_by_pickle_or_marshal() -> None:
    package = Path(entry.__file__).parents[1]
    found = [path.name for path in package.rglob("*.py") if re.search(r"\b(pickle|marshal)\b", path.read_text("utf-8"))]
    assert found == []


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
    assert value_of(path, Any) == {"a": ["a"]}
