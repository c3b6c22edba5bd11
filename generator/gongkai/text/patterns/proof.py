r"""The proof that a regular expression reads any text in linear time.

Python's ``re`` tries one way through a pattern after the other, from each place of the text. How many ways there are is
proved here, not measured: the pattern is an automaton behind a loop that stands for the beginning of a search anywhere.
The ways by which a text leads to a state are at most as many for a long text as for a short one, unless there are two
states p and q and a word by which one gets from p to p, from p to q and from q to q (Weber and Seidl, On the degree of
ambiguity of finite automata, 1991): the word n times then leads to q in n ways, and a search that fails tries them all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from gongkai.text.patterns.automaton import ANY, Automaton, Gap
from gongkai.text.patterns.letters import UnprovableError, parser

_Steps = list[dict[int, int]]
"""For each state the next ones, with the letters that lead there."""


class Doubt(Struct, frozen=True):
    """Why a pattern is not proved: ``word`` is a text that, again and again, is read in more and more ways."""

    how: str
    word: str

    def __str__(self) -> str:
        return f"{self.how}: {self.word!r}, again and again, is read in more and more ways" if self.word else self.how


def doubt(source: str | bytes, flags: int = 0, *, whole: bool = False) -> Doubt | None:
    """Why a pattern may take more than linear time; None where it is proved that it does not.

    Args:
        source: the pattern.
        flags: of ``re``.
        whole: it is only held against whole texts (``fullmatch``) or their beginnings, never searched for.
    """
    tree = parser.parse(source, flags)
    for anywhere in (False,) if whole else (False, True):
        how = "searched for" if anywhere else "held against a whole text"
        try:
            word = _ambiguous(Automaton(tree, anywhere=anywhere), anywhere=anywhere)
        except UnprovableError as error:
            return Doubt(f"{how}, and not known to the proof ({error})", "")
        if word is not None:
            return Doubt(how, word)
    return None


def _ambiguous(automaton: Automaton, *, anywhere: bool) -> str | None:
    """A word that is read in more and more ways the more often it stands there, or None."""
    steps, double = _Graph(automaton, anywhere=anywhere).walk()
    component = _components(steps)
    for left, right in double:
        if component[left] >= 0 and component[left] == component[right]:
            return automaton.letters.spell([steps[left][right]])
    backward: _Steps = [{} for _ in steps]
    for left, ways in enumerate(steps):
        for right, letters in ways.items():
            backward[right][left] = letters
    looping = [state for state, number in enumerate(component) if number >= 0]
    after = {state: _reached(steps, state) for state in looping}
    before = {state: _reached(backward, state) for state in looping}
    for p in looping:
        for q in looping:
            if p != q and q in after[p]:
                word = _pumped(steps, component, p, q, after[p] & before[q])
                if word is not None:
                    return automaton.letters.spell(word)
    return None


class _Graph:
    """States of an automaton that can be reached: a place, and the class of the letter that it has just read."""

    def __init__(self, automaton: Automaton, *, anywhere: bool) -> None:
        self._classes = automaton.classes
        self._begin = automaton.begin.bit_length() - 1
        self._sets = [*automaton.sets, automaton.letters.every]
        self._entries = [(gap, place) for place, gap in automaton.starts]
        self._follows = automaton.follows
        if anywhere:
            before = len(automaton.sets)  # what stands before the match, as a place that reads anything
            self._entries.append((ANY, before))
            self._follows = {**automaton.follows, before: self._entries}
        self._numbers: dict[tuple[int, int], int] = {}
        self._todo: list[tuple[int, int]] = []

    def walk(self) -> tuple[_Steps, set[tuple[int, int]]]:
        """The steps between the states, and those that can be taken in two ways by one letter."""
        steps: _Steps = []
        double: set[tuple[int, int]] = set()
        self._leave(self._begin, self._entries)
        while self._todo:
            place, before = self._todo.pop()
            state = self._numbers[place, before]
            steps += [{} for _ in range(state + 1 - len(steps))]
            for target, letters in self._leave(before, self._follows.get(place, [])):
                if steps[state].get(target, 0) & letters:
                    double.add((state, target))
                steps[state][target] = steps[state].get(target, 0) | letters
        return steps, double

    def _leave(self, before: int, ways: Sequence[tuple[Gap, int]]) -> list[tuple[int, int]]:
        found = []
        for gap, right in ways:
            if gap.before >> before & 1:
                for number, its in enumerate(self._classes):
                    if letters := self._sets[right] & its & gap.after:
                        found.append((self._number(right, number), letters))
        return found

    def _number(self, place: int, before: int) -> int:
        if (place, before) not in self._numbers:
            self._numbers[place, before] = len(self._numbers)
            self._todo.append((place, before))
        return self._numbers[place, before]


def _reached(steps: _Steps, start: int) -> set[int]:
    met, todo = {start}, [start]
    while todo:
        for target in steps[todo.pop()]:
            if target not in met:
                met.add(target)
                todo.append(target)
    return met


def _components(steps: _Steps) -> list[int]:
    """For each state the number of the states that it shares a circle with; -1 where no way leads back to it."""
    order: list[int] = []
    met: set[int] = set()
    for root in range(len(steps)):
        stack = [(root, iter(steps[root]))] if root not in met else []
        met.add(root)
        while stack:
            target = next((each for each in stack[-1][1] if each not in met), None)
            if target is None:
                order.append(stack.pop()[0])
            else:
                met.add(target)
                stack.append((target, iter(steps[target])))
    backward: dict[int, list[int]] = defaultdict(list)
    for left, its in enumerate(steps):
        for right in its:
            backward[right].append(left)
    found, done = [-1] * len(steps), set[int]()
    for number, root in enumerate(reversed(order)):
        members, todo = [], [root] if root not in done else []
        done.add(root)
        while todo:
            members.append(todo.pop())
            new = [each for each in backward[members[-1]] if each not in done]
            done.update(new)
            todo += new
        if len(members) > 1 or root in steps[root]:
            for member in members:
                found[member] = number
    return found


def _pumped(steps: _Steps, component: list[int], p: int, q: int, between: set[int]) -> list[int] | None:
    """The letters of a word by which one gets from p to p, from p to q and from q to q, or None."""
    start, goal = (p, p, q), (p, q, q)
    came: dict[tuple[int, int, int], tuple[tuple[int, int, int], int]] = {}
    todo = [start]
    while todo:
        here = todo.pop()
        x, y, z = here
        for x2, one in steps[x].items():
            if component[x2] != component[p]:
                continue
            for z2, other in steps[z].items():
                if component[z2] != component[q] or not (both := one & other):
                    continue
                for y2, third in steps[y].items():
                    there = (x2, y2, z2)
                    if y2 in between and (letters := both & third) and there not in came:
                        came[there] = here, letters
                        if there == goal:
                            return _word(came, start, goal)
                        todo.append(there)
    return None


def _word(
    came: dict[tuple[int, int, int], tuple[tuple[int, int, int], int]],
    start: tuple[int, int, int],
    goal: tuple[int, int, int],
) -> list[int]:
    word: list[int] = []
    at = goal
    while at != start or not word:
        at, letters = came[at]
        word.append(letters)
    return word[::-1]
