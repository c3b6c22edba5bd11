"""What everybody but its own pages asks of a clean-up."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.column.words import Relation, record_kind
from gongkai.kinds.cleanup.model import Cleanup
from gongkai.kinds.interface import Link, Part, Passage, Vocabulary, head_part

CLEANUP = record_kind("cleanup", "文件清理结果", cited=True, audience_rank=None)
CLEANS, CLEANED_BY = Relation("清理的文件"), Relation("文件清理结果")


def cleanup_parts(cleanup: Cleanup, _vocabulary: Vocabulary) -> Iterator[Part]:
    """One record: the documents that it lists have no pages here, unless they are in the column."""
    lines = (" ".join(filter(None, (item.title, item.doc_number, item.result.value))) for item in cleanup.items)
    yield head_part(
        cleanup,
        CLEANUP,
        cleanup.url,
        f"{len(cleanup.items)}件",
        *cleanup.document.paragraphs,
        *lines,
        links=tuple(
            Link(CLEANS, item.document, item.origin.child("document")) for item in cleanup.items if item.document
        ),
        passages=tuple(Passage(item.title, item.origin.child("title")) for item in cleanup.items),
    )
