"""Pages of official documents: their text and elements, what was issued with them, and their life."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TypedDict

from gongkai.column import urls
from gongkai.column.document import LAPSED, Document, Genre, Validity
from gongkai.column.page import DISCLOSURE, HOME, Crumb, Page, Rows, connections, summary
from gongkai.column.revisions import Line, compare, compared
from gongkai.column.site_data import RecordRef, SiteData, Text
from gongkai.column.vocabulary import Organ, Theme
from gongkai.column.words import REPLACED_BY
from gongkai.kinds.document import KIND as DOCUMENT_FILES
from gongkai.kinds.document.model import StandaloneDocument
from gongkai.kinds.document.pages import DOCUMENTS, INTERPRETATIONS
from gongkai.kinds.registry import KINDS

_TABLES = {
    record: kind.tables[0].name for kind in KINDS if kind.carries and not kind.standalone for record in kind.heads
}
_LIMITED = (None, Validity.IN_FORCE, Validity.EXPIRED)
"""What a document may be said to be while its last day is worth telling: no other words say how it ended."""
_ENDED = {
    Validity.ABOLISHED: "已经废止",
    Validity.EXPIRED: "已经失效",
    Validity.AMENDED: "已被修改",
    Validity.NOT_YET: "尚未施行",
}


class DocumentLife(TypedDict):
    """What became of a document: revisions, what replaced it, whether it holds."""

    paper: StandaloneDocument | None
    ended: str | None
    replaced: list[RecordRef]
    connections: list[tuple[str, list[RecordRef]]]
    texts: Sequence[Text]
    comparisons: list[tuple[RecordRef, RecordRef, str]]
    in_force: RecordRef | None
    limited_until: date | None


class DocumentView(DocumentLife):
    """What the template ``document`` shows."""

    document: Document
    organ: Organ
    annexed: list[RecordRef]
    themes: Mapping[str, Theme]
    related: tuple[RecordRef, ...]


def document_page(column: SiteData, document: Document, carried: tuple[str, ...]) -> Page:
    """The page of a document; ``carried`` are the ids of the plans, lists and directories issued with it."""
    annexed = [column.index.entries[identifier] for identifier in carried]
    paper = DOCUMENT_FILES.of(column).get(document.id)
    title = document.title or f"《{annexed[0].title}》随文公文"
    above = INTERPRETATIONS if document.genre is Genre.INTERPRETATION else DOCUMENTS
    text = document.paragraphs[0] if document.paragraphs else title
    return Page(
        kind="document",
        url=urls.document(document.id),
        title=title,
        description=summary(document.summary or text),
        crumbs=(HOME, DISCLOSURE, above, Crumb(document.doc_number or title, urls.document(document.id))),
        view=DocumentView(
            document=document,
            organ=column.organs[document.organ].as_on(document.date_signed),
            annexed=annexed,
            themes=column.themes,
            related=column.index.related.get(document.id, ()) if paper else (),
            **_life(column, document, paper),
        ),
        published=document.date_published,
        content_source=document.issuer_name,
        keywords=tuple(filter(None, (document.doc_number, document.issuer_name))),
        source=document.origin.file,
        rows=(("documents", [document.id]), *_more_rows(annexed, paper)),
    )


def _ended(document: Document, day: date) -> str | None:
    """What the top of the page says of a document that does not hold on ``day``; None of one that does."""
    if document.validity in _ENDED:
        return _ENDED[document.validity]
    return LAPSED if document.lapsed(day) else None


def _life(column: SiteData, document: Document, paper: StandaloneDocument | None) -> DocumentLife:
    edges = column.index.edges.get(document.id, ())
    replaced = [edge.entry for edge in edges if edge.relation is REPLACED_BY]
    texts = column.index.texts.get(document.id, ())
    return {
        "paper": paper,
        "limited_until": document.valid_until if document.validity in _LIMITED else None,
        "ended": _ended(document, column.as_of),
        "replaced": replaced,
        "connections": connections(column, document.id),
        "texts": texts,
        "comparisons": list(comparisons(column, document.id)),
        "in_force": next(
            (text.entry for text in texts if _holds(text, column.as_of) and text.entry.id != document.id), None
        ),
    }


def _holds(text: Text, day: date) -> bool:
    return text.first is not None and text.first <= day and (text.last is None or day <= text.last)


def comparisons(column: SiteData, identifier: str) -> Iterator[tuple[RecordRef, RecordRef, str]]:
    """The comparisons in which a text takes part: earlier, later, address."""
    entries = [text.entry for text in column.index.texts.get(identifier, ())]
    for earlier, later in compared(entries):
        if identifier in (earlier.id, later.id):
            yield earlier, later, urls.comparison(later.id, earlier.id)


def _more_rows(annexed: list[RecordRef], paper: StandaloneDocument | None) -> Rows:
    tables = ((table, [entry.id for entry in annexed if entry.kind is kind]) for kind, table in _TABLES.items())
    rows = [(table, found) for table, found in tables if found]
    if paper and paper.document.genre is Genre.INTERPRETATION:
        rows.append(("interpretations", [paper.id]))
    return rows


class ComparisonView(TypedDict):
    """What the template ``comparison`` shows."""

    earlier: tuple[RecordRef, Document]
    later: tuple[RecordRef, Document]
    lines: tuple[Line, ...]
    changed: int


def comparison_pages(column: SiteData, identifier: str) -> Iterator[Page]:
    """Every comparison of which a text is the later one."""
    for earlier, later, url in comparisons(column, identifier):
        if later.id == identifier:
            yield comparison_page(column, earlier, later, url)


def comparison_page(column: SiteData, earlier: RecordRef, later: RecordRef, url: str) -> Page:
    """Two texts of a document side by side."""
    before, after = column.documents[earlier.id], column.documents[later.id]
    lines = compare(before.paragraphs, after.paragraphs)
    page = Crumb("修订对照", url)
    return Page(
        kind="comparison",
        url=url,
        title=f"{later.title}：修订对照",
        description=f"{earlier.title}与{later.title}逐段对照，改动的文字标出。",
        crumbs=(HOME, DISCLOSURE, DOCUMENTS, Crumb(later.title, urls.document(later.id)), page),
        view=ComparisonView(
            earlier=(earlier, before),
            later=(later, after),
            lines=lines,
            changed=sum(line.changed for line in lines),
        ),
        published=after.date_published,
        content_source=after.issuer_name,
        keywords=("修订对照", later.title),
        rows=(("documents", [earlier.id, later.id]),),
    )
