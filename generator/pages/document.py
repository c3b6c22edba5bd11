"""Pages of official documents: the notice as printed, and what was issued with it."""

from __future__ import annotations

from generator.model import urls
from generator.model.column import Column, Entry, RecordKind
from generator.model.document import Document
from generator.pages.lists import DOCUMENTS
from generator.pages.page import DISCLOSURE, HOME, Crumb, Page, Rows, summary

_TABLES = {RecordKind.PLAN: "plans", RecordKind.DIRECTORY: "directories", RecordKind.PROJECT_LIST: "project-lists"}


def document_page(column: Column, document: Document, carried: tuple[str, ...]) -> Page:
    """The page of a document; ``carried`` are the ids of the plans, lists and directories issued with it."""
    annexed = [column.index.entries[identifier] for identifier in carried]
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
        rows=(("documents", [document.id]), *_carried_rows(annexed)),
    )


def _carried_rows(annexed: list[Entry]) -> Rows:
    tables = ((table, [entry.id for entry in annexed if entry.kind is kind]) for kind, table in _TABLES.items())
    return [(table, found) for table, found in tables if found]
