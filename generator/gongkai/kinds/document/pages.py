"""Documents and interpretations as lists: all of them, by kind and by year, each cut into pages that can be walked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypedDict

from gongkai.column import urls
from gongkai.column.document import Genre
from gongkai.column.news import news_of
from gongkai.column.page import DISCLOSURE, HOME, Choice, Crumb, Page, paginated_if_any
from gongkai.column.site_data import DocumentHead, RecordRef, SiteData
from gongkai.column.vocabulary import Organ
from gongkai.kinds.document.model import StandaloneDocument
from gongkai.kinds.document.parts import EXPLAINS, INTERPRETATION

DOCUMENTS = Crumb("公文", urls.DOCUMENTS)
INTERPRETATIONS = Crumb("政策解读", urls.INTERPRETATIONS)


def document_and_interpretation_lists(column: SiteData) -> Iterator[Page]:
    """Both lists that lead to documents."""
    yield from document_lists(column)
    yield from interpretation_lists(column)


def document_lists(column: SiteData) -> Iterator[Page]:
    """All documents, those of each kind, and those of each year, newest first; no ways where all would lead to one.

    Nothing where there are none.
    """
    heads = [head for head in column.index.heads.values() if _is_document(column, head)]
    heads.sort(key=lambda head: (str(head.date_signed or ""), head.document), reverse=True)
    genres: dict[Genre, list[DocumentHead]] = {genre: [] for genre in Genre}
    years: dict[int, list[DocumentHead]] = defaultdict(list)
    for head in heads:
        genres[Genre(head.genre)].append(head)
        years[head.entry.year].append(head)
    by_genre = [
        (Choice(genre.value, urls.documents_of_genre(genre.name), len(found)), found)
        for genre, found in genres.items()
        if found
    ]
    by_year = [
        (Choice(f"{year}年", urls.documents_of_year(year), len(found)), found)
        for year, found in sorted(years.items(), reverse=True)
    ]
    ways = [("按文件种类", by_genre), ("按年份", by_year)]
    shown = [(label, [choice for choice, _ in found]) for label, found in ways if len(found) > 1]
    yield from _list(column, DOCUMENTS, heads, shown)
    for _, several in ways:
        for choice, found in several if len(several) > 1 else ():
            yield from _list(column, Crumb(choice.label, choice.url), found, shown)


class DocumentsView(TypedDict):
    """What the template ``documents`` shows."""

    documents: Sequence[DocumentHead]
    total: int
    ways: list[tuple[str, list[Choice]]]
    here: str


def _list(
    column: SiteData, crumb: Crumb, heads: Sequence[DocumentHead], ways: list[tuple[str, list[Choice]]]
) -> Iterator[Page]:
    whole = crumb is DOCUMENTS
    title = crumb.label if whole else f"{DOCUMENTS.label}：{crumb.label}"
    for part, shown in paginated_if_any(crumb.url, heads):
        yield Page(
            kind="documents",
            url=part.url(),
            title=part.named(title),
            description=f"{title}，共{len(heads)}件：规范性文件、政策文件和通知等，写明有效性。",
            crumbs=(HOME, DISCLOSURE, DOCUMENTS) if whole else (HOME, DISCLOSURE, DOCUMENTS, crumb),
            view=DocumentsView(documents=shown, total=len(heads), ways=ways, here=crumb.url),
            keywords=(DOCUMENTS.label, crumb.label, "政府信息公开"),
            part=part,
            rows=(("documents", [head.document for head in shown]),),
            listed="documents",
            news=news_of(column, [head.entry.id for head in heads]) if part.number == 1 else None,
        )


def _is_document(column: SiteData, head: DocumentHead) -> bool:
    document = column.index.documents.get(head.entry.id)
    return document is not None and document.genre is not Genre.INTERPRETATION


class InterpretationsView(TypedDict):
    """What the template ``interpretations`` shows."""

    interpretations: list[tuple[DocumentHead, str, list[RecordRef]]]
    organs: Mapping[str, Organ]


def interpretation_lists(column: SiteData) -> Iterator[Page]:
    """All interpretations, newest first, with what each explains; nothing where there are none."""
    heads = [head for head in column.index.heads.values() if head.entry.kind is INTERPRETATION]
    for part, shown in paginated_if_any(urls.INTERPRETATIONS, heads):
        explained = [(head, _form(column.files["document"][head.entry.id]), _explains(column, head)) for head in shown]
        yield Page(
            kind="interpretations",
            url=part.url(),
            title=part.named(INTERPRETATIONS.label),
            description="文字、图解、视频、问答等形式的政策解读，与文件互相链接。",
            crumbs=(HOME, DISCLOSURE, INTERPRETATIONS),
            view=InterpretationsView(interpretations=explained, organs=column.organs),
            keywords=(INTERPRETATIONS.label, "政府信息公开"),
            part=part,
            rows=(("interpretations", [head.entry.id for head in shown]),),
            listed="interpretations",
            news=news_of(column, [head.entry.id for head in heads]) if part.number == 1 else None,
        )


def _form(paper: StandaloneDocument) -> str:
    """How it explains: in questions and answers, in writing, or elsewhere."""
    form = "问答" if paper.questions else "文字" if paper.document.paragraphs else "图解、视频等"
    return f"{form}（二次解读）" if paper.second else form


def _explains(column: SiteData, head: DocumentHead) -> list[RecordRef]:
    edges = column.index.edges.get(head.entry.id, ())
    return [edge.entry for edge in edges if edge.relation is EXPLAINS]
