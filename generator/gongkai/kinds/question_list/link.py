"""A file of questions about policies -> the questions, with who answered."""

from __future__ import annotations

from gongkai.column.context import Context
from gongkai.column.document import Document
from gongkai.column.linking import note_waivers
from gongkai.column.origin import Origin
from gongkai.kinds.question_list.model import Basis, PolicyQuestion, QuestionList
from gongkai.kinds.question_list.shape import PolicyQuestionShape, QuestionListFile


def link_questions(shape: QuestionListFile, document: Document, path: str, context: Context) -> QuestionList:
    """The questions of one list; whether what answers rest on exists is checked once everything is linked."""
    origin = Origin(path)
    context.organ(shape.organ, origin.child("organ"))
    context.numbers((item.number, origin.child("items", at, "number")) for at, item in enumerate(shape.items))
    return QuestionList(
        id=shape.id,
        organ=shape.organ,
        year=shape.year,
        title=shape.title,
        document=document,
        items=tuple(_question(item, shape, origin.child("items", at), context) for at, item in enumerate(shape.items)),
        themes=context.themes(shape.themes, origin),
        related=tuple(shape.related),
        editor_note=shape.editor_note,
        origin=origin,
    )


def _question(shape: PolicyQuestionShape, listed: QuestionListFile, origin: Origin, context: Context) -> PolicyQuestion:
    note_waivers(shape.ignore, origin, context)
    return PolicyQuestion(
        number=shape.number,
        question=shape.question,
        answer=tuple(shape.answer),
        basis=tuple(Basis(record=each.record, clause=each.clause) for each in shape.basis),
        day=shape.date,
        units_text=shape.units,
        units=context.cell(shape.units, listed.organ, listed.year, origin.child("units")),
        hotline=shape.hotline,
        themes=context.themes(shape.themes, origin),
        audiences=context.audiences(shape.audiences, origin),
        related=tuple(shape.related),
        editor_note=shape.editor_note,
        origin=origin,
    )
