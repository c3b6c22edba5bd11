"""Issues of the government gazette (政府公报), with their contents."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.column import urls
from gongkai.column.page import DISCLOSURE, HOME, Crumb, Neighbours, Page, list_by_years, neighbours
from gongkai.column.site_data import SiteData
from gongkai.column.vocabulary import Organ
from gongkai.kinds.gazette.model import GAZETTES, Gazette, GazetteItem, url_of
from gongkai.kinds.gazette.parts import GAZETTE


class GazetteView(Neighbours):
    """What the template ``gazette`` shows."""

    gazette: Gazette
    all: Crumb
    organ: Organ
    items: list[tuple[GazetteItem, str | None]]


def gazette_pages(column: SiteData, gazette: Gazette) -> Iterator[Page]:
    """One issue; what the column holds of it is linked."""
    organ = column.organs[gazette.organ].as_on(gazette.document.date_signed)
    series = column.index.series[GAZETTE, gazette.organ]
    yield Page(
        kind="gazette",
        of="gazette",
        url=url_of(gazette),
        title=gazette.title,
        description=f"{organ.short_name}政府公报{gazette.year}年第{gazette.issue}期，共{len(gazette.items)}篇。",
        crumbs=(HOME, DISCLOSURE, GAZETTES, Crumb(f"{gazette.year}年第{gazette.issue}期", url_of(gazette))),
        view=GazetteView(
            gazette=gazette,
            all=GAZETTES,
            organ=organ,
            items=[(item, _page_of(column, item.document)) for item in gazette.items],
            **neighbours(series, gazette.id),
        ),
        published=gazette.date,
        content_source=organ.name,
        keywords=("政府公报", f"{gazette.year}年"),
        source=gazette.origin.file,
        rows=(("gazettes", [gazette.id]),),
    )


def _page_of(column: SiteData, record: str | None) -> str | None:
    """Where to read what an issue printed: its document, else the record itself, which another's document carries."""
    entry = column.index.entries.get(record or "")
    if entry is None:
        return None
    return urls.document(entry.id) if entry.id in column.index.documents else entry.url


def gazettes_pages(column: SiteData) -> Iterator[Page]:
    """All issues, newest year first."""
    issues = column.files["gazette"]
    heads = [head for head in column.index.heads.values() if head.entry.kind is GAZETTE]
    heads.sort(key=lambda head: (head.entry.year, issues[head.entry.id].issue, head.entry.id), reverse=True)
    return list_by_years(column, "gazettes", GAZETTES, "历期政府公报的目录。", heads)
