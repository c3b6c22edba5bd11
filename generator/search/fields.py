"""A record as the three fields of the index, with their weights."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.column import RecordKind
from generator.model.record import Record
from generator.search.normalize import document_numbers, normalize, single_characters, tokens
from generator.search.spellings import Spellings

BOOSTS: Mapping[str, float] = {"title": 5.0, "body": 1.0, "meta": 2.0}
"""How much a hit in a field counts. Title: what it is called; meta: who, when, which document."""

HEADS = frozenset({RecordKind.DOCUMENT, RecordKind.PLAN, RecordKind.DIRECTORY, RecordKind.PROJECT_LIST})
"""Kinds that are a document themselves: its number is part of their title."""


def field_tokens(record: Record, spellings: Spellings) -> dict[str, list[str]]:
    """Tokens of a record by field, with repeats, as the index counts them."""
    title, body = normalize(record.title), normalize(record.text)
    units, number = normalize(record.units_text), normalize(record.doc_number or "")
    found = {
        "title": tokens(title) + spellings.marks(title) + single_characters(title),
        "body": tokens(body) + document_numbers(body) + spellings.marks(body) + single_characters(body),
        "meta": tokens(normalize(f"{record.organ_name} {record.year}年"))
        + tokens(normalize(record.document))
        + tokens(units)
        + spellings.marks(units)
        + tokens(number),
    }
    found["title" if record.kind in HEADS else "meta"] += document_numbers(number)
    return found
