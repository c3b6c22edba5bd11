r"""Whether a regular expression reads any text in time that grows as the text does, and no faster.

Python's ``re`` tries one way through a pattern after the other, from each place of the text. How many ways there are is
proved here, not measured: the pattern is read as an automaton whose states are the places in the pattern that read a
character, behind a loop that stands for the beginning of a search anywhere. The ways by which a text leads to a state
are at most as many for a long text as for a short one, unless there are two states p and q and a word by which one gets
from p to p, from p to q and from q to q (Weber and Seidl, On the degree of ambiguity of finite automata, 1991): the
word n times then leads to q in n ways, and a search that fails tries them all.

Two things keep the answer near the truth. A loop after which nothing can fail is left out, for what it reads belongs to
the match and is read once (``\d+`` alone is linear, ``\d+月`` is not). Looks at one character before or behind
(``(?<!\d)``, ``(?=[,，])``, ``^``, ``\b``) are followed exactly; longer ones ahead count as ways that lead nowhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from importlib import import_module
from typing import Any, NamedTuple

_parser = import_module("re._parser")  # the reading of patterns is re's own, and has no public name
_Test = Callable[[str], bool]
_FAR = "\x00\x1f\x7f\x85\xa0éß²½ΩЖ٣ⅩⅫ\u2003\u2028\u3000〇〡々ぁ一中〔、，０９Ａｚ\ud7ff\ue000\uff00\uffff\U00010000\U0001d7d9😀"
_CATEGORIES: dict[str, _Test] = {
    "CATEGORY_DIGIT": str.isdecimal,
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_WORD": lambda char: char.isalnum() or char == "_",
}
_MOST_STATES = 5_000


class Unprovable(Exception):
    """The pattern has something that the proof does not know: a reference back, or too many states."""


@dataclass(frozen=True)
class Doubt:
    """Why a pattern is not linear: the two places that the same text can be read by, as the pattern has them."""

    how: str
    word: str

    def __str__(self) -> str:
        return f"{self.how}: the text {self.word!r}, again and again, is read in more and more ways"


class _Gap(NamedTuple):
    """What must hold between two characters: sets of classes before it and of letters after it, as bits."""

    before: int
    after: int

    def __and__(self, other: _Gap) -> _Gap:  # type: ignore[override]
        return _Gap(self.before & other.before, self.after & other.after)


_ANY = _Gap(-1, -1)
_Ends = list[tuple[int, _Gap]]


@dataclass
class _Part:
    """A part of a pattern: the places it can begin and end with, and what holds where it reads nothing."""

    first: _Ends = field(default_factory=list)
    last: _Ends = field(default_factory=list)
    empty: list[_Gap] = field(default_factory=list)


def _folded(char: str) -> frozenset[str]:
    return frozenset({char, char.lower(), char.upper()})


def _test(op: str, value: Any, flags: int) -> _Test:
    """The set of characters that one place of a pattern reads."""
    if op in {"LITERAL", "NOT_LITERAL"}:
        same = _folded(chr(value)) if flags & re.IGNORECASE else frozenset({chr(value)})
        return lambda char: (char in same) is (op == "LITERAL")
    if op == "ANY":
        return lambda char: char != "\n" or bool(flags & re.DOTALL)
    if op == "RANGE":
        low, high = value
        fold = _folded if flags & re.IGNORECASE else lambda char: frozenset({char})
        return lambda char: any(len(each) == 1 and low <= ord(each) <= high for each in fold(char))
    if op == "CATEGORY":
        negated, ascii_only = "_NOT_" in str(value), bool(flags & re.ASCII)
        holds = _CATEGORIES[str(value).replace("_NOT_", "_")]
        return lambda char: (holds(char) and not (ascii_only and ord(char) > 127)) is not negated  # noqa: PLR2004
    if op == "IN":
        negated = str(value[0][0]) == "NEGATE"
        tests = [_test(str(kind), each, flags) for kind, each in value[negated:]]
        return lambda char: any(test(char) for test in tests) is not negated
    raise Unprovable(op)


_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_READS = ("LITERAL", "NOT_LITERAL", "ANY", "IN")


def _edges_of(tree: Any) -> Iterator[int]:
    """Where sets of characters in a pattern begin and end, as code points."""
    for op, value in tree:
        name = str(op)
        if name in {"LITERAL", "NOT_LITERAL"}:
            yield value
        elif name == "RANGE":
            yield from value
        elif name == "IN":
            yield from _edges_of(value)
        elif isinstance(value, _parser.SubPattern):
            yield from _edges_of(value)
        elif name == "BRANCH":
            for way in value[1]:
                yield from _edges_of(way)
        elif isinstance(value, tuple):
            for each in value:
                if isinstance(each, _parser.SubPattern):
                    yield from _edges_of(each)


def _single(tree: Any) -> list[tuple[str, Any]] | None:
    """The alternatives of what reads exactly one character, or None."""
    if len(tree) != 1:
        return None
    ((op, value),) = tree
    name = str(op)
    if name in _READS:
        return [(name, value)]
    if name == "SUBPATTERN" and not value[1] and not value[2]:
        return _single(value[3])
    if name == "BRANCH":
        ways = [_single(way) for way in value[1]]
        return [each for way in ways for each in way or ()] if all(ways) else None
    return None


class _Automaton:
    """The places of a pattern and how one follows the other."""

    def __init__(self, tree: Any, *, anywhere: bool) -> None:
        self.flags = tree.state.flags
        self.letters, self._bits = self._letters(tree)
        self.end = 1 << len(self.letters)  # the end of the text, as a letter
        self.behind: list[int] = []  # sets that some look behind asks for
        self._look(tree)
        self.classes = self._classes()
        self.sets: list[int] = []
        self.follows: list[tuple[int, _Gap, int]] = []
        self.starts: _Ends = []
        self.anywhere = anywhere
        self.starts += self._sequence(list(tree), self.flags, tail=anywhere).first

    # letters: characters that no set of the pattern tells apart are one

    def _letters(self, tree: Any) -> tuple[str, dict[Any, int]]:
        points = {point + step for point in _edges_of(tree) for step in (-1, 0, 1)}
        chars = {chr(point) for point in points if 0 <= point < 0x110000} | set(map(chr, range(128))) | set(_FAR)
        chars |= {each for char in chars for each in _folded(char) if len(each) == 1}
        if isinstance(tree.state.str, bytes):
            chars = {char for char in chars if ord(char) < 256}  # noqa: PLR2004
        tests = [*self._tests(tree, self.flags), lambda char: char == "\n", _CATEGORIES["CATEGORY_WORD"]]
        groups: dict[tuple[bool, ...], str] = {}
        for char in sorted(chars, key=lambda char: (not "!" < char < "\x7f", char)):
            groups.setdefault(tuple(test(char) for test in tests), char)
        return "".join(groups.values()), {}

    def _tests(self, tree: Any, flags: int) -> Iterator[_Test]:
        for op, value in tree:
            name = str(op)
            if name in _READS:
                yield _test(name, value, flags)
            elif name == "SUBPATTERN":
                yield from self._tests(value[3], (flags | value[1]) & ~value[2])
            elif name == "BRANCH":
                for way in value[1]:
                    yield from self._tests(way, flags)
            elif name in _REPEATS:
                yield from self._tests(value[2], flags)
            elif name in {"ASSERT", "ASSERT_NOT"}:
                yield from self._tests(value[1], flags)
            elif name == "ATOMIC_GROUP":
                yield from self._tests(value, flags)
            elif name != "AT":
                raise Unprovable(name)

    def _mask(self, test: _Test) -> int:
        return sum(1 << number for number, char in enumerate(self.letters) if test(char))

    def _set(self, ways: Iterable[tuple[str, Any]], flags: int) -> int:
        mask = 0
        for op, value in ways:
            mask |= self._mask(_test(op, value, flags))
        return mask

    def _look(self, tree: Any) -> None:
        """Collect the sets that looks behind ask for; they decide which letters before a place are told apart."""
        text = tree.state.str
        text = text.decode("latin-1") if isinstance(text, bytes) else text
        if "\\b" in text.lower():
            self.behind.append(self._mask(_CATEGORIES["CATEGORY_WORD"]))
        self.behind.append(self._mask(lambda char: char == "\n") if self.flags & re.MULTILINE else 0)
        self._looks_behind(tree, self.flags)

    def _looks_behind(self, tree: Any, flags: int) -> None:
        for op, value in tree:
            name = str(op)
            if name in {"ASSERT", "ASSERT_NOT"}:
                if value[0] < 0 and (ways := _single(value[1][-1:])):
                    self.behind.append(self._set(ways, flags))
                self._looks_behind(value[1], flags)
            elif name == "SUBPATTERN":
                self._looks_behind(value[3], (flags | value[1]) & ~value[2])
            elif name == "BRANCH":
                for way in value[1]:
                    self._looks_behind(way, flags)
            elif name in _REPEATS:
                self._looks_behind(value[2], flags)
            elif name == "ATOMIC_GROUP":
                self._looks_behind(value, flags)

    def _classes(self) -> list[int]:
        """Letters that no look behind tells apart, as sets."""
        groups: dict[tuple[bool, ...], int] = defaultdict(int)
        for number in range(len(self.letters)):
            groups[tuple(bool(each >> number & 1) for each in self.behind)] |= 1 << number
        return list(groups.values())

    def _behind(self, mask: int, *, begin: bool) -> _Gap:
        before = sum(1 << number for number, each in enumerate(self.classes) if each & mask)
        return _Gap(before | (1 << len(self.classes) if begin else 0), -1)

    # parts

    def _place(self, mask: int) -> _Part:
        self.sets.append(mask)
        if len(self.sets) > _MOST_STATES:
            raise Unprovable("too many states")
        number = len(self.sets) - 1
        return _Part([(number, _ANY)], [(number, _ANY)])

    def _then(self, one: _Part, two: _Part) -> _Part:
        def both(left: _Ends, right: list[_Gap]) -> _Ends:
            return [(place, met) for place, gap in left for other in right if all(met := gap & other)]

        self.follows += [
            (left, met, right) for left, gap in one.last for right, other in two.first if all(met := gap & other)
        ]
        return _Part(
            one.first + both(two.first, one.empty),
            two.last + both(one.last, two.empty),
            [met for gap in one.empty for other in two.empty if all(met := gap & other)],
        )

    def _sequence(self, items: list[tuple[Any, Any]], flags: int, *, tail: bool) -> _Part:
        part = _Part(empty=[_ANY])
        for op, value in reversed(items):
            open_end = tail and _ANY in part.empty
            before = self._item(str(op), value, flags, tail=open_end)
            if open_end and str(op) in _REPEATS and value[1] == _parser.MAXREPEAT:
                self._again(before.last, part)
            part = self._then(before, part)
        return part

    def _again(self, last: _Ends, part: _Part) -> None:
        """What follows a loop that was left out begins behind anything that the loop may have ended with."""
        mask = 0
        for place, gap in last:
            mask |= self.sets[place] if gap.after & (self.end - 1) else 0
        self.starts += self._then(self._place(mask), part).first

    def _item(self, op: str, value: Any, flags: int, *, tail: bool) -> _Part:
        if op in _READS:
            return self._place(self._set([(op, value)], flags))
        if op == "SUBPATTERN":
            return self._sequence(list(value[3]), (flags | value[1]) & ~value[2], tail=tail)
        if op == "ATOMIC_GROUP":
            return self._sequence(list(value), flags, tail=tail)
        if op == "BRANCH":
            ways = [self._sequence(list(way), flags, tail=tail) for way in value[1]]
            return _Part(*(sum((getattr(way, name) for way in ways), []) for name in ("first", "last", "empty")))
        if op in _REPEATS:
            return self._repeat(value, flags, tail=tail)
        if op in {"ASSERT", "ASSERT_NOT"}:
            return self._assertion(value[0], value[1], flags, holds=op == "ASSERT")
        if op == "AT":
            return _Part(empty=self._at(str(value), flags))
        raise Unprovable(op)

    def _repeat(self, value: Any, flags: int, *, tail: bool) -> _Part:
        least, most, body = value
        build = partial(self._sequence, list(body), flags)
        endless = most == _parser.MAXREPEAT
        if endless and tail:
            once, more = build(tail=True), build(tail=True)
            self._again(once.last, more)
            rest = _Part(once.first, once.last, [_ANY])
            copies = least
        elif endless:
            rest = build(tail=False)
            self.follows += [
                (left, met, right) for left, gap in rest.last for right, other in rest.first if all(met := gap & other)
            ]
            if not least:
                rest.empty = [_ANY]
            copies = max(0, least - 1)
        else:
            rest = _Part(empty=[_ANY])
            for _ in range(most - least):
                rest = self._then(build(tail=False), rest)
                rest.empty = [_ANY]
            copies = least
        for _ in range(copies):
            rest = self._then(build(tail=False), rest)
        return rest

    def _assertion(self, direction: int, body: Any, flags: int, *, holds: bool) -> _Part:
        ways = _single(body)
        if direction < 0:
            if ways is None:
                last = _single(body[-1:]) if holds else None
                return _Part(empty=[self._behind(self._set(last, flags), begin=False) if last else _ANY])
            mask = self._set(ways, flags)
            return _Part(empty=[self._behind(mask if holds else ~mask, begin=not holds)])
        if ways is not None:
            mask = self._set(ways, flags)
            return _Part(empty=[_Gap(-1, mask if holds else ~mask)])
        inside = self._sequence(list(body), flags, tail=False)
        after = -1
        if holds and not inside.empty:
            after = 0
            for place, gap in inside.first:
                after |= self.sets[place] & gap.after
        return _Part(first=inside.first, empty=[_Gap(-1, after)])

    def _at(self, where: str, flags: int) -> list[_Gap]:
        newline = self._mask(lambda char: char == "\n")
        if where in {"AT_BEGINNING", "AT_BEGINNING_STRING"}:
            lines = newline if flags & re.MULTILINE and where == "AT_BEGINNING" else 0
            return [self._behind(lines, begin=True)]
        if where in {"AT_END", "AT_END_STRING"}:
            return [_Gap(-1, self.end | (newline if where == "AT_END" else 0))]
        word = self._mask(_CATEGORIES["CATEGORY_WORD"])
        inside, outside = self._behind(word, begin=False), self._behind(~word, begin=True)
        if where == "AT_BOUNDARY":
            return [inside & _Gap(-1, ~word), outside & _Gap(-1, word)]
        return [inside & _Gap(-1, word), outside & _Gap(-1, ~word)]

    # states: a place and the class of the letter that it has just read

    def graph(self) -> tuple[list[list[tuple[int, int]]], bool]:
        """For each state that can be reached its next ones with the letters that lead there; and if any edge is double."""
        loop = len(self.sets)
        sets = [*self.sets, (1 << len(self.letters)) - 1]
        outward: dict[int, list[tuple[_Gap, int]]] = defaultdict(list)
        for left, gap, right in self.follows:
            outward[left].append((gap, right))
        entries = [(gap, place) for place, gap in self.starts]
        if self.anywhere:
            entries.append((_ANY, loop))
            outward[loop] = entries
        names: dict[tuple[int, int], int] = {}
        edges: list[list[tuple[int, int]]] = []
        self.double: set[tuple[int, int]] = set()

        def number(place: int, letters: int) -> int:
            if (place, letters) not in names:
                names[place, letters] = len(edges)
                edges.append([])
                todo.append((place, letters))
            return names[place, letters]

        def leave(state: int | None, before: int, ways: list[tuple[_Gap, int]]) -> None:
            met: dict[int, int] = {}
            for gap, right in ways:
                if not gap.before >> before & 1:
                    continue
                for each, letters in enumerate(self.classes):
                    mask = sets[right] & letters & gap.after
                    if not mask:
                        continue
                    target = number(right, each)
                    if state is not None:
                        if met.get(target, 0) & mask:
                            self.double.add((state, target))
                        met[target] = met.get(target, 0) | mask
            if state is not None:
                edges[state] = list(met.items())

        todo: list[tuple[int, int]] = []
        leave(None, len(self.classes), entries)
        while todo:
            place, before = todo.pop()
            leave(names[place, before], before, outward[place])
        return edges, bool(self.double)


def _components(edges: list[list[tuple[int, int]]]) -> list[int]:
    """For each state the number of its strongly connected component; -1 where no way leads back (Tarjan)."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on: set[int] = set()
    found = [-1] * len(edges)
    count = 0
    for root in range(len(edges)):
        if root in index:
            continue
        work = [(root, iter(edges[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on.add(root)
        while work:
            node, ways = work[-1]
            for target, _ in ways:
                if target not in index:
                    index[target] = low[target] = len(index)
                    stack.append(target)
                    on.add(target)
                    work.append((target, iter(edges[target])))
                    break
                if target in on:
                    low[node] = min(low[node], index[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    members = []
                    while True:
                        member = stack.pop()
                        on.discard(member)
                        members.append(member)
                        if member == node:
                            break
                    if len(members) > 1 or any(target == node for target, _ in edges[node]):
                        for member in members:
                            found[member] = count
                        count += 1
    return found


def _pumped(
    edges: list[list[tuple[int, int]]], component: list[int], p: int, q: int, near: set[int]
) -> list[int] | None:
    """The letters of a word by which one gets from p to p, from p to q and from q to q, or None."""
    start, goal = (p, p, q), (p, q, q)
    came: dict[tuple[int, int, int], tuple[tuple[int, int, int], int] | None] = {start: None}
    todo = [start]
    while todo:
        state = todo.pop()
        x, y, z = state
        for x2, mx in edges[x]:
            if component[x2] != component[p]:
                continue
            for z2, mz in edges[z]:
                if component[z2] != component[q] or not mx & mz:
                    continue
                for y2, my in edges[y]:
                    if y2 not in near or not (letters := mx & mz & my) or (x2, y2, z2) in came:
                        continue
                    came[x2, y2, z2] = state, letters
                    if (x2, y2, z2) == goal:
                        word, at = [], came[goal]
                        while at is not None:
                            word.append(at[1])
                            at = came[at[0]]
                        return word[::-1]
                    todo.append((x2, y2, z2))
    return None


def _reached(edges: list[list[tuple[int, int]]], start: int) -> set[int]:
    met, todo = {start}, [start]
    while todo:
        for target, _ in edges[todo.pop()]:
            if target not in met:
                met.add(target)
                todo.append(target)
    return met


def _doubt(tree: Any, *, anywhere: bool) -> str | None:
    """A word that is read in more and more ways the more often it stands there, or None."""
    automaton = _Automaton(tree, anywhere=anywhere)
    edges, _ = automaton.graph()
    component = _components(edges)

    def spell(word: Iterable[int]) -> str:
        return "".join(automaton.letters[(each & -each).bit_length() - 1] for each in word)

    for left, right in automaton.double:
        if component[left] >= 0 and component[left] == component[right]:
            return spell([next(mask for target, mask in edges[left] if target == right)])
    backward: list[list[tuple[int, int]]] = [[] for _ in edges]
    for left, ways in enumerate(edges):
        for right, mask in ways:
            backward[right].append((left, mask))
    looping = [state for state, number in enumerate(component) if number >= 0]
    reach = {state: _reached(edges, state) for state in looping}
    from_where = cache(lambda state: _reached(backward, state))
    for p in looping:
        for q in looping:
            if p != q and q in reach[p]:
                word = _pumped(edges, component, p, q, reach[p] & from_where(q))
                if word is not None:
                    return spell(word)
    return None


def doubt(source: str | bytes, flags: int = 0, *, whole: bool = False) -> Doubt | None:
    """Why a pattern may read a text in more than linear time, or None where it is proved that it does not.

    Args:
        source: the pattern.
        flags: of ``re``.
        whole: it is only held against whole texts (``fullmatch``) or their beginnings, never searched for.

    Raises:
        Unprovable: it has a reference back, a condition, or too many states.
    """
    tree = _parser.parse(source, flags)
    word = _doubt(tree, anywhere=False)
    if word is not None:
        return Doubt("held against a whole text", word)
    word = None if whole else _doubt(tree, anywhere=True)
    return Doubt("searched for", word) if word is not None else None
