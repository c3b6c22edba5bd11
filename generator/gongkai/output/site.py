"""SiteData -> every file of the site: pages of authored files, open data, pages of units and themes, lists, search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain
from pathlib import Path

from msgspec import Struct, field

from gongkai.alternates.beside_pages import Alternates
from gongkai.alternates.dictionary import parts
from gongkai.alternates.exchange import all_schema_files
from gongkai.alternates.files import MadeRows
from gongkai.alternates.tables import TABLES
from gongkai.assets import theme_files, theme_folders
from gongkai.cache.cache import digest
from gongkai.cache.entry import DamagedError, forget, sound
from gongkai.cache.plain import fingerprint
from gongkai.cache.values import save_values, value_of
from gongkai.column import urls
from gongkai.column.page import Page
from gongkai.column.site_data import DocumentHead, SiteData
from gongkai.output.answers import Answers
from gongkai.output.attachments import ATTACHMENTS, attached
from gongkai.output.bundle import search_scripts
from gongkai.output.groups import Pages, issued_together, listings, narrowed, record_pages
from gongkai.output.links import Links
from gongkai.output.listing import Names
from gongkai.output.named_pages import named_pages
from gongkai.output.offline import offers_zip, update_zip
from gongkai.output.output_dir import Counts, Files, OutputDir
from gongkai.output.page_renderer import PageRenderer
from gongkai.output.page_templates import PageTemplates
from gongkai.output.reader import Reader
from gongkai.output.redirects import REDIRECTS, moved_content
from gongkai.output.reviewers import REVIEWED, Reviewers
from gongkai.output.rows import AskedTables, Left, Tables, describe_tables, outside_files, save_chunk, write_tables
from gongkai.output.search import SearchMaker, weighed
from gongkai.output.sitemap import update_map
from gongkai.output.state import Made, Preview, State
from gongkai.output.theme import ThemeOutput
from gongkai.output.trace import Trace
from gongkai.output.withdrawn import WITHDRAWN, withdrawn_content
from gongkai.search.destinations import NamedPage
from gongkai.settings import load_settings
from gongkai.site.addresses import Addresses, keyed_addresses, lasting_addresses
from gongkai.site.data import data_page
from gongkai.site.home import home_page
from gongkai.site.palette import settings_css
from gongkai.site.search import search_page
from gongkai.workers import MIN_PARALLEL_ITEMS, OnProgress, Shared, no_progress, parallel_map

Again = tuple[Callable[..., "Site"], tuple[object, ...]]
"""How another process makes this site anew: a function and plain arguments."""
Outcome = tuple[str, Made, Mapping[str, Names], Counts]
"""What became of a group: its name, what it read and wrote, the files of its directories, how many were written."""
Directories = Iterable[tuple[str, Files]]

_ROWS_A_PAGE = 8
"""Rows that are made while a page is made."""


class Site(Struct, frozen=True, dict=True):
    """One build of one column into one directory.

    ``offline`` says that the site will be offered as a zip. A ``preview`` leaves the search as it was made first: every
    weight in it depends on all texts, and nobody waits for that to see an edit.
    Groups of pages that would read what they read last time, and whose files are as the last build left them, are
    neither rendered nor written. Pages are made from ``reader``, which notes in ``trace`` what they ask of ``column``.
    """

    root: Path
    column: SiteData
    reader: Reader
    trace: Trace
    renderer: PageRenderer
    answers: Answers
    tree: OutputDir
    state: State
    cache: Path
    on_progress: OnProgress
    offline: bool
    preview: Preview | None
    again: Again | None
    _left: list[Left | None] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        root: Path,
        column: SiteData,
        theme: ThemeOutput,
        before: tuple[OutputDir, State],
        cache: Path,
        *,
        offline: bool,
        preview: Preview | None = None,
        on_progress: OnProgress = no_progress,
        again: Again | None = None,
    ) -> Site:
        """The site of a column; ``before`` is what the last build left."""
        settings, (tree, state), trace = load_settings(root), before, Trace()
        reader, addresses = Reader(column, trace), Addresses(column, theme.addresses)
        links = Links(addresses, lasting_addresses(column), trace)
        reviewers = Reviewers(root, trace, shown=settings.show_reviewers)
        bodies = PageTemplates(theme_folders(root), settings, reader.as_of, links, reviewers)
        renderer = PageRenderer(theme, bodies, settings)
        state.base = renderer.digest
        others: dict[str, Callable[..., bytes]] = {
            "leads": lambda url: b"yes" if links.leads(url) else b"no",
            REVIEWED: lambda source: reviewers.words(source).encode(),
        }
        answers = Answers(column, others)
        zipped = offline and offers_zip(column)
        read = (root, column, reader, trace, renderer, answers)
        site = cls(*read, tree, state, cache, on_progress, zipped, preview, again)
        others |= site._answers()
        addresses.learn(chain(keyed_addresses(column), *map(site._there_as_before, listings(column))))
        return site

    def _answers(self) -> dict[str, Callable[..., bytes]]:
        """What is asked of the site rather than of the column."""
        registers = MadeRows(self.column)
        return {
            "row": lambda record: self.tables.digest(record),  # noqa: PLW0108 - tables are there later
            "register": lambda table, name: fingerprint(registers.table(table, "json").get(name)),
            "rows": lambda table: fingerprint(self.tables.count(table)),
            "tables": lambda: fingerprint((outside_files(self.column), [left.chunk for left in self.left])),
            "search": lambda: fingerprint((self._weighed, self.search.changed)),
            "offline": lambda: fingerprint(self.offline),
        }

    def _there_as_before(self, name: str) -> Iterable[str]:
        """The addresses of a group of pages where nothing that decides about them has changed."""
        agrees = self.state.agrees(name, self.answers, "leads", "row", "register")
        return self.state.last[name].stamps if agrees else ()

    def write(self) -> int:
        """Bring the directory up to date; returns the number of pages."""
        with self.tree.writing():
            pages = self._write()
        if self.preview:
            self.preview.end(self.tree, self.state.after(self.answers))
        else:
            self.state.save(self.answers)
        forget(self.cache / "rows", {left.chunk for left in self.left})
        return pages

    def _write(self) -> int:
        scripts = search_scripts(theme_files(self.root))
        for path, content in (*self.renderer.theme.files.items(), *scripts):
            self.tree.write_file(path, content)
        self._update("工作要点、目录和清单", self._of_files)
        self._write_tables()
        try:
            if self._stale([urls.SEARCH]):
                self._have_chunks()
                self.search.prepare(partial(self.on_progress, "查找"), self._shared)
            elif self._stale([urls.DATA]):
                self._have_chunks()
            self._update("查找、数据和汇总页", self._of_several)
            self._root()
        finally:
            self.tables.close()
        pages = update_map(self.tree, self.state, (REDIRECTS, WITHDRAWN, ATTACHMENTS), self.renderer.settings.site_url)
        if self.offline:
            update_zip(self.tree, self.state)
        return pages

    # Groups of pages.

    def _stale(self, names: Iterable[str]) -> list[str]:
        """The groups that have to be made; the search of a preview stays as it is."""
        kept = {urls.SEARCH: ("search",)} if self.preview else {}
        return [name for name in names if not self.state.fresh(name, self.tree, self.answers, *kept.get(name, ()))]

    def _update(self, what: str, groups: Mapping[str, Callable[[], Directories]]) -> None:
        stale = self._stale(groups)
        self.state.keep(groups.keys() - set(stale), self.tree)
        if len(stale) >= MIN_PARALLEL_ITEMS:
            self.renderer.bodies.compile()
        pages = len(self.column.index.entries) * len(stale) // len(groups) if groups else 0
        made = parallel_map(_made, stale, self._shared, pages=pages)
        for done, (name, outcome, files, counts) in enumerate(made, start=1):
            self.state.made[name] = outcome
            self.tree.claim(outcome.stamps, files)
            self.tree.add_counts(counts)
            self.on_progress(what, done, len(stale))

    @property
    def _shared(self) -> Shared[Site]:
        return Shared(self, *self.again) if self.again else Shared(self)

    def make(self, name: str) -> Outcome:
        """Write a group of pages."""
        group = self._of_files.get(name) or self._of_several[name]
        tree = self.tree.for_worker()
        self.trace.begin()
        self._left[:] = [None]
        stamps = {directory: tree.write_directory(directory, files) for directory, files in group()}
        return name, Made(tuple(self.trace.asked), stamps, self._left[0]), tree.names, tree.counts

    @cached_property
    def _of_files(self) -> Mapping[str, Callable[[], Directories]]:
        """Pages of authored files."""
        together = issued_together(self.column)
        heads = self.column.index.heads.values()
        return {head.entry.url: partial(self._file, head, together[head.document]) for head in heads}

    def _file(self, head: DocumentHead, together: Mapping[str, DocumentHead]) -> Iterator[tuple[str, Files]]:
        column = narrowed(self.reader, head, {head.entry.id: head}, together)
        rows = MadeRows(column)
        around = rows if len(together) == 1 else MadeRows(narrowed(self.reader, head, together, together))
        companions = Alternates(column, around, self.renderer.settings.site_url)
        for page in record_pages(column):
            yield page.url, self.renderer.files(page, companions)
        self._left[:] = [save_chunk(self.cache / "rows", column, rows)]

    @cached_property
    def _of_several(self) -> Mapping[str, Callable[[], Directories]]:
        """What is made of several files, what takes longest first."""
        groups: dict[str, Callable[[], Directories]] = {urls.SEARCH: self._search, urls.DATA: self._data}
        groups |= {name: partial(self._listing, pages) for name, pages in listings(self.column).items()}
        groups |= {REDIRECTS: partial(moved_content, self.reader, self.renderer)}
        groups |= {WITHDRAWN: partial(withdrawn_content, self.reader, self.renderer)}
        return groups | {ATTACHMENTS: partial(attached, self.reader, self.root)}

    def _listing(self, pages: Pages) -> Directories:
        return ((page.url, self._files(page)) for page in pages(self.reader))

    def _files(self, page: Page) -> Files:
        rows = AskedTables(self.tables, self.trace)
        return self.renderer.files(page, Alternates(self.reader, rows, self.renderer.settings.site_url))

    # The open data.

    @cached_property
    def left(self) -> list[Left]:
        """What is known of the rows of each authored file, in the order of the tables, once its pages are made."""
        urls_of_files = [head.entry.url for head in self.column.index.heads.values()]
        if not self.state.made.keys() >= set(urls_of_files):  # another process made them
            read: list[Left] = value_of(self._told, list[Left])
            return read
        known = (self.state.made[url].rows for url in urls_of_files)
        return [left for left in known if left]

    @property
    def _told(self) -> Path:
        """Where other processes find :attr:`left`."""
        return self.cache / "rows" / "left"

    @property
    def chunks(self) -> list[Path]:
        """Where the rows of each authored file lie."""
        return [self.cache / "rows" / left.chunk for left in self.left]

    def _have_chunks(self) -> None:
        """Make the rows of files whose pages were left alone, where they are not kept."""
        heads = zip(self.column.index.heads, self.chunks, strict=True)
        missing = [identifier for identifier, chunk in heads if not sound(chunk)]
        pages = len(self.column.index.entries) * len(missing) // (_ROWS_A_PAGE * max(len(self.left), 1))
        for _ in parallel_map(_chunk_made, missing, self._shared, pages=pages):
            pass
        if not all(map(sound, self.chunks)):  # a file says something else than its pages have read: all are made again
            raise DamagedError(self.state.path)

    def make_chunk(self, identifier: str) -> None:
        """Store the rows of a file."""
        head = self.column.index.heads[identifier]
        together = issued_together(self.column)[head.document]
        column = narrowed(self.column, head, {identifier: head}, together)
        save_chunk(self.cache / "rows", column, MadeRows(column))

    def _write_tables(self) -> None:
        """The open data itself, which everything after it reads."""
        save_values(self._told, [self.left])
        if self._stale([urls.DATA_V1]):
            self._have_chunks()
            names = [f"{name}.{form}" for name in TABLES for form in ("json", "csv")]
            with self.tree.open_files(urls.DATA_V1, names) as files:
                write_tables(self.column, self.chunks, files)
            stamps = {urls.DATA_V1: self.tree.fingerprint(urls.DATA_V1)}
            self.state.made[urls.DATA_V1] = Made((("tables",),), stamps)
        else:
            self.state.keep([urls.DATA_V1], self.tree)

    @cached_property
    def tables(self) -> Tables:
        """The open data, once it is written."""
        return Tables.joined(self.tree.root / urls.DATA_V1, self.column, self.left)

    def _data(self) -> Directories:
        self.trace.asked.update([("search",), ("offline",)])
        tables = AskedTables(self.tables, self.trace)
        page = data_page(self.reader, describe_tables(self.reader, tables.count), parts(), offline=self.offline)
        yield page.url, chain(self._files(page), self.search.download())
        yield urls.DATA_SCHEMAS, all_schema_files()

    # The search.

    @cached_property
    def _weighed(self) -> bytes:
        return weighed(self.column, self.tables.searchable, self._named)

    @cached_property
    def _named(self) -> Sequence[NamedPage]:
        """The pages that a query may name."""
        return named_pages(self.root, self.column)

    @cached_property
    def search(self) -> SearchMaker:
        """What makes the search."""
        key = digest(self.renderer.digest, self._weighed.hex())
        return SearchMaker(self.column, self.chunks, self.cache, key, self._named)

    def _search(self) -> Directories:
        self.trace.asked.add(("search",))
        opening, directories = self.search.content()
        page = search_page(opening)
        for old in self.state.directories(urls.SEARCH)[1:]:  # the first is the page's own
            self.tree.rename(old, f"{urls.SEARCH}{opening.directory}/")
        for directory, files in directories:
            yield directory, chain(self._files(page), files) if directory == page.url else files

    # What lies at the root.

    def _root(self) -> None:
        page = home_page(self.reader)
        for name, content in self._files(page):
            self.tree.write_file(name, content)
        settings = self.renderer.settings
        sheet = settings_css(settings.accent, self.column.as_of, settings.stale_after)
        self.tree.write_file("assets/column-settings.css", sheet)


def _made(site: Site, name: str) -> Outcome:
    return site.make(name)


def _chunk_made(site: Site, identifier: str) -> None:
    site.make_chunk(identifier)
