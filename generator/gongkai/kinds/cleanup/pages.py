"""Pages of clean-ups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from gongkai.column import ids
from gongkai.column.document import Document
from gongkai.column.page import (
    DISCLOSURE,
    HOME,
    Crumb,
    Neighbours,
    Page,
    connections,
    list_by_years,
    neighbours,
    paginated,
)
from gongkai.column.site_data import RecordRef, SiteData
from gongkai.column.vocabulary import Organ, Theme
from gongkai.kinds.cleanup.model import CLEANUPS, Cleanup, CleanupItem, Outcome
from gongkai.kinds.cleanup.parts import CLEANUP


class CleanupView(Neighbours):
    """What the template ``cleanup`` shows."""

    cleanup: Cleanup
    document: Document
    organ: Organ
    themes: Mapping[str, Theme]
    counts: str
    items: list[tuple[CleanupItem, RecordRef | None, str | None]]
    related: tuple[RecordRef, ...]
    connections: list[tuple[str, list[RecordRef]]]
    all: Crumb


def cleanup_pages(column: SiteData, cleanup: Cleanup) -> Iterator[Page]:
    """The decision with its list, cut into pages; what the column holds of it is linked."""
    counts = Counter(item.result for item in cleanup.items)
    about = "，".join(f"{outcome.value}{counts[outcome]}件" for outcome in Outcome if counts[outcome])
    for part, shown in paginated(cleanup.url, cleanup.items):
        yield Page(
            kind="cleanup",
            of="cleanup",
            url=part.url(),
            title=part.named(cleanup.title),
            description=f"{cleanup.title}：{about}。",
            crumbs=(HOME, DISCLOSURE, CLEANUPS, Crumb(cleanup.title, cleanup.url)),
            view=CleanupView(
                cleanup=cleanup,
                document=cleanup.document,
                organ=column.organs[cleanup.organ].as_on(cleanup.document.date_signed),
                themes=column.themes,
                counts=about,
                items=[(item, *_held(column, item.document)) for item in shown],
                related=column.index.related.get(cleanup.id, ()),
                connections=connections(column, cleanup.id),
                all=CLEANUPS,
                **neighbours(column.index.series[CLEANUP, cleanup.organ], cleanup.id),
            ),
            published=cleanup.document.date_published,
            content_source=cleanup.document.issuer_name,
            keywords=(CLEANUPS.label, f"{cleanup.year}年"),
            source=cleanup.origin.file,
            part=part,
            rows=(("cleanups", [cleanup.id]), ("cleanup", [ids.item(cleanup.id, item.number) for item in shown])),
            listed="cleanup",
        )


def _held(column: SiteData, identifier: str | None) -> tuple[RecordRef | None, str | None]:
    """What the column itself holds of a document that is listed: where it is, and what its source says of it."""
    entry, document = column.index.entries.get(identifier or ""), column.index.documents.get(identifier or "")
    return entry, document.validity_on(column.as_of) if document else None


def cleanups_pages(column: SiteData) -> Iterator[Page]:
    """All of them, newest year first."""
    heads = [head for head in column.index.heads.values() if head.entry.kind is CLEANUP]
    return list_by_years(column, "cleanups", CLEANUPS, "历次文件清理：哪些废止、失效，哪些继续有效。", heads)
