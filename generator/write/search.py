"""The files of the search, made part by part so that two processes share them and none holds all tokens.

Tokens are counted once for every authored file; an index is put together from some of the tokens of all files at a
time. All of it stays in the cache: counts under the key of their file, parts under the key of the whole column.
"""

from __future__ import annotations

import json
import marshal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain, groupby
from pathlib import Path
from typing import Any, BinaryIO

from generator.model.column import Column
from generator.pages.search import Opening
from generator.search.corpus import Corpus
from generator.search.encoding import SLICES, Compress, compress
from generator.search.fields import field_tokens
from generator.search.index import narrowing_files, pack_file, published
from generator.search.shards import Terms, term_files, terms, text_files
from generator.search.spellings import Spellings
from generator.search.words import Words, file_words, one_in, pinyin, word_files
from generator.store import digest, program_digest
from generator.workers import each
from generator.write.cache import forget, of_content, program_versions, remembered, save
from generator.write.rows import StoredRecords
from generator.write.tree import Files

_TERMS = [f"terms-{at}" for at in range(SLICES)]


@dataclass(frozen=True)
class SearchMaker:
    """Makes the search of a column from the stored records of its files; ``key`` is a digest of what they say."""

    column: Column
    chunks: Sequence[Path]
    cache: Path
    key: str

    @cached_property
    def _corpus(self) -> Corpus:
        column = self.column
        spellings = Spellings(column.search_vocabulary, column.units.values())
        records = StoredRecords(self.chunks, len(column.index.entries))
        known = (column.themes, column.organs, column.search_vocabulary, spellings, column.audiences, column.printed)
        return Corpus(records, *known)

    def prepare(self, told: Callable[[int, int], None]) -> None:
        """Bring the parts of a large index into the cache; ``told`` hears how much is done: half of it is counting."""
        if self._kept("pack") is None:
            half = len(self.chunks)
            counting = [at for at, path in enumerate(self._counts) if not path.is_file()]
            for done, _ in enumerate(each(self._count, counting), start=1):
                told(half - len(counting) + done, 2 * half)
            large = ["words", "texts", *_TERMS, "narrowing"]  # longest first
            for done, _ in enumerate(each(self._make, large, long=True), start=1):
                told(half + half * done // len(large), 2 * half)
        forget(self.cache / "tokens", {path.name for path in self._counts})
        forget(self.cache / "words", {path.name for path in self._words})
        forget(self.cache / "search", {self._part(name).name for name in self._makers})
        forget(self.cache / "remembered", {self._memory(name).name for name in (*self._makers, "shards", "sounds")})

    def content(self) -> tuple[Opening, Iterator[tuple[str, Files]]]:
        """What the search page must know, and every directory of the search with its files."""
        files: dict[str, bytes] = self._kept("words") | self._kept("narrowing") | (self._kept("pack") or {})
        if "pack" not in files:
            parts = [Terms(*self._kept(name)) for name in _TERMS]
            with self._compressing("shards") as squeeze:
                files |= self._kept("texts") | term_files(self._corpus, parts, squeeze)
        found = published(files)
        manifest = next(found)
        said = json.loads(manifest[1])
        return Opening(said["mode"], said["directory"]), _directories(chain([manifest], found))

    @cached_property
    def _makers(self) -> dict[str, Callable[[Compress], Any]]:
        makers: dict[str, Callable[[Compress], Any]] = {
            "pack": lambda _: pack_file(self._corpus),
            "words": self._make_words,
            "narrowing": lambda _: narrowing_files(self._corpus),
            "texts": partial(text_files, self._corpus),
        }
        return makers | {name: partial(self._weigh, at) for at, name in enumerate(_TERMS)}

    def _make(self, name: str) -> None:
        if not self._part(name).is_file():
            with self._compressing(name) as squeeze:
                save(self._part(name), marshal.dumps(self._makers[name](squeeze)))

    def _kept(self, name: str) -> Any:
        self._make(name)
        return marshal.loads(self._part(name).read_bytes())  # noqa: S302 - our own cache

    def _count(self, at: int) -> None:
        from generator.search.postings import counted  # noqa: PLC0415 - no small column needs arrays

        records = StoredRecords([self.chunks[at]], 0)
        save(self._counts[at], counted(field_tokens(record, self._corpus.spellings) for record in records))

    def _words_of(self, at: int) -> Words:
        path = self._words[at]
        if not path.is_file():
            save(path, marshal.dumps(tuple(file_words(StoredRecords([self.chunks[at]], 0), self._every))))
        return Words(*marshal.loads(path.read_bytes()))  # noqa: S302

    def _make_words(self, squeeze: Compress) -> dict[str, bytes]:
        words = map(self._words_of, range(len(self.chunks)))
        with remembered(self._memory("sounds"), pinyin) as sounds:
            return word_files(self._corpus, words, squeeze, sounds)

    def _weigh(self, at: int, squeeze: Compress) -> tuple[Any, ...]:
        from generator.search.weighing import weighed  # noqa: PLC0415

        return tuple(terms(weighed(self._opened(), at), squeeze))

    def _opened(self) -> Iterator[BinaryIO]:
        for path in self._counts:
            with path.open("rb") as file:
                yield file

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

    def _memory(self, name: str) -> Path:
        return self.cache / "remembered" / f"{name}-{digest(program_digest(), program_versions())}"

    def _compressing(self, name: str) -> AbstractContextManager[Compress]:
        return remembered(self._memory(name), compress, of_content)


def _directories(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, Files]]:
    for directory, inside in groupby(files, lambda file: file[0].rpartition("/")[0]):
        yield f"{directory}/", ((path.rpartition("/")[2], content) for path, content in inside)


def lunr_content(column: Column, chunks: Sequence[Path]) -> Files:
    """The whole index for lunr.js, where it is small enough to be offered."""
    from generator.search.compiled import LARGEST, lunr_index  # noqa: PLC0415 - loaded where it is needed only

    if len(column.index.entries) <= LARGEST:
        records = list(StoredRecords(chunks, len(column.index.entries)))
        yield "lunr-index.json", lunr_index(records, column.units.values(), column.search_vocabulary)
