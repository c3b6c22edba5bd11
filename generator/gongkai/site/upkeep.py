"""What was opened after requests for it, and what is due to be looked at again (清理): shown with 数据说明."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from gongkai.column import ids, urls
from gongkai.column.document import Document
from gongkai.column.page import HOME, Crumb, Page
from gongkai.column.site_data import RecordRef, SiteData
from gongkai.kinds.catalogue import KIND as CATALOGUE_FILES
from gongkai.kinds.catalogue.model import FromRequest

UPKEEP = Crumb("转为主动公开和定期清理", urls.UPKEEP)


class UpkeepView(TypedDict):
    """What the template ``upkeep`` shows; documents in the order of their days."""

    opened: Sequence[tuple[RecordRef, FromRequest]]
    due: Sequence[tuple[Document, date]]
    later: Sequence[tuple[Document, date]]


def upkeep_page(column: SiteData) -> Page:
    """Items that are published without being asked for since a day, and documents by their day of review."""
    opened = [
        (column.index.entries[ids.item(catalogue.id, item.number)], item.from_request)
        for catalogue in CATALOGUE_FILES.of(column).values()
        for item in catalogue.items
        if item.from_request
    ]
    reviews = [(document, document.review_by) for document in column.index.documents.values()]
    planned = [(document, day) for document, day in reviews if day and not document.ended]
    planned.sort(key=lambda pair: (pair[1], pair[0].id))
    return Page(
        kind="upkeep",
        url=urls.UPKEEP,
        title="数据说明：转为主动公开和定期清理",
        description="由依申请公开转为主动公开的事项和依据，文件、清单到哪天要核对清理。",
        crumbs=(HOME, Crumb("数据说明", urls.DATA_NOTES), UPKEEP),
        view=UpkeepView(
            opened=opened,
            due=[(document, day) for document, day in planned if column.as_of >= day],
            later=[(document, day) for document, day in planned if column.as_of < day],
        ),
        keywords=("数据说明", "依申请公开转主动公开", "清理"),
    )
