"""The files of the search, from the stored records; kept in the cache by the digest of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.model.column import Column
from generator.write.cache import kept
from generator.write.rows import stored_records


def search_content(column: Column, chunks: Sequence[Path], cache: Path, key: str) -> dict[str, dict[str, bytes]]:
    """Every directory of the search with its files."""

    def make() -> Iterator[tuple[str, bytes]]:
        # Imported where it is needed: the dictionaries behind it take longer to load than a whole small site to write.
        from generator.search.index import search_files  # noqa: PLC0415

        records = list(stored_records(chunks))
        yield from search_files(records, column.units.values(), column.themes, column.organs, column.search_vocabulary)

    found: dict[str, dict[str, bytes]] = {}
    for path, content in kept(cache, key, make):
        directory, _, name = path.rpartition("/")
        found.setdefault(f"{directory}/", {})[name] = content
    return found


def lunr_content(column: Column, chunks: Sequence[Path]) -> dict[str, bytes]:
    """The whole index for lunr.js, where it is small enough to be offered."""
    from generator.search.compiled import LARGEST, lunr_index  # noqa: PLC0415 - see above

    if len(column.index.entries) > LARGEST:
        return {}
    return {
        "lunr-index.json": lunr_index(list(stored_records(chunks)), column.units.values(), column.search_vocabulary)
    }
