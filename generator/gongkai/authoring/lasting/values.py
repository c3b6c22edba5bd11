"""What of a published value is gone or reads otherwise. Whatever is added to it is no change."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from gongkai.text.patterns import anywhere

Path = tuple[str | int, ...]
_SHOWN = 40
_MARKS = anywhere(r"(?<!\d)[^\w\s]|[^\w\s](?!\d)|[\s_]")
"""Blanks, and marks that stand between no two digits: 1.5 is not 15, 2021-3 not 20213."""


class Change(NamedTuple):
    """A published value: its place in the field, what it was, and what stands there now (None: nothing)."""

    path: Path
    old: Any
    new: Any

    @property
    def typographic(self) -> bool:
        """Whether only blanks, marks and forms of characters differ."""
        return self.new is not None and plain(said(self.old)) == plain(said(self.new))

    @property
    def words(self) -> str:
        """Both values for a sentence."""
        old = _cut(said(self.old))
        return f"“{old}”改成了“{_cut(said(self.new))}”" if said(self.new) else f"“{old}”没有了"


def changes(old: Any, new: Any, path: Path = ()) -> Iterator[Change]:
    """Every part of a published value that is not there as it was."""
    if old is None or old in ("", [], {}):
        return
    if isinstance(old, Mapping):
        if not isinstance(new, Mapping):
            yield Change(path, old, None)
            return
        for key, inner in old.items():
            yield from changes(inner, new.get(key), (*path, key))
    elif isinstance(old, list):
        yield from _entries(old, new if isinstance(new, list) else [], path)
    elif old != new:
        yield Change(path, old, new)


def _entries(old: list[Any], new: list[Any], path: Path) -> Iterator[Change]:
    """Entries may stand in another order; what has none that keeps it is told with the likeliest one."""
    free = list(range(len(new)))
    left: list[tuple[int, Any]] = []
    for at, entry in enumerate(old):
        kept = next((place for place in free if not any(changes(entry, new[place]))), None)
        if kept is None:
            left.append((at, entry))
        else:
            free.remove(kept)
    for at, entry in left:
        alike = next((place for place in free if Change(path, entry, new[place]).typographic), None)
        likely = alike if alike is not None else at if at in free else None
        if likely is None:
            yield Change(path, entry, None)
            continue
        free.remove(likely)
        yield Change((*path, likely), entry, new[likely])


def said(value: Any) -> str:
    """A value in one line."""
    if isinstance(value, Mapping):
        return " ".join(filter(None, map(said, value.values())))
    if isinstance(value, list):
        return " ".join(filter(None, map(said, value)))
    return "" if value is None else str(value)


def plain(text: str) -> str:
    """A text without what only its typography is: 有１２家，完成。 is 有12家完成. Addresses stay as they are."""
    if "://" in text:
        return text
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
