"""The pages that a query may name besides units, themes and districts: lists of the column, and pages of content/."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from gongkai.column import urls
from gongkai.column.site_data import SiteData
from gongkai.load.content import content_pages
from gongkai.search.destinations import NamedPage
from gongkai.settings import served_folders
from gongkai.site.addresses import main_lists


def named_pages(root: Path, column: SiteData) -> list[NamedPage]:
    """Titles, addresses and aliases; aliases are those of the search vocabulary and of front matter."""
    aliases = dict(column.search_vocabulary.pages)
    written = content_pages(root / served_folders(root)[0])
    shown = [*(NamedPage(page.title, page.url, (*page.aliases, *page.numbers)) for page in written), *_lists(column)]
    return [replace(page, aliases=(*page.aliases, *aliases.get(page.url, ()))) for page in shown]


def _lists(column: SiteData) -> Iterator[NamedPage]:
    yield NamedPage("开放数据", urls.DATA)
    for page in main_lists(column):
        yield NamedPage(page.title, page.url)
