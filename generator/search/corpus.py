"""What is searched, and how a record is told in the files of the search."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from generator.model.record import Record
from generator.model.vocabulary import Audience, Organ, SearchVocabulary, Theme
from generator.search.fields import HEADS
from generator.search.normalize import normalize
from generator.search.spellings import Spellings

LARGE = 5_000
"""Records above which a column is never small enough to ship its texts whole, and has more words to suggest."""
_NAMES = 200


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
        """Whether there are more than ``LARGE`` records."""
        return len(self.records) > LARGE


def head_of(corpus: Corpus) -> dict[str, Any]:
    """What every query needs to be understood."""
    records, vocabulary = corpus.records, corpus.vocabulary
    years = [[year, sum(1 for _ in group)] for year, group in groupby(record.year for record in records)]
    head: dict[str, Any] = {
        "size": len(records),
        "years": years,
        "names": _names(records, corpus.themes),
        "districts": [normalize(organ.short_name) for organ in corpus.organs.values()],
        "units": corpus.spellings.groups,
        "same": [[normalize(word) for word in group] for group in vocabulary.same],
        "to": {normalize(word): [normalize(other) for other in words] for word, words in vocabulary.to},
        "questions": [normalize(word) for word in vocabulary.questions],
    }
    if any(record.audiences for record in records):
        head["audiences"] = True
    return head


def _names(records: Collection[Record], themes: Mapping[str, Theme]) -> list[str]:
    """Themes in use and the newest documents, for suggestions."""
    used = dict.fromkeys(theme for record in records for theme in record.themes)
    names = dict.fromkeys(themes[theme].name for theme in used)
    names |= dict.fromkeys(record.document for record in records)
    return list(names)[:_NAMES]


def document_of(record: Record) -> tuple[Any, ...]:
    """What the records of one file share."""
    day = record.date.isoformat() if record.date else None
    return (record.document, record.doc_number, record.organ, record.organ_name, record.year, day)


def row_of(record: Record) -> list[str]:
    """What a result shows, and its kind; a head has a mark."""
    kind = f"{record.kind.value}{'!' if record.kind in HEADS else ''}"
    return [kind, record.title, record.text, record.units_text, record.url]
