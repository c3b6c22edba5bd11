"""A file of a topic -> the topic."""

from __future__ import annotations

from gongkai.column.context import Context
from gongkai.column.document import Document
from gongkai.column.linking import web_address
from gongkai.column.origin import Origin
from gongkai.kinds.topic.model import Topic, TopicEntry
from gongkai.kinds.topic.shape import TopicEntryShape, TopicFile


def link_topic(shape: TopicFile, document: Document, path: str, context: Context) -> Topic:
    """One topic; whether what it gathers exists is checked once everything is linked."""
    origin = Origin(path)
    context.organ(shape.organ, origin.child("organ"))
    return Topic(
        id=shape.id,
        organ=shape.organ,
        year=shape.year,
        title=shape.title,
        summary=tuple(shape.summary),
        reviewed=shape.reviewed,
        document=document,
        items=tuple(_entry(item, origin.child("items", at), context) for at, item in enumerate(shape.items)),
        audiences=context.audiences(shape.audiences, origin),
        themes=context.themes(shape.themes, origin),
        related=tuple(shape.related),
        editor_note=shape.editor_note,
        origin=origin,
    )


def _entry(shape: TopicEntryShape, origin: Origin, context: Context) -> TopicEntry:
    web_address(shape.url, origin.child("url"), context)
    elsewhere = bool(shape.title and shape.url)
    if bool(shape.record) == elsewhere:
        words = "编号和网址都写了" if shape.record else "没有写收录的是什么"
        context.problems.error("REF-14", origin, words, "本专栏里的只写 record；别处的写 title 和 url")
    return TopicEntry(
        heading=shape.heading,
        record=shape.record,
        title=shape.title,
        url=shape.url,
        about=shape.about,
        origin=origin,
    )
