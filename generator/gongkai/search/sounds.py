"""The sounds of Chinese words: what pypinyin says of them, in an eighth of its time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

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
    if any(ord(char) not in known.characters for char in word):
        return tuple(known.read(word))
    found: list[str] = []
    at = 0
    while at < len(word):
        ends = range(len(word), at + 1, -1)
        phrase = next((word[at:end] for end in ends if word[at:end] in known.phrases), "")
        if phrase:
            found += (_plain(readings[0]) for readings in known.phrases[phrase])
        else:
            found.append(_sound(word[at]))
        at += len(phrase) or 1
    return tuple(found)


@cache
def _dictionary() -> _Dictionary:
    # Loading it takes longer than to write a small site: only where something new is met.
    from pypinyin import lazy_pinyin, load_phrases_dict  # noqa: PLC0415
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT  # noqa: PLC0415

    load_phrases_dict(_OWN)
    return _Dictionary(PHRASES_DICT, PINYIN_DICT, lazy_pinyin)


@cache
def _sound(char: str) -> str:
    return _dictionary().read(char)[0]


@cache
def _plain(syllable: str) -> str:
    from pypinyin.contrib.tone_convert import to_normal  # noqa: PLC0415

    return to_normal(syllable)
