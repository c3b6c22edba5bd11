"""Pages of official documents: the notice as printed, and what was issued with it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import urls
from generator.model.column import Column
from generator.model.document import Document
from generator.pages.browse import DOCUMENTS
from generator.pages.page import DISCLOSURE, HOME, Crumb, Page, summary


def document_pages(column: Column) -> Iterator[Page]:
    """A page for each document, with the plans, lists and directories it carries."""
    for document in column.documents.values():
        yield _document_page(column, document)


def _document_page(column: Column, document: Document) -> Page:
    annexed = [
        column.index.entries[record.id]
        for records in (column.plans, column.lists, column.directories)
        for record in records.values()
        if record.document.id == document.id
    ]
    title = document.title or f"《{annexed[0].title}》随文公文"
    return Page(
        kind="document",
        url=urls.document(document.id),
        title=title,
        description=summary(document.paragraphs[0] if document.paragraphs else title),
        crumbs=(HOME, DISCLOSURE, DOCUMENTS, Crumb(document.doc_number or title, urls.document(document.id))),
        view={
            "document": document,
            "organ": column.organs[document.organ],
            "annexed": annexed,
            "themes": column.themes,
        },
        published=document.date_published,
        content_source=document.issuer_name,
        keywords=tuple(filter(None, (document.doc_number, document.issuer_name))),
        source=document.origin.file,
    )
