"""What can be asked of a file, and what each edit means for its values."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

Path = tuple[str | int, ...]
"""Keys and 0-based indexes from the root of a file."""


class EditError(Exception):
    """An edit that cannot be made; the message is a Chinese sentence for the editor. Nothing has been written."""


class Set(Struct, frozen=True):
    """Give the value at ``path`` another value; a key that its mapping does not have yet is added.

    Of a mapping or list only what differs is touched. A new key stands where the schema's order puts it.
    """

    path: Path
    value: object


class Insert(Struct, frozen=True):
    """Put a new item into a list; ``path`` ends with the index that it will have. A list that is missing is begun."""

    path: Path
    value: object


class Delete(Struct, frozen=True):
    """Take away a key or an item, with the comments that belong to it."""

    path: Path


class Move(Struct, frozen=True):
    """Move the item at ``path`` within its list, with its comments; ``to`` is the index that it will have."""

    path: Path
    to: int


Edit = Set | Insert | Delete | Move


def plain(value: object) -> Any:
    """The value as the loader would read it: text, whole numbers, booleans, nothing, lists and mappings.

    Raises:
        EditError: for a value that no YAML file of ours holds.
    """
    match value:
        case None | bool():
            return value
        case date():
            return value.isoformat()
        case str():
            return str(value)
        case int():
            return int(value)
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
    raise EditError(f"不能写入这样的内容：{value!r}")


def same(one: object, other: object) -> bool:
    """Equal as values of YAML: 1, true and '1' are three values, and the order of keys means nothing."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def named(path: Path) -> str:
    """A path as an editor counts: ``task_table.rows.3.units``."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path) or "文件最外层"


def value_at(value: Any, path: Path) -> Any:
    """The value at a path.

    Raises:
        EditError: when there is none.
    """
    for at, step in enumerate(path):
        if not _has(value, step):
            raise EditError(f"{named(path[: at + 1])} 不在文件里")
        value = value[step]
    return value


def _has(value: object, step: str | int) -> bool:
    if isinstance(value, dict):
        return isinstance(step, str) and step in value
    return isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value)


def steps(value: Any, edit: Edit) -> list[Edit]:
    """An edit as edits of single keys and items, none of which replaces a whole mapping or list by its like.

    ``value`` is the file's value before the edit; it is not changed.
    """
    match edit:
        case Set(path, new):
            return list(_setting(value, path, plain(new)))
        case Insert(path, new):
            _known_list(value, path)
            return [Insert(path, plain(new))]
        case Move(path, to):
            items = value_at(value, path[:-1])
            value_at(value, path)
            if not isinstance(items, list) or not 0 <= to < len(items):
                raise EditError(f"{named((*path[:-1], to))} 不在文件里")
            return [] if path[-1] == to else [edit]
        case Delete(path):
            value_at(value, path)
            if not path:
                raise EditError("文件不能没有内容")
            return [edit]


def _known_list(value: Any, path: Path) -> None:
    """That an item can be inserted at a path: its list has that many items, or is not there yet."""
    *parents, at = path
    owner = value_at(value, tuple(parents[:-1]))
    begun = isinstance(owner, dict) and owner.get(str(parents[-1])) is None
    items = [] if begun else value_at(value, tuple(parents))
    if not isinstance(items, list) or not isinstance(at, int) or not 0 <= at <= len(items):
        raise EditError(f"{named(tuple(parents))} 里没有第 {int(at) + 1} 条的位置")


def _setting(value: Any, path: Path, new: Any) -> Iterator[Edit]:
    if path and not _has(value_at(value, path[:-1]), path[-1]):
        if not isinstance(value_at(value, path[:-1]), dict) or not isinstance(path[-1], str):
            raise EditError(f"{named(path)} 不在文件里")
        yield Set(path, new)
        return
    yield from _changing(value_at(value, path), new, path)


def _changing(old: Any, new: Any, path: Path) -> Iterator[Edit]:
    """What turns one value into another."""
    if same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict) and old and new:
        yield from (Set((*path, key), item) for key, item in new.items() if key not in old)
        for key in old:
            yield from _changing(old[key], new[key], (*path, key)) if key in new else [Delete((*path, key))]
    elif isinstance(old, list) and isinstance(new, list) and old and new:
        yield from _changing_items(old, new, path)
    else:
        yield Set(path, new)


def _changing_items(old: list[Any], new: list[Any], path: Path) -> Iterator[Edit]:
    """From the end to the beginning, so that the indexes of what is still to change stay."""
    before, after = ([json.dumps(item, sort_keys=True) for item in items] for items in (old, new))
    changes = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for kind, start, end, new_start, new_end in reversed(changes):
        if kind == "equal":
            continue
        paired = min(end - start, new_end - new_start)
        for at in reversed(range(paired, new_end - new_start)):
            yield Insert((*path, start + paired), new[new_start + at])
        yield from (Delete((*path, at)) for at in reversed(range(start + paired, end)))
        for at in range(paired):
            yield from _changing(old[start + at], new[new_start + at], (*path, start + at))


def apply(value: Any, edit: Edit) -> Any:
    """Make an edit of :func:`steps` in a value, and give the value (another one where the root is set)."""
    if not edit.path:
        return plain(edit.value) if isinstance(edit, Set) else value
    *parents, last = edit.path
    match edit:
        case Insert():
            owner = value_at(value, tuple(parents[:-1])) if parents else value
            if parents and isinstance(owner, dict) and owner.get(str(parents[-1])) is None:
                owner[parents[-1]] = []
            value_at(value, tuple(parents)).insert(last, plain(edit.value))
        case Set():
            value_at(value, tuple(parents))[last] = plain(edit.value)
        case Delete():
            del value_at(value, tuple(parents))[last]
        case Move(_, to):
            items = value_at(value, tuple(parents))
            items.insert(to, items.pop(last))
    return value
