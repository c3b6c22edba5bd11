"""All districts of a federation together: their vocabularies, and their records in one order, the newest first.

Records are numbered over all districts, and read from the districts' parts range by range: never are the texts of all
in memory, only outlines of the records.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from gongkai.column.record import Record
from gongkai.column.site_data import SiteData
from gongkai.column.unit import Unit
from gongkai.column.vocabulary import Audience, Organ, SearchVocabulary, Theme
from gongkai.federation.part import First, Part
from gongkai.search.corpus import Used
from gongkai.search.destinations import Destination, destinations_of
from gongkai.search.shards import FRAGMENT_RECORDS
from gongkai.search.spellings import Spellings

_RANGES, _LEAST = 16, 4_096
"""Records are read in so many ranges, of so many records at least."""


class City(Struct, frozen=True):
    """What the city's own column says of how readers ask for things, and of the groups of people by id."""

    search_vocabulary: SearchVocabulary
    audiences: dict[str, Audience]

    @classmethod
    def of(cls, column: SiteData) -> City:
        """That of a column."""
        return cls(column.search_vocabulary, dict(column.audiences))


class Joined(Struct, frozen=True, dict=True):
    """The parts of some districts, in the order of the list, and how the readers of the city say things."""

    parts: Sequence[Part]
    city: City

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
        return sum(part.size for part in self.parts)

    def __iter__(self) -> Iterator[Record]:
        """All records, the newest first."""
        for begin, end in self.ranges:
            yield from self.some(begin, end)

    def some(self, begin: int, end: int) -> Iterator[Record]:
        """The records with some numbers, in order: of each district those that lie between."""
        found: list[tuple[int, Record]] = []
        ends = np.cumsum([part.size for part in self.parts])[:-1]
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
        ranks = {organ: rank for rank, organ in enumerate(sorted(self.organs))}
        orders = [part.orders() for part in self.parts]
        years, days, _ = np.concatenate(orders).T
        known = (np.array([ranks[organ.id] for organ in part.organs]) for part in self.parts)
        organs = np.concatenate([own[order[:, 2]] for own, order in zip(known, orders, strict=True)])
        numbers = np.empty(len(years), np.int64)
        numbers[np.lexsort((organs, days, years))] = np.arange(len(years))
        return numbers

    @cached_property
    def outlines(self) -> list[Record]:
        """All records without their texts, the newest first; those that say the same are one."""
        found: list[Any] = [None] * len(self)
        numbers = iter(self.numbers.tolist())
        for outlines in (part.outlines() for part in self.parts):
            distinct = list(map(self.known, outlines.distinct))
            for place in outlines.places.tolist():
                found[next(numbers)] = distinct[place]
        return found

    @cached_property
    def used(self) -> Used:
        """What is in use, in the order of the records, read from no record; of documents only the newest."""
        years: Counter[int] = Counter()
        themes: dict[str, First] = {}
        documents: dict[str, First] = {}
        for uses in (part.uses for part in self.parts):
            years.update(uses.years)
            for kept, own in ((themes, uses.themes), (documents, uses.documents)):
                for name, first in own.items():
                    kept[name] = min(first, kept.get(name, first))
        audiences = {name for part in self.parts for name in part.uses.audiences} & self.city.audiences.keys()
        newest = (dict.fromkeys(sorted(kept, key=kept.__getitem__)) for kept in (themes, documents))
        in_order, of_documents = newest
        return Used(dict(sorted(years.items(), reverse=True)), in_order, dict.fromkeys(sorted(audiences)), of_documents)

    def __contains__(self, record: object) -> bool:
        """Whether it is one of them."""
        return any(record == other for other in self)

    def known(self, record: Record) -> Record:
        """The record with the audiences that the city has a name for: their names are no part of the open data."""
        audiences = tuple(name for name in record.audiences if name in self.city.audiences)
        return record if audiences == record.audiences else replace(record, audiences=audiences)


def _destinations(part: Part, spellings: Spellings, city: City) -> Iterator[Destination]:
    """The pages of a district's own site that a query may name, with the district that they are of."""
    themes, audiences = part.uses.themes, part.uses.audiences
    known = (
        part.units,
        [theme for theme in part.themes if theme.id in themes],
        [audience for audience in city.audiences.values() if audience.id in audiences],
        part.organs,
    )
    alone = part.organs[0].id if len(part.organs) == 1 else None
    for one in destinations_of(*known, (), spellings, dict(city.search_vocabulary.pages)):
        yield replace(one, url=f"{part.home}{one.url}", organ=one.organ or alone)
