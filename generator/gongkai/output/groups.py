"""The groups of pages of a column: which there are, and the pages of each, made from what they ask of a column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

from gongkai.column import urls
from gongkai.column.page import Page
from gongkai.column.site_data import DocumentHead, SiteData
from gongkai.kinds.registry import KINDS, of_record
from gongkai.output.reader import Reader
from gongkai.site.audience import audience_pages, audiences_page
from gongkai.site.document import comparison_pages, comparisons, document_page
from gongkai.site.facets import facets_of_organ, facets_of_theme
from gongkai.site.landing import door_pages, organ_pages, theme_pages, year_pages
from gongkai.site.lists import disclosure_page
from gongkai.site.occasions import occasions_pages
from gongkai.site.planning import planning_page
from gongkai.site.rules import rule_pages
from gongkai.site.unit import unit_pages, units_pages

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
    return replace(
        column,
        documents={known: column.documents[known] for known in (head.document,) if known in column.documents},
        files={
            kind.name: {
                record: kind.of(column)[record] for record, one in records.items() if one.entry.kind in kind.heads
            }
            for kind in KINDS
        },
        index=replace(column.index, heads=together),
    )


def record_pages(column: SiteData) -> Iterator[Page]:
    """The pages of authored files and of their documents; narrowed columns have one file."""
    for kind in KINDS:
        for file in kind.of(column).values():
            yield from kind.pages(column, file)
    for kind in KINDS:
        for identifier in kind.of(column) if kind.carries else ():
            if identifier in column.documents:
                yield document_page(column, column.documents[identifier], tuple(_issued_with(column, identifier)))


def _issued_with(column: SiteData, document: str) -> Iterator[str]:
    """What was issued with a document, but for the file that is nothing else than that document."""
    for record, head in column.index.heads.items():
        if head.document == document and not of_record(head.entry.kind).standalone:
            yield record


OVERVIEWS: Mapping[str, Pages] = {
    pages.__name__: pages
    for pages in (
        *(rule_pages, door_pages, year_pages, organ_pages, units_pages, occasions_pages),
        *(kind.lists for kind in KINDS),
    )
} | {
    page.__name__: lambda column, page=page: filter(None, [page(column)])  # type: ignore[misc]
    for page in (disclosure_page, planning_page, audiences_page)
}
"""By name: the pages that lead to records by what they are, few and without texts of records."""


def overviews(column: SiteData) -> Iterator[Page]:
    """The pages of :data:`OVERVIEWS`."""
    return chain.from_iterable(pages(column) for pages in OVERVIEWS.values())


def listings(column: SiteData) -> Iterator[tuple[str, Pages]]:
    """The groups of pages that show something of several files, by name."""
    index = column.index
    for theme in column.themes_in_use:
        yield urls.theme(theme.id), partial(_about, theme_pages, "themes", theme.id)
    for unit in column.units:
        yield urls.unit(unit), partial(_about, unit_pages, "units", unit)
    for audience in index.audiences:
        yield urls.audience(audience), partial(_about, audience_pages, "audiences", audience)
    for organ in column.organs:
        yield f"{urls.organ(organ)}years/", partial(_about, facets_of_organ, "organs", organ)
    for filed in index.themes:
        yield f"{urls.theme(filed)}pairs/", partial(_about, facets_of_theme, "themes", filed)
    yield from OVERVIEWS.items()
    for document in index.texts:
        yield f"{urls.document(document)}compare/", partial(_comparisons, document)


def _about(pages: Callable[[SiteData, Any], Iterable[Page]], part: str, key: str, column: SiteData) -> Iterable[Page]:
    return pages(column, getattr(column, part)[key])


def _comparisons(document: str, column: SiteData) -> Iterable[Page]:
    return comparison_pages(column, document)


def lasting_addresses(column: SiteData) -> frozenset[str]:
    """The addresses of pages that are there as long as the records, documents and units that they are about."""
    index = column.index
    of_records = (entry.url for entry in index.entries.values())
    return frozenset(chain(of_records, map(urls.document, index.documents), map(urls.unit, column.units)))


def other_addresses(column: SiteData) -> frozenset[str]:
    """The addresses of lists that come and go with what is filed in them; of a list cut into pages, of the first."""
    index = column.index
    return frozenset(
        chain(
            (urls.HOME, urls.SEARCH, urls.DATA),
            map(urls.audience, index.audiences),
            (urls.theme(theme.id) for theme in column.themes_in_use),
            (urls.organ_year(*pair) for pair in index.organ_years),
            (urls.organ_theme(*pair) for pair in index.organ_themes),
            (urls.year_theme(*pair) for pair in index.year_themes),
            (url for text in index.texts for _, _, url in comparisons(column, text)),
        )
    )
