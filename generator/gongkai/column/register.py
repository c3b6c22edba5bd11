"""The unit register of one organ: spellings to units, and suggestions for spellings it does not know."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from msgspec import Struct

from gongkai.column.unit import Assignment, Unit, Via
from gongkai.text.cells import Cell, Mention, fold


class Collision(Struct, frozen=True):
    """One spelling that two units claim."""

    spelling: str
    units: tuple[Unit, Unit]


class Resolution(Struct, frozen=True):
    """A cell against the register: what is known, and the mentions that are not."""

    assignments: tuple[Assignment, ...]
    unresolved: tuple[Mention, ...]


class Register:
    """All spellings of the units of one organ. Two may share a spelling only if their names lived at other times."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._by_name: dict[str, list[Unit]] = {}
        collisions: list[Collision] = []
        for unit in units:
            for spelling in dict.fromkeys(fold(name) for name in spellings(unit)):
                known = self._by_name.setdefault(spelling, [])
                collisions += [Collision(spelling, (other, unit)) for other in known if _overlap(unit, other)]
                known.append(unit)
        self.collisions = tuple(collisions)
        self.names = frozenset(self._by_name)

    def find(self, name: str, year: int | None = None) -> Unit | None:
        """The unit with this spelling; among several, the one whose name was in use in ``year``."""
        found = self._by_name.get(fold(name), [])
        if len(found) > 1 and year is not None:
            found = [unit for unit in found if _in_use(unit, year)] or found
        return found[0] if found else None

    def resolve(self, cell: Cell, *, year: int | None = None) -> Resolution:
        """Turn mentions into assignments, in printed order."""
        assignments, unresolved = [], []
        for mention in cell.mentions:
            unit = self.find(mention.name, year)
            if unit is None:
                unresolved.append(mention)
                continue
            via = Via.GROUP if unit.is_group else Via.NAMED
            assignments.append(
                Assignment(unit.id, mention.printed, mention.role, via, mention.open, mention.detail, mention.each)
            )
        return Resolution(tuple(assignments), tuple(unresolved))

    def suggestions(self, name: str) -> list[str]:
        """Known spellings close to an unknown one, closest first; abbreviations (发改局) count as close."""
        folded = fold(name)
        ranked = sorted(self.names, key=lambda known: (-_likeness(folded, known), known))
        return [known for known in ranked[:3] if _likeness(folded, known) >= _CLOSE]


_CLOSE = 0.55


def spellings(unit: Unit) -> tuple[str, ...]:
    """Every way a unit is written."""
    return tuple(filter(None, (unit.name, unit.full_name, *unit.aliases)))


def _likeness(left: str, right: str) -> float:
    ratio = difflib.SequenceMatcher(None, left, right, autojunk=False).ratio()
    short, long = sorted((left, right), key=len)
    return max(ratio, 0.9) if len(short) >= len("区发改局") and is_subsequence(short, long) else ratio


def is_subsequence(short: str, long: str) -> bool:
    """Whether every character of ``short`` occurs in ``long``, in order."""
    rest = iter(long)
    return all(char in rest for char in short)


def _overlap(left: Unit, right: Unit) -> bool:
    starts_late = left.valid_from and right.valid_to and left.valid_from > right.valid_to
    ends_early = left.valid_to and right.valid_from and left.valid_to < right.valid_from
    return not (starts_late or ends_early)


def _in_use(unit: Unit, year: int) -> bool:
    after = unit.valid_from is None or unit.valid_from.year <= year
    before = unit.valid_to is None or unit.valid_to.year >= year
    return after and before
