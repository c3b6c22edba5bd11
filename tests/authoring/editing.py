"""Random edits of a text, and everything that must hold of their results; the oracle knows nothing of the editor."""

from __future__ import annotations

import copy
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from gongkai.authoring.edits import Delete, Edit, EditError, Insert, Move, Path, Set, edit
from gongkai.load.yaml_values import load_values
from tests.authoring.layouts import Writer

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Tried:
    """One edit with what came of it."""

    edit: Edit
    wrong: str | None
    same_text_again: bool = False


def try_edit(text: str, seed: int) -> Tried:
    """Make one random edit in a text and look at everything."""
    rng, writer = random.Random(seed), Writer(seed)
    body = text.removeprefix("\ufeff")
    before = load_values(body)
    made, meant = _random_edit(before, rng, writer)
    try:
        after = edit(text, [made])
    except EditError as error:
        return Tried(made, f"refused: {error}")
    if not _same(load_values(after.removeprefix("\ufeff")), meant):
        return Tried(made, "another value")
    if text.startswith("\ufeff") is not after.startswith("\ufeff"):
        return Tried(made, "byte order mark")
    wrong = _confined(text, after, made) or _comments_kept(body, after.removeprefix("\ufeff"), made)
    again = edit(after, [Set((), before)])
    if not _same(load_values(again.removeprefix("\ufeff")), before):
        wrong = wrong or "undone to another value"
    return Tried(made, wrong, again == text)


def try_edits(text: str, seed: int) -> str | None:
    """Make several random edits at once; each path is as the edits before it leave the file."""
    rng, writer = random.Random(seed), Writer(seed)
    value = load_values(text.removeprefix("\ufeff"))
    made = []
    for _ in range(rng.randint(2, 8)):
        each, value = _random_edit(value, rng, writer)
        made.append(each)
    try:
        after = edit(text, made)
    except EditError as error:
        return f"refused: {error} {made}"
    return None if _same(load_values(after.removeprefix("\ufeff")), value) else f"another value: {made}"


def _same(one: object, other: object) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _places(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    yield path, value
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in pairs:
        yield from _places(item, (*path, step))


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _random_edit(before: Any, rng: random.Random, writer: Writer) -> tuple[Edit, Any]:
    """An edit, and the value that is meant, made by plain means."""
    meant = copy.deepcopy(before)
    places = list(_places(before))
    lists = [path for path, value in places if isinstance(value, list)]
    full = [path for path in lists if _at(before, path)]
    kind = rng.choice(["set", "set", "set", "add", "delete", "delete", "insert", "move"])
    if kind == "insert" and lists:
        path = rng.choice(lists)
        at = rng.randint(0, len(_at(before, path)))
        items = _at(before, path)
        value = copy.deepcopy(rng.choice(items)) if items and rng.random() < 0.5 else writer.value()
        _at(meant, path).insert(at, value)
        return Insert((*path, at), value), meant
    if kind == "move" and full:
        path = rng.choice(full)
        at, to = rng.randrange(len(_at(before, path))), rng.randrange(len(_at(before, path)))
        items = _at(meant, path)
        items.insert(to, items.pop(at))
        return Move((*path, at), to), meant
    if kind == "delete" and len(places) > 2:
        path = rng.choice([path for path, _ in places if len(path) > 1 or (len(path) == 1 and len(before) > 1)] or [()])
        if path:
            del _at(meant, path[:-1])[path[-1]]
            return Delete(path), meant
    if kind == "add":
        path = rng.choice([path for path, value in places if isinstance(value, dict)])
        key = rng.choice(["editor_note", "themes", "新的", "progress", "a-b", "7", "deadline", "related", "text"])
        if key not in _at(before, path):
            value = writer.value()
            _at(meant, path)[key] = value
            return Set((*path, key), value), meant
    path = rng.choice([path for path, _ in places if path])
    value = writer.value()
    _at(meant, path[:-1])[path[-1]] = value
    return Set(path, value), meant


def _nodes(text: str) -> yaml.Node:
    loader: Any = yaml.CBaseLoader
    return yaml.compose(text, Loader=loader)


def _span(text: str, path: Path) -> tuple[int, int]:
    """First and last line of a key with its value, or of an item, by the parser's marks."""
    node, start = _nodes(text), 0
    for step in path:
        if isinstance(node, yaml.MappingNode):
            name, node = next(pair for pair in node.value if pair[0].value == step)
            start = name.start_mark.index
        else:
            start = node.start_mark.index if step == 0 else node.value[step - 1].end_mark.index
            node = node.value[step]
    return _line(text, start), _line(text, max(node.end_mark.index, start))


def _line(text: str, at: int) -> int:
    return len(_BREAK.findall(text[:at]))


def _confined(text: str, after: str, made: Edit) -> str | None:
    """Lines change only where the edit is: everything above and below is the same, character by character."""
    old, new = _BREAK.split(text), _BREAK.split(after)
    if old[-1:] != [""] and new[-1:] == [""]:  # a last line break that had to be added
        new.pop()
    top, bottom = _allowed(text.removeprefix("\ufeff"), made)
    above, below = _alike(old, new), _alike(old[::-1], new[::-1])
    most = min(len(old), len(new))
    for first in (above, most - below):  # where lines are alike, either one may be the one that changed
        changed = range(min(first, above), len(old) - min(below, most - min(first, above)))
        if not changed or (top <= changed[0] and changed[-1] <= bottom):
            return None
    return f"lines {changed[0] + 1} to {changed[-1] + 1} changed, not only {top + 1} to {bottom + 1}"


def _alike(old: list[str], new: list[str]) -> int:
    """How many lines two texts begin with alike."""
    return next(
        (at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new))
    )


def _allowed(body: str, made: Edit) -> tuple[int, int]:
    lines = _BREAK.split(body)
    match made:
        case Set(path, _) if path and not _exists(body, path):
            top, bottom = _span(body, path[:-1])
        case Insert(path, _):
            top, bottom = _span(body, path[:-1])
        case Move(path, to):
            spans = [_span(body, (*path[:-1], at)) for at in range(*sorted((path[-1], to)))] + [
                _span(body, (*path[:-1], max(path[-1], to)))
            ]
            top, bottom = min(span[0] for span in spans), max(span[1] for span in spans)
        case _:
            top, bottom = _span(body, made.path)
    while top > 0 and (lines[top - 1].lstrip(" \t").startswith("#") or not lines[top - 1].strip(" \t")):
        top -= 1
    while bottom + 1 < len(lines) and (
        not lines[bottom + 1].strip(" \t") or lines[bottom + 1].lstrip(" \t").startswith("#")
    ):
        bottom += 1
    return top - 1, bottom + 1


def _exists(body: str, path: Path) -> bool:
    value = load_values(body)
    for step in path:
        known = step in value if isinstance(value, dict) else isinstance(value, list) and step < len(value)
        if not known:
            return False
        value = value[step]
    return True


def comments(text: str) -> list[tuple[int, str]]:
    """All comments with their lines: what follows a # outside of every scalar."""
    inside = bytearray(len(text) + 1)
    stack = [_nodes(text)]
    while stack:
        node = stack.pop()
        if isinstance(node, yaml.ScalarNode):
            start = node.start_mark.index
            if node.style in ("|", ">"):
                broken = _BREAK.search(text, start)
                start = broken.end() if broken else len(text)
            inside[start : node.end_mark.index] = b"\1" * max(0, node.end_mark.index - start)
        else:
            stack += [each for child in node.value for each in (child if isinstance(child, tuple) else (child,))]
    found = []
    at = text.find("#")
    while at >= 0:
        before = text[at - 1 : at]
        end = _BREAK.search(text, at)
        if inside[at] or before not in " \t\r\n\x85\u2028\u2029,[]{}":
            at = text.find("#", at + 1)
            continue
        stop = end.start() if end else len(text)
        found.append((_line(text, at), text[at:stop]))
        at = text.find("#", stop)
    return found


def _comments_kept(body: str, after: str, made: Edit) -> str | None:
    """No comment is lost but with what is taken away."""
    old = comments(body)
    lost = Counter(words for _, words in old) - Counter(words for _, words in comments(after))
    if not lost:
        return None
    if isinstance(made, Delete) or (isinstance(made, Set) and _exists(body, made.path)):
        top, bottom = _allowed(body, made) if isinstance(made, Delete) else _span(body, made.path)
        own = {words for line, words in old if top <= line <= bottom}
        if isinstance(made, Set) and not isinstance(_at(load_values(body), made.path), dict | list):
            own = set()
        lost = Counter({words: count for words, count in lost.items() if words not in own})
    return f"lost {dict(lost)}" if lost else None
