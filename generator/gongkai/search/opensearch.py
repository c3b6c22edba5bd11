"""For columns beyond some 300,000 records, or where a server already runs one: what OpenSearch needs.

A mapping (pairs of characters, as here, and a field for document numbers), the synonyms in Solr's format, and the
records as a bulk file. Nothing of the column loads these; ``content/search-developers.md`` says how to use them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict

from gongkai.column.record import Record
from gongkai.column.vocabulary import SearchVocabulary
from gongkai.search.encoding import pack_json
from gongkai.search.normalize import document_numbers, normalize
from gongkai.search.spellings import Spellings

_TEXT = {"type": "text", "analyzer": "han_pairs", "search_analyzer": "han_query"}
MAPPING = {
    "settings": {
        "analysis": {
            "filter": {
                "column_synonyms": {"type": "synonym_graph", "synonyms_path": "gongkai-synonyms.txt", "lenient": True},
            },
            "analyzer": {
                "han_pairs": {"tokenizer": "standard", "filter": ["cjk_width", "lowercase", "cjk_bigram"]},
                "han_query": {
                    "tokenizer": "standard",
                    "filter": ["cjk_width", "lowercase", "cjk_bigram", "column_synonyms"],
                },
            },
        }
    },
    "mappings": {
        "dynamic": "strict",
        "properties": {
            "id": {"type": "keyword"},
            "title": _TEXT,
            "text": _TEXT,
            "units_text": _TEXT,
            "document": _TEXT,
            "organ_name": _TEXT,
            "doc_number": {"type": "keyword"},
            "numbers": {"type": "keyword"},
            "kind": {"type": "keyword"},
            "organ": {"type": "keyword"},
            "year": {"type": "integer"},
            "themes": {"type": "keyword"},
            "audiences": {"type": "keyword"},
            "units": {"type": "keyword"},
            "date": {"type": "date"},
            "url": {"type": "keyword", "index": False},
        },
    },
}
"""Index settings and mapping for OpenSearch 2 and 3.

Synonyms come after the pairs: what a synonym filter adds is no longer marked as Han text, so that a filter after it
would leave single characters, which the index does not have. The synonyms are read through the filters before.
"""


def mapping() -> bytes:
    """The body of ``PUT /gongkai``."""
    return pack_json(MAPPING)


def synonyms(vocabulary: SearchVocabulary, spellings: Spellings) -> bytes:
    """Solr's format: lines of equal words, and ``left => left, right`` for one-way ones."""
    lines = [",".join(group) for group in (*spellings.groups, *vocabulary.same) if len(group) > 1]
    lines += [f"{word} => {','.join((word, *others))}" for word, others in vocabulary.to]
    return ("\n".join(lines) + "\n").encode()


def bulk(records: Iterable[Record]) -> Iterator[bytes]:
    """Two lines a record for ``POST /gongkai/_bulk``."""
    for record in records:
        row = asdict(record) | {
            "kind": record.kind.value,
            "date": record.date.isoformat() if record.date else None,
            "numbers": document_numbers(normalize(f"{record.doc_number or ''} {record.text}")),
        }
        yield pack_json({"index": {"_id": record.id}}) + b"\n" + pack_json(row) + b"\n"
