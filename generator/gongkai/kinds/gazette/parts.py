"""What everybody but its own page asks of an issue of the gazette."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.column.words import Relation, record_kind
from gongkai.kinds.gazette.model import Gazette, url_of
from gongkai.kinds.interface import Link, Part, Passage, Vocabulary, head_part

GAZETTE = record_kind("gazette", "政府公报")
CONTAINS, PRINTED_IN = Relation("刊登"), Relation("刊于政府公报")


def gazette_parts(issue: Gazette, _vocabulary: Vocabulary) -> Iterator[Part]:
    """One record: its items have no pages of their own."""
    yield head_part(
        issue,
        GAZETTE,
        url_of(issue),
        f"第{issue.issue}期",
        *(" ".join(filter(None, (item.title, item.doc_number))) for item in issue.items),
        links=tuple(
            Link(CONTAINS, item.document, issue.origin.child("items", at, "document"))
            for at, item in enumerate(issue.items)
            if item.document
        ),
        passages=(
            Passage(issue.title, issue.origin.child("title")),
            *(Passage(item.title, issue.origin.child("items", at, "title")) for at, item in enumerate(issue.items)),
        ),
    )
