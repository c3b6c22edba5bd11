"""A federation whose search is a service before OpenSearch (deploy/search): what that reads, and the joined tables.

No index is made. Of every district an entry of the cache has what is made of it alone: its words, and its tables as
parts of compressed files. Who published anew is read again; all else is put together from bytes that are there. Names
of departments and pages are made anew when one of them changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gongkai.cache.cache import digest, program_digest
from gongkai.cache.entry import DamagedError, forget, save, sound
from gongkai.cache.plain import encode, fingerprint
from gongkai.cache.values import save_values, value_of
from gongkai.column import urls
from gongkai.federation.joined import Joined
from gongkai.federation.part import Part
from gongkai.federation.tables import compressed_rows, write_tables
from gongkai.output.output_dir import OutputDir
from gongkai.output.search import sounding
from gongkai.search.corpus import Corpus, Used, destinations, head_of
from gongkai.search.destinations import Names, names_together
from gongkai.search.encoding import compress, pack_json, pack_text
from gongkai.search.narrowing import audience_names
from gongkai.search.shards import facet_names
from gongkai.search.spellings import Spellings
from gongkai.search.words import Words, documents_file, file_words, joined_words, one_in, word_files
from gongkai.workers import Shared, parallel_map

MODE = "service"
"""In the manifest of the search: there is no index, and who is not answered is led to the districts."""
_PAGES = 16
"""A district is as much work as so many pages."""
_TABLES = "tables"
"""The entry of what was written of the tables."""


class _Corpus(Corpus, frozen=True):
    """What is searched, of which no record is read."""

    @cached_property
    def used(self) -> Used:
        """What is in use, as the districts' heads say."""
        records = self.records
        assert isinstance(records, Joined)
        return records.used

    @property
    def large(self) -> bool:
        """Always: whether texts have a word is known from the words that were counted."""
        return True


class _Making(Struct, frozen=True):
    """What a district's entry is made with: the cache, and of how many records one is counted."""

    cache: Path
    every: int

    def entry(self, part: Part) -> Path:
        """Where it lies."""
        return self.cache / MODE / digest(program_digest(), part.key, self.every)


class Served(Struct, frozen=True, dict=True):
    """Makes what is served of the districts that are joined; ``cache`` is that of federations."""

    joined: Joined
    cache: Path

    def prepare(self) -> None:
        """Have every district's entry."""
        parts, making = self.joined.parts, self._making
        missing = [part.path for part in parts if not sound(making.entry(part))]
        shared = Shared(making, _Making, (making.cache, making.every))
        for _ in parallel_map(_prepare, missing, shared, pages=_PAGES * len(missing), long=True):
            pass

    def files(self) -> Iterator[tuple[str, bytes]]:
        """What the service reads, by address; the manifest first. Their directory is named by what they say."""
        corpus, (names, cut) = self._corpus, self._names
        texts = {"head": pack_text(head_of(corpus, names)), "facets": facet_names(corpus, (), corpus.used.themes)}
        if corpus.used.audiences:
            known = [audience for audience in corpus.audiences if audience in corpus.used.audiences]
            texts["audiences"] = audience_names(known, corpus.audiences)
        made = {name: compress(text) for name, text in texts.items()}
        made |= names.files | self._words | documents_file(corpus)
        wanted = (*self._entries, self._place_of_names, self._place_of_words)
        forget(self.cache / MODE, {_TABLES, *(path.name for path in wanted)})
        known_by = [(name, blake2b(content, digest_size=16).digest()) for name, content in sorted(made.items())]
        directory = blake2b(repr(known_by).encode(), digest_size=6).hexdigest()
        manifest = {"version": 1, "mode": MODE, "directory": directory, "names": cut}
        yield f"{urls.SEARCH}manifest.json", pack_json(manifest)
        yield from ((f"{urls.SEARCH}{directory}/{name}.bin", content) for name, content in made.items())

    def write_tables(self, tree: OutputDir, copies: Path) -> None:
        """Write every table with the rows of all districts, with its compressed copy; as old as the oldest of them."""
        districts = dict(zip(self._entries, self.joined.parts, strict=True))
        known = self.cache / MODE / _TABLES
        write_tables(tree, copies, self.joined.oldest.isoformat(), districts, 1, known)

    @cached_property
    def _making(self) -> _Making:
        return _Making(self.cache, one_in(len(self.joined)))

    @cached_property
    def _entries(self) -> list[Path]:
        return list(map(self._making.entry, self.joined.parts))

    @cached_property
    def _corpus(self) -> Corpus:
        """What is searched, without what departments and pages are called."""
        joined, vocabulary = self.joined, self.joined.city.search_vocabulary
        known = (joined.themes, joined.organs, vocabulary, Spellings(vocabulary, ()), joined.city.audiences)
        return _Corpus(joined, *known, contains={})

    @cached_property
    def _named(self) -> Corpus:
        return replace(self._corpus, spellings=self.joined.spellings, elsewhere=self.joined.destinations)

    @cached_property
    def _names(self) -> tuple[Names, int]:
        made: tuple[Names, int] = _kept(self._place_of_names, tuple[Names, int], self._make_names)
        return made

    def _make_names(self) -> tuple[Names, int]:
        corpus = self._named
        return names_together(corpus.spellings, destinations(corpus), list(corpus.organs), compress)

    @cached_property
    def _words(self) -> dict[str, bytes]:
        made: dict[str, bytes] = _kept(self._place_of_words, dict[str, bytes], self._make_words)
        return made

    def _make_words(self) -> dict[str, bytes]:
        with sounding(self.cache) as sounds:
            return word_files(self._named, [self._counted], compress, sounds)

    @cached_property
    def _counted(self) -> Words:
        kind = tuple[dict[str, int], list[str], str]
        return joined_words(Words(*value_of(path, kind)) for path in self._entries)

    @cached_property
    def _place_of_names(self) -> Path:
        city = self.joined.city
        said = [part.names for part in self.joined.parts]
        about = fingerprint((said, city.search_vocabulary, list(city.audiences.items())))
        return self.cache / MODE / f"names-{digest(program_digest(), about)}"

    @cached_property
    def _place_of_words(self) -> Path:
        counts, single, characters = self._counted
        about = (sorted(counts.items()), sorted(set(single)), "".join(sorted(set(characters))))
        return self.cache / MODE / f"words-{digest(self._place_of_names.name, fingerprint(about))}"


def _prepare(making: _Making, path: str) -> None:
    part: Part = value_of(Path(path), Part)
    words = tuple(file_words(part.records(), making.every))
    save(making.entry(part), encode(words), *compressed_rows(part))


def _kept(path: Path, kind: Any, make: Callable[[], Any]) -> Any:
    """What lies there; it is made where there is nothing."""
    try:
        return value_of(path, kind)
    except (FileNotFoundError, DamagedError):
        made = make()
        save_values(path, [made])
        return made
