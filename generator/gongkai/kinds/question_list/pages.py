"""Pages of questions about policies: all lists, a list with its questions and answers, and each question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gongkai.column import ids
from gongkai.column.page import (
    DISCLOSURE,
    HOME,
    Crumb,
    Neighbours,
    Page,
    around,
    connections,
    head_lists,
    neighbours,
    paginated,
    summary,
)
from gongkai.column.site_data import RecordRef, SiteData
from gongkai.column.states import ended
from gongkai.column.vocabulary import Organ, Theme
from gongkai.kinds.question_list.model import QUESTIONS, PolicyQuestion, QuestionList
from gongkai.kinds.question_list.parts import QUESTION_LIST, RESTS_ON


class BasisView(NamedTuple):
    """What an answer rests on; ``state`` says that the document holds no longer or not yet, else it is empty."""

    entry: RecordRef
    clause: str | None
    state: str


class QuestionListView(Neighbours):
    """What the template ``question_list`` shows."""

    list: QuestionList
    items: Sequence[PolicyQuestion]
    organ: Organ
    themes: Mapping[str, Theme]
    related: tuple[RecordRef, ...]
    connections: Sequence[tuple[str, Sequence[RecordRef]]]
    all: Crumb


def question_list_pages(column: SiteData, listed: QuestionList) -> Iterator[Page]:
    """The list, cut into pages, and a page for each question."""
    organ = column.organs[listed.organ]
    for part, shown in paginated(listed.url, listed.items):
        yield Page(
            kind="question_list",
            of="question_list",
            url=part.url(),
            title=part.named(listed.title),
            description=f"{organ.short_name}{listed.title}，共{len(listed.items)}问。",
            crumbs=(HOME, DISCLOSURE, QUESTIONS, Crumb(listed.title, listed.url)),
            view=QuestionListView(
                list=listed,
                items=shown,
                organ=organ,
                themes=column.themes,
                related=column.index.related.get(listed.id, ()),
                connections=connections(column, listed.id),
                all=QUESTIONS,
                **neighbours(column.index.series[QUESTION_LIST, listed.organ], listed.id),
            ),
            content_source=listed.document.issuer_name,
            keywords=(QUESTIONS.label, f"{listed.year}年", organ.short_name),
            source=listed.origin.file,
            part=part,
            rows=(
                ("question-lists", [listed.id]),
                ("questions", [ids.item(listed.id, item.number) for item in shown]),
            ),
            listed="questions",
        )
    entries = [column.index.entries[ids.item(listed.id, item.number)] for item in listed.items]
    for at, item in enumerate(listed.items):
        yield _question_page(column, listed, item, around(entries, at))


class QuestionView(Neighbours):
    """What the template ``question`` shows."""

    list: QuestionList
    item: PolicyQuestion
    basis: Sequence[BasisView]
    organ: Organ
    themes: Mapping[str, Theme]
    related: tuple[RecordRef, ...]
    connections: Sequence[tuple[str, Sequence[RecordRef]]]


def _question_page(column: SiteData, listed: QuestionList, item: PolicyQuestion, beside: Neighbours) -> Page:
    identifier, url = ids.item(listed.id, item.number), listed.url_of(item.number)
    return Page(
        kind="question",
        url=url,
        title=item.question,
        description=summary("".join(item.answer)),
        crumbs=(HOME, DISCLOSURE, QUESTIONS, Crumb(listed.title, listed.url), Crumb(item.question, url)),
        view=QuestionView(
            list=listed,
            item=item,
            basis=basis_of(column, item),
            organ=column.organs[listed.organ],
            themes=column.themes,
            related=column.index.related.get(identifier, ()),
            connections=[pair for pair in connections(column, identifier) if pair[0] != RESTS_ON],
            **beside,
        ),
        published=item.day,
        content_source=listed.document.issuer_name,
        keywords=(QUESTIONS.label,),
        source=listed.origin.file,
        rows=(("questions", [identifier]),),
    )


def basis_of(column: SiteData, item: PolicyQuestion) -> list[BasisView]:
    """What an answer rests on, with the state of each document on the day of the column."""
    entries = column.index.entries
    return [
        BasisView(entries[each.record], each.clause, ended(column, each.record))
        for each in item.basis
        if each.record in entries
    ]


def questions_pages(column: SiteData) -> Iterator[Page]:
    """All lists, newest first."""
    about = "大家常问的政策问题，每个回答都写明依据哪份文件、哪一条。"
    return head_lists(column, QUESTION_LIST, QUESTIONS, "questions", "question-lists", about)
