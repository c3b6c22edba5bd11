"""Every spelling of a department, as one token: 发改局, 发展改革局 and 发展和改革委员会 are all ``@3``.

Groups come from the search vocabulary (general spellings) and from the unit register (what the documents print). A
register entry joins the group of its name without level, city and district: 市生态环境局示例分局 that of 生态环境局.
Without such a group it makes one of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongkai.column.unit import Unit
from gongkai.column.vocabulary import Organ, SearchVocabulary
from gongkai.search.normalize import normalize
from gongkai.text.patterns import any_of, anywhere, whole

_LEVEL = anywhere("^[省市区县州旗]")
_BRANCH = whole("^(.+)分局$")
_SHORTEST = 3
_START = 2
"""Characters by which spellings are looked up."""


class Spellings:
    """Groups of spellings; ``marks`` finds them in a normalised text, longest first."""

    def __init__(self, vocabulary: SearchVocabulary, units: Iterable[Unit], organs: Iterable[Organ] = ()) -> None:
        self.groups: list[list[str]] = [[normalize(name) for name in group] for group in vocabulary.departments]
        self._group_of = {name: at for at, group in enumerate(self.groups) for name in group}
        self._places = {organ.id: _places(organ) for organ in organs}
        for unit in units:
            if not unit.is_group:
                self._add(unit)
        self._by_start: dict[str, list[str]] = {}
        for name in sorted(filter(None, self._group_of), key=lambda name: (-len(name), name)):
            self._by_start.setdefault(name[:_START], []).append(name)
        self._lengths = sorted({len(start) for start in self._by_start}, reverse=True)
        first = sorted({start[0] for start in self._by_start})
        self._first = any_of(first) if first else None

    def _add(self, unit: Unit) -> None:
        names = [name for name in self.names(unit) if len(name) >= _SHORTEST]
        known = next((self._group_of[name] for name in names if name in self._group_of), None)
        if known is None:
            known = len(self.groups)
            self.groups.append([])
        for name in names:
            if name not in self._group_of:
                self._group_of[name] = known
                self.groups[known].append(name)

    def names(self, unit: Unit) -> tuple[str, ...]:
        """Every spelling of a unit, as printed and without level, city and district, normalised."""
        found: dict[str, None] = {}
        for name in (unit.name, *unit.aliases, unit.full_name or ""):
            plain = normalize(name)
            found |= dict.fromkeys((_LEVEL.sub("", plain), *self._bare(plain, unit.organ)))
        return tuple(name for name in found if name)

    def group(self, names: Iterable[str]) -> int | None:
        """The group that a unit with such names is in."""
        return next((self._group_of[name] for name in names if name in self._group_of), None)

    def _bare(self, name: str, organ: str) -> Iterator[str]:
        """A name without where it is: at its beginning, and before 分局 at its end."""
        places = self._places.get(organ, ())
        bare = name
        for place in places:
            bare = bare.removeprefix(place)
        bare = _LEVEL.sub("", bare)
        yield bare
        ending = _BRANCH.match(bare)
        if ending:
            inner = next((ending[1].removesuffix(place) for place in places if ending[1].endswith(place)), ending[1])
            yield inner if inner.endswith("局") else f"{inner}局"

    def marks(self, normalized: str) -> list[str]:
        """``@n`` for each department named in a text, once."""
        found = (self._group_of[name] for name in self.named(normalized))
        return [f"@{group}" for group in dict.fromkeys(found)]

    def named(self, normalized: str) -> list[str]:
        """The spellings in a text, from its beginning, the longest at each place.

        The few that begin as the text goes on are tried, so that it takes no longer however many there are.
        """
        found: list[str] = []
        end = 0
        for match in self._first.finditer(normalized) if self._first else ():
            at = match.start()
            if at >= end and (name := self._name_at(normalized, at)):
                found.append(name)
                end = at + len(name)
        return found

    def _name_at(self, normalized: str, at: int) -> str:
        for length in self._lengths:
            for name in self._by_start.get(normalized[at : at + length], ()):
                if normalized.startswith(name, at):
                    return name
        return ""


def _places(organ: Organ) -> tuple[str, ...]:
    """What names of units begin with: 示例市示例区人民政府, 示例市, 示例区, 示例; the longest first."""
    region, short = normalize(organ.region), normalize(organ.short_name)
    names = {normalize(organ.name), region, short, region[:-1], short[:-1], f"{region}{short}"}
    return tuple(sorted((name for name in names if len(name) > 1), key=lambda name: (-len(name), name)))
