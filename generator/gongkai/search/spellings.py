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
from gongkai.text.patterns import anywhere, whole

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
        self._general = [list(enumerate(group)) for group in self.groups]
        self._placed: dict[tuple[int, str], list[tuple[int, str]]] = {}
        self._places = {organ.id: _places(organ) for organ in organs}
        for unit in units:
            if not unit.is_group:
                self._add(unit)
        names = sorted(filter(None, self._group_of), key=len, reverse=True)
        self._start = min(_START, len(names[-1])) if names else _START
        self._lengths: dict[str, dict[int, None]] = {}
        for name in names:
            self._lengths.setdefault(name[: self._start], {})[len(name)] = None

    def _add(self, unit: Unit) -> None:
        names = [name for name in self.names(unit) if len(name) >= _SHORTEST]
        known = next((self._group_of[name] for name in names if name in self._group_of), None)
        if known is None:
            known = len(self.groups)
            self.groups.append([])
            self._general.append([])
        places = self._places.get(unit.organ, ())
        for name in names:
            if name not in self._group_of:
                self._group_of[name] = known
                placed = any(place in name for place in places)
                some = self._placed.setdefault((known, unit.organ), []) if placed else self._general[known]
                some.append((len(self.groups[known]), name))
                self.groups[known].append(name)

    def names(self, unit: Unit) -> tuple[str, ...]:
        """Every spelling of a unit, as printed and without level, city and district, normalised."""
        found: dict[str, None] = {}
        for name in (unit.name, *unit.aliases, unit.full_name or ""):
            plain = normalize(name)
            found |= dict.fromkeys((_LEVEL.sub("", plain), *self._bare(plain, unit.organ)))
        return tuple(name for name in found if name)

    def said_of(self, group: int, organ: str | None) -> list[str]:
        """The spellings of a group, without those that name another district: 生态环境局示例分局 is no other's.

        A province has thousands of these in one group; if each led to all, pages and names would multiply.
        """
        placed = self._placed.get((group, organ or ""), [])
        return [name for _, name in sorted(self._general[group] + placed)]

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

        Only as many are tried as those that begin like the text have lengths, however many names there are.
        """
        found: list[str] = []
        start, lengths, end = self._start, self._lengths, 0
        for at in [at for at in range(len(normalized)) if normalized[at : at + start] in lengths]:
            if at >= end:
                for length in lengths[normalized[at : at + start]]:
                    if (name := normalized[at : at + length]) in self._group_of:
                        found.append(name)
                        end = at + length
                        break
        return found


def _places(organ: Organ) -> tuple[str, ...]:
    """What names of units begin with: 示例市示例区人民政府, 示例市, 示例区, 示例; the longest first."""
    region, short = normalize(organ.region), normalize(organ.short_name)
    names = {normalize(organ.name), region, short, region[:-1], short[:-1], f"{region}{short}"}
    return tuple(sorted((name for name in names if len(name) > 1), key=lambda name: (-len(name), name)))
