"""A file of an issue -> the issue."""

from __future__ import annotations

from generator.kinds.gazette.model import Gazette, GazetteItem
from generator.kinds.gazette.shape import GazetteFile
from generator.link.context import Context
from generator.link.values import web_address
from generator.model.document import Document
from generator.model.origin import Origin


def link_gazette(shape: GazetteFile, document: Document, path: str, context: Context) -> Gazette:
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
        document=document,
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
