"""Words that suggestions, pinyin and the repair of a wrong character choose from."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from itertools import islice, takewhile

import rjieba
from opencc import OpenCC
from pypinyin import lazy_pinyin, load_phrases_dict

from generator.model.record import Record
from generator.model.vocabulary import SearchVocabulary
from generator.search.normalize import normalize
from generator.search.spellings import Spellings

load_phrases_dict({"长清": [["cháng"], ["qīng"]]})  # the usual dictionary reads zhǎng

_HAN = re.compile("[\u4e00-\u9fff]+")
_EMPTY = frozenset("的了和与及或等在对于中要以为将把被由从向并且其")
_LONGEST, _JOINED = 8, 3
_SAMPLE = 3_000
"""Records whose words are counted at most, spread over all: the names of units and synonyms are added anyway."""
_GIVEN = 50
CHARACTER_FILES = 32
"""A query of four characters reads four small files of them, instead of what is known of all."""


def count_words(
    records: Collection[Record], spellings: Spellings, vocabulary: SearchVocabulary, limit: int
) -> Counter[str]:
    """Words of the texts and of the vocabularies, by how many records have them; at most ``limit``.

    Up to three neighbouring words join (重污染 + 天气), which is how people type them.
    """
    counts: Counter[str] = Counter()
    single: set[str] = set()
    for record in islice(records, 0, None, max(1, -(-len(records) // _SAMPLE))):
        found: set[str] = set()
        for run in _HAN.findall(normalize(f"{record.title}。{record.text}")):
            words = rjieba.cut(run)
            found.update(_phrases(words))
            single.update(word for word in words if len(word) > 1)
        counts.update(found)
    kept: Counter[str] = Counter()
    for name in (name for group in spellings.groups for name in group):
        kept[name] = counts[name] + _GIVEN
    for word in (word for group in vocabulary.same for word in group):
        if _HAN.fullmatch(word):
            kept[word] = counts[word] + 1
    # By frequency; of two equally rare, the dictionary word before the neighbourhood of two.
    for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0] not in single, item[0])):
        if len(kept) >= limit:
            break
        kept.setdefault(word, count)
    return kept


def _phrases(words: list[str]) -> Iterable[str]:
    for start in range(len(words)):
        phrase = ""
        for word in words[start : start + _JOINED]:
            phrase += word
            if 1 < len(phrase) <= _LONGEST and phrase[0] not in _EMPTY and phrase[-1] not in _EMPTY:
                yield phrase


def by_initial(counts: Counter[str]) -> dict[str, str]:
    """Suggestion files by first letter: lines sorted by pinyin, without what repeats the line before."""
    rows: dict[str, list[tuple[list[str], int, str]]] = defaultdict(list)
    for word, count in counts.items():
        sounds = lazy_pinyin(word)
        if sounds and "a" <= sounds[0][:1] <= "z":
            rows[sounds[0][0]].append((sounds, min(9, int(math.log2(count + 1))), word))
    return {letter: "\n".join(_folded(sorted(found, key=_sound_first))) for letter, found in sorted(rows.items())}


def _sound_first(row: tuple[list[str], int, str]) -> tuple[str, int, str]:
    return " ".join(row[0]), -row[1], row[2]


def _folded(rows: Iterable[tuple[list[str], int, str]]) -> Iterable[str]:
    """``<shared><rest of the word><TAB><rest of the pinyin><TAB><weight>``; shared counts characters, nine at most."""
    before: list[tuple[str, str]] = []
    for sounds, weight, word in rows:
        syllables = list(zip(word, sounds, strict=False)) if len(word) == len(sounds) else []
        shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(before, syllables[:9], strict=False))))
        yield f"{shared}{word[shared:]}\t{' '.join(sounds[shared:])}\t{weight}"
        before = syllables


def character_tables(characters: set[str]) -> list[tuple[str, str, str]]:
    """What is known of characters, by code point modulo ``CHARACTER_FILES``.

    Each table has the sounds of the characters in use and of the common ones, as ``sound`` + its characters separated
    by spaces; the traditional characters whose simplified form is in use; and those forms, position by position.
    """
    sounds = [defaultdict[str, str](str) for _ in range(CHARACTER_FILES)]
    for char in sorted(characters | _common()):
        sound = lazy_pinyin(char)[0]
        if sound.isascii() and sound.isalpha():
            sounds[ord(char) % CHARACTER_FILES][sound] += char
    pairs: list[list[tuple[str, str]]] = [[] for _ in range(CHARACTER_FILES)]
    for traditional, simplified in _simplified(characters):
        pairs[ord(traditional) % CHARACTER_FILES].append((traditional, simplified))
    return [
        (" ".join(f"{s}{c}" for s, c in sorted(table.items())), "".join(a for a, _ in two), "".join(b for _, b in two))
        for table, two in zip(sounds, pairs, strict=True)
    ]


def _simplified(characters: set[str]) -> list[tuple[str, str]]:
    every = "".join(map(chr, range(0x3400, 0x9FFF)))
    simplified = OpenCC("t2s").convert(every)
    if len(simplified) != len(every):  # never seen; better no table than a shifted one
        return []
    return [(a, b) for a, b in zip(every, simplified, strict=True) if a != b and b in characters]


def _common() -> set[str]:
    """The 3,755 common characters of GB 2312, level one: what people type by mistake."""
    found = set()
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            char = bytes((high, low)).decode("gb2312", "ignore")
            if char:
                found.add(char)
    return found
