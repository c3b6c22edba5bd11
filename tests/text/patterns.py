"""Run in a process of its own: every pattern of the program, as its module makes it when it is loaded."""

from __future__ import annotations

import importlib
import pkgutil
import signal
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from gongkai.text import patterns


class Made(NamedTuple):
    """A pattern, where it is made, and whether it is only held against whole texts."""

    place: str
    source: str | bytes
    flags: int
    whole: bool


def every_pattern() -> list[Made]:
    """Load every module of the program, and tell what it makes."""
    found: dict[tuple[str | bytes, int, bool], Made] = {}
    for name in ("anywhere", "whole"):
        setattr(patterns, name, _told(name, getattr(patterns, name), found))
    program = importlib.import_module("gongkai")
    for module in pkgutil.walk_packages(program.__path__, "gongkai."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return list(found.values())


def _told(name: str, make: Any, found: dict[tuple[str | bytes, int, bool], Made]) -> Any:
    def told(source: str | bytes, flags: int = 0) -> Any:
        frame = sys._getframe(1)
        place = f"{frame.f_globals['__name__']}:{frame.f_lineno}"
        found.setdefault((source, int(flags), name == "whole"), Made(place, source, int(flags), name == "whole"))
        return make(source, flags)

    return told


def hostile(source: str | bytes, flags: int) -> Iterator[str]:
    """What a pattern repeats without end, and what stands before it: texts that nearly match, again and again."""
    from gongkai.text.patterns.letters import operations, parser

    tree = parser.parse(source, flags)
    begun = ""
    for op, value, its in operations(tree, tree.state.flags):
        if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and value[1] > 8:
            word = "".join(_char(*each) for each in _reads(value[2], its)[:4])
            yield from dict.fromkeys((word, f"{begun[-12:]}{word}"))
        elif op in ("LITERAL", "IN", "ANY", "NOT_LITERAL"):
            begun += _char(op, value, its)


def _reads(tree: Any, flags: int) -> list[tuple[str, Any, int]]:
    from gongkai.text.patterns.letters import READS, operations

    return [each for each in operations(tree, flags) if each[0] in READS]


def _char(op: str, value: Any, flags: int) -> str:
    from gongkai.text.patterns.letters import _test

    test = _test(op, value, flags)
    return next((char for char in " \u3000<（(一1a字A.\n[\"'" if test(char)), chr(value) if op == "LITERAL" else "-")


LENGTH = 40_000
"""A pattern whose time grows as the square of the length takes four seconds for such a text, any other hundredths."""
SECONDS = 2


def attack(made: list[Made]) -> None:
    """Hold every pattern with a loop against long texts of what it loops over; who takes long, ends the process."""
    for each in made:
        print(each.place, flush=True)  # noqa: T201
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        pattern = (patterns.whole if each.whole else patterns.anywhere)(each.source, each.flags)  # type: ignore[type-var]
        for word in dict.fromkeys(hostile(each.source, each.flags)):
            text: Any = (word * LENGTH)[:LENGTH] + "\x00"
            text = text.encode() if isinstance(each.source, bytes) else text
            pattern.fullmatch(text)
            if not each.whole:
                for _ in pattern.finditer(text):  # type: ignore[union-attr]
                    pass


def prove(made: list[Made]) -> None:
    """Print what is not proved."""
    from gongkai.text.patterns.proof import doubt

    for each in made:
        found = doubt(each.source, each.flags, whole=each.whole)
        if found:
            print(f"{each.place}: {each.source!r} is not linear: {found}")  # noqa: T201
    print(len(made), flush=True)  # noqa: T201


if __name__ == "__main__":
    everything = every_pattern()
    prove(everything)
    attack(everything)
