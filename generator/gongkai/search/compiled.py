"""lunr.py: the reference for weights, and the maker of the index offered for download.

It takes some ten milliseconds a record, so the column's own search is compiled by
:class:`gongkai.search.postings.Postings`, which gives the same weights to the last digit (``tests/search``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lunr.builder import Builder
from lunr.index import Index
from lunr.token_set import TokenSet

from gongkai.column.record import Record
from gongkai.column.unit import Unit
from gongkai.column.vocabulary import Organ, SearchVocabulary
from gongkai.search.encoding import pack_json
from gongkai.search.fields import BOOSTS, field_tokens
from gongkai.search.spellings import Spellings

MAX_COMPILED_RECORDS = 500
"""Records up to which a whole index for lunr.js is offered: beyond, it weighs ten megabytes and more."""


def compile_index(records: Sequence[Record], spellings: Spellings) -> Index:
    """The index of all records, with our tokens and field weights; references are record ids."""
    builder = Builder()
    builder.ref("id")
    for name, boost in BOOSTS.items():
        builder.field(name, boost)
    if not records:  # a column that has just begun; lunr.py would divide by nothing
        return Index({}, {}, TokenSet(), list(BOOSTS), builder.search_pipeline)
    for record in records:
        builder.add({"id": record.id, **field_tokens(record, spellings)})
    return builder.build()


def lunr_index(
    records: Sequence[Record], units: Iterable[Unit], organs: Iterable[Organ], vocabulary: SearchVocabulary
) -> bytes:
    """JSON for ``lunr.Index.load`` of lunr.js 2.3.9; tokens are those of content/search-developers.md."""
    return pack_json(compile_index(records, Spellings(vocabulary, units, organs)).serialize())
