"""For columns beyond some 180,000 records or 500 districts: what OpenSearch is given.

Every record has the tokens of the column's own search, by field, so that the same query layer finds the same; beside
them stands analysed text, for who asks the index without that layer. Nothing of a column loads these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from gongkai.column.record import Record
from gongkai.column.vocabulary import SearchVocabulary
from gongkai.search.answers import row_of_answer
from gongkai.search.corpus import Corpus, row_of
from gongkai.search.encoding import pack_json
from gongkai.search.fields import field_tokens
from gongkai.search.normalize import normalize
from gongkai.search.spellings import Spellings

PART_BYTES = 10_000_000
"""Bytes of a part of the bulk file: a tenth of what a node takes at once unless told otherwise."""
OWN = ("own_title", "own_body", "own_meta")
"""The fields with the column's own tokens, in the order of ``fields.BOOSTS``."""

_KEYWORD = {"type": "keyword"}
_SHOWN = {"type": "keyword", "index": False, "doc_values": False}
_TEXT = {"type": "text", "analyzer": "han_pairs", "search_analyzer": "han_query"}
_TOKENS = {"type": "text", "analyzer": "own_tokens"}
_PAIRS = ("cjk_width", "lowercase", "cjk_bigram")
_QUOTES = "“”‘’「」『』《》〈〉·"
_PROPERTIES: Mapping[str, Any] = {
    "id": _KEYWORD,
    "number": {"type": "long"},
    "above": _KEYWORD,
    "within": _KEYWORD,
    "district": _KEYWORD,
    "home": _SHOWN,
    "release": _KEYWORD,
    "region": _KEYWORD,
    "organ": _KEYWORD,
    "organ_name": _KEYWORD,
    "kind": _KEYWORD,
    "mark": _SHOWN,
    "title": _TEXT,
    "text": _TEXT,
    "document": _TEXT,
    "units_text": _TEXT,
    "doc_number": _KEYWORD,
    "units": _KEYWORD,
    "themes": _KEYWORD,
    "audiences": _KEYWORD,
    "year": {"type": "integer"},
    "date": {"type": "date", "format": "strict_date"},
    "day": {"type": "date", "format": "strict_date_time_no_millis"},
    "state": _KEYWORD,
    "news": _SHOWN,
    "answer": {"type": "object", "enabled": False},
    "url": _SHOWN,
    **dict.fromkeys(OWN, _TOKENS),
}
"""``number`` grows from the newest record to the oldest; ``above`` are the ids that a record goes with when they are
withdrawn, ``within`` the files that a search within them finds it in; ``day`` is there without a date, too: that of a
year alone lies before its first day. ``release`` says which data of a district it is from."""


def body(vocabulary: SearchVocabulary, about: Mapping[str, Any], replicas: int = 0) -> dict[str, Any]:
    """Settings and mapping of a new index for OpenSearch 2; ``about`` is what the index says of itself.

    One shard, so that counts are exact and words weigh alike everywhere. While it is filled, nobody searches in it.
    Synonyms come after the pairs: what a synonym filter adds is no longer marked as Han text, so that a filter after it
    would leave single characters, which the index does not have. Departments need none: own tokens know them.
    """
    synonyms = {"type": "synonym_graph", "synonyms": list(synonym_lines(vocabulary)), "lenient": False}
    quotes = {"type": "mapping", "mappings": [f"{quote}=>" for quote in _QUOTES]}
    analyzer = {"tokenizer": "standard", "char_filter": ["quotes"]}
    analysis = {
        "char_filter": {"quotes": quotes},
        "filter": {"column_synonyms": synonyms},
        "analyzer": {
            "own_tokens": {"tokenizer": "whitespace"},
            "han_pairs": {**analyzer, "filter": list(_PAIRS)},
            "han_query": {**analyzer, "filter": [*_PAIRS, "column_synonyms"]},
        },
    }
    index = {"number_of_shards": 1, "number_of_replicas": replicas, "refresh_interval": "-1"}
    mappings = {
        "dynamic": "strict",
        "_meta": dict(about),
        "_source": {"excludes": list(OWN)},
        "properties": dict(_PROPERTIES),
    }
    return {"settings": {"index": index, "analysis": analysis}, "mappings": mappings}


def synonym_lines(vocabulary: SearchVocabulary) -> Iterator[str]:
    """Solr's format: lines of equal words, and ``left => left, right`` for one-way ones."""
    for group in vocabulary.same:
        if len(group) > 1:
            yield ",".join(map(_escaped, group))
    for word, others in vocabulary.to:
        yield f"{_escaped(word)} => {','.join(map(_escaped, (word, *others)))}"


def _escaped(word: str) -> str:
    """A word in which no character means anything to the format."""
    return "".join(f"\\{char}" if char in "\\,=>#" else char for char in normalize(word))


def unit_names(spellings: Spellings) -> list[str]:
    """What each group of spellings is called in the index: its first spelling by code, for numbers change."""
    return [min(group, default="") for group in spellings.groups]


def documents(
    numbered: Iterable[tuple[int, Record]], corpus: Corpus, about: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """The fields of records with their numbers; ``about`` are those that all have alike."""
    names = unit_names(corpus.spellings)
    issues: dict[str, list[str]] = {}
    for issue, printed in corpus.contains.items():
        for file in printed:
            issues.setdefault(file, []).append(issue)
    for number, record in numbered:
        fields = field_tokens(record, corpus.spellings)
        tokens = {name: " ".join(_told(fields[field], names)) for name, field in zip(OWN, fields, strict=True)}
        file = record.id.partition("/")[0]
        organ = corpus.organs[record.organ]
        yield {
            **_row(record, corpus),
            **about,
            "number": number,
            "above": above(record.id),
            "within": [file, *issues.get(file, ())],
            "region": organ.region,
            **_changing(record, corpus),
            **tokens,
        }


def _row(record: Record, corpus: Corpus) -> dict[str, Any]:
    kind, title, text, units, url = row_of(record, corpus)
    return {
        "id": record.id,
        "kind": record.kind.value,
        "mark": kind.removeprefix(record.kind.value),
        "title": title,
        "text": text,
        "units_text": units,
        "url": url,
        "organ": record.organ,
        "organ_name": record.organ_name,
        "doc_number": record.doc_number,
        "document": record.document,
        "units": list(record.units),
        "themes": list(record.themes),
        "audiences": list(record.audiences),
        "year": record.year,
        "date": record.date.isoformat() if record.date else None,
    }


def _changing(record: Record, corpus: Corpus) -> dict[str, Any]:
    """What came of a record, the day by which it is new, and the answer that may be shown in place."""
    told: dict[str, Any] = {"day": _moment(record)}
    if record.id in corpus.statuses:
        told["state"] = corpus.statuses[record.id].value
    if record.id in corpus.latest:
        day, what = corpus.latest[record.id]
        told |= {"news": f"{day.isoformat()} {what}", "day": max(told["day"], f"{day.isoformat()}T00:00:00Z")}
    if record.id in corpus.holding:
        told["answer"] = {"row": row_of_answer(corpus.holding[record.id])}
    return told


def _moment(record: Record) -> str:
    """The start of its day; without one, half a day before that of its year."""
    day = record.date or date(record.year, 1, 1)
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=0 if record.date else 12)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _told(tokens: Iterable[str], names: list[str]) -> Iterator[str]:
    """Tokens as the index has them: a department by name instead of by number."""
    return (f"@{names[int(token[1:])]}" if token.startswith("@") else token for token in tokens)


def above(identifier: str) -> list[str]:
    """An id and all that it lies below."""
    parts = identifier.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]


def bulk(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, bytes]]:
    """Parts of the bulk file with the number of their records: of no more than ``PART_BYTES``, or of one record."""
    part, count = bytearray(), 0
    for row in rows:
        lines = pack_json({"index": {"_id": row["id"]}}) + b"\n" + pack_json(row) + b"\n"
        if part and len(part) + len(lines) > PART_BYTES:
            yield count, bytes(part)
            part, count = bytearray(), 0
        part += lines
        count += 1
    if part:
        yield count, bytes(part)
