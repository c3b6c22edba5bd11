"""The files of the search, made part by part so that two processes share them and none holds all tokens.

Tokens are counted once for every authored file; an index is put together from some of the tokens of all files at a
time. All of it stays in the cache: counts under the key of their file, parts under the key of the whole column.
"""

from __future__ import annotations

import json
import marshal
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain, groupby
from pathlib import Path
from typing import Any

from generator.model.column import Column
from generator.pages.search import Opening
from generator.search.fields import field_tokens
from generator.search.index import (
    Corpus,
    Weighed,
    narrowing_files,
    pack_file,
    published,
    term_files,
    text_files,
    weigh,
    word_files,
)
from generator.search.postings import SLICES, Counted, Postings
from generator.search.spellings import Spellings
from generator.workers import each
from generator.write.cache import forget, save
from generator.write.rows import StoredRecords
from generator.write.tree import Files

_FEWEST, _AT_A_TIME = 4, 10_000_000
"""Parts in which tokens are weighed at least, and bytes of records whose tokens fill a part: some 70 MB in memory."""


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

    @cached_property  # asked for once a file
    def _counts(self) -> list[Path]:
        return [self.cache / "tokens" / chunk.name for chunk in self.chunks]

    def _part(self, name: str) -> Path:
        return self.cache / "search" / f"{self.key}-{name}"

    def prepare(self, told: Callable[[int, int], None]) -> None:
        """Bring the parts of a large index into the cache; ``told`` hears how much is done: half of it is counting."""
        if self._kept("pack") is None:
            half = len(self.chunks)
            counting = [at for at, path in enumerate(self._counts) if not path.is_file()]
            for done, _ in enumerate(each(self._count, counting), start=1):
                told(half - len(counting) + done, 2 * half)
            large = [*self._slices, "words", "texts", "narrowing"]
            for done, _ in enumerate(each(self._make, large, long=True), start=1):
                told(half + half * done // len(large), 2 * half)
        forget(self.cache / "tokens", {path.name for path in self._counts})
        forget(self.cache / "search", {self._part(name).name for name in self._makers})

    def content(self) -> tuple[Opening, Iterator[tuple[str, Files]]]:
        """What the search page must know, and every directory of the search with its files."""
        files: dict[str, bytes] = self._kept("words") | self._kept("narrowing") | (self._kept("pack") or {})
        if "pack" not in files:
            weighed = [Weighed(*self._kept(name)) for name in self._slices]
            files |= self._kept("texts") | term_files(self._corpus, weighed)
            for part in weighed:
                files |= part.files
        found = published(files)
        manifest = next(found)
        said = json.loads(manifest[1])
        return Opening(said["mode"], said["directory"]), _directories(chain([manifest], found))

    @cached_property
    def _makers(self) -> dict[str, Callable[[], Any]]:
        whole: dict[str, Callable[[Corpus], Any]] = {
            "pack": pack_file,
            "words": word_files,
            "narrowing": narrowing_files,
            "texts": text_files,
        }
        makers: dict[str, Callable[[], Any]] = {name: partial(make, self._corpus) for name, make in whole.items()}
        return makers | {name: partial(self._weigh, found) for name, found in self._slices.items()}

    @cached_property
    def _slices(self) -> dict[str, range]:
        size = sum(chunk.stat().st_size for chunk in self.chunks)
        count = min(SLICES, max(_FEWEST, -(-size // _AT_A_TIME)))
        return {f"terms-{at}": range(at, SLICES, count) for at in range(count)}

    def _make(self, name: str) -> None:
        if not self._part(name).is_file():
            save(self._part(name), marshal.dumps(self._makers[name]()))

    def _kept(self, name: str) -> Any:
        self._make(name)
        return marshal.loads(self._part(name).read_bytes())  # noqa: S302 - our own cache

    def _count(self, at: int) -> None:
        counted = Counted()
        for record in StoredRecords([self.chunks[at]], 0):
            counted.add(field_tokens(record, self._corpus.spellings))
        save(self._counts[at], counted.packed())

    def _weigh(self, slices: Iterable[int]) -> tuple[Any, ...]:
        postings = Postings()
        for path in self._counts:
            with path.open("rb") as file:
                postings.extend(file, slices)
        return tuple(weigh(postings))


def _directories(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, Files]]:
    for directory, inside in groupby(files, lambda file: file[0].rpartition("/")[0]):
        yield f"{directory}/", ((path.rpartition("/")[2], content) for path, content in inside)


def lunr_content(column: Column, chunks: Sequence[Path]) -> Files:
    """The whole index for lunr.js, where it is small enough to be offered."""
    from generator.search.compiled import LARGEST, lunr_index  # noqa: PLC0415 - loaded where it is needed only

    if len(column.index.entries) <= LARGEST:
        records = list(StoredRecords(chunks, len(column.index.entries)))
        yield "lunr-index.json", lunr_index(records, column.units.values(), column.search_vocabulary)
