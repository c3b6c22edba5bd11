"""Words that suggestions, pinyin and the repair of a wrong character choose from.

They are counted file by file, so that an edit counts those of one file again. The dictionaries of words and of pinyin
are loaded where something new is met only: that takes longer than to write a whole small site.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, groupby, pairwise, takewhile
from operator import add
from typing import NamedTuple
from zlib import crc32

from gongkai.column.record import Record
from gongkai.search.corpus import Corpus, destinations
from gongkai.search.encoding import Compress, compress, pack_text, term_hash
from gongkai.search.everyday import everyday_files
from gongkai.search.normalize import HAN, normalize
from gongkai.search.sounds import pinyin
from gongkai.text.patterns import anywhere

_HAN = anywhere(f"[{HAN}]+")
_EMPTY = frozenset("的了和与及或等在对于中要以为将把被由从向并且其")
_LONGEST, _NAME = 8, 3
_SAMPLE = 3_000
"""Records whose words are counted, about, at most: the names of units and synonyms are added anyway."""
_GIVEN = 50
_NAMED = ("page", "theme", "audience")
"""Pages whose names are words; those of units are counted as departments."""
_COLUMN_WORDS, _OWN = 6_000, 4
"""Words of the column by which a query is cut, at most, and their characters: longer ones are made of these."""
DOCUMENTS = 200
"""The newest documents, for suggestions."""
_WORDS_SMALL, _WORDS_LARGE = 8_000, 20_000
RARE_FILES = 16
"""What is known of characters that are not common lies in so many files: a query reads those of its own."""
SOUND_FILES = 128
"""A wrong character is looked for among the words of one of them."""
_NEAR = tuple(
    (anywhere(near), same)
    for near, same in (("^zh", "z"), ("^ch", "c"), ("^sh", "s"), ("^n", "l"), ("^f", "h"), ("ng$", "n"))
)

Row = tuple[Sequence[str], int, str]
"""The syllables of a word, its weight, and the word."""
Sounds = Callable[[str], Sequence[str]]
"""What :func:`pinyin` does; who builds often remembers what was asked before."""


class Words(NamedTuple):
    """Of some records: words with the number of records that have them, those of a dictionary, all Han characters."""

    counts: dict[str, int]
    single: list[str]
    characters: str


def one_in(records: int) -> int:
    """How many records there are for each whose words are counted: a power of two, so that it seldom changes."""
    return 1 << max(0, (records - 1) // _SAMPLE).bit_length()


def file_words(records: Iterable[Record], every: int) -> Words:
    """The words of one authored file; one record in ``every`` is looked at, chosen by its id.

    Up to three neighbouring words join (重污染 + 天气), which is how people type them.
    """
    cut = _cutter()
    counts: Counter[str] = Counter()
    single: set[str] = set()
    characters: set[str] = set()
    for record in records:
        characters.update(record.title, record.text)
        if crc32(record.id.encode()) % every:
            continue
        found: set[str] = set()
        for run in _HAN.findall(normalize(f"{record.title}。{record.text}")):
            words = cut(run)
            pairs = list(map(add, words, words[1:]))
            found.update(words, pairs, map(add, pairs, words[2:]))
            single.update(words)
        names = set(_names(cut(normalize(record.title), hmm=False)))
        counts.update(found | names)
        single |= names
    phrases = {phrase: count for phrase, count in counts.items() if _is_phrase(phrase)}
    words = sorted(word for word in single if len(word) > 1)
    return Words(phrases, words, "".join(sorted(char for char in characters if _HAN.match(char))))


@cache
def _cutter() -> Callable[..., list[str]]:
    """What cuts Chinese into words; without its library texts give no words, only the vocabularies do."""
    try:
        import rjieba  # noqa: PLC0415 - see above
    except ModuleNotFoundError:
        return lambda _run, **_options: []
    found: Callable[..., list[str]] = rjieba.cut
    return found


def _is_phrase(text: str) -> bool:
    return 1 < len(text) <= _LONGEST and text[0] not in _EMPTY and text[-1] not in _EMPTY


def _names(words: list[str]) -> Iterable[str]:
    """Proper names in a title, cut by the dictionary alone: characters that are no words stand for a name.

    Where it begins is not known (嬴城宏济堂 is 宏济堂 in 嬴城), so what it ends and begins with counts as well.
    """
    run = ""
    for word in (*words, ""):
        if len(word) == 1 and _HAN.fullmatch(word) and word not in _EMPTY:
            run += word
            continue
        if _NAME <= len(run) <= _LONGEST:
            yield run
            yield from (part for at in range(1, len(run) - _NAME + 1) for part in (run[at:], run[:-at]))
        run = ""


def word_files(
    corpus: Corpus, files: Iterable[Words], squeeze: Compress = compress, sounds: Sounds = pinyin
) -> dict[str, bytes]:
    """Files that only some queries ask for: suggestion words by letter, and what is known of characters."""
    words = joined_words(files)
    rows = list(_sounded(_chosen(corpus, words), sounds))
    common = {char: sounds(char)[0] for char in _common()}
    made = {f"words-{letter}": squeeze(pack_text(lines)) for letter, lines in by_initial(rows, common).items()}
    made |= {f"sounds-{at:x}": squeeze(pack_text(lines)) for at, lines in enumerate(by_sound(rows, sounds, common))}
    made |= documents_file(corpus, squeeze)
    made |= everyday_files(corpus, _frequent(words), _present(corpus, words), squeeze)
    made["characters"] = squeeze(pack_text(common_sounds(common)))
    rare = rare_tables(set(words.characters), sounds)
    return made | {f"rare-{at:x}": squeeze(pack_text(table)) for at, table in enumerate(rare)}


def documents_file(corpus: Corpus, squeeze: Compress = compress) -> dict[str, bytes]:
    """The names of the newest documents."""
    return {"documents": squeeze(pack_text(list(corpus.used.documents)[:DOCUMENTS]))}


def _present(corpus: Corpus, words: Words) -> Callable[[str], bool]:
    """Whether texts have a word; of a large column, whether it is among the words that were counted."""
    if corpus.large:
        return words.counts.__contains__
    text = "\n".join(normalize(f"{one.title}\n{one.text}\n{one.units_text}") for one in corpus.records)
    pairs = {*text, *map("".join, pairwise(text))}  # of most words that are not there, one is not
    return cache(lambda word: all(word[at : at + 2] in pairs for at in range(max(1, len(word) - 1))) and word in text)


def _frequent(words: Words) -> Iterator[str]:
    """The most frequent words of the column that are short."""
    found = sorted(words.single, key=lambda word: (-words.counts.get(word, 0), word))[:_COLUMN_WORDS]
    return (word for word in found if len(word) <= _OWN)


def joined_words(files: Iterable[Words]) -> Words:
    """The words of all files, one of which is in memory at a time."""
    counts: dict[str, int] = defaultdict(int)
    single: set[str] = set()
    characters: set[str] = set()
    for words in files:
        for word, count in words.counts.items():
            counts[word] += count
        single.update(words.single)
        characters.update(words.characters)
    return Words(counts, list(single), "".join(characters))


def _chosen(corpus: Corpus, words: Words) -> dict[str, int]:
    """Words of the texts and of the vocabularies, by how many records have them."""
    limit = _WORDS_LARGE if corpus.large else _WORDS_SMALL
    counts, single = words.counts, set(words.single)
    kept: dict[str, int] = {}
    for name in (name for group in corpus.spellings.groups for name in group):
        kept[name] = counts.get(name, 0) + _GIVEN
    for name in (normalize(organ.short_name) for organ in corpus.organs.values()):
        kept[name] = counts.get(name, 0) + _GIVEN
    for word in _asked(corpus):
        kept.setdefault(word, counts.get(word, 0))
        limit += word not in counts
    # By frequency; of two equally rare, the dictionary word before the neighbourhood of two.
    for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0] not in single, item[0])):
        if len(kept) >= limit:
            break
        kept.setdefault(word, count)
    return kept


def _asked(corpus: Corpus) -> Iterator[str]:
    """Words of the vocabulary and names of pages: readers use them, whether texts have them or not."""
    vocabulary = corpus.vocabulary
    said = (word for word, _ in chain(vocabulary.to, vocabulary.everyday))
    named = chain.from_iterable(one.names for one in destinations(corpus) if one.kind in _NAMED)
    words = map(normalize, chain(*vocabulary.same, said, named))
    return (word for word in words if _HAN.fullmatch(word) and len(word) <= _OWN)


def _sounded(counts: Mapping[str, int], sounds: Sounds) -> Iterator[Row]:
    for word, count in counts.items():
        heard = sounds(word)
        if heard and "a" <= heard[0][:1] <= "z":
            yield heard, min(9, int(math.log2(count + 1))), word


def by_initial(rows: Iterable[Row], common: Mapping[str, str]) -> dict[str, str]:
    """Words by first letter, for suggestions and pinyin: sorted by sound, without what repeats the line before.

    ``common`` are the sounds of common characters, which the page knows.
    """
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[0][0][0]].append(row)
    return {letter: _lines(some, common) for letter, some in sorted(found.items())}


def by_sound(rows: Iterable[Row], sounds: Sounds, common: Mapping[str, str]) -> list[str]:
    """The same words by length and by their first syllable as many hear it, for the repair of a wrong character.

    Where a character sounds in its word as it does not alone (长清), the word lies in the files of both sounds.
    """
    found: list[list[Row]] = [[] for _ in range(SOUND_FILES)]
    for row in rows:
        heard = (row[0][0], sounds(row[2][0])[0])
        for at in {term_hash(f"{len(row[2])}{blurred(sound)}") % SOUND_FILES for sound in heard}:
            found[at].append(row)
    return [_lines(some, common) for some in found]


def blurred(sound: str) -> str:
    """A syllable as those hear it who do not tell z from zh, n from l, in from ing: twin of words.js."""
    for near, same in _NEAR:
        sound = near.sub(same, sound)
    return sound


def _lines(rows: list[Row], common: Mapping[str, str]) -> str:
    return "\n".join(_folded(sorted(rows, key=_sound_first), common))


def _sound_first(row: Row) -> tuple[str, int, str]:
    return " ".join(row[0]), -row[1], row[2]


def _folded(rows: Iterable[Row], common: Mapping[str, str]) -> Iterable[str]:
    """``<shared><rest of the word><TAB><rest of the pinyin><TAB><weight>``; shared counts characters, nine at most.

    The pinyin is left out where every character of the rest sounds as it does alone.
    """
    before: list[tuple[str, str]] = []
    for sounds, weight, word in rows:
        syllables = list(zip(word, sounds, strict=False)) if len(word) == len(sounds) else []
        shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(before, syllables[:9], strict=False))))
        plain = syllables and all(common.get(char) == sound for char, sound in syllables[shared:])
        rest = "" if plain else " ".join(sounds[shared:])
        yield f"{shared}{word[shared:]}\t{rest}\t{weight}"
        before = syllables


def common_sounds(common: Mapping[str, str]) -> str:
    """The sounds of the common characters in the order of GB 2312, which is that of their sounds: ``a2 ai13`` …"""
    heard = groupby(common.values())
    return " ".join(f"{sound}{len(list(same))}" for sound, same in heard)


def rare_tables(characters: set[str], sounds: Sounds) -> list[tuple[str, str, str]]:
    """What is known of other characters in use, by code point modulo ``RARE_FILES``.

    Each table has their sounds, as ``sound`` + its characters separated by spaces; the traditional characters whose
    simplified form is in use; and those forms, position by position.
    """
    heard = [defaultdict[str, str](str) for _ in range(RARE_FILES)]
    for char in sorted(characters - set(_common())):
        sound = sounds(char)[0]
        if sound.isascii() and sound.isalpha():
            heard[ord(char) % RARE_FILES][sound] += char
    pairs: list[list[tuple[str, str]]] = [[] for _ in range(RARE_FILES)]
    for traditional, simplified in _simplified(characters):
        pairs[ord(traditional) % RARE_FILES].append((traditional, simplified))
    return [
        (" ".join(f"{s}{c}" for s, c in sorted(table.items())), "".join(a for a, _ in two), "".join(b for _, b in two))
        for table, two in zip(heard, pairs, strict=True)
    ]


def _simplified(characters: set[str]) -> list[tuple[str, str]]:
    try:
        from opencc import OpenCC  # noqa: PLC0415 - see above
    except ModuleNotFoundError:
        return []
    every = "".join(map(chr, range(0x3400, 0x9FFF)))
    simplified = OpenCC("t2s").convert(every)
    if len(simplified) != len(every):  # never seen; better no table than a shifted one
        return []
    return [(a, b) for a, b in zip(every, simplified, strict=True) if a != b and b in characters]


def _common() -> list[str]:
    """The 3,755 common characters of GB 2312, level one, in its order: what people type by mistake."""
    codes = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return [char for char in (code.decode("gb2312", "ignore") for code in codes) if char]
