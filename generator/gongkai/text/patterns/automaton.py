r"""A pattern as an automaton: the places in it that read a character, and which of them may follow which.

Looks at one character before or behind (``(?<!\d)``, ``(?=[,，])``, ``^``, ``\b``) are conditions of a step and are
followed exactly. Longer looks ahead are ways that lead nowhere; longer looks behind read a fixed number of characters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, NamedTuple

from msgspec import Struct, field

from gongkai.text.patterns.letters import READS, Letters, UnprovableError, operations, parser, single

_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_MOST_PLACES = 5_000


class Gap(NamedTuple):
    """What must hold between two characters: classes of letters before it, and letters after it, as bits."""

    before: int
    after: int

    def met(self, other: Gap) -> Gap | None:
        """Both conditions as one; None where nothing meets both."""
        before, after = self.before & other.before, self.after & other.after
        return Gap(before, after) if before and after else None


ANY = Gap(-1, -1)
Ends = list[tuple[int, Gap]]


class Part(Struct, dict=True):
    """A part of a pattern: the places it can begin and end with, and what holds where it reads nothing."""

    first: Ends = field(default_factory=list)
    last: Ends = field(default_factory=list)
    empty: list[Gap] = field(default_factory=list)


class Automaton:
    """The places of a pattern by number: ``sets`` are the letters each reads, ``follows`` are the steps between them.

    ``starts`` are the places to begin with, ``classes`` the letters that no look behind tells apart. For a search
    (``anywhere``) loops at the end of the pattern are left out, after which nothing can fail: what they read belongs to
    the match and is read once. What comes behind them, and one more round of them, are begun behind their last letter.
    """

    def __init__(self, tree: Any, *, anywhere: bool) -> None:
        self._flags = tree.state.flags
        self.letters = Letters(tree)
        self.classes = self._classes(tree)
        self.begin = 1 << len(self.classes)
        """The beginning of a text, as a class of its own."""
        self.sets: list[int] = []
        self.follows: dict[int, list[tuple[Gap, int]]] = defaultdict(list)
        self.starts: Ends = []
        self.starts += self._sequence(list(tree), self._flags, tail=anywhere).first

    def _classes(self, tree: Any) -> list[int]:
        asked = {self.letters.newline, self.letters.word}
        for op, value, flags in operations(tree, self._flags):
            if op in {"ASSERT", "ASSERT_NOT"} and value[0] < 0 and (ways := single(value[1][-1:])):
                asked.add(self.letters.read_by(ways, flags))
        if not any(op == "AT" and "BOUNDARY" in str(value) for op, value, _ in operations(tree, self._flags)):
            asked -= {self.letters.word}
        if not self._flags & re.MULTILINE:
            asked -= {self.letters.newline}
        groups: dict[tuple[int, ...], int] = defaultdict(int)
        for number in range(self.letters.every.bit_length()):
            groups[tuple(each >> number & 1 for each in sorted(asked))] |= 1 << number
        return list(groups.values())

    def _behind(self, letters: int, *, begin: bool) -> Gap:
        before = sum(1 << number for number, each in enumerate(self.classes) if each & letters)
        return Gap(before | (self.begin if begin else 0), -1)

    def _place(self, letters: int) -> Part:
        self.sets.append(letters)
        if len(self.sets) > _MOST_PLACES:
            raise UnprovableError("too many places")
        number = len(self.sets) - 1
        return Part([(number, ANY)], [(number, ANY)])

    def _join(self, last: Ends, first: Ends) -> None:
        for left, gap in last:
            self.follows[left] += [(met, right) for right, other in first if (met := gap.met(other))]

    def _then(self, one: Part, two: Part) -> Part:
        def both(ends: Ends, empty: list[Gap]) -> Ends:
            return [(place, met) for place, gap in ends for other in empty if (met := gap.met(other))]

        self._join(one.last, two.first)
        empty = [met for gap in one.empty for other in two.empty if (met := gap.met(other))]
        return Part(one.first + both(two.first, one.empty), two.last + both(one.last, two.empty), empty)

    def _sequence(self, items: list[tuple[Any, Any]], flags: int, *, tail: bool) -> Part:
        part = Part(empty=[ANY])
        for op, value in reversed(items):
            open_end = tail and ANY in part.empty
            before = self._item(str(op), value, flags, tail=open_end)
            if open_end and str(op) in _REPEATS and value[1] == parser.MAXREPEAT:
                self._again(before.last, part)
            part = self._then(before, part)
        return part

    def _again(self, last: Ends, part: Part) -> None:
        """A part is begun behind anything that the loop before it, which was left out, may have ended with."""
        letters = 0
        for place, gap in last:
            letters |= self.sets[place] if gap.after & self.letters.every else 0
        self.starts += self._then(self._place(letters), part).first

    def _item(self, op: str, value: Any, flags: int, *, tail: bool) -> Part:
        if op in READS:
            return self._place(self.letters.read_by([(op, value)], flags))
        if op == "SUBPATTERN":
            return self._sequence(list(value[3]), (flags | value[1]) & ~value[2], tail=tail)
        if op == "ATOMIC_GROUP":
            return self._sequence(list(value), flags, tail=tail)
        if op == "BRANCH":
            whole = Part()
            for way in value[1]:
                part = self._sequence(list(way), flags, tail=tail)
                whole = Part(whole.first + part.first, whole.last + part.last, whole.empty + part.empty)
            return whole
        if op in _REPEATS:
            return self._repeat(value, flags, tail=tail)
        if op == "AT":
            return Part(empty=self._at(str(value), flags))
        return self._look(value[0], value[1], flags, holds=op == "ASSERT")

    def _repeat(self, value: tuple[int, int, Any], flags: int, *, tail: bool) -> Part:
        least, most, body = value
        items = list(body)
        rest, copies = Part(empty=[ANY]), least
        if most == parser.MAXREPEAT and tail:
            once = self._sequence(items, flags, tail=True)
            self._again(once.last, self._sequence(items, flags, tail=True))
            rest = Part(once.first, once.last, [ANY])
        elif most == parser.MAXREPEAT:
            rest = self._sequence(items, flags, tail=False)
            self._join(rest.last, rest.first)
            rest.empty, copies = rest.empty if least else [ANY], max(0, least - 1)
        else:
            for _ in range(most - least):
                rest = self._then(self._sequence(items, flags, tail=False), rest)
                rest.empty = [ANY]
        for _ in range(copies):
            rest = self._then(self._sequence(items, flags, tail=False), rest)
        return rest

    def _look(self, direction: int, body: Any, flags: int, *, holds: bool) -> Part:
        ways = single(body)
        if direction < 0 and ways is None:
            last = single(body[-1:]) if holds else None
            return Part(empty=[self._behind(self.letters.read_by(last, flags), begin=False) if last else ANY])
        if ways is not None:
            letters = self.letters.read_by(ways, flags)
            if direction < 0:
                return Part(empty=[self._behind(letters if holds else ~letters, begin=not holds)])
            return Part(empty=[Gap(-1, letters if holds else ~letters)])
        inside = self._sequence(list(body), flags, tail=False)
        after = -1
        if holds and not inside.empty:
            after = 0
            for place, gap in inside.first:
                after |= self.sets[place] & gap.after
        return Part(first=inside.first, empty=[Gap(-1, after)])

    def _at(self, where: str, flags: int) -> list[Gap]:
        if where in {"AT_BEGINNING", "AT_BEGINNING_STRING"}:
            lines = flags & re.MULTILINE and where == "AT_BEGINNING"
            return [self._behind(self.letters.newline if lines else 0, begin=True)]
        if where in {"AT_END", "AT_END_STRING"}:
            return [Gap(-1, self.letters.end | (self.letters.newline if where == "AT_END" else 0))]
        word = self.letters.word
        inside, outside = self._behind(word, begin=False), self._behind(~word, begin=True)
        after = (~word, word) if where == "AT_BOUNDARY" else (word, ~word)
        return [Gap(inside.before, after[0]), Gap(outside.before, after[1])]
