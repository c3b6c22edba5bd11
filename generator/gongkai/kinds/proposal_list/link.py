"""A file of proposals -> the proposals, with their units and answers."""

from __future__ import annotations

from gongkai.column.cell import written_cells
from gongkai.column.context import Context
from gongkai.column.document import Document
from gongkai.column.linking import link_progress, note_waivers, web_address
from gongkai.column.origin import Origin
from gongkai.kinds.proposal_list.model import Answer, Proposal, ProposalList
from gongkai.kinds.proposal_list.shape import AnswerShape, ProposalListFile, ProposalShape


def link_proposals(shape: ProposalListFile, document: Document, path: str, context: Context) -> ProposalList:
    """The proposals of one list; numbers must be unique, for they are addresses."""
    origin = Origin(path)
    context.organ(shape.organ, origin.child("organ"))
    context.numbers((item.number, origin.child("items", at, "number")) for at, item in enumerate(shape.items))
    return ProposalList(
        id=shape.id,
        organ=shape.organ,
        year=shape.year,
        title=shape.title,
        session=shape.session,
        document=document,
        items=tuple(_proposal(item, shape, origin.child("items", at), context) for at, item in enumerate(shape.items)),
        themes=context.themes(shape.themes, origin),
        related=tuple(shape.related),
        editor_note=shape.editor_note,
        origin=origin,
    )


def _proposal(shape: ProposalShape, listed: ProposalListFile, origin: Origin, context: Context) -> Proposal:
    note_waivers(shape.ignore, origin, context)
    return Proposal(
        number=shape.number,
        number_text=shape.number_text,
        type=shape.type,
        title=shape.title,
        units_text=shape.units,
        units=context.cell(shape.units, listed.organ, listed.year, origin.child("units")),
        answer=_answer(shape.answer, origin.child("answer"), context) if shape.answer else None,
        about=tuple(shape.about),
        progress=link_progress(shape.progress, origin, context),
        cells=written_cells(shape.cells),
        themes=context.themes(shape.themes, origin),
        audiences=context.audiences(shape.audiences, origin),
        related=tuple(shape.related),
        editor_note=shape.editor_note,
        origin=origin,
    )


def _answer(shape: AnswerShape, origin: Origin, context: Context) -> Answer:
    web_address(shape.url, origin.child("url"), context)
    return Answer(
        date=shape.date, doc_number=shape.doc_number, result=shape.result, text=tuple(shape.text), url=shape.url
    )
