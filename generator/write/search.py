"""The files of the search, from the stored records; kept in the cache by the digest of all of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from pathlib import Path

from generator.model.column import Column
from generator.pages.search import Opening
from generator.write.cache import kept
from generator.write.rows import StoredRecords
from generator.write.tree import Files


def search_content(
    column: Column, chunks: Sequence[Path], cache: Path, key: str
) -> tuple[Opening, Iterator[tuple[str, Files]]]:
    """What the search page must know, and every directory of the search with its files."""

    def make() -> Iterable[tuple[str, bytes]]:
        # Imported where it is needed: the dictionaries behind it take longer to load than a whole small site to write.
        from generator.search.index import search_files  # noqa: PLC0415

        records = StoredRecords(chunks, len(column.index.entries))
        vocabularies = (column.units.values(), column.themes, column.organs, column.search_vocabulary)
        return search_files(records, *vocabularies, audiences=column.audiences, contains=column.printed)

    found = kept(cache, key, make)
    manifest = next(found)
    said = json.loads(manifest[1])
    return Opening(said["mode"], said["directory"]), _directories(chain([manifest], found))


def _directories(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, Files]]:
    for directory, inside in groupby(files, lambda file: file[0].rpartition("/")[0]):
        yield f"{directory}/", ((path.rpartition("/")[2], content) for path, content in inside)


def lunr_content(column: Column, chunks: Sequence[Path]) -> Files:
    """The whole index for lunr.js, where it is small enough to be offered."""
    from generator.search.compiled import LARGEST, lunr_index  # noqa: PLC0415 - see above

    if len(column.index.entries) <= LARGEST:
        records = list(StoredRecords(chunks, len(column.index.entries)))
        yield "lunr-index.json", lunr_index(records, column.units.values(), column.search_vocabulary)
