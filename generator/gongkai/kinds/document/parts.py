"""What everybody but its own page asks of a document that stands for itself (公文, 解读)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.column import urls
from gongkai.column.document import Genre, Validity
from gongkai.column.words import RecordKind, Relation, record_kind
from gongkai.kinds.document.model import StandaloneDocument
from gongkai.kinds.interface import Link, Part, Vocabulary, head_part

DOCUMENT = record_kind("document", "公文", cited=True, audience_rank=3)
INTERPRETATION = record_kind("interpretation", "解读", audience_rank=2)
EXPLAINS, EXPLAINED = Relation("解读的是"), Relation("解读")


def document_parts(paper: StandaloneDocument, vocabulary: Vocabulary) -> Iterator[Part]:
    """One record."""
    questions = [line for item in paper.questions for line in (item.question, item.answer)]
    yield head_part(
        paper,
        kind_of(paper),
        urls.document(paper.id),
        _genre_and_state(paper, vocabulary.as_of),
        *paper.document.paragraphs,
        *questions,
        named=paper.audiences,
        planning=paper.planning,
        links=tuple(
            Link(EXPLAINS, target, paper.origin.child("explains", at)) for at, target in enumerate(paper.explains)
        ),
    )


def kind_of(paper: StandaloneDocument) -> RecordKind:
    """Interpretations are found as such; every other paper is a document."""
    return INTERPRETATION if paper.document.genre is Genre.INTERPRETATION else DOCUMENT


def _genre_and_state(paper: StandaloneDocument, day: date) -> str:
    """What kind of document it is; where it no longer or not yet holds, every list says so."""
    genre, validity = paper.document.genre.value, paper.document.validity_on(day)
    return genre if validity in (None, Validity.IN_FORCE) else f"{genre}（{validity}）"
