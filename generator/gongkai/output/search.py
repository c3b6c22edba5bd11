"""The files of the search, made part by part so that processes share them and none holds all tokens.

Tokens are counted once for every authored file; an index is put together from some of the tokens of all files at a
time. All of it stays in the cache: counts under the key of their file, parts under the key of the whole column.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import cached_property, partial
from itertools import chain, groupby, islice
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from msgspec import Struct

from gongkai.cache.cache import digest, program_digest
from gongkai.cache.entry import DamagedError, checksum, forget, save, sound
from gongkai.cache.plain import fingerprint
from gongkai.cache.values import remembered, save_values, value_of
from gongkai.column.site_data import SiteData
from gongkai.kinds.walk import within
from gongkai.output.cache import program_versions
from gongkai.output.output_dir import Files
from gongkai.output.rows import StoredRecords
from gongkai.search.corpus import Changing, Corpus, changing
from gongkai.search.destinations import NamedPage
from gongkai.search.encoding import SLICES, Compress, Encoded, compress
from gongkai.search.fields import field_tokens
from gongkai.search.index import files_of_answers, narrowing_files, pack_file, published, status_files
from gongkai.search.shards import FRAGMENT_RECORDS, bucket_count, facets_file, head_file, shard_files, terms, text_files
from gongkai.search.sounds import pinyin
from gongkai.search.spellings import Spellings
from gongkai.search.words import Sounds, Words, file_words, one_in, word_files
from gongkai.site.search import Opening
from gongkai.workers import Shared, parallel_map

TERMS = [f"terms-{at}" for at in range(SLICES)]
SHARDS = [f"shards-{at}" for at in range(SLICES)]
_WORDS, _TEXTS, _LUNR = "words", "texts", "lunr"
_ROUNDS = ([_WORDS, _TEXTS, *TERMS, "facets", "narrowing"], [*SHARDS, "head"])
"""What is made together, what takes longest first; shards are made of all terms."""
_BATCH = 1024
"""Fragments of texts that are held at a time."""
_Made = dict[str, bytes]
"""Files of a part, by name."""
HEAVY, FILES, PARCELS = range(3)
"""What is kept of some tokens: those with a file of their own, these files, all other tokens in parcels."""


def weighed(column: SiteData, records: bytes, named: Sequence[NamedPage]) -> bytes:
    """A digest of what words are weighed from: ``records`` is that of all records. Not of what changes with the day."""
    registers = (column.themes, column.organs, column.units, column.audiences)
    known = [list(register.items()) for register in registers]
    return fingerprint((records, known, column.search_vocabulary, within(column), named))


def memory(cache: Path, name: str) -> Path:
    """Where what was made for a part is remembered: other programs and libraries may make it otherwise."""
    return cache / "remembered" / f"{name}-{digest(program_digest(), program_versions())}"


def compressing(cache: Path, name: str) -> AbstractContextManager[Compress]:
    """What compresses the files of a part; what it compressed last time is not compressed again."""
    return remembered(memory(cache, name), compress, dict[bytes, bytes], checksum)


def sounding(cache: Path) -> AbstractContextManager[Sounds]:
    """What gives the sounds of words, those of last time at once."""
    return remembered(memory(cache, "sounds"), pinyin, dict[str, tuple[str, ...]])


def opened(paths: Iterable[Path]) -> Iterator[BinaryIO]:
    """Files one after the other, each open while it is looked at."""
    for path in paths:
        with path.open("rb") as file:
            yield file


class HasSearch(Protocol):
    """What knows the search that is made."""

    @property
    def search(self) -> SearchMaker: ...  # noqa: D102


class SearchMaker(Struct, frozen=True, dict=True):
    """Makes the search of a column from the stored records of its files; ``key`` is a digest of what they say.

    ``pages`` are those that a query may name.
    """

    column: SiteData
    chunks: Sequence[Path]
    cache: Path
    key: str
    pages: Sequence[NamedPage]

    @cached_property
    def _corpus(self) -> Corpus:
        column = self.column
        units, organs = column.units.values(), column.organs.values()
        spellings = Spellings(column.search_vocabulary, units, organs)
        records = StoredRecords(self.chunks, len(column.index.entries))
        known = (column.themes, column.organs, column.search_vocabulary, spellings, column.audiences, within(column))
        return Corpus(records, *known, units, self.pages, column.documents, **self._changing)

    @cached_property
    def _changing(self) -> Changing:
        return changing(self.column)

    @property
    def changed(self) -> bytes:
        """A digest of what changes with the day: what came of the records, and the answers that hold."""
        now = self._changing
        statuses = [(record, status.value) for record, status in now["statuses"].items()]
        latest = [(record, str(day), what) for record, (day, what) in now["latest"].items()]
        return fingerprint((statuses, latest, sorted(now["holding"].items())))

    def prepare(self, on_progress: Callable[[int, int], None], shared: Shared[HasSearch]) -> None:
        """Bring the parts of a large index into the cache; ``on_progress`` is called (done, total)."""
        size = len(self.column.index.entries)
        if self._kept("pack", kind=_Made | None) is None:
            half = len(self.chunks)
            counting = [at for at, path in enumerate(self._counts) if not sound(path)]
            for done, _ in enumerate(parallel_map(_count, counting, shared, pages=size), start=1):
                on_progress(half - len(counting) + done, 2 * half)
            made = chain.from_iterable(parallel_map(_make, names, shared, pages=size, long=True) for names in _ROUNDS)
            for done, _ in enumerate(made, start=1):
                on_progress(half + half * done // sum(map(len, _ROUNDS)), 2 * half)
        forget(self.cache / "tokens", {path.name for path in self._counts})
        forget(self.cache / "words", {path.name for path in self._words})
        parts = (*self._makers, *self._batches)
        forget(self.cache / "search", {self._part(name).name for name in parts})
        forget(self.cache / "remembered", {memory(self.cache, name).name for name in (*parts, "sounds")})

    def content(self) -> tuple[Opening, Iterator[tuple[str, Files]]]:
        """What the search page must know, and every directory of the search with its files."""
        found = published(self._files)
        manifest = next(found)
        said = json.loads(manifest[1])
        return Opening.of(said), _directories(chain([manifest], found))

    def download(self) -> Files:
        """The whole index for lunr.js, where it is small enough to be offered."""
        return self._kept(_LUNR).items()  # type: ignore[no-any-return]

    def _make_download(self) -> _Made:
        from gongkai.search.compiled import MAX_COMPILED_RECORDS, lunr_index  # noqa: PLC0415 - loaded where it is needed

        column = self.column
        if len(self._corpus.records) > MAX_COMPILED_RECORDS:
            return {}
        known = (column.units.values(), column.organs.values(), column.search_vocabulary)
        index = lunr_index(list(self._corpus.records), *known)
        return {"lunr-index.json": index}

    def _files(self) -> Iterator[tuple[str, bytes]]:
        """Every file, one part after another: together they would be too much for the memory."""
        yield from status_files(self._corpus).items()
        yield from self._answers.items()
        small = self._kept("pack", kind=_Made | None)
        for name in (_WORDS, "narrowing", *(["pack"] if small else ["facets", "head", *SHARDS])):
            yield from self._kept(name).items()
        if not small:
            for name in TERMS:
                yield from self._kept(name, FILES).items()
            self.make(_TEXTS)
            for name in self._batches:
                yield from value_of(self._part(name), _Made).items()

    @cached_property
    def _answers(self) -> _Made:
        """Made anew each time: which answers hold changes with the day."""
        return files_of_answers(self._corpus)

    @cached_property
    def _makers(self) -> dict[str, Callable[[Compress], Iterable[Any]]]:
        """By name of a part: what makes the values of it."""
        makers: dict[str, Callable[[Compress], Iterable[Any]]] = {
            "pack": lambda _: [pack_file(self._corpus)],
            _WORDS: lambda squeeze: [self._make_words(squeeze)],
            "narrowing": lambda _: [narrowing_files(self._corpus)],
            _LUNR: lambda _: [self._make_download()],
            "facets": lambda squeeze: [facets_file(self._corpus, squeeze)],
            "head": lambda squeeze: [head_file(self._corpus, *self._heavy, squeeze)],
        }
        makers |= {name: partial(self._weigh, at) for at, name in enumerate(TERMS)}
        return makers | {name: partial(self._make_shards, at) for at, name in enumerate(SHARDS)}

    def make(self, name: str) -> None:
        """Have a part in the cache."""
        if name == _TEXTS:
            self._make_texts()
        elif not self._part(name).is_file():
            with compressing(self.cache, name) as squeeze:
                save_values(self._part(name), self._makers[name](squeeze))

    def _kept(self, name: str, at: int = 0, kind: Any = _Made) -> Any:
        self.make(name)
        return value_of(self._part(name), kind, at)

    def _make_texts(self) -> None:
        """All texts at one go, batch by batch: who makes one alone would have to find where its records begin."""
        if all(self._part(name).is_file() for name in self._batches):
            return
        found = text_files(self._corpus)
        for name in self._batches:
            with compressing(self.cache, name) as squeeze:
                save_values(self._part(name), [{file: squeeze(text) for file, text in islice(found, _BATCH)}])

    @cached_property
    def _batches(self) -> list[str]:
        return [f"texts-{at}" for at in range(-(-len(self._corpus.records) // (FRAGMENT_RECORDS * _BATCH)))]

    @cached_property
    def _heavy(self) -> tuple[list[tuple[str, int]], int]:
        """The tokens with files of their own, and how many shards there are for the others."""
        known = [self._kept(name, HEAVY, tuple[list[tuple[str, int]], int]) for name in TERMS]
        return [token for tokens, _ in known for token in tokens], bucket_count(sum(weight for _, weight in known))

    def _make_shards(self, parcel: int, squeeze: Compress) -> list[dict[str, bytes]]:
        rows = chain.from_iterable(self._kept(name, PARCELS + parcel, list[Encoded]) for name in TERMS)
        return [shard_files(parcel, rows, self._heavy[1], squeeze)]

    def count(self, at: int) -> None:
        """Count the tokens and the words of one file."""
        from gongkai.search.postings import counted  # noqa: PLC0415 - no small column needs arrays

        records = StoredRecords([self.chunks[at]], 0)
        save(self._counts[at], counted(field_tokens(record, self._corpus.spellings) for record in records))
        self._words_of(at)

    def _words_of(self, at: int) -> Words:
        path = self._words[at]
        if not path.is_file():
            save_values(path, [tuple(file_words(StoredRecords([self.chunks[at]], 0), self._every))])
        return Words(*value_of(path, tuple[dict[str, int], list[str], str]))

    def _make_words(self, squeeze: Compress) -> dict[str, bytes]:
        words = map(self._words_of, range(len(self.chunks)))
        with sounding(self.cache) as sounds:
            return word_files(self._corpus, words, squeeze, sounds)

    def _weigh(self, at: int, squeeze: Compress) -> list[Any]:
        from gongkai.search.weighing import weighed  # noqa: PLC0415

        try:
            made = terms(weighed(opened(self._counts), at), squeeze)
        except Exception as error:  # counts that are whole and yet none
            raise DamagedError(self.cache / "tokens", repr(error)) from error
        return [(made.heavy, made.weight), made.files, *made.parcels]

    # Where everything lies in the cache.

    @cached_property  # asked for once a file
    def _counts(self) -> list[Path]:
        return [self.cache / "tokens" / chunk.name for chunk in self.chunks]

    @cached_property
    def _words(self) -> list[Path]:
        return [self.cache / "words" / f"{chunk.name}-{self._every}" for chunk in self.chunks]

    @cached_property
    def _every(self) -> int:
        return one_in(len(self.column.index.entries))

    def _part(self, name: str) -> Path:
        return self.cache / "search" / f"{self.key}-{name}"


def _count(site: HasSearch, at: int) -> None:
    site.search.count(at)


def _make(site: HasSearch, name: str) -> None:
    site.search.make(name)


def _directories(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, Files]]:
    for directory, inside in groupby(files, lambda file: file[0].rpartition("/")[0]):
        yield f"{directory}/", ((path.rpartition("/")[2], content) for path, content in inside)
