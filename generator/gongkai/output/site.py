"""SiteData -> every file of the site: pages of authored files, open data, pages of units and themes, lists, search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, get_type_hints

from gongkai.alternates.beside_pages import Alternates
from gongkai.alternates.dictionary import meanings, parts
from gongkai.alternates.files import MadeRows, columns_of
from gongkai.alternates.schemas import schema_files
from gongkai.alternates.tables import TABLES
from gongkai.assets import theme_files, theme_folders
from gongkai.cache.cache import digest
from gongkai.cache.entry import forget
from gongkai.column import urls
from gongkai.column.page import Page
from gongkai.column.site_data import DocumentHead, SiteData
from gongkai.kinds.walk import within
from gongkai.output.attachments import ATTACHMENTS, attachment_groups
from gongkai.output.bundle import search_scripts
from gongkai.output.groups import Keys, issued_together, narrowed, record_pages
from gongkai.output.links import Links
from gongkai.output.named_pages import named_pages
from gongkai.output.offline import NAME as OFFLINE
from gongkai.output.offline import offers_zip, offline_zip
from gongkai.output.output_dir import Counts, Files, OutputDir
from gongkai.output.page_renderer import PageRenderer
from gongkai.output.page_templates import PageTemplates
from gongkai.output.redirects import REDIRECTS, moved_content
from gongkai.output.rows import Tables, save_chunk, write_tables
from gongkai.output.search import SearchMaker, lunr_content
from gongkai.output.sitemap import sitemap
from gongkai.output.state import Group, Preview, Stamps, State
from gongkai.output.theme import ThemeOutput
from gongkai.output.withdrawn import WITHDRAWN, withdrawn_content
from gongkai.settings import load_settings
from gongkai.site.addresses import addresses, overviews
from gongkai.site.audience import audience_pages
from gongkai.site.data import data_page
from gongkai.site.document import comparison_pages
from gongkai.site.facets import facets_of_organ, facets_of_theme
from gongkai.site.landing import children, home_page, theme_pages
from gongkai.site.palette import settings_css
from gongkai.site.search import search_page
from gongkai.site.unit import unit_pages, use_of
from gongkai.workers import MIN_PARALLEL_ITEMS, parallel_map

OnProgress = Callable[[str, int, int], None]
"""What is being made, how many parts of it are done, and how many there are."""


def no_progress(_what: str, _done: int, _total: int) -> None:
    """The progress callback that does nothing."""


@dataclass(frozen=True)
class Site:
    """One build of one column into one directory.

    ``offline`` says that the site will be offered as a zip. A ``preview`` leaves the search as it was made first: every
    weight in it depends on all texts, and nobody waits for that to see an edit.
    Groups of pages whose key and files are as the last build left them are neither rendered nor written.
    """

    root: Path
    column: SiteData
    renderer: PageRenderer
    keys: Keys
    overview: Sequence[Page]
    tree: OutputDir
    state: State
    cache: Path
    on_progress: OnProgress
    offline: bool
    preview: Preview | None

    @classmethod
    def of(
        cls,
        root: Path,
        column: SiteData,
        files: Mapping[str, str],
        theme: ThemeOutput,
        before: tuple[OutputDir, State],
        cache: Path,
        *,
        offline: bool,
        preview: Preview | None,
        on_progress: OnProgress,
    ) -> Site:
        """The site of a column; ``files`` are the digests of authored files, ``before`` is what the last build left."""
        settings = load_settings(root)
        overview = tuple(overviews(column))
        known = addresses(column, overview, theme.addresses)
        bodies = PageTemplates(theme_folders(root), settings, column.as_of, Links(known))
        renderer = PageRenderer(theme, bodies, settings)
        keys = Keys.of(column, files, renderer.digest, known)
        zipped = offline and offers_zip(column)
        return cls(root, column, renderer, keys, overview, *before, cache, on_progress, zipped, preview)

    def write(self) -> int:
        """Bring the directory up to date; returns the number of pages."""
        with self.tree.writing():
            pages, chunks = self._write()
        if self.preview:
            self.preview.end(self.tree, self.state)
        else:
            self.state.save()
        forget(self.cache / "rows", {path.name for path in chunks})
        return pages

    def _write(self) -> tuple[int, Sequence[Path]]:
        scripts = search_scripts(theme_files(self.root))
        for path, content in (*self.renderer.theme.files.items(), *scripts):
            self.tree.write_file(path, content)
        chunks = self._authored()
        tables = self._tables(chunks)
        try:
            longest_first = (self._search(tables, chunks), self._data(tables, chunks))
            doors = (*self._themes(tables), *self._units(tables), *self._audiences(tables), *self._facets(tables))
            listings = (*doors, *self._overviews(tables), *self._comparisons(tables))
            copied = attachment_groups(self.column, self.root)
            old = (*self._moved(), *self._withdrawn())
            self._update("查找、数据和汇总页", [*longest_first, *listings, *old, *copied])
            self._root(tables)
        finally:
            tables.close()
        pages = self._map()
        if self.offline:
            self._zip()
        return pages, chunks

    def _zip(self) -> None:
        """The zip of all files; left alone when it and all of them are those of the build that made it."""
        root, paths = self.tree.root, sorted(self.tree.paths())
        files = digest([(path, _look(root / path)) for path in paths])
        path = root / OFFLINE
        if path.is_file() and self.state.key(OFFLINE) == digest(files, _look(path)):
            self.tree.keep(OFFLINE)
        else:
            self.tree.write_file(OFFLINE, offline_zip(root, paths))
        self.state.made[OFFLINE] = (digest(files, _look(path)), {})

    def _update(self, what: str, groups: Sequence[Group]) -> None:
        stale = [group for group in groups if not self.state.keep(group, self.tree)]
        if len(stale) >= MIN_PARALLEL_ITEMS:
            self.renderer.bodies.compile()
        keys = {group.name: group.key for group in stale}
        for done, (name, stamps, files, counts) in enumerate(parallel_map(self._make, stale), start=1):
            self.state.made[name] = (keys[name], stamps)
            self.tree.claim(stamps, files)
            self.tree.add_counts(counts)
            self.on_progress(what, done, len(stale))

    def _make(self, group: Group) -> tuple[str, Stamps, Mapping[str, set[str]], Counts]:
        tree = self.tree.for_worker()
        stamps = {directory: tree.write_directory(directory, files) for directory, files in group.make()}
        return group.name, stamps, tree.names, tree.counts

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

    def _file(
        self, head: DocumentHead, together: Mapping[str, DocumentHead], chunk: Path
    ) -> Iterator[tuple[str, Files]]:
        column = narrowed(self.column, head, {head.entry.id: head}, together)
        rows = MadeRows(column)
        around = rows if len(together) == 1 else MadeRows(narrowed(self.column, head, together, together))
        companions = Alternates(column, around, self.renderer.settings.site_url)
        for page in record_pages(column):
            yield page.url, self.renderer.files(page, companions)
        save_chunk(chunk, column, rows)

    def _tables(self, chunks: Sequence[Path]) -> Tables:
        """The open data itself, which everything after it reads."""
        key = digest(self.keys.everywhere, [path.name for path in chunks])
        if not self.state.keep(Group(urls.DATA_V1, key, lambda: iter(())), self.tree):
            names = [f"{name}.{form}" for name in TABLES for form in ("json", "csv")]
            with self.tree.open_files(urls.DATA_V1, names) as files:
                write_tables(self.column, chunks, files)
            self.state.made[urls.DATA_V1] = (key, {urls.DATA_V1: self.tree.fingerprint(urls.DATA_V1)})
        return Tables.joined(self.tree.root / urls.DATA_V1, self.column, chunks)

    def _group(self, name: str, key: str, tables: Tables, pages: Callable[[], Iterable[Page]]) -> Group:
        return Group(name, key, lambda: ((page.url, self._files(page, tables)) for page in pages()))

    def _files(self, page: Page, tables: Tables) -> Files:
        return self.renderer.files(page, Alternates(self.column, tables, self.renderer.settings.site_url))

    def _units(self, tables: Tables) -> Iterator[Group]:
        for unit in self.column.units.values():
            use = use_of(self.column, unit)
            url = urls.unit(unit.id)
            key = self.keys.of_records(url, [duty.task.id for duty in use.everything], tables)
            yield self._group(url, key, tables, partial(unit_pages, self.column, unit))

    def _themes(self, tables: Tables) -> Iterator[Group]:
        for theme in self.column.themes_in_use:
            url = urls.theme(theme.id)
            entries = self.column.index.themes.get(theme.id, ())
            key = self.keys.of_records(url, [entry.id for entry in entries], tables, children(self.column, theme))
            yield self._group(url, key, tables, partial(theme_pages, self.column, theme))

    def _audiences(self, tables: Tables) -> Iterator[Group]:
        for identifier, entries in self.column.index.audiences.items():
            url = urls.audience(identifier)
            key = self.keys.of_records(url, [entry.id for entry in entries], tables)
            yield self._group(url, key, tables, partial(audience_pages, self.column, self.column.audiences[identifier]))

    def _facets(self, tables: Tables) -> Iterator[Group]:
        """Pages of two facets, those of a district or a theme together: each says how much its neighbours have."""
        index = self.column.index
        for organ in self.column.organs.values():
            years = (index.organ_years.get((organ.id, year), ()) for year in index.years)
            if records := [entry.id for entries in years for entry in entries]:
                name = f"{urls.organ(organ.id)}years/"
                key = self.keys.of_records(name, records, tables)
                yield self._group(name, key, tables, partial(facets_of_organ, self.column, organ))
        for theme, entries in index.themes.items():
            name = f"{urls.theme(theme)}pairs/"
            key = self.keys.of_records(name, [entry.id for entry in entries], tables)
            yield self._group(name, key, tables, partial(facets_of_theme, self.column, self.column.themes[theme]))

    def _comparisons(self, tables: Tables) -> Iterator[Group]:
        """Pages that compare two texts of a document: they are made from the files of both."""
        for identifier, texts in self.column.index.texts.items():
            files = [self.keys.files[text.entry.id] for text in texts]
            name = f"{urls.document(identifier)}compare/"
            key = digest(self.keys.everywhere, files, texts)
            yield self._group(name, key, tables, partial(comparison_pages, self.column, identifier))

    def _overviews(self, tables: Tables) -> Iterator[Group]:
        for page in self.overview:
            yield self._group(page.url, self.keys.of_page(page, tables), tables, partial(iter, [page]))

    def _data(self, tables: Tables, chunks: Sequence[Path]) -> Group:
        page = data_page(self.column, describe_tables(self.column, tables.count), parts(), offline=self.offline)

        def make() -> Iterator[tuple[str, Files]]:
            yield page.url, chain(self._files(page, tables), lunr_content(self.column, chunks))
            yield urls.DATA_SCHEMAS, schema_files()

        return Group(page.url, digest(self.keys.of_page(page, tables), tables.digests()), make)

    def _search(self, tables: Tables, chunks: Sequence[Path]) -> Group:
        pages = named_pages(self.root, self.column, self.overview)
        key = digest(self.keys.everywhere, tables.searchable, within(self.column), pages)
        if self.preview:
            key = self.state.key(urls.SEARCH) or key
        maker = SearchMaker(self.column, chunks, self.cache, key, pages)

        def make() -> Iterator[tuple[str, Files]]:
            opening, directories = maker.content()
            page = search_page(opening)
            for old in self.state.directories(urls.SEARCH)[1:]:  # the first is the page's own
                self.tree.rename(old, f"{urls.SEARCH}{opening.directory}/")
            for directory, files in directories:
                yield directory, chain(self._files(page, tables), files) if directory == page.url else files

        group = Group(urls.SEARCH, key, make)
        if not self.state.fresh(group, self.tree):
            maker.prepare(partial(self.on_progress, "查找"))
        return group

    def _moved(self) -> Iterator[Group]:
        """Old addresses, in one group: they are few."""
        together = issued_together(self.column)
        heads = [self.column.index.heads[new] for new in dict.fromkeys(self.column.moved.values())]
        texts = [self.column.index.texts.get(head.entry.id) for head in heads]
        key = digest(self.column.moved, texts, *(self.keys.of_file(head, together[head.document]) for head in heads))
        if heads:
            yield Group(REDIRECTS, key, partial(moved_content, self.column, self.renderer))

    def _withdrawn(self) -> Iterator[Group]:
        """What stands at the addresses of what was withdrawn."""
        if self.column.withdrawals:
            key = digest(self.renderer.digest, self.column.as_of, self.column.withdrawals)
            yield Group(WITHDRAWN, key, partial(withdrawn_content, self.column, self.renderer))

    def _root(self, tables: Tables) -> None:
        page = home_page(self.column)
        for name, content in self._files(page, tables):
            self.tree.write_file(name, content)
        settings = self.renderer.settings
        sheet = settings_css(settings.accent, self.column.as_of, settings.stale_after)
        self.tree.write_file("assets/column-settings.css", sheet)

    def _map(self) -> int:
        no_pages = (REDIRECTS, WITHDRAWN, ATTACHMENTS)
        made = (stamps for name, (_, stamps) in self.state.made.items() if name not in no_pages)
        addresses = [url for stamps in made for url in stamps if _is_page(url)]
        addresses.append(urls.HOME)
        for name, content in sitemap(sorted(addresses), self.renderer.settings.site_url):
            self.tree.write_file(name, content)
        return len(addresses)


def _look(path: Path) -> str:
    status = path.lstat()
    return f"{status.st_size} {status.st_mtime_ns}"


def _is_page(url: str) -> bool:
    return not url.startswith((urls.DATA_V1, urls.SEARCH)) or url == urls.SEARCH


def describe_tables(column: SiteData, count: Callable[[str], int]) -> list[dict[str, Any]]:
    """What the data page says about each table: label, number of rows (``count`` tells it), columns, files."""
    return [
        {
            "name": name,
            "label": label,
            "rows": count(name),
            "fields": list(get_type_hints(row_type)),
            "columns": columns_of(name, column),
            "meanings": meanings(row_type),
            "schema": urls.data_schema(name),
            "json": urls.data_file(name, "json"),
            "csv": urls.data_file(name, "csv"),
        }
        for name, (label, row_type, _) in TABLES.items()
    ]
