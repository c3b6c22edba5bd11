"""The characters that a pattern reads, as sets of letters: characters that no part of it tells apart are one letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import Any

parser = import_module("re._parser")  # the reading of patterns is re's own, and has no public name
READS = ("LITERAL", "NOT_LITERAL", "ANY", "IN")
"""The operations that read one character."""

_Test = Callable[[str], bool]
_CATEGORIES: dict[str, _Test] = {
    "CATEGORY_DIGIT": str.isdecimal,
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_WORD": lambda char: char.isalnum() or char == "_",
}
_OTHERS = "\x85\xa0éß²½ΩЖ٣ⅩⅫ\u2003\u2028\u3000〇〡々ぁ一中〔、，０９Ａｚ\ud7ff\ue000\uff00\uffff\U00010000\U0001d7d9😀"
"""Some of each kind beyond ASCII: blanks, digits, letters, marks, and none of them."""
_SAMPLE = frozenset(map(chr, range(128))) | frozenset(_OTHERS)


class UnprovableError(Exception):
    """A pattern has something that the proof does not know: a reference back, a condition, or too many places."""


def parts_of(op: str, value: Any, flags: int) -> list[tuple[Any, int]]:
    """The patterns inside an operation, with the flags that hold there."""
    if op == "SUBPATTERN":
        return [(value[3], (flags | value[1]) & ~value[2])]
    if op == "BRANCH":
        return [(way, flags) for way in value[1]]
    if op in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
        return [(value[2], flags)]
    if op in {"ASSERT", "ASSERT_NOT"}:
        return [(value[1], flags)]
    if op == "ATOMIC_GROUP":
        return [(value, flags)]
    if op in READS or op == "AT":
        return []
    raise UnprovableError(op)


def operations(tree: Any, flags: int) -> Iterator[tuple[str, Any, int]]:
    """Every operation of a pattern and of the patterns inside it, with its flags."""
    for op, value in tree:
        yield str(op), value, flags
        for inside, its in parts_of(str(op), value, flags):
            yield from operations(inside, its)


def single(tree: Any) -> list[tuple[str, Any]] | None:
    """The alternatives of what reads exactly one character, or None."""
    if len(tree) != 1:
        return None
    ((op, value),) = tree
    if str(op) in READS:
        return [(str(op), value)]
    if str(op) == "SUBPATTERN" and not value[1] and not value[2]:
        return single(value[3])
    if str(op) == "BRANCH":
        ways = [single(way) for way in value[1]]
        return [each for way in ways for each in way or ()] if all(ways) else None
    return None


@cache
def _folded(char: str) -> frozenset[str]:
    return frozenset(each for each in (char, char.lower(), char.upper()) if len(each) == 1)


def _category(name: str, flags: int) -> _Test:
    holds, negated = _CATEGORIES[name.replace("_NOT_", "_")], "_NOT_" in name
    only_ascii = bool(flags & re.ASCII)
    return lambda char: (holds(char) and (char.isascii() or not only_ascii)) is not negated


def _test(op: str, value: Any, flags: int) -> _Test:
    """Whether one place of a pattern reads a character."""
    if op == "CATEGORY":
        return _category(str(value), flags)
    if op == "ANY":
        return lambda char: char != "\n" or bool(flags & re.DOTALL)
    if op == "IN":
        negated = str(value[0][0]) == "NEGATE"
        tests = [_test(str(kind), each, flags) for kind, each in value[negated:]]
        return lambda char: any(test(char) for test in tests) is not negated
    low, high = value if op == "RANGE" else (value, value)
    if flags & re.IGNORECASE:
        return lambda char: any(low <= ord(each) <= high for each in _folded(char)) is (op != "NOT_LITERAL")
    return lambda char: (low <= ord(char) <= high) is (op != "NOT_LITERAL")


def _ends(op: str, value: Any) -> Iterator[int]:
    """The code points at which the set of a place begins and ends."""
    if op == "IN":
        for kind, each in value:
            yield from _ends(str(kind), each)
    elif op in {"LITERAL", "NOT_LITERAL"}:
        yield value
    elif op == "RANGE":
        yield from value


class Letters:
    """The letters of a pattern, each by one of its characters; sets of them are bits."""

    def __init__(self, tree: Any) -> None:
        reads = [(op, value, flags) for op, value, flags in operations(tree, tree.state.flags) if op in READS]
        ends = {point for op, value, _ in reads for point in _ends(op, value)}
        near = {chr(point + step) for point in ends for step in (-1, 0, 1) if 0 <= point + step < 0x110000}  # noqa: PLR2004
        chars = set(_SAMPLE) | near | {each for char in near for each in _folded(char)}
        if isinstance(tree.state.str, bytes):
            chars = {char for char in chars if ord(char) < 256}  # noqa: PLR2004
        tests = {(op, str(value), flags): _test(op, value, flags) for op, value, flags in reads}
        tests["newline"] = lambda char: char == "\n"  # type: ignore[index]
        tests["word"] = _CATEGORIES["CATEGORY_WORD"]  # type: ignore[index]
        groups: dict[tuple[bool, ...], str] = {}
        for char in sorted(chars, key=lambda char: (not "!" < char < "\x7f", char)):
            groups.setdefault(tuple(test(char) for test in tests.values()), char)
        self._chars = "".join(groups.values())
        self._sets = {
            name: sum(1 << number for number, holds in enumerate(groups) if holds[at]) for at, name in enumerate(tests)
        }
        self.every = (1 << len(self._chars)) - 1
        self.end = self.every + 1
        """The end of a text, as a letter of its own."""
        self.newline: int = self._sets["newline"]  # type: ignore[index]
        self.word: int = self._sets["word"]  # type: ignore[index]

    def read_by(self, ways: Iterable[tuple[str, Any]], flags: int) -> int:
        """The letters that places read."""
        mask = 0
        for op, value in ways:
            mask |= self._sets[op, str(value), flags]
        return mask

    def spell(self, sets: Iterable[int]) -> str:
        """A text of one letter from each set."""
        return "".join(self._chars[(each & -each).bit_length() - 1] for each in sets)
