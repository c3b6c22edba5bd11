"""Column -> every file of the site: pages of authored files, open data, pages of units and themes, lists, search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, get_type_hints

from generator.model import urls
from generator.model.column import Column, Head
from generator.open_data.companions import Companions
from generator.open_data.dictionary import meanings, parts
from generator.open_data.files import MadeRows, columns_of
from generator.open_data.schemas import schema_files
from generator.open_data.tables import TABLES
from generator.pages.browse import children, home_page, theme_pages, themes_in_use
from generator.pages.data import data_page
from generator.pages.look import look_css
from generator.pages.page import Page
from generator.pages.search import search_page
from generator.pages.unit import unit_pages, use_of
from generator.settings import Settings
from generator.workers import each
from generator.write.attachments import ATTACHMENTS, attachment_groups
from generator.write.bodies import Bodies
from generator.write.cache import program_digest, program_versions
from generator.write.groups import Keys, issued_together, narrowed, overviews, record_pages
from generator.write.moved import REDIRECTS, moved_content
from generator.write.rows import Tables, save_chunk, write_tables
from generator.write.search import lunr_content, search_content
from generator.write.shell import Shell, ShellKey, key_of
from generator.write.sitemap import sitemap
from generator.write.state import Group, Stamps, State, digest
from generator.write.tree import Counts, Files, Tree

Progress = Callable[[str, int, int], None]
"""What is being made, how many parts of it are done, and how many there are."""


def silent(_what: str, _done: int, _total: int) -> None:
    """Nobody wants to hear of progress."""


@dataclass(frozen=True)
class Press:
    """What turns pages into files: the theme's shells, our templates, the settings."""

    shells: Mapping[ShellKey, Shell]
    bodies: Bodies
    settings: Settings

    @property
    def digest(self) -> str:
        """A digest of everything but the pages: this program, the theme, the templates, the settings."""
        shells = sorted((key.depth, key.active, shell.pieces) for key, shell in self.shells.items())
        return digest(program_digest(), program_versions(), shells, self.bodies.digest, self.settings.model_dump_json())

    def files(self, page: Page, companions: Companions) -> Files:
        """A page and everything beside it."""
        beside = companions.of(page)
        yield "index.html", self.shells[key_of(page.kind, page.url)].fill(self.bodies.slots(page, beside))
        yield from ((file.name, file.content) for file in beside)


@dataclass(frozen=True)
class Site:
    """One build of one column into one directory. ``offline`` says that the site will be offered as a zip.

    ``root`` is the repository, where attachments lie.

    Groups of pages whose key and files are as the last build left them are neither rendered nor written.
    """

    column: Column
    press: Press
    keys: Keys
    tree: Tree
    state: State
    cache: Path
    told: Progress
    offline: bool = False
    root: Path = Path()

    def write(self) -> int:
        """Write everything that comes from the Column; returns the number of pages."""
        chunks = self._authored()
        tables = self._tables(chunks)
        try:
            longest_first = (self._search(tables, chunks), self._data(tables, chunks))
            listings = (*self._themes(tables), *self._units(tables), *self._overviews(tables))
            copied = attachment_groups(self.column, self.root)
            self._update("查找、数据和汇总页", [*longest_first, *listings, *self._moved(), *copied])
            self._root(tables)
        finally:
            tables.close()
        _forget(self.cache / "rows", {path.name for path in chunks})
        return self._map()

    def _update(self, what: str, groups: Sequence[Group]) -> None:
        stale = [group for group in groups if not self.state.keep(group, self.tree)]
        keys = {group.name: group.key for group in stale}
        for done, (name, stamps, counts) in enumerate(each(self._make, stale), start=1):
            self.state.made[name] = (keys[name], stamps)
            self.tree.own(stamps)
            self.tree.count(counts)
            self.told(what, done, len(stale))

    def _make(self, group: Group) -> tuple[str, Stamps, Counts]:
        tree = self.tree.branch()
        stamps = {directory: tree.fill(directory, files) for directory, files in group.make()}
        return group.name, stamps, tree.counts

    def _authored(self) -> list[Path]:
        """Pages of authored files; returns where the rows of each lie, in the order of the tables."""
        together = issued_together(self.column)
        groups, chunks = [], []
        for head in self.column.index.heads.values():
            issued = together[head.document]
            key = self.keys.of_file(head, issued)
            chunk = self.cache / "rows" / key
            if not chunk.is_file():
                self.state.forget(head.entry.url)
            groups.append(Group(head.entry.url, key, partial(self._file, head, issued, chunk)))
            chunks.append(chunk)
        self._update("工作要点、目录和清单", groups)
        return chunks

    def _file(self, head: Head, together: Mapping[str, Head], chunk: Path) -> Iterator[tuple[str, Files]]:
        column = narrowed(self.column, head, {head.entry.id: head}, together)
        rows = MadeRows(column)
        around = rows if len(together) == 1 else MadeRows(narrowed(self.column, head, together, together))
        companions = Companions(column, around, self.press.settings.site_url)
        for page in record_pages(column):
            yield page.url, self.press.files(page, companions)
        save_chunk(chunk, column, rows)

    def _tables(self, chunks: Sequence[Path]) -> Tables:
        """The open data itself, which everything after it reads."""
        key = digest(self.keys.everywhere, [path.name for path in chunks])
        if not self.state.keep(Group(urls.DATA_V1, key, lambda: iter(())), self.tree):
            names = [f"{name}.{form}" for name in TABLES for form in ("json", "csv")]
            with self.tree.streams(urls.DATA_V1, names) as files:
                write_tables(self.column, chunks, files)
            self.state.made[urls.DATA_V1] = (key, {urls.DATA_V1: self.tree.look(urls.DATA_V1)})
        return Tables.joined(self.tree.root / urls.DATA_V1, self.column, chunks)

    def _group(self, name: str, key: str, tables: Tables, pages: Callable[[], Iterable[Page]]) -> Group:
        return Group(name, key, lambda: ((page.url, self._files(page, tables)) for page in pages()))

    def _files(self, page: Page, tables: Tables) -> Files:
        return self.press.files(page, Companions(self.column, tables, self.press.settings.site_url))

    def _units(self, tables: Tables) -> Iterator[Group]:
        for unit in self.column.units.values():
            use = use_of(self.column, unit)
            url = urls.unit(unit.id)
            key = self.keys.of_records(url, [duty.task.id for duty in (*use.decisions, *use.duties)], tables)
            yield self._group(url, key, tables, partial(unit_pages, self.column, unit))

    def _themes(self, tables: Tables) -> Iterator[Group]:
        for theme in themes_in_use(self.column):
            url = urls.theme(theme.id)
            entries = self.column.index.themes.get(theme.id, ())
            key = self.keys.of_records(url, [entry.id for entry in entries], tables, children(self.column, theme))
            yield self._group(url, key, tables, partial(theme_pages, self.column, theme))

    def _overviews(self, tables: Tables) -> Iterator[Group]:
        for page in overviews(self.column):
            yield self._group(page.url, self.keys.of_page(page, tables), tables, partial(iter, [page]))

    def _data(self, tables: Tables, chunks: Sequence[Path]) -> Group:
        page = data_page(self.column, describe_tables(self.column, tables), parts(), offline=self.offline)

        def make() -> Iterator[tuple[str, Files]]:
            yield page.url, chain(self._files(page, tables), lunr_content(self.column, chunks))
            yield urls.DATA_SCHEMAS, schema_files()

        return Group(page.url, digest(self.keys.of_page(page, tables), tables.digests), make)

    def _search(self, tables: Tables, chunks: Sequence[Path]) -> Group:
        key = digest(self.keys.everywhere, tables.digests)
        page = search_page()

        def make() -> Iterator[tuple[str, Files]]:
            for directory, files in search_content(self.column, chunks, self.cache / "search", key):
                yield directory, chain(self._files(page, tables), files) if directory == page.url else files

        return Group(page.url, key, make)

    def _moved(self) -> Iterator[Group]:
        """Old addresses, in one group: they are few."""
        together = issued_together(self.column)
        heads = [self.column.index.heads[new] for new in dict.fromkeys(self.column.moved.values())]
        key = digest(self.column.moved, *(self.keys.of_file(head, together[head.document]) for head in heads))
        if heads:
            yield Group(REDIRECTS, key, partial(moved_content, self.column, self.press))

    def _root(self, tables: Tables) -> None:
        page = home_page(self.column)
        for name, content in self._files(page, tables):
            self.tree.put(name, content)
        self.tree.put("assets/column-settings.css", look_css(self.press.settings.accent).encode())

    def _map(self) -> int:
        made = (stamps for name, (_, stamps) in self.state.made.items() if name not in (REDIRECTS, ATTACHMENTS))
        addresses = [url for stamps in made for url in stamps if _is_page(url)]
        addresses.append(urls.HOME)
        for name, content in sitemap(sorted(addresses), self.press.settings.site_url):
            self.tree.put(name, content)
        return len(addresses)


def _is_page(url: str) -> bool:
    return not url.startswith((urls.DATA_V1, urls.SEARCH)) or url == urls.SEARCH


def _forget(directory: Path, wanted: set[str]) -> None:
    for path in directory.iterdir() if directory.is_dir() else ():
        if path.name not in wanted:
            path.unlink()


def describe_tables(column: Column, tables: Tables) -> list[dict[str, Any]]:
    """What the data page says about each table: label, number of rows, columns, files."""
    return [
        {
            "name": name,
            "label": label,
            "rows": tables.count(name),
            "fields": list(get_type_hints(row_type)),
            "columns": columns_of(name, column),
            "meanings": meanings(row_type),
            "schema": urls.data_schema(name),
            "json": urls.data_file(name, "json"),
            "csv": urls.data_file(name, "csv"),
        }
        for name, (label, row_type, _) in TABLES.items()
    ]
