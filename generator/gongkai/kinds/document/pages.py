"""Documents and interpretations as lists: all of them, by kind and by year, each cut into pages that can be walked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypedDict

from gongkai.column import ids, urls
from gongkai.column.document import Document, Genre
from gongkai.column.news import news_of
from gongkai.column.page import DISCLOSURE, HOME, Choice, Crumb, Neighbours, Page, around, paginated_if_any, summary
from gongkai.column.site_data import DocumentHead, RecordRef, SiteData
from gongkai.column.states import ended
from gongkai.column.vocabulary import Organ, Theme
from gongkai.kinds.document.model import Question, StandaloneDocument
from gongkai.kinds.document.parts import EXPLAINS, INTERPRETATION, basis_of

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


class Explained(NamedTuple):
    """What an answer is about; ``state`` says that the document holds no longer or not yet, else it is empty."""

    entry: RecordRef
    clause: str | None
    state: str


class InterpretationQuestionView(Neighbours):
    """What the template ``interpretation_question`` shows."""

    paper: StandaloneDocument
    document: Document
    item: Question
    basis: Sequence[Explained]
    organ: Organ
    themes: Mapping[str, Theme]


def question_pages(column: SiteData, paper: StandaloneDocument) -> Iterator[Page]:
    """A page for each question that an interpretation answers."""
    entries = [column.index.entries[ids.question(paper.id, item.number)] for item in paper.questions]
    for at, item in enumerate(paper.questions):
        url = urls.document_question(paper.id, item.number)
        paper_crumb = Crumb(paper.title, urls.document(paper.id))
        yield Page(
            kind="interpretation_question",
            url=url,
            title=item.question,
            description=summary(item.answer),
            crumbs=(HOME, DISCLOSURE, INTERPRETATIONS, paper_crumb, Crumb(item.question, url)),
            view=InterpretationQuestionView(
                paper=paper,
                document=paper.document,
                item=item,
                basis=[
                    Explained(column.index.entries[record], clause, ended(column, record))
                    for record, clause in basis_of(paper, item)
                    if record in column.index.entries
                ],
                organ=column.organs[paper.organ],
                themes=column.themes,
                **around(entries, at),
            ),
            published=paper.document.date_published,
            content_source=paper.document.issuer_name,
            keywords=(INTERPRETATIONS.label,),
            source=paper.origin.file,
            rows=(("interpretation-questions", [ids.question(paper.id, item.number)]),),
        )


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
