"""A file of a document that stands for itself -> the document."""

from __future__ import annotations

from functools import partial

from gongkai.column import ids
from gongkai.column.context import Context
from gongkai.column.document import Document
from gongkai.column.linking import link_planning, links
from gongkai.column.origin import Origin
from gongkai.kinds.document.model import Question, StandaloneDocument
from gongkai.kinds.document.shape import DocumentFile


def _questions(shape: DocumentFile, origin: Origin, context: Context) -> tuple[Question, ...]:
    numbers = context.kept_numbers(partial(ids.question, shape.id))
    return tuple(
        Question(number, item.question, item.answer, item.clause, origin.child("questions", at))
        for number, (at, item) in zip(numbers, enumerate(shape.questions), strict=False)
    )


def link_paper(shape: DocumentFile, document: Document, path: str, context: Context) -> StandaloneDocument:
    """A document that stands for itself."""
    origin = Origin(path)
    context.organ(shape.organ, origin.child("organ"))
    return StandaloneDocument(
        id=shape.id,
        organ=shape.organ,
        year=shape.year,
        title=shape.title,
        document=document,
        explains=tuple(shape.explains),
        second=shape.second,
        questions=_questions(shape, origin, context),
        links=links(shape.links, origin.child("links"), context),
        planning=link_planning(shape.planning),
        audiences=context.audiences(shape.audiences, origin),
        themes=context.themes(shape.themes, origin),
        related=tuple(shape.related),
        editor_note=shape.editor_note,
        origin=origin,
    )
