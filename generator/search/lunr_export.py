"""The whole index in the format of lunr.js 2.3.9, for people who build their own search on this data.

The column's own pages never load it: it is ten times the size of the texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from generator.model.record import Record
from generator.model.unit import Unit
from generator.model.vocabulary import SearchVocabulary
from generator.search.encoding import pack_json
from generator.search.fields import BOOSTS, field_tokens
from generator.search.postings import Postings
from generator.search.spellings import Spellings

LUNR_VERSION = "2.3.9"
LARGEST = 2_000
"""Records up to which the whole index is offered; beyond, it would be larger than all other files together."""


def lunr_index(records: Sequence[Record], units: Iterable[Unit], vocabulary: SearchVocabulary) -> bytes:
    """JSON for ``lunr.Index.load``; references are record ids, tokens are those of content/search-developers.md."""
    spellings = Spellings(vocabulary, units)
    postings = Postings()
    for record in records:
        postings.add(field_tokens(record, spellings))
    names = list(BOOSTS)
    vectors: dict[tuple[int, int], list[float]] = {}
    inverted: list[list[Any]] = []
    for number, (token, rows) in enumerate(postings.by_field()):
        posting: dict[str, Any] = {"_index": number} | {name: {} for name in names}
        for place, at, weight in rows:
            posting[names[at]][records[place].id] = {}
            vectors.setdefault((place, at), []).extend((number, weight))
        inverted.append([token, posting])
    return pack_json(
        {
            "version": LUNR_VERSION,
            "fields": names,
            "fieldVectors": [
                [f"{names[at]}/{records[place].id}", vector] for (place, at), vector in sorted(vectors.items())
            ],
            "invertedIndex": inverted,
            "pipeline": [],
        }
    )
