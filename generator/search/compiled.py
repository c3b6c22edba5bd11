"""lunr.py as the compiler of the index: the reference for weights, and the maker of the index offered for download.

It keeps every vector in memory and takes seconds for a few thousand records, so large columns use
:class:`generator.search.postings.Postings`, which streams and gives the same weights to the last digit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lunr.builder import Builder
from lunr.index import Index

from generator.model.record import Record
from generator.model.unit import Unit
from generator.model.vocabulary import SearchVocabulary
from generator.search.encoding import pack_json
from generator.search.fields import BOOSTS, field_tokens
from generator.search.spellings import Spellings

LARGEST = 2_000
"""Records up to which lunr.py compiles; beyond, the streamed builder takes over and no whole index is offered."""


def compile_index(records: Sequence[Record], spellings: Spellings) -> Index:
    """The index of all records, with our tokens and field weights; references are record ids."""
    builder = Builder()
    builder.ref("id")
    for name, boost in BOOSTS.items():
        builder.field(name, boost)
    for record in records:
        builder.add({"id": record.id, **field_tokens(record, spellings)})
    return builder.build()


def compiled_postings(index: Index, records: Sequence[Record]) -> Iterator[tuple[str, list[int], list[float]]]:
    """Every token with its records (ascending) and the sum of their field weights, sorted by token."""
    numbers = {record.id: number for number, record in enumerate(records)}
    names = {posting["_index"]: token for token, posting in index.inverted_index.items()}
    sums: dict[str, dict[int, float]] = {}
    for name in BOOSTS:  # field by field, in order, so that sums round as the streamed builder's do
        for reference, vector in index.field_vectors.items():
            field, _, identifier = reference.partition("/")
            if field != name:
                continue
            record = numbers[identifier]
            for at in range(0, len(vector.elements), 2):
                row = sums.setdefault(names[int(vector.elements[at])], {})
                row[record] = row.get(record, 0.0) + vector.elements[at + 1]
    for token in sorted(sums):
        ids = sorted(sums[token])
        yield token, ids, [sums[token][record] for record in ids]


def lunr_index(records: Sequence[Record], units: Iterable[Unit], vocabulary: SearchVocabulary) -> bytes:
    """JSON for ``lunr.Index.load`` of lunr.js 2.3.9; tokens are those of content/search-developers.md."""
    return pack_json(compile_index(records, Spellings(vocabulary, units)).serialize())
