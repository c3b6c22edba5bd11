"""The groups of pages of a column: which there are, and the pages of each, made from what they ask of a column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any

from gongkai.column.page import Page
from gongkai.column.site_data import DocumentHead, SiteData
from gongkai.kinds.registry import KINDS
from gongkai.output.reader import Reader
from gongkai.site.addresses import SITE_PAGES, SitePages, file_pages, issued_document

Pages = Callable[[SiteData], Iterable[Page]]


def issued_together(column: SiteData) -> Mapping[str, Mapping[str, DocumentHead]]:
    """By document: what was issued with it, by id."""
    found: dict[str, dict[str, DocumentHead]] = {}
    for record, head in column.index.heads.items():
        found.setdefault(head.document, {})[record] = head
    return found


def narrowed(
    column: SiteData, head: DocumentHead, records: Mapping[str, DocumentHead], together: Mapping[str, DocumentHead]
) -> SiteData:
    """A column of some records and the document of ``head``; of the indexes, only heads are cut down.

    Args:
        column: the whole column.
        head: an authored file.
        records: what the new column holds; all were issued with the same document.
        together: everything that was issued with that document.
    """
    if isinstance(column, Reader):
        return column.narrowed(records, together)
    return column.but(
        documents={known: column.documents[known] for known in (head.document,) if known in column.documents},
        files={
            kind.name: {
                record: kind.of(column)[record] for record, one in records.items() if one.entry.kind in kind.heads
            }
            for kind in KINDS
        },
        index=column.index.but(heads=together),
    )


def record_pages(column: SiteData) -> Iterator[Page]:
    """The pages of authored files and of their documents; narrowed columns have one file."""
    for kind in KINDS:
        for file in kind.of(column).values():
            yield from file_pages(column, kind, file)
    for kind in KINDS:
        for identifier in kind.of(column) if kind.carries else ():
            if identifier in column.documents:
                yield from issued_document(column, identifier)


def listings(column: SiteData) -> Mapping[str, Pages]:
    """The groups of pages that show something of several files, by name; those that take longest first."""
    parts: dict[str, list[tuple[SitePages, tuple[Any, ...]]]] = {}
    for some in sorted(SITE_PAGES, key=lambda some: some.overview):
        for key in some.all_keys(column) if not some.apart else ():
            parts.setdefault(some.together(key), []).append((some, key))
    found: dict[str, Pages] = {name: partial(_made, pages) for name, pages in parts.items()}
    return found | {kind.name: kind.lists for kind in KINDS}


def _made(pages: Iterable[tuple[SitePages, tuple[Any, ...]]], column: SiteData) -> Iterator[Page]:
    return chain.from_iterable(some.made(column, key) for some, key in pages)
