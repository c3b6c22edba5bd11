"""Three versions of a value -> one that has the changes of both sides, or the places where both changed the same.

Items of a list are told apart by what they are, an id, a number, the day and words of an entry, not by where they
stand; one whose words were changed in its place is still the same. Where that cannot be trusted, because a side
numbered its items anew or moved them, the list is one value.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec import Struct, field

Path = tuple[str | int, ...]
MISSING: Any = object()
"""No value at all, where ``None`` is one."""
_KEYS: tuple[tuple[str, ...], ...] = (
    *(("id",), ("number",), ("date", "text"), ("code",), ("question",), ("title", "url"), ("file",)),
    *(("rule", "reason"), ("name",), ("year",), ("head",), ("label",), ("title",)),
)
"""What tells items apart: the first of these that every item has, and no two alike."""
_SETS = frozenset(
    ("themes", "audiences", "aliases", "synonyms", "members", "related", "explains", "moved_from", "words")
)
"""Lists of words in which order means nothing."""
_SAYS = ("text", "title", "name", "question")
"""What an item is about."""
_ALIKE = 0.6


class Conflict(Struct, frozen=True):
    """A place where both sides want something else than ``base``; ``MISSING`` where a version has nothing there.

    The path is as in our version; an item that only they have comes behind our last.
    """

    path: Path
    base: Any
    ours: Any
    theirs: Any


Settle = Callable[[Conflict], Any]
"""What is to stand where both changed the same."""


def take_ours(conflict: Conflict) -> Any:
    """Our value."""
    return conflict.ours


def take_theirs(conflict: Conflict) -> Any:
    """Their value."""
    return conflict.theirs


class Merge(Struct):
    """A merge under way. ``settle`` says what stands where both changed the same; ``undivided`` are single values."""

    settle: Settle = take_ours
    undivided: frozenset[Path] = frozenset()
    conflicts: list[Conflict] = field(default_factory=list)

    def merged(self, base: Any, ours: Any, theirs: Any, path: Path = ()) -> Any:
        """One value with the changes of both."""
        if same(ours, theirs) or same(base, theirs):
            return ours
        if same(base, ours):
            return theirs
        if path in self.undivided:
            return self._conflict(path, base, ours, theirs)
        if isinstance(ours, dict) and isinstance(theirs, dict) and isinstance(base, dict):
            return self._mapping(base, ours, theirs, path)
        if isinstance(ours, list) and isinstance(theirs, list) and (base is MISSING or isinstance(base, list)):
            return self._list([] if base is MISSING else base, ours, theirs, path)
        return self._conflict(path, base, ours, theirs)

    def _conflict(self, path: Path, base: Any, ours: Any, theirs: Any) -> Any:
        conflict = Conflict(path, base, ours, theirs)
        self.conflicts.append(conflict)
        return self.settle(conflict)

    def _mapping(self, base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any], path: Path) -> Any:
        if _became_another(base, ours) or _became_another(base, theirs):
            return self._conflict(path, base, ours, theirs)
        found = {}
        for key in dict.fromkeys((*ours, *theirs)):
            before, one, other = (side.get(key, MISSING) for side in (base, ours, theirs))
            value = self.merged(before, one, other, (*path, key))
            if value is not MISSING:
                found[key] = value
        return found

    def _list(self, base: list[Any], ours: list[Any], theirs: list[Any], path: Path) -> Any:
        if path and path[-1] in _SETS and not any(isinstance(item, dict | list) for item in (*base, *ours, *theirs)):
            kept = [item for item in ours if item in theirs or item not in base]
            return kept + [item for item in theirs if item not in ours and item not in base]
        key = _key_of(base, ours, theirs)
        if key is None or any(_numbered_anew(base, side, key) for side in (ours, theirs)):
            return self._conflict(path, base, ours, theirs)
        sides = [dict(zip(_identities(base, side, key), side, strict=True)) for side in (base, ours, theirs)]
        if _moved(sides[0], sides[1]) or _moved(sides[0], sides[2]) or _moved(sides[1], sides[2]):
            return self._conflict(path, base, ours, theirs)
        values = {}
        where = {identity: at for at, identity in enumerate(dict.fromkeys((*sides[1], *sides[2])))}
        for identity, at in where.items():
            before, one, other = (side.get(identity, MISSING) for side in sides)
            value = self.merged(before, one, other, (*path, at))
            if value is not MISSING:
                values[identity] = value
        return [values[identity] for identity in _order(sides[1], sides[2]) if identity in values]


def same(one: Any, other: Any) -> bool:
    """Equal as values of a file: 1, true and '1' are three values."""
    if one is MISSING or other is MISSING:
        return one is other
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _key_of(*sides: list[Any]) -> tuple[str, ...] | None:
    items = [item for side in sides for item in side]
    if not all(isinstance(item, dict) for item in items):
        return None
    for key in _KEYS:
        if all(name in item for item in items for name in key):
            if all(len({_identity(item, key) for item in side}) == len(side) for side in sides):
                return key
            if key in (("id",), ("number",)):
                return None
    return None


def _identity(item: dict[str, Any], key: Sequence[str]) -> str:
    return json.dumps([item[name] for name in key], ensure_ascii=False, sort_keys=True)


def _identities(base: list[Any], side: list[Any], key: tuple[str, ...]) -> list[str]:
    """What each item of a side is; one whose words were changed where it stands is still the one of before."""
    before, after = ([_identity(item, key) for item in items] for items in (base, side))
    if key in (("id",), ("number",)):
        return after
    for kind, start, end, from_, to in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "replace" or end - start != to - from_:
            continue
        for at, other in zip(range(start, end), range(from_, to), strict=True):
            if before[at] not in after and after[other] not in before and _is_alike(base[at], side[other]):
                after[other] = before[at]
    return after


def _is_alike(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether at least half of what two items say is the same."""
    names = one.keys() | other.keys()
    return 2 * sum(same(one.get(name, MISSING), other.get(name, MISSING)) for name in names) >= len(names)


def _numbered_anew(base: list[Any], side: list[Any], key: tuple[str, ...]) -> bool:
    """Whether what stood under one number stands under another now."""
    if key != ("number",):
        return False
    before, after = ({item["number"]: _said(item) for item in items} for items in (base, side))
    where = {said: number for number, said in before.items() if said}
    return any(
        said in where and before.get(number) != said and after.get(where[said]) != said
        for number, said in after.items()
    )


def _said(item: dict[str, Any]) -> str:
    return next((str(item[name]) for name in _SAYS if item.get(name)), "")


def _became_another(base: dict[str, Any], side: dict[str, Any]) -> bool:
    """Whether an item is about something else than before, so that nothing can be told of its fields one by one."""
    before, after = _said(base), _said(side)
    if not before or not after or before == after or "number" not in base:
        return False
    return difflib.SequenceMatcher(None, before, after, autojunk=False).ratio() < _ALIKE


def _moved(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether items that both have stand in another order."""
    return [each for each in one if each in other] != [each for each in other if each in one]


def _order(ours: dict[str, Any], theirs: dict[str, Any]) -> Iterator[str]:
    """Ours, with what only they have behind what it follows there; of two new ones in one place, the lesser first."""
    found = list(ours)
    before: str | None = None
    for identity in theirs:
        if identity not in ours:
            at = found.index(before) + 1 if before is not None else 0
            while at < len(found) and found[at] not in theirs and _less(found[at], identity):
                at += 1
            found.insert(at, identity)
        before = identity
    yield from found


def _less(one: str, other: str) -> bool:
    """By number where it is one, else as text: days and ids."""
    (left, *_), (right, *_) = json.loads(one), json.loads(other)
    if isinstance(left, int) and isinstance(right, int):
        return left <= right
    return str(left) <= str(right)
