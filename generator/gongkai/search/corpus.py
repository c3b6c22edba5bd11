"""What is searched, and how a record is told in the files of the search."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.column.record import Record
from gongkai.column.vocabulary import Audience, Organ, SearchVocabulary, Theme
from gongkai.search.normalize import normalize
from gongkai.search.spellings import Spellings

LARGE_RECORDS = 5_000
"""Records above which a column is never small enough to ship its texts whole, and has more words to suggest."""
_NAMES = 200
"""Themes in use and the newest documents, for suggestions."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is searched: all records, newest first, and the words that readers may use for what is in them.

    ``contains`` says which documents an issue of the gazette prints: a search within it finds them.
    """

    records: Collection[Record]
    themes: Mapping[str, Theme]
    organs: Mapping[str, Organ]
    vocabulary: SearchVocabulary
    spellings: Spellings
    audiences: Mapping[str, Audience]
    contains: Mapping[str, Sequence[str]]

    @property
    def large(self) -> bool:
        """Whether there are more than ``LARGE_RECORDS`` records."""
        return len(self.records) > LARGE_RECORDS


def head_of(corpus: Corpus) -> dict[str, Any]:
    """What every query needs to be understood."""
    years: list[list[int]] = []
    themes: dict[str, None] = {}
    documents: dict[str, None] = {}
    concerned = False
    for record in corpus.records:  # gone through once: large columns are read from a file
        if not years or years[-1][0] != record.year:
            years.append([record.year, 0])
        years[-1][1] += 1
        themes |= dict.fromkeys(record.themes)
        documents[record.document] = None
        concerned = concerned or bool(record.audiences)
    vocabulary = corpus.vocabulary
    names = dict.fromkeys(corpus.themes[theme].name for theme in themes) | documents
    head: dict[str, Any] = {
        "size": len(corpus.records),
        "years": years,
        "names": list(names)[:_NAMES],
        "districts": [normalize(name) for organ in corpus.organs.values() for name in organ.short_names],
        "units": corpus.spellings.groups,
        "same": [[normalize(word) for word in group] for group in vocabulary.same],
        "to": {normalize(word): [normalize(other) for other in words] for word, words in vocabulary.to},
        "questions": [normalize(word) for word in vocabulary.questions],
    }
    return head | ({"audiences": True} if concerned else {})


def document_of(record: Record) -> tuple[Any, ...]:
    """What the records of one file share."""
    day = record.date.isoformat() if record.date else None
    return (record.document, record.doc_number, record.organ, record.organ_name, record.year, day)


def row_of(record: Record) -> list[str]:
    """What a result shows, and its kind; a head has a mark."""
    kind = f"{record.kind.value}{'!' if record.kind.cited else ''}"
    return [kind, record.title, record.text, record.units_text, record.url]
