"""The search of many districts: tasks by name, shared by all processes, whose files are the same whoever makes them.

    count (a district) ─▶ weigh (a slice of all words) ─▶ shards (a parcel of words)
    texts (a range of records), words, facets, narrowing, head

What is counted of a district stays in the cache under the digest of its data, so that only who published anew is
counted again; the rest is put together from these counts, which takes time that grows with all records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Any

from msgspec import Struct

from gongkai.cache.cache import digest, program_digest
from gongkai.cache.entry import forget, save, sound
from gongkai.cache.plain import encode, fingerprint
from gongkai.cache.values import save_values, value_of
from gongkai.federation.joined import City, Joined
from gongkai.federation.part import Part
from gongkai.output.search import FILES, HEAVY, PARCELS, SHARDS, TERMS, compressing, memory, opened, sounding
from gongkai.search.corpus import Corpus
from gongkai.search.encoding import Compress, Encoded
from gongkai.search.fields import field_tokens
from gongkai.search.index import narrowing_files
from gongkai.search.postings import counted
from gongkai.search.shards import bucket_count, facets_file, head_file, shard_files, terms, text_files
from gongkai.search.weighing import weighed
from gongkai.search.words import Words, file_words, one_in, word_files
from gongkai.workers import Shared, parallel_map

_PAGES = 16
"""A district is as much work as so many pages."""
_Made = dict[str, bytes]


class FederatedSearch(Struct, frozen=True, dict=True):
    """Makes the search of the districts that are joined; ``cache`` is that of federations."""

    joined: Joined
    cache: Path

    @classmethod
    def of(cls, said: str, cache: str) -> FederatedSearch:
        """That of another process: ``said`` is an entry with the paths of the parts, and what the city says."""
        paths = value_of(Path(said), list[str])
        parts = [value_of(Path(path), Part) for path in paths]
        return cls(Joined(parts, value_of(Path(said), City, 1)), Path(cache))

    def prepare(self) -> None:
        """Make every part that is missing."""
        save_values(self._said, [[part.path for part in self.joined.parts], self.joined.city])
        shared = Shared(self, FederatedSearch.of, (str(self._said), str(self.cache)))
        pages = _PAGES * len(self.joined.parts)
        counting = [at for at in range(len(self.joined.parts)) if not sound(self.counts[at])]
        texts = [f"texts-{at}" for at in range(len(self.joined.ranges))]
        rounds: tuple[list[Any], ...] = ([*texts, "words"], [*TERMS, "facets", "narrowing"], [*SHARDS, "head"])
        for _ in parallel_map(_count, counting, shared, pages=pages, long=True):
            pass
        _ = self.corpus.used, self.joined.numbers  # before processes are forked, so that none finds it out for itself
        for names in rounds:
            for _ in parallel_map(_make, names, shared, pages=pages, long=True):
                pass
        made = list(chain(*rounds))
        forget(self.cache / "joined", {self._said.name})
        forget(self.cache / "counts", {path.name for path in self.counts})
        forget(self.cache / "search", {self._part(name).name for name in made})
        forget(self.cache / "remembered", {memory(self.cache, name).name for name in (*made, "sounds")})

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file, one part after another: together they would be too much for the memory."""
        for name in ("words", "narrowing", "facets", "head", *SHARDS):
            yield from value_of(self._part(name), _Made).items()
        for name in TERMS:
            yield from value_of(self._part(name), _Made, FILES).items()
        for at in range(len(self.joined.ranges)):
            yield from value_of(self._part(f"texts-{at}"), _Made).items()

    @cached_property
    def corpus(self) -> Corpus:
        """What is searched, without the texts."""
        joined, city = self.joined, self.joined.city
        records = joined.outlines
        contains: dict[str, list[str]] = {}
        known = (joined.themes, joined.organs, city.search_vocabulary, joined.spellings, city.audiences, contains)
        return Corpus(records, *known, elsewhere=joined.destinations)

    @cached_property
    def counts(self) -> list[Path]:
        """Where the counts of every district lie, with its words."""
        about = (fingerprint((self.joined.spellings.groups, sorted(self.joined.city.audiences))), self._every)
        return [self.cache / "counts" / digest(program_digest(), part.key, *about) for part in self.joined.parts]

    @cached_property
    def _every(self) -> int:
        return one_in(len(self.joined))

    @cached_property
    def _key(self) -> str:
        city, joined = self.joined.city, self.joined
        known = [list(register.items()) for register in (joined.themes, joined.organs, city.audiences)]
        return digest(*(path.name for path in self.counts), fingerprint((known, city.search_vocabulary)))

    def count(self, at: int) -> None:
        """Count the tokens of a district, and its words."""
        records = list(map(self.joined.known, self.joined.parts[at].records()))
        tokens = counted(field_tokens(record, self.joined.spellings) for record in records)
        save(self.counts[at], tokens, *map(encode, [tuple(file_words(records, self._every))]))

    def make(self, name: str) -> None:
        """Have a part in the cache."""
        if not sound(self._part(name)):
            with compressing(self.cache, name) as squeeze:
                save_values(self._part(name), self._makers[name](squeeze))

    @cached_property
    def _makers(self) -> dict[str, Callable[[Compress], list[Any]]]:
        makers: dict[str, Callable[[Compress], list[Any]]] = {
            "words": self._make_words,
            "narrowing": lambda _: [narrowing_files(self.corpus)],
            "facets": lambda squeeze: [facets_file(self.corpus, squeeze)],
            "head": lambda squeeze: [head_file(self.corpus, *self._heavy, squeeze)],
        }
        makers |= {name: partial(self._weigh, at) for at, name in enumerate(TERMS)}
        makers |= {f"texts-{at}": partial(self._make_texts, at) for at in range(len(self.joined.ranges))}
        return makers | {name: partial(self._make_shards, at) for at, name in enumerate(SHARDS)}

    def _make_texts(self, at: int, squeeze: Compress) -> list[Any]:
        begin, end = self.joined.ranges[at]
        return [{name: squeeze(text) for name, text in text_files(self.corpus, self.joined.some(begin, end), begin)}]

    def _make_words(self, squeeze: Compress) -> list[Any]:
        kind = tuple[dict[str, int], list[str], str]
        words = (Words(*value_of(path, kind, 1)) for path in self.counts)
        with sounding(self.cache) as sounds:
            return [word_files(self.corpus, words, squeeze, sounds)]

    def _weigh(self, at: int, squeeze: Compress) -> list[Any]:
        made = terms(weighed(opened(self.counts), at, self.joined.numbers), squeeze)
        return [(made.heavy, made.weight), made.files, *made.parcels]

    @cached_property
    def _heavy(self) -> tuple[list[tuple[str, int]], int]:
        """The tokens with files of their own, and how many shards there are for the others."""
        known = [value_of(self._part(name), tuple[list[tuple[str, int]], int], HEAVY) for name in TERMS]
        return [token for tokens, _ in known for token in tokens], bucket_count(sum(weight for _, weight in known))

    def _make_shards(self, parcel: int, squeeze: Compress) -> list[Any]:
        rows = chain.from_iterable(value_of(self._part(name), list[Encoded], PARCELS + parcel) for name in TERMS)
        return [shard_files(parcel, rows, self._heavy[1], squeeze)]

    @cached_property
    def _said(self) -> Path:
        """Where other processes read what is joined."""
        about = digest(*(part.path for part in self.joined.parts), fingerprint(self.joined.city))
        return self.cache / "joined" / about

    def _part(self, name: str) -> Path:
        return self.cache / "search" / f"{self._key}-{name}"


def _count(search: FederatedSearch, at: int) -> None:
    search.count(at)


def _make(search: FederatedSearch, name: str) -> None:
    search.make(name)
