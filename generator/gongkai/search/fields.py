"""A record as the three fields of the index, with their weights, and what lunr's formula takes of all records."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

from gongkai.column.record import Record
from gongkai.search.normalize import document_numbers, normalize, single_characters, tokens
from gongkai.search.spellings import Spellings
from gongkai.text.patterns import anywhere

_NUMBER = anywhere(r"/(\d+)/$")
BOOSTS: Mapping[str, float] = {"title": 5.0, "body": 1.0, "meta": 2.0}
"""How much a hit in a field counts. Title: what it is called; meta: who, when, which document."""
K1, B = 1.2, 0.75
"""lunr's: how soon more hits of a token stop to count, and how much the length of a field counts."""


def inverse_document_frequency(records: int, with_term: int) -> float:
    """lunr's: ``with_term`` counts every field of every record that has the token."""
    return math.log(1 + abs((records - with_term + 0.5) / (with_term + 0.5)))


def field_tokens(record: Record, spellings: Spellings) -> dict[str, list[str]]:
    """Tokens of a record by field, with repeats, as the index counts them."""
    title, body, units = normalize(record.title), normalize(record.text), normalize(record.units_text)
    source, numbers = _source(record.organ_name, record.year, record.document, record.doc_number or "")
    found = {
        "title": tokens(title) + spellings.marks(title) + single_characters(title),
        "body": tokens(body) + document_numbers(body) + spellings.marks(body) + single_characters(body),
        "meta": tokens(units) + spellings.marks(units) + source,
    }
    found["title" if record.kind.cited else "meta"] += numbers
    found["meta"] += _item_number(record)
    return found


def _item_number(record: Record) -> list[str]:
    """``№22`` and ``№22task`` for the 22nd task of a plan: its address says so, and readers ask for 第22项."""
    number = _NUMBER.search(record.url)
    return [f"№{number[1]}", f"№{number[1]}{record.kind.value}"] if number and not record.kind.heading else []


@lru_cache(maxsize=16)
def _source(organ: str, year: int, document: str, number: str) -> tuple[list[str], list[str]]:
    """Tokens of what all records of one document share, and those of its number."""
    shared = [token for text in (f"{organ} {year}年", document, number) for token in tokens(normalize(text))]
    return shared, document_numbers(normalize(number))
