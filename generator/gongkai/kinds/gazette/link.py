"""A file of an issue -> the issue."""

from __future__ import annotations

from gongkai.column.context import Context
from gongkai.column.document import Document
from gongkai.column.linking import web_address
from gongkai.column.origin import Origin
from gongkai.kinds.gazette.model import Gazette, GazetteItem
from gongkai.kinds.gazette.shape import GazetteFile


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
