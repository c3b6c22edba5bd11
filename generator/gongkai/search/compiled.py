"""The index offered for download: JSON that ``lunr.Index.load`` of lunr.js reads.

It is written from counts, like the column's own search (:mod:`gongkai.search.postings`): lunr.py takes some ten
milliseconds a record. It is what lunr.py would write, byte for byte (``tests/search``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from gongkai.column.record import Record
from gongkai.column.unit import Unit
from gongkai.column.vocabulary import Organ, SearchVocabulary
from gongkai.search.encoding import pack_json
from gongkai.search.fields import BOOSTS, K1, B, field_tokens, inverse_document_frequency
from gongkai.search.spellings import Spellings

MAX_COMPILED_RECORDS = 500
"""Records up to which a whole index for lunr.js is offered: beyond, it weighs ten megabytes and more."""
LUNR_JS = "2.3.9"
"""The version of lunr.js whose format this is."""

Fields = Mapping[str, list[str]]
Inverted = dict[str, dict[str, Any]]
"""By token: the records of each field that have it, and its number, in the order in which tokens are met."""


def lunr_index(
    records: Sequence[Record], units: Iterable[Unit], organs: Iterable[Organ], vocabulary: SearchVocabulary
) -> bytes:
    """The index of all records, with our tokens and weights of fields; references are record ids."""
    spellings = Spellings(vocabulary, units, organs)
    return compiled({record.id: field_tokens(record, spellings) for record in records})


def compiled(records: Mapping[str, Fields]) -> bytes:
    """The index of records, each given as its tokens by field."""
    inverted: Inverted = {}
    counts: dict[str, dict[str, Counter[str]]] = {field: {} for field in BOOSTS}
    for identifier, fields in records.items():
        for field in BOOSTS:
            found = counts[field][identifier] = Counter(fields[field])
            for token in found:
                posting = inverted.get(token)
                if posting is None:
                    posting = inverted[token] = {**{name: {} for name in BOOSTS}, "_index": len(inverted)}
                posting[field][identifier] = {}
    weights = {field: dict(_weights(boost, counts[field], inverted, len(records))) for field, boost in BOOSTS.items()}
    vectors = [[f"{field}/{identifier}", weights[field][identifier]] for identifier in records for field in BOOSTS]
    return pack_json(
        {
            "version": LUNR_JS,
            "fields": list(BOOSTS),
            "fieldVectors": vectors,
            "invertedIndex": sorted(map(list, inverted.items())),
            "pipeline": [],
        }
    )


def _weights(
    boost: float, counts: Mapping[str, Counter[str]], inverted: Inverted, records: int
) -> Iterator[tuple[str, list[float]]]:
    """Of a field of each record: numbers of its tokens, ascending, each with its weight behind it."""
    average = sum(map(Counter.total, counts.values())) / max(records, 1) or 1.0
    rarity = {token: _rarity(posting, records) for token, posting in inverted.items()}
    for identifier, found in counts.items():
        norm = K1 * (1 - B + B * (found.total() / average))
        numbered = {
            inverted[token]["_index"]: round(rarity[token] * ((K1 + 1) * hits) / (norm + hits) * boost, 3)
            for token, hits in found.items()
        }
        yield identifier, [value for number in sorted(numbered) for value in (number, numbered[number])]


def _rarity(posting: Mapping[str, Any], records: int) -> float:
    return inverse_document_frequency(records, sum(len(posting[field]) for field in BOOSTS))
