"""What every linked file has, whatever its kind."""

from __future__ import annotations

from typing import Protocol

from gongkai.column.document import Document
from gongkai.column.origin import Origin


class AuthoredFile(Protocol):
    """What every linked file has, whatever its kind."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def organ(self) -> str: ...  # noqa: D102
    @property
    def year(self) -> int: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def document(self) -> Document: ...  # noqa: D102
    @property
    def themes(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def related(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def origin(self) -> Origin: ...  # noqa: D102


def newest_first(source: AuthoredFile) -> tuple[int, int, str, str]:
    """By year, then by the day of the document, newest first: lists, feeds and searches sorted by date rely on it."""
    day = source.document.date_published or source.document.date_signed
    return (-source.year, -(day.toordinal() if day else 0), source.organ, source.id)
