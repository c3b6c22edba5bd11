"""Attachments, copied as they are: below the page of their document, each under its own name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gongkai.column import urls
from gongkai.column.site_data import SiteData
from gongkai.output.output_dir import Files

ATTACHMENTS = "attachments"


def attached(column: SiteData, root: Path) -> Iterator[tuple[str, Files]]:
    """All attachments of the repository at ``root``; their documents say by digests which files they are."""
    for document in column.index.documents.values():
        if document.attachments:
            files = ((item.file, (root / item.source).read_bytes()) for item in document.attachments)
            yield urls.attachments(document.id), files
