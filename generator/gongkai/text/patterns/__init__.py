r"""The one door for regular expressions: what comes through it reads any text in time that grows as the text does.

Texts come from offices, web pages, mails and PDF files. A pattern that is quick on all that anybody has seen may still
take hours for one that somebody made: ``<[^>]*>`` on a million ``<``. So patterns are written at the top of a module
with ``anywhere`` or ``whole``, and a test proves every one of them (``gongkai.text.patterns.proof``), which needs no
example of a bad text. What cannot be said in such a pattern is read by hand.

They behave as ``re.compile`` does, but are compiled when they are first used: a command needs few of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import DOTALL, IGNORECASE, MULTILINE, VERBOSE, Match, Pattern, escape
from typing import Any, AnyStr, Generic, Protocol, cast

__all__ = [
    "DOTALL",
    "IGNORECASE",
    "MULTILINE",
    "VERBOSE",
    "Match",
    "Pattern",
    "Whole",
    "any_of",
    "anywhere",
    "escape",
    "whole",
]

_HELD = ("match", "fullmatch")
_SEARCHED = (*_HELD, "search", "finditer", "findall", "split", "sub", "subn")


class Whole(Protocol[AnyStr]):
    """A pattern that is held against a text, or against what a text begins with, and never searched for."""

    @property
    def pattern(self) -> AnyStr:
        """The pattern as it was written."""

    def match(self, text: AnyStr, pos: int = ..., endpos: int = ...) -> Match[AnyStr] | None:
        """What the text begins with at ``pos``."""

    def fullmatch(self, text: AnyStr, pos: int = ..., endpos: int = ...) -> Match[AnyStr] | None:
        """The whole text."""


class _Lazy(Generic[AnyStr]):
    """A pattern that is compiled by its first use."""

    def __init__(self, source: AnyStr, flags: int, methods: tuple[str, ...]) -> None:
        self.pattern: AnyStr = source
        self.flags = flags
        self._methods = methods

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._methods:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        vars(self).update({method: getattr(compiled, method) for method in self._methods})
        return vars(self)[name]

    def __reduce__(self) -> tuple[Any, ...]:
        return _Lazy, (self.pattern, self.flags, self._methods)


def anywhere(source: AnyStr, flags: int = 0) -> Pattern[AnyStr]:
    """Make a pattern that may be searched for in any text."""
    return cast("Pattern[AnyStr]", _Lazy(source, flags, _SEARCHED))


def whole(source: AnyStr, flags: int = 0) -> Whole[AnyStr]:
    """Make a pattern that is only held against a whole text or its beginning; more patterns are linear then."""
    return cast("Whole[AnyStr]", _Lazy(source, flags, _HELD))


def any_of(words: Iterable[str]) -> Pattern[str]:
    """Make a pattern for the longest of some words at a place. It has no loop: it needs no proof, and may be made late.

    Args:
        words: as they are printed; at least one, none empty.
    """
    return re.compile("|".join(escape(word) for word in sorted(words, key=lambda word: (-len(word), word))))
