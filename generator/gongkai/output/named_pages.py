"""The pages that a query may name besides units, themes and districts: lists of the column, and pages of content/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from gongkai.column import urls
from gongkai.column.page import Page
from gongkai.column.site_data import SiteData
from gongkai.load.content import content_pages
from gongkai.search.destinations import NamedPage
from gongkai.settings import served_folders

_OF_OTHER_KINDS = (urls.RULES, f"{urls.YEARS}2", urls.EXCEPTIONS)


def named_pages(root: Path, column: SiteData, overview: Iterable[Page]) -> list[NamedPage]:
    """Titles, addresses and aliases; aliases are those of the search vocabulary and of front matter."""
    aliases = dict(column.search_vocabulary.pages)
    written = content_pages(root / served_folders(root)[0])
    shown = [*(NamedPage(page.title, page.url, page.aliases) for page in written), *_lists(column, overview)]
    return [replace(page, aliases=(*page.aliases, *aliases.get(page.url, ()))) for page in shown]


def _lists(column: SiteData, overview: Iterable[Page]) -> Iterator[NamedPage]:
    organs = set(map(urls.organ, column.organs))
    yield NamedPage("开放数据", urls.DATA)
    for page in overview:
        first = page.part is None or page.part.number == 1
        if first and page.url not in organs and not page.url.startswith(_OF_OTHER_KINDS):
            yield NamedPage(page.title, page.url)
