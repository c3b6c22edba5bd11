"""A path of the site -> the bytes of that file, as a build would write it, made from the column when it is asked for.

Nothing here opens a path that somebody asks for: every file is one that the column, the theme or the search has by this
very name.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from gongkai.alternates.beside_pages import Alternates
from gongkai.alternates.dictionary import parts
from gongkai.alternates.exchange import all_schema_files
from gongkai.alternates.tables import TABLES
from gongkai.assets import theme_files, theme_folders
from gongkai.column import urls
from gongkai.column.page import Page
from gongkai.column.site_data import SiteData
from gongkai.kinds.walk import all_records
from gongkai.output.bundle import search_scripts
from gongkai.output.links import Links
from gongkai.output.page_renderer import PageRenderer
from gongkai.output.page_templates import PageTemplates
from gongkai.output.redirects import REDIRECTS, forward, moved_page, redirect_lists
from gongkai.output.reviewers import Reviewers
from gongkai.output.rows import describe_tables
from gongkai.output.sitemap import sitemap
from gongkai.output.theme import ThemeOutput
from gongkai.output.trace import Trace
from gongkai.output.withdrawn import notice, withdrawn_addresses
from gongkai.serving.rows import FileRows
from gongkai.settings import Settings
from gongkai.site.addresses import Addresses, every_page, page_of
from gongkai.site.data import data_page
from gongkai.site.palette import settings_css
from gongkai.site.search import Opening, search_page

_INDEX = "index.html"


class SearchFiles(Protocol):
    """The search, as it was made last."""

    why_none: str

    @property
    def opening(self) -> Opening | None:
        """What the search page must know; None while there is no search, and ``why_none`` says why."""

    def content(self, path: str) -> bytes | None:
        """A file of the search by its path below ``search/``."""


class SiteFiles:
    """The files of the site of one column. One thread at a time may ask."""

    def __init__(
        self, root: Path, column: SiteData, theme: ThemeOutput, settings: Settings, search: SearchFiles
    ) -> None:
        addresses = Addresses(column, theme.addresses)
        links = Links(addresses, addresses, Trace())
        reviewers = Reviewers(root, Trace(), shown=settings.show_reviewers)
        bodies = PageTemplates(theme_folders(root), settings, column.as_of, links, reviewers)
        self.column = column
        self._root, self._search = root, search
        self._renderer = PageRenderer(theme, bodies, settings)
        self._rows = FileRows(column)
        self._alternates = Alternates(column, self._rows, settings.site_url)

    @property
    def why_no_search(self) -> str:
        """A sentence for who looks for the search while there is none."""
        return self._search.why_none

    @property
    def copied(self) -> Container[str]:
        """Files that are taken over from the theme and from content/."""
        return self._renderer.theme.files

    def content(self, path: str) -> bytes | None:
        """The bytes of a file by its path below the root of the site; None where the site has no such file."""
        directory, slash, name = path.rpartition("/")
        address = directory + slash
        page = self.page(address)
        if page and (made := self._of_page(page, name)):
            return made
        if name == _INDEX and (made := self._instead(address)):
            return made
        others: tuple[Callable[[str, str], bytes | None], ...] = (self._attachment, self._open_data, self._lists)
        for make in others:
            if (made := make(address, name)) is not None:
                return made
        if address.startswith(urls.SEARCH):
            return self._search.content(path.removeprefix(urls.SEARCH))
        return self._copied(path)

    def page(self, address: str) -> Page | None:
        """The page at an address; None where none is made from the column."""
        if address == urls.SEARCH:
            return search_page(self._search.opening) if self._search.opening else None
        if address == urls.DATA:
            return data_page(self.column, describe_tables(self.column, self._rows.count), parts())
        return page_of(self.column, address)

    def _of_page(self, page: Page, name: str) -> bytes | None:
        beside = self._alternates.of(page)
        if name == _INDEX:
            return self._renderer.html(page, beside)
        return next((file.content for file in beside if file.name == name), None)

    def _instead(self, address: str) -> bytes | None:
        """What stands where there was a page once."""
        if page := moved_page(self.column, address):
            return forward(address, page, self._renderer)
        if found := withdrawn_addresses(self.column).get(address):
            return notice(address, found, self._renderer)
        return None

    def _attachment(self, address: str, name: str) -> bytes | None:
        identifier = address.removeprefix(urls.DOCUMENTS).partition("/")[0]
        document = self.column.index.documents.get(identifier)
        if document is None or address != urls.attachments(identifier):
            return None
        for item in document.attachments:
            path = self._root / item.source
            if item.file == name and not path.is_symlink():  # it may have become one since it was looked at
                return path.read_bytes()
        return None

    def _open_data(self, address: str, name: str) -> bytes | None:
        table, _, form = name.rpartition(".")
        match address:
            case urls.DATA_V1 if table in TABLES and form in ("json", "csv"):
                return self._rows.table(table, "json" if form == "json" else "csv")
            case urls.DATA_SCHEMAS:
                return dict(all_schema_files()).get(name)
            case urls.DATA if name == "lunr-index.json":
                return self._lunr_index()
        return None

    def _lunr_index(self) -> bytes | None:
        from gongkai.search.compiled import MAX_COMPILED_RECORDS, lunr_index  # noqa: PLC0415 - seldom asked for

        column = self.column
        if len(column.index.entries) > MAX_COMPILED_RECORDS:
            return None
        known = (column.units.values(), column.organs.values(), column.search_vocabulary)
        return lunr_index(list(all_records(column)), *known)

    def _lists(self, address: str, name: str) -> bytes | None:
        """Lists of all addresses: the site map, the redirects."""
        if address == REDIRECTS and (self.column.moved or self.column.renumbered):
            return dict(redirect_lists(self.column)).get(name)
        if address == "" and name.startswith("sitemap") and name.endswith(".xml"):
            return dict(sitemap(sorted(self._all_addresses()), self._renderer.settings.site_url)).get(name)
        return None

    def _all_addresses(self) -> Iterator[str]:
        yield from (urls.SEARCH, urls.DATA)
        yield from (page.url for page in every_page(self.column))

    def _copied(self, path: str) -> bytes | None:
        """What is taken over from the theme and from content/."""
        if path == "assets/column-settings.css":
            settings = self._renderer.settings
            return settings_css(settings.accent, self.column.as_of, settings.stale_after)
        if path.startswith("assets/search/"):
            return self._scripts().get(path)
        return self._renderer.theme.files.get(path)

    def _scripts(self) -> Mapping[str, bytes]:
        return dict(search_scripts(theme_files(self._root)))
