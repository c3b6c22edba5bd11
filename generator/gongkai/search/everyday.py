"""What only a query asks that nothing has as a whole: everyday words, the column's own, pages that are near to some.

All of it is cut into files by first characters: a query loads those of its own characters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from msgspec import Struct, field

from gongkai.column.vocabulary import SearchVocabulary
from gongkai.search.corpus import Corpus, destinations
from gongkai.search.destinations import row_of_page
from gongkai.search.encoding import Compress, pack_text, term_hash
from gongkai.search.normalize import normalize
from gongkai.text.patterns import anywhere

EVERYDAY_FILES = 64
_MOST, _STEPS = 8, 3
"""How many other words a word has at most, and over how many steps they are found."""
_COMPOUND = 4
"""Characters from which a word is looked for by its parts: COMPOUND in backoff.js."""
_NEAR = ("page", "theme", "audience")
"""Kinds of pages that are near to a query which has one of their names."""
_MARKS = anywhere(r"[=@,\n]")
"""What the files use for themselves."""


class _Part(Struct, dict=True):
    """One file: words with what documents call them, words that say nothing alone, endings, pages, own words."""

    words: dict[str, Sequence[str]] = field(default_factory=dict)
    weak: list[str] = field(default_factory=list)
    fillers: list[str] = field(default_factory=list)
    near: dict[str, list[int]] = field(default_factory=dict)
    own: list[str] = field(default_factory=list)

    def packed(self) -> bytes:
        """Lines ``word=other,other@page page`` with the places of pages in the file ``near``, and lists of the rest."""
        lines = "\n".join(map(self._line, dict.fromkeys((*self.words, *self.near))))
        return pack_text([lines, "\n".join(self.weak), "".join(self.fillers), "\n".join(sorted(self.own))])

    def _line(self, word: str) -> str:
        said = f"={','.join(self.words[word])}" if word in self.words else ""
        return f"{word}{said}" + (f"@{' '.join(map(str, self.near[word]))}" if word in self.near else "")


def everyday_files(
    corpus: Corpus, own: Iterable[str], present: Callable[[str], bool], squeeze: Compress
) -> dict[str, bytes]:
    """The files; ``own`` are words of the column, and ``present`` says whether its texts have a word."""
    parts = [_Part() for _ in range(EVERYDAY_FILES)]
    vocabulary = corpus.vocabulary
    said = said_by_documents(vocabulary)
    departments = set(chain.from_iterable(corpus.spellings.groups))
    for word, others in said.items():
        parts[_file(word)].words[word] = _useful(others, lambda other: other in departments or present(other))
    for word in map(normalize, vocabulary.weak):
        parts[_file(word)].weak.append(word)
    for filler in vocabulary.fillers:
        parts[_file(filler)].fillers.append(filler)
    for word in own:
        parts[_file(word)].own.append(word)
    rows = []
    for at, (row, names) in enumerate(_near(corpus, said)):
        rows.append(row)
        for name in names:
            parts[_file(name)].near.setdefault(name, []).append(at)
    files = {f"everyday-{at:x}": squeeze(part.packed()) for at, part in enumerate(parts)}
    return files | {"near": squeeze(pack_text(rows))}


def _useful(words: Sequence[str], present: Callable[[str], bool]) -> list[str]:
    """The words that texts have; where they have none, those that may be found by their parts."""
    return ([word for word in words if present(word)] or [word for word in words if len(word) >= _COMPOUND])[:_MOST]


def said_by_documents(vocabulary: SearchVocabulary) -> dict[str, list[str]]:
    """How documents say every word of the vocabulary: directly, and by way of another word."""
    edges: dict[str, dict[str, None]] = defaultdict(dict)
    for word, others in chain(vocabulary.everyday, vocabulary.to):
        edges[normalize(word)] |= dict.fromkeys(map(normalize, others))
    for group in vocabulary.same:
        words = list(map(normalize, group))
        for word in words:
            edges[word] |= dict.fromkeys(words)
    return {word: _reached(word, edges) for word in edges}


def _reached(word: str, edges: Mapping[str, Mapping[str, None]]) -> list[str]:
    found = {word: None}
    for _ in range(_STEPS):
        found |= dict.fromkeys(other for one in found for other in edges.get(one, ()))
    return list(found)[1:]


def _near(corpus: Corpus, said: Mapping[str, Sequence[str]]) -> Iterator[tuple[list[Any], list[str]]]:
    """The pages of themes and people, and lists: rows without names, and names with the words that mean one of them."""
    numbers = {organ: at for at, organ in enumerate(corpus.organs)}
    saying: dict[str, list[str]] = defaultdict(list)  # by what is said, the words that say it
    for word, others in said.items():
        for other in others:
            saying[other].append(word)
    order = {word: at for at, word in enumerate(said)}
    known: dict[tuple[str, ...], list[str]] = {}  # many districts call a theme the same
    for one in destinations(corpus):
        if one.kind in _NEAR:
            names = (normalize(one.title), *one.names)
            if names not in known:
                meant = sorted(chain.from_iterable(saying.get(name, ()) for name in names), key=order.__getitem__)
                known[names] = [name for name in dict.fromkeys((*names, *meant)) if not _MARKS.search(name)]
            yield row_of_page(one, numbers), known[names]


def _file(word: str) -> int:
    return term_hash(word[0]) % EVERYDAY_FILES
