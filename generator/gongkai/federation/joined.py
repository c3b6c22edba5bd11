"""All districts of a federation together: their vocabularies, and their records in one order, the newest first.

Records are numbered over all districts, and read from the districts' parts range by range: never are all in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from gongkai.column.record import Record
from gongkai.column.site_data import SiteData
from gongkai.column.unit import Unit
from gongkai.column.vocabulary import Organ, Theme
from gongkai.federation.part import Part
from gongkai.search.destinations import Destination, destinations_of
from gongkai.search.shards import FRAGMENT_RECORDS
from gongkai.search.spellings import Spellings

_RANGES, _LEAST = 16, 4_096
"""Records are read in so many ranges, of so many records at least."""


@dataclass(frozen=True)
class Joined:
    """The parts of some districts, in the order of the list, and the city's own column for how readers say things."""

    parts: Sequence[Part]
    city: SiteData

    @property
    def oldest(self) -> date:
        """The day up to which all districts tell what they know."""
        return min(part.as_of for part in self.parts)

    @cached_property
    def organs(self) -> Mapping[str, Organ]:
        """The districts' organs by id."""
        return {organ.id: organ for part in self.parts for organ in part.organs}

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """The districts' units by id."""
        return {unit.id: unit for part in self.parts for unit in part.units}

    @cached_property
    def themes(self) -> Mapping[str, Theme]:
        """Themes by id; of what several districts call by one id, what the first says."""
        return {theme.id: theme for part in reversed(self.parts) for theme in reversed(part.themes)}

    @cached_property
    def spellings(self) -> Spellings:
        """What departments are called."""
        return Spellings(self.city.search_vocabulary, self.units.values(), self.organs.values())

    @cached_property
    def destinations(self) -> list[Destination]:
        """The pages of the districts' own sites that a query may name."""
        return [page for part in self.parts for page in _destinations(part, self.spellings, self.city)]

    def __len__(self) -> int:
        """How many records there are."""
        return sum(len(part.order) for part in self.parts)

    def __iter__(self) -> Iterator[Record]:
        """All records, the newest first."""
        for begin, end in self.ranges:
            yield from self.some(begin, end)

    def some(self, begin: int, end: int) -> Iterator[Record]:
        """The records with some numbers, in order: of each district those that lie between."""
        found: list[tuple[int, Record]] = []
        ends = np.cumsum([len(part.order) for part in self.parts])[:-1]
        for part, numbers in zip(self.parts, np.split(self.numbers, ends), strict=True):
            first, last = np.searchsorted(numbers, (begin, end)).tolist()
            if first < last:
                found += zip(numbers[first:last].tolist(), part.records(first, last), strict=True)
        found.sort(key=itemgetter(0))
        for _, record in found:
            yield self.known(record)

    @cached_property
    def ranges(self) -> list[tuple[int, int]]:
        """All numbers in a few ranges, each of whole fragments of texts."""
        size = max(_LEAST, -(-len(self) // _RANGES))
        size += -size % FRAGMENT_RECORDS
        return [(begin, min(begin + size, len(self))) for begin in range(0, len(self), size)]

    @cached_property
    def numbers(self) -> NDArray[np.int64]:
        """The number of every record, district by district: the newest has the first."""
        orders = [order for part in self.parts for order in part.order]
        ranks = {organ: rank for rank, organ in enumerate(sorted({organ for _, _, organ in orders}))}
        years, days = (np.fromiter((order[at] for order in orders), np.int64, len(orders)) for at in (0, 1))
        organs = np.fromiter((ranks[organ] for _, _, organ in orders), np.int64, len(orders))
        numbers = np.empty(len(orders), np.int64)
        numbers[np.lexsort((organs, days, years))] = np.arange(len(orders))
        return numbers

    def __contains__(self, record: object) -> bool:
        """Whether it is one of them."""
        return any(record == other for other in self)

    def known(self, record: Record) -> Record:
        """The record with the audiences that the city has a name for: their names are no part of the open data."""
        audiences = tuple(name for name in record.audiences if name in self.city.audiences)
        return record if audiences == record.audiences else replace(record, audiences=audiences)


def _destinations(part: Part, spellings: Spellings, city: SiteData) -> Iterator[Destination]:
    """The pages of a district's own site that a query may name, with the district that they are of."""
    themes, audiences = map(set, part.used)
    known = (
        part.units,
        [theme for theme in part.themes if theme.id in themes],
        [audience for audience in city.audiences.values() if audience.id in audiences],
        part.organs,
    )
    alone = part.organs[0].id if len(part.organs) == 1 else None
    for one in destinations_of(*known, (), spellings, dict(city.search_vocabulary.pages)):
        yield replace(one, url=f"{part.home}{one.url}", organ=one.organ or alone)
