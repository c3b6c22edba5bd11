"""Topics (专题): what is gathered for one need, under headings, from this column and from elsewhere."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from gongkai.column.document import Document
from gongkai.column.origin import Origin
from gongkai.column.page import Crumb

TOPICS = Crumb("专题", "topics/")


class TopicEntry(Struct, frozen=True, kw_only=True):
    """One thing that is gathered: a record of this column, or a page elsewhere with its title.

    ``heading`` begins a group; ``about`` says in a sentence what readers find there.
    """

    heading: str | None
    record: str | None
    title: str | None
    url: str | None
    about: str | None
    origin: Origin


class Topic(Struct, frozen=True, kw_only=True):
    """A topic; ``reviewed`` is when somebody last looked whether all of it still holds."""

    id: str
    organ: str
    year: int
    title: str
    summary: tuple[str, ...]
    reviewed: date | None
    document: Document
    items: tuple[TopicEntry, ...]
    audiences: tuple[str, ...]
    themes: tuple[str, ...]
    related: tuple[str, ...]
    editor_note: str | None
    origin: Origin

    @property
    def url(self) -> str:
        """Its page."""
        return f"{TOPICS.url}{self.id}/"
