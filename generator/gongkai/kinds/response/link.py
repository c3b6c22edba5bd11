"""A file of an answer -> the answer."""

from __future__ import annotations

from gongkai.column.context import Context
from gongkai.column.document import Document
from gongkai.column.linking import note_waivers
from gongkai.column.origin import Origin
from gongkai.kinds.response.model import Opinion, Response
from gongkai.kinds.response.shape import OpinionShape, ResponseFile


def link_response(shape: ResponseFile, document: Document, path: str, context: Context) -> Response:
    """One answer; whether what it answers for exists is checked once everything is linked."""
    origin = Origin(path)
    context.organ(shape.organ, origin.child("organ"))
    context.numbers((item.number, origin.child("opinions", at, "number")) for at, item in enumerate(shape.opinions))
    return Response(
        id=shape.id,
        organ=shape.organ,
        year=shape.year,
        title=shape.title,
        document=document,
        about=shape.about,
        received=shape.received,
        adopted=shape.adopted,
        unadopted_reasons=shape.unadopted_reasons,
        opinions=tuple(_opinion(item, origin.child("opinions", at), context) for at, item in enumerate(shape.opinions)),
        themes=context.themes(shape.themes, origin),
        related=tuple(shape.related),
        editor_note=shape.editor_note,
        origin=origin,
    )


def _opinion(shape: OpinionShape, origin: Origin, context: Context) -> Opinion:
    note_waivers(shape.ignore, origin, context)
    return Opinion(
        number=shape.number,
        text=shape.text,
        treatment=shape.treatment,
        reason=shape.reason,
        count=shape.count,
        origin=origin,
    )
