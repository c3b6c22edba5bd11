"""Files of papers, gazettes and public participation -> the things they are."""

from __future__ import annotations

from datetime import date

from generator.link.context import Context
from generator.link.planning import link_planning
from generator.link.progress import links, note_waivers, web_address
from generator.load.shapes import DocumentFile, GazetteFile, ParticipationFile
from generator.load.shapes.publications import ParticipationShape
from generator.model.document import Document, plain_document
from generator.model.gazette import Gazette, GazetteItem
from generator.model.origin import Origin
from generator.model.paper import Paper, Question
from generator.model.participation import Outcome, Participation, ParticipationList


def link_paper(shape: DocumentFile, document: Document, path: str, context: Context) -> Paper:
    """A document that stands for itself."""
    origin = Origin(path)
    context.organ(shape.organ, origin.child("organ"))
    return Paper(
        id=shape.id,
        organ=shape.organ,
        year=shape.year,
        title=shape.title,
        document=document,
        explains=tuple(shape.explains),
        second=shape.second,
        questions=tuple(Question(item.question, item.answer) for item in shape.questions),
        links=links(shape.links, origin.child("links"), context),
        planning=link_planning(shape.planning),
        audiences=context.audiences(shape.audiences, origin),
        themes=context.themes(shape.themes, origin),
        related=tuple(shape.related),
        editor_note=shape.editor_note,
        origin=origin,
    )


def link_gazette(shape: GazetteFile, path: str, context: Context) -> Gazette:
    """One issue; whether its documents exist is checked once everything is linked."""
    origin = Origin(path)
    context.organ(shape.organ, origin.child("organ"))
    web_address(shape.url, origin.child("url"), context)
    return Gazette(
        id=shape.id,
        organ=shape.organ,
        year=shape.year,
        issue=shape.issue,
        title=shape.title,
        document=_shown(shape, shape.date, origin, context),
        date=shape.date,
        url=shape.url,
        items=tuple(
            GazetteItem(item.title, item.column, item.doc_number, item.document, item.page) for item in shape.items
        ),
        themes=context.themes(shape.themes, origin),
        related=(),
        editor_note=shape.editor_note,
        origin=origin,
    )


def link_participation(shape: ParticipationFile, path: str, context: Context) -> ParticipationList:
    """The occasions of a year; numbers must be unique, for they are addresses."""
    origin = Origin(path)
    context.organ(shape.organ, origin.child("organ"))
    context.numbers((item.number, origin.child("items", at, "number")) for at, item in enumerate(shape.items))
    return ParticipationList(
        id=shape.id,
        organ=shape.organ,
        year=shape.year,
        title=shape.title,
        document=_shown(shape, None, origin, context),
        items=tuple(_participation(item, origin.child("items", at), context) for at, item in enumerate(shape.items)),
        themes=context.themes(shape.themes, origin),
        related=(),
        editor_note=shape.editor_note,
        origin=origin,
    )


def _shown(shape: GazetteFile | ParticipationFile, day: date | None, origin: Origin, context: Context) -> Document:
    """What lists show of a file that is no official document itself: its title, its district, its day, its sources."""
    organ = context.vocabularies.organs.get(shape.organ)
    name = organ.name if organ else shape.organ
    return plain_document(shape.id, shape.organ, name, shape.title, day, tuple(shape.sources), origin)


def _participation(shape: ParticipationShape, origin: Origin, context: Context) -> Participation:
    note_waivers(shape.ignore, origin, context)
    outcome = shape.outcome
    if outcome:
        web_address(outcome.url, origin.child("outcome", "url"), context)
    return Participation(
        number=shape.number,
        type=shape.type,
        title=shape.title,
        about=shape.about,
        organizer=shape.organizer,
        start=shape.start,
        end=shape.end,
        shortened_reason=shape.shortened_reason,
        channels=tuple(shape.channels),
        contact=shape.contact,
        links=links(shape.links, origin.child("links"), context),
        outcome=Outcome(
            outcome.date, outcome.text, outcome.url, outcome.received, outcome.adopted, outcome.unadopted_reasons
        )
        if outcome
        else None,
        answer_due=shape.answer_due,
        themes=context.themes(shape.themes, origin),
        audiences=context.audiences(shape.audiences, origin),
        editor_note=shape.editor_note,
        origin=origin,
    )
