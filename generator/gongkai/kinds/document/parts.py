"""What everybody but its own page asks of a document that stands for itself (公文, 解读)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.column import ids, urls
from gongkai.column.answered import Answered
from gongkai.column.document import Genre, Validity
from gongkai.column.words import RecordKind, Relation, record_kind
from gongkai.kinds.document.model import Question, StandaloneDocument
from gongkai.kinds.interface import Link, Part, Passage, Vocabulary, head_part, joined

DOCUMENT = record_kind("document", "公文", cited=True, audience_rank=3)
INTERPRETATION = record_kind("interpretation", "解读", audience_rank=2)
INTERPRETATION_QUESTION = record_kind("interpretation_question", "解读问答", audience_rank=2)
EXPLAINS, EXPLAINED = Relation("解读的是"), Relation("解读")


def document_parts(paper: StandaloneDocument, vocabulary: Vocabulary) -> Iterator[Part]:
    """The document, and each question that it answers."""
    yield head_part(
        paper,
        kind_of(paper),
        urls.document(paper.id),
        _genre_and_state(paper, vocabulary.as_of),
        *paper.document.paragraphs,
        named=paper.audiences,
        planning=paper.planning,
        links=tuple(
            Link(EXPLAINS, target, paper.origin.child("explains", at)) for at, target in enumerate(paper.explains)
        ),
    )
    for item in paper.questions:
        yield _question(paper, item)


def _question(paper: StandaloneDocument, item: Question) -> Part:
    return Part(
        kind=INTERPRETATION_QUESTION,
        id=ids.question(paper.id, item.number),
        title=item.question,
        url=urls.document_question(paper.id, item.number),
        label=f"第{item.number}问",
        origin=item.origin,
        text=joined(*item.paragraphs),
        themes=paper.themes,
        named=paper.audiences,
        answer=Answered(item.paragraphs, basis_of(paper, item), paper.document.date_published),
        passages=(
            Passage(item.question, item.origin.child("question")),
            Passage(item.answer, item.origin.child("answer")),
        ),
    )


def basis_of(paper: StandaloneDocument, item: Question) -> tuple[tuple[str, str | None], ...]:
    """The documents that it explains, or what else where it explains none; the clause is said where that is one."""
    explained = [target for target in paper.explains if "/" not in target] or paper.explains
    return tuple((target, item.clause if len(explained) == 1 else None) for target in explained)


def kind_of(paper: StandaloneDocument) -> RecordKind:
    """Interpretations are found as such; every other paper is a document."""
    return INTERPRETATION if paper.document.genre is Genre.INTERPRETATION else DOCUMENT


def _genre_and_state(paper: StandaloneDocument, day: date) -> str:
    """What kind of document it is; where it no longer or not yet holds, every list says so."""
    genre, validity = paper.document.genre.value, paper.document.validity_on(day)
    return genre if validity in (None, Validity.IN_FORCE) else f"{genre}（{validity}）"
