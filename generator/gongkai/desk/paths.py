"""Places in a file as pages name them: ``task_table/rows/3/units``."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any

from gongkai.authoring.edits import Path

_KEYS = (
    *(("id",), ("number",), ("code",), ("file",), ("date", "text"), ("title", "url"), ("head",), ("name",)),
    *(("year",), ("question",), ("rule", "reason"), ("title",)),
)
"""What tells items of a list apart: the first of these that an item has."""
_MAPPINGS = ("cells", "totals")
"""Texts by the heads of their columns, which may be numbers."""


def written(path: Path) -> str:
    """A path as pages write it."""
    return "/".join(str(step).replace("~", "~0").replace("/", "~1") for step in path)


def read(text: str, data: Any) -> Path:
    """The path that a page wrote, steps into lists as numbers; what does not exist is followed all the same."""
    path: list[str | int] = []
    for part in text.split("/") if text else ():
        step: str | int = part.replace("~1", "/").replace("~0", "~")
        begun = data is None and path and path[-1] not in _MAPPINGS  # a list that the file does not have yet
        if part.isdecimal() and (isinstance(data, list) or begun):
            step = int(part)
            data = data[step] if data and step < len(data) else None
        else:
            data = data.get(step) if isinstance(data, dict) else None
        path.append(step)
    return tuple(path)


MISSING = object()
"""Nothing stands there; ``null`` is something."""


def value(data: Any, path: Path) -> Any:
    """What stands at a path, or :data:`MISSING`."""
    for step in path:
        if isinstance(step, int):
            known = isinstance(data, list) and 0 <= step < len(data)
        else:
            known = isinstance(data, dict) and step in data
        if not known:
            return MISSING
        data = data[step]
    return data


def identity(item: Any) -> str:
    """What an item of a list is, however its other fields change: a save names it, and never hits another row."""
    said: Any = item
    if isinstance(item, dict):
        said = next(([item[name] for name in key] for key in _KEYS if all(name in item for name in key)), item)
    return blake2b(json.dumps(said, sort_keys=True, ensure_ascii=False).encode(), digest_size=6).hexdigest()


def identities(data: Any, path: Path) -> list[str]:
    """The identities of the items that a path leads through, from the outside to the inside; empty for none."""
    items = (value(data, path[: at + 1]) for at, step in enumerate(path) if isinstance(step, int))
    return ["" if item is MISSING else identity(item) for item in items]


def counterpart(then: Any, now: Any, path: Path) -> Any:
    """What stood in an earlier state of the file where a path leads now: items are found by what they are."""
    for step in path:
        inner = value(now, (step,))
        if isinstance(step, int):
            wanted = identity(inner)
            found = [item for item in then if identity(item) == wanted] if isinstance(then, list) else []
            then = found[0] if found else MISSING
        else:
            then = value(then, (step,))
        now = inner
    return then
