"""Every spelling of a department, as one token: 发改局, 发展改革局 and 发展和改革委员会 are all ``@3``.

Groups come from the search vocabulary (general spellings) and from the unit register (what the documents print); a
register entry joins the group whose spelling its name ends with, else it makes a group of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from gongkai.column.unit import Unit
from gongkai.column.vocabulary import SearchVocabulary
from gongkai.search.normalize import normalize

_LEVEL = re.compile("^[省市区县州]")
_SHORTEST = 3


class Spellings:
    """Groups of spellings; ``marks`` finds them in a normalised text, longest first."""

    def __init__(self, vocabulary: SearchVocabulary, units: Iterable[Unit]) -> None:
        self.groups: list[list[str]] = [[normalize(name) for name in group] for group in vocabulary.departments]
        self._group_of = {name: at for at, group in enumerate(self.groups) for name in group}
        for unit in units:
            if not unit.is_group:
                self._add(unit)
        longest_first = sorted(self._group_of, key=lambda name: (-len(name), name))
        self._pattern = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def _add(self, unit: Unit) -> None:
        names = [_LEVEL.sub("", normalize(name)) for name in (unit.name, *unit.aliases)]
        names = [name for name in dict.fromkeys(names) if len(name) >= _SHORTEST]
        known = next((self._group_of[name] for name in names if name in self._group_of), None)
        if known is None:
            known = len(self.groups)
            self.groups.append([])
        for name in names:
            if name not in self._group_of:
                self._group_of[name] = known
                self.groups[known].append(name)

    def marks(self, normalized: str) -> list[str]:
        """``@n`` for each department named in a text, once."""
        if self._pattern is None:
            return []
        found = (self._group_of[name] for name in self._pattern.findall(normalized))
        return [f"@{group}" for group in dict.fromkeys(found)]
