"""The vocabularies that every other file refers to: organs, themes, prefixes, units, stages, by their ids."""

from __future__ import annotations

from msgspec import Struct, field

from gongkai.column.register import Register
from gongkai.column.stages import StageKind, StageSet
from gongkai.column.unit import Unit
from gongkai.column.vocabulary import Audience, DocumentPrefix, Organ, SearchVocabulary, Theme
from gongkai.column.withdrawal import Withdrawal
from gongkai.law.book import LawBook
from gongkai.text.workdays import YearDays


class Vocabularies(Struct):
    """All vocabularies by id, and the unit register of each organ.

    ``proposed`` are names of units that imports found and nobody has accepted yet, with their organ: they mean nothing.
    """

    organs: dict[str, Organ] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    prefixes: dict[str, DocumentPrefix] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    registers: dict[str, Register] = field(default_factory=dict)
    stage_kinds: dict[str, StageKind] = field(default_factory=dict)
    stage_sets: list[StageSet] = field(default_factory=list)
    search: SearchVocabulary = field(default_factory=SearchVocabulary)
    workdays: dict[int, YearDays] = field(default_factory=dict)
    audiences: dict[str, Audience] = field(default_factory=dict)
    withdrawals: tuple[Withdrawal, ...] = ()
    law: LawBook = field(default_factory=LawBook)
    proposed: dict[str, str] = field(default_factory=dict)

    def stage_set(self, organ: str, year: int) -> StageSet | None:
        """The set for a directory: the organ's own before the general one, then the newest not younger than it."""
        fitting = [stage_set for stage_set in self.stage_sets if stage_set.holds(organ, year)]
        return max(fitting, key=lambda found: (found.organ is not None, found.from_year), default=None)
