"""The lists of 法定主动公开内容: plans, directories of decisions, project lists, documents; and the page above them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from generator.model import urls
from generator.model.column import Column, Head, RecordKind
from generator.pages.decision import DECISIONS
from generator.pages.page import DISCLOSURE, HOME, Crumb, Page, in_parts
from generator.pages.plan import PLANS
from generator.pages.project import PROJECTS

DOCUMENTS = Crumb("公文", urls.DOCUMENTS)
NEWS = 100
"""Records that a feed tells of at most: what is new; everything that ever was is in the open data."""


def disclosure_page(column: Column) -> Page:
    """The page above the four lists."""
    return Page(
        kind="disclosure",
        url=urls.DISCLOSURE,
        title="法定主动公开内容",
        description="依法主动公开的工作要点、重点项目和重大行政决策事项目录。",
        crumbs=(HOME, DISCLOSURE),
        view={"counts": counts(column), "documents": len(column.documents)},
        keywords=("法定主动公开内容", "政府信息公开"),
    )


def counts(column: Column) -> dict[str, int]:
    """How much the column holds, by kind."""
    total = dict.fromkeys(RecordKind, 0)
    for entry in column.index.entries.values():
        total[entry.kind] += 1
    return {
        "plans": total[RecordKind.PLAN],
        "tasks": total[RecordKind.TASK],
        "decisions": total[RecordKind.DECISION],
        "projects": total[RecordKind.PROJECT],
        "units": len(column.units),
    }


def list_pages(column: Column) -> Iterator[Page]:
    """Every list, cut into pages, newest first."""
    yield from _heads(column, RecordKind.PLAN, PLANS, "plans", "历年政务公开工作要点和任务分解表。")
    about = "历年重大行政决策事项目录和各事项的公开情况。"
    yield from _heads(column, RecordKind.DIRECTORY, DECISIONS, "decisions", about)
    yield from _heads(column, RecordKind.PROJECT_LIST, PROJECTS, "projects", "历年重点建设项目和预备项目清单。")
    yield from _documents(column)


_TABLES = {"plans": "plans", "decisions": "directories", "projects": "project-lists"}


def _heads(column: Column, kind: RecordKind, crumb: Crumb, name: str, description: str) -> Iterator[Page]:
    heads = [head for head in column.index.heads.values() if head.entry.kind is kind]
    news = list(newest(column, RecordKind.DECISION)) if name == "decisions" else None
    for part, shown in in_parts(crumb.url, heads):
        yield Page(
            kind=name,
            url=part.url(),
            title=part.named(crumb.label),
            description=description,
            crumbs=(HOME, DISCLOSURE, crumb),
            view={"records": shown, "organs": column.organs},
            keywords=(crumb.label, "政府信息公开"),
            part=part,
            rows=((_TABLES[name], [head.entry.id for head in shown]),),
            listed=_TABLES[name],
            news=news if part.number == 1 else None,
        )


def newest(column: Column, kind: RecordKind) -> Iterator[str]:
    """Ids of the newest records of a kind."""
    return islice((entry.id for entry in column.index.entries.values() if entry.kind is kind), NEWS)


def _documents(column: Column) -> Iterator[Page]:
    carriers = [head for head in column.index.heads.values() if head.document == head.entry.id]
    carriers.sort(key=lambda head: (str(head.date_signed or ""), head.document), reverse=True)
    for part, shown in in_parts(urls.DOCUMENTS, carriers):
        yield Page(
            kind="documents",
            url=part.url(),
            title=part.named(DOCUMENTS.label),
            description="本专栏收录的通知等公文。",
            crumbs=(HOME, DISCLOSURE, DOCUMENTS),
            view={"documents": shown, "organs": column.organs},
            keywords=(DOCUMENTS.label, "政府信息公开"),
            part=part,
            rows=(("documents", [head.document for head in shown]),),
            listed="documents",
        )


def by_kind(heads: Sequence[Head]) -> dict[str, Any]:
    """Heads as the three blocks that lists show them in."""
    kinds = {"plans": RecordKind.PLAN, "directories": RecordKind.DIRECTORY, "lists": RecordKind.PROJECT_LIST}
    return {name: [head for head in heads if head.entry.kind is kind] for name, kind in kinds.items()}
