"""The sounds of Chinese words: what pypinyin says of them, in an eighth of its time."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import takewhile
from typing import NamedTuple

os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")  # on import it would index the beginnings of all phrases: 0.1 s
_OWN = {"长清": [["cháng"], ["qīng"]]}
"""Names that the usual dictionary reads otherwise (zhǎng)."""


class _Dictionary(NamedTuple):
    """Phrases with the readings of each character, characters with theirs, and what reads everything else."""

    phrases: dict[str, list[list[str]]]
    characters: dict[int, str]
    read: Callable[[str], list[str]]


@lru_cache(1 << 16)
def pinyin(word: str) -> Sequence[str]:
    """The sounds of a word without tones, syllable by syllable: of the longest phrases, else of single characters."""
    known = _dictionary()
    found: list[str] = []
    at = 0
    while at < len(word):
        ends = range(len(word), at + 1, -1)
        if phrase := next((word[at:end] for end in ends if word[at:end] in known.phrases), ""):
            found += (_plain(readings[0]) for readings in known.phrases[phrase])
        elif phrase := "".join(takewhile(lambda char: ord(char) not in known.characters, word[at:])):
            found += known.read(phrase)
        else:
            phrase = word[at]
            found.append(_sound(phrase))
        at += len(phrase)
    return tuple(found)


@cache
def _dictionary() -> _Dictionary:
    # Loading it takes longer than to write a small site: only where something new is met.
    from pypinyin import lazy_pinyin  # noqa: PLC0415
    from pypinyin.phrases_dict import phrases_dict  # noqa: PLC0415
    from pypinyin.pinyin_dict import pinyin_dict  # noqa: PLC0415

    return _Dictionary(phrases_dict | _OWN, pinyin_dict, lazy_pinyin)


@cache
def _sound(char: str) -> str:
    return _plain(_dictionary().characters[ord(char)].partition(",")[0])


@cache
def _plain(syllable: str) -> str:
    from pypinyin.contrib.tone_convert import to_normal  # noqa: PLC0415

    return to_normal(syllable)
