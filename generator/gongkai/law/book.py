"""The law book: all norms, and the one way to ask what binds a district on a day. Rules and pages both ask here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from gongkai.law.division import breadth, covers
from gongkai.law.model import BINDING, Authority, Body, Condition, Force, Instrument, Modality, Norm, State, cite
from gongkai.text.dates import printed_day


class District(Protocol):
    """As much of a district as the law asks: who it is, and what it lay under on a day."""

    @property
    def id(self) -> str: ...  # noqa: D102
    def division_on(self, day: date) -> str | None: ...  # noqa: D102
    def under_on(self, day: date) -> Sequence[str]: ...  # noqa: D102


class Bound(Protocol):
    """As much of a district as lists of law ask: who it is, and where it lay at any time."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def areas(self) -> Sequence[tuple[str | None, Sequence[str]]]: ...  # noqa: D102


class Everywhere(Struct, frozen=True):
    """A district of which nothing is known: only what holds for the nation binds it."""

    id: str = ""

    def division_on(self, _: date) -> None:
        """No code."""

    def under_on(self, _: date) -> tuple[str, ...]:
        """No superiors."""
        return ()


class Confirmation(Struct, frozen=True):
    """An office says that a norm that nobody read whole binds it, and in which words it read it."""

    norm: str
    organ: str
    by: str
    on: date
    source: str
    clause: str | None = None

    def of(self, norm: Norm) -> Norm:
        """The norm as the office read it."""
        words = f"{self.by}{printed_day(self.on)}确认，见{self.source}"
        return replace(norm, state=State.READ, clause=self.clause or norm.clause, confirmed=words)


class Asked(Struct, frozen=True):
    """What the law asks of a district on a day under one duty; ``norms`` go from the widest to the narrowest."""

    duty: str
    norms: tuple[Norm, ...]

    def __bool__(self) -> bool:
        """True where anything binds."""
        return bool(self.norms)

    @property
    def citation(self) -> str:
        """All texts with their clauses."""
        return cite(self.norms)

    @property
    def counted(self) -> Norm | None:
        """The norm whose day or number counts: of those that bind, the narrowest that is not laxer than a wider one.

        Where none that binds sets any, an annual plan or a notice does.
        """
        numbered = [norm for norm in self.norms if norm.counted]
        binding = [norm for norm in numbered if norm.instrument.force in BINDING]
        found: Norm | None = None
        for norm in binding or numbered:
            if found is None or _as_strict(norm, found):
                found = norm
        return found

    @property
    def strongest(self) -> Modality | None:
        """How the strongest of them binds."""
        return min((norm.modality for norm in self.norms), key=list(Modality).index, default=None)

    @property
    def only_of_plans(self) -> bool:
        """True where nothing but annual plans ask for it."""
        return bool(self.norms) and all(norm.instrument.force is Force.ANNUAL_PLAN for norm in self.norms)


NOTHING = Asked("", ())


def together(several: Iterable[Asked]) -> Asked:
    """What several duties ask for."""
    found = list(several)
    return Asked("、".join(each.duty for each in found), tuple(norm for each in found for norm in each.norms))


def _as_strict(norm: Norm, other: Norm) -> bool:
    """True where a norm asks for as much as another: no later a day, no shorter a time, no less a share."""
    if norm.span and other.span:
        longer, shorter = norm.span.roughly >= other.span.roughly, norm.span.roughly <= other.span.roughly
        return longer if norm.at_least else shorter
    if norm.day and other.day:
        return norm.day <= other.day
    return (norm.share or 0) >= (other.share or 0)


@dataclass(frozen=True)
class LawBook:
    """Everything that is known, shipped with the program or added by the column; ``confirmed`` by norm and district."""

    authorities: Mapping[str, Authority] = field(default_factory=dict)
    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    norms: Mapping[str, Norm] = field(default_factory=dict)
    confirmed: Mapping[tuple[str, str], Confirmation] = field(default_factory=dict)
    _known: dict[object, tuple[Norm, ...]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def _ordered(self) -> tuple[Norm, ...]:
        return tuple(sorted(self.norms.values(), key=_widest_first))

    @cached_property
    def _by_duty(self) -> Mapping[str, tuple[Norm, ...]]:
        found: dict[str, list[Norm]] = {}
        for norm in self._ordered:
            found.setdefault(norm.duty, []).append(norm)
        return {duty: tuple(norms) for duty, norms in found.items()}

    def asked(
        self,
        duty: str,
        district: District | None,
        day: date | None,
        conditions: Collection[Condition] | None = (),
        *,
        body: Body,
    ) -> Asked:
        """What binds ``district`` on ``day``, the day of the event that is judged; nothing where either is unknown.

        Args:
            duty: one of :data:`gongkai.law.duties.DUTIES`.
            district: whose event it is.
            day: when it happened.
            conditions: what is true of the record; None asks whatever may be true of it.
            body: who did it, which nobody may leave open: most of what binds a government binds no township.
        """
        if district is None or day is None:
            return Asked(duty, ())
        found = (self._confirmed(norm, district.id) for norm in self._by_duty.get(duty, ()))
        division, under = district.division_on(day), district.under_on(day)
        return Asked(
            duty,
            tuple(
                norm
                for norm in found
                if norm.state is not State.UNCONFIRMED
                and norm.holds(day)
                and covers(norm.instrument.issuer.division, division, under)
                and body in norm.binds
                and (conditions is None or not norm.when or any(each in conditions for each in norm.when))
            ),
        )

    def _confirmed(self, norm: Norm, organ: str) -> Norm:
        confirmation = self.confirmed.get((norm.id, organ))
        return confirmation.of(norm) if confirmation else norm

    def covering(self, divisions: Iterable[tuple[str | None, Sequence[str]]], organs: Iterable[str] = ()) -> list[Norm]:
        """Every norm that binds one of some areas on any day, confirmed where one of ``organs`` did so."""
        areas, known = list(divisions), list(organs)
        found = []
        for norm in self._ordered:
            if any(covers(norm.instrument.issuer.division, *area) for area in areas):
                by = next((organ for organ in known if (norm.id, organ) in self.confirmed), None)
                found.append(self._confirmed(norm, by) if by else norm)
        return found

    def known(self, organs: Iterable[Bound]) -> tuple[Norm, ...]:
        """The norms that may bind one of some districts on some day; not those that nobody has confirmed. Kept."""
        districts = list(organs)
        areas = tuple(area for organ in districts for area in organ.areas) or ((None, ()),)
        ids = tuple(organ.id for organ in districts)
        if (areas, ids) not in self._known:
            found = self.covering(areas, ids)
            told = (norm for norm in found if norm.state is not State.UNCONFIRMED and norm.first is not None)
            self._known[areas, ids] = tuple(told)
        return self._known[areas, ids]

    def bare(self, divisions: Iterable[tuple[str | None, Sequence[str]]]) -> list[Instrument]:
        """Instruments for some areas of which no clause is known."""
        areas, told = list(divisions), {norm.instrument.id for norm in self.norms.values()}
        return [
            text
            for text in self.instruments.values()
            if text.id not in told and any(covers(text.issuer.division, *area) for area in areas)
        ]


def _widest_first(norm: Norm) -> tuple[int, int]:
    """Nation before province before city before district; a law before a regulation before a notice."""
    return breadth(norm.instrument.issuer.division), list(Force).index(norm.instrument.force)
