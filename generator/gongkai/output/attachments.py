"""Attachments, copied as they are: below the page of their document, each under its own name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gongkai.cache.cache import digest
from gongkai.column import urls
from gongkai.column.site_data import SiteData
from gongkai.output.output_dir import Files
from gongkai.output.state import Group

ATTACHMENTS = "attachments"


def attachment_groups(column: SiteData, root: Path) -> Iterator[Group]:
    """One group with all attachments of the repository at ``root``, by their digests; none where there are none."""
    carrying = [document for document in column.index.documents.values() if document.attachments]

    def make() -> Iterator[tuple[str, Files]]:
        for document in carrying:
            files = ((item.file, (root / item.source).read_bytes()) for item in document.attachments)
            yield urls.attachments(document.id), files

    if carrying:
        key = digest(
            [(document.id, [(item.file, item.sha256) for item in document.attachments]) for document in carrying]
        )
        yield Group(ATTACHMENTS, key, make)
