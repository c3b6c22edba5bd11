"""What a page says of a record elsewhere in the column whose document holds no longer."""

from __future__ import annotations

from gongkai.column.document import Validity
from gongkai.column.site_data import SiteData


def ended(column: SiteData, record: str) -> str:
    """How the document of a record stands on the day of the column, where it is not in force: 废止; else empty."""
    document = column.index.documents.get(record.partition("/")[0])
    state = document.validity_on(column.as_of) if document else None
    return state if state and state != Validity.IN_FORCE else ""
