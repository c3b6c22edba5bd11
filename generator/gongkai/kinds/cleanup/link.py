"""A file of a clean-up -> the clean-up."""

from __future__ import annotations

from gongkai.column.context import Context
from gongkai.column.document import Document
from gongkai.column.linking import note_waivers
from gongkai.column.origin import Origin
from gongkai.kinds.cleanup.model import Cleanup, CleanupItem
from gongkai.kinds.cleanup.shape import CleanupFile, CleanupItemShape


def link_cleanup(shape: CleanupFile, document: Document, path: str, context: Context) -> Cleanup:
    """One decision; whether its documents exist is checked once everything is linked."""
    origin = Origin(path)
    context.organ(shape.organ, origin.child("organ"))
    context.numbers((item.number, origin.child("items", at, "number")) for at, item in enumerate(shape.items))
    return Cleanup(
        id=shape.id,
        organ=shape.organ,
        year=shape.year,
        title=shape.title,
        document=document,
        items=tuple(_item(item, origin.child("items", at), context) for at, item in enumerate(shape.items)),
        themes=context.themes(shape.themes, origin),
        related=tuple(shape.related),
        editor_note=shape.editor_note,
        origin=origin,
    )


def _item(shape: CleanupItemShape, origin: Origin, context: Context) -> CleanupItem:
    note_waivers(shape.ignore, origin, context)
    return CleanupItem(
        number=shape.number,
        title=shape.title,
        doc_number=shape.doc_number,
        result=shape.result,
        since=shape.since,
        document=shape.document,
        reason=shape.reason,
        origin=origin,
    )
