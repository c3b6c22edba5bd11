"""The pages that a query may name besides units, themes and districts: lists, what is of some time, content/."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from gongkai.column import urls
from gongkai.column.site_data import SiteData
from gongkai.load.content import content_pages
from gongkai.search.destinations import NamedPage
from gongkai.settings import served_folders
from gongkai.site.addresses import main_lists
from gongkai.site.facets import months_of_years
from gongkai.site.year_comparison import compared_plans


def named_pages(root: Path, column: SiteData) -> list[NamedPage]:
    """Titles, addresses and aliases; aliases are those of the search vocabulary and of front matter."""
    aliases = dict(column.search_vocabulary.pages)
    written = content_pages(root / served_folders(root)[0])
    shown = [*(NamedPage(page.title, page.url, (*page.aliases, *page.numbers)) for page in written), *_lists(column)]
    named = [replace(page, aliases=(*page.aliases, *aliases.get(page.url, ()))) for page in shown]
    return [*named, *_of_some_time(column)]


def _of_some_time(column: SiteData) -> Iterator[NamedPage]:
    """Pages that a query names by its years and months: a month, two years of a district, one year of a district.

    Their names are what the page makes of a query, see ``composed`` in listing.js.
    """
    for year, month in months_of_years(column):
        if month.isdecimal():
            yield NamedPage(f"{year}年{month}月到期的任务", urls.year_month(year, month), (f"{year}年{month}月",))
    for later, earlier in compared_plans(column):
        new, old = column.index.entries[later], column.index.entries[earlier]
        title = f"{new.year}年和{old.year}年工作要点对照"
        yield NamedPage(title, urls.compare(later, earlier), (f"{new.year}年{old.year}年",), new.organ)
    for organ, year in column.index.organ_years:
        yield NamedPage(f"{year}年", urls.organ_year(organ, year), (), organ)


def _lists(column: SiteData) -> Iterator[NamedPage]:
    for page in main_lists(column):
        yield NamedPage(page.title, page.url)
    yield NamedPage("开放数据", urls.DATA)
