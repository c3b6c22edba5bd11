"""A year's occasions of public participation -> what they are."""

from __future__ import annotations

from gongkai.column.context import Context
from gongkai.column.document import Document
from gongkai.column.linking import links, note_waivers, web_address
from gongkai.column.origin import Origin
from gongkai.kinds.participation.model import Outcome, Participation, ParticipationList
from gongkai.kinds.participation.shape import ParticipationFile, ParticipationShape


def link_participation(shape: ParticipationFile, document: Document, path: str, context: Context) -> ParticipationList:
    """The occasions of a year; numbers must be unique, for they are addresses."""
    origin = Origin(path)
    context.organ(shape.organ, origin.child("organ"))
    context.numbers((item.number, origin.child("items", at, "number")) for at, item in enumerate(shape.items))
    return ParticipationList(
        id=shape.id,
        organ=shape.organ,
        year=shape.year,
        title=shape.title,
        document=document,
        items=tuple(
            _participation(item, shape, origin.child("items", at), context) for at, item in enumerate(shape.items)
        ),
        themes=context.themes(shape.themes, origin),
        related=(),
        editor_note=shape.editor_note,
        origin=origin,
    )


def _participation(
    shape: ParticipationShape, listed: ParticipationFile, origin: Origin, context: Context
) -> Participation:
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
        units=context.known_units(shape.organizer, listed.organ, listed.year),
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
