"""What lies beside each page for programs and subscribers: its JSON twin, its list as CSV, workbook, feed, calendar.

A twin holds, by table name, the same rows of the open data that the page shows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple, Protocol

from gongkai.alternates import calendars, feeds, linked_data
from gongkai.alternates.files import RowStore, columns_of, csv_head
from gongkai.alternates.tables import VERSION
from gongkai.column.event import Event
from gongkai.column.news import News
from gongkai.column.site_data import RecordRef, SiteData
from gongkai.kinds.interface import FileKind
from gongkai.kinds.registry import BY_NAME

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Alternate(NamedTuple):
    """A file beside a page: its name, media type, what readers call it, and what makes its bytes."""

    name: str
    mime: str
    label: str
    make: Callable[[], bytes]

    @property
    def content(self) -> bytes:
        """Its bytes, made now: a page names the files beside it without them."""
        return self.make()


class Shown(Protocol):
    """As much of a page as its companions need; see ``column.page.Page``."""

    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def of(self) -> str | None: ...  # noqa: D102
    @property
    def url(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def rows(self) -> Sequence[tuple[str, Sequence[str]]]: ...  # noqa: D102
    @property
    def listed(self) -> str | None: ...  # noqa: D102
    @property
    def news(self) -> Sequence[News] | None: ...  # noqa: D102
    @property
    def dates(self) -> Sequence[str] | None: ...  # noqa: D102


class Alternates:
    """Makes the companions of pages of one column; ``rows`` are the texts of the rows that those pages show."""

    def __init__(self, column: SiteData, rows: RowStore, site_url: str) -> None:
        self._column, self._rows, self._site_url = column, rows, site_url
        self._heads: dict[str, bytes] = {}

    def of(self, page: Shown) -> list[Alternate]:
        """Everything beside a page, in the order in which pages offer it."""
        key = page.url.rstrip("/").split("/", 1)[-1]
        first = "/page/" not in page.url
        found = [Alternate("index.json", "application/json", "JSON", partial(self._twin, page))]
        if page.listed:
            found.append(Alternate("index.csv", "text/csv", "CSV", partial(self._csv, page, page.listed)))
        if first:
            found += self._workbook(page, key)
            found += self._linked(page, key)
            found += self._subscriptions(page, key)
        return found

    def _twin(self, page: Shown) -> bytes:
        about = {"version": VERSION, "kind": page.kind, "title": page.title, "url": page.url}
        parts = [f'"{name}": {json.dumps(value, ensure_ascii=False)}'.encode() for name, value in about.items()]
        for name, identifiers in page.rows:
            items = self._rows.texts(name, "json", identifiers)
            parts.append(b'"%s": [\n%s\n]' % (name.encode(), b",\n".join(items)))
        return b"{%s}\n" % b",\n".join(parts)

    def _csv(self, page: Shown, table: str) -> bytes:
        if table not in self._heads:
            self._heads[table] = csv_head(columns_of(table, self._column))
        return self._heads[table] + b"".join(self._rows.texts(table, "csv", dict(page.rows)[table]))

    def _workbook(self, page: Shown, key: str) -> Iterator[Alternate]:
        make = None
        if page.of:
            kind = BY_NAME[page.of]
            make = partial(self._file_workbook, kind, key) if kind.workbook else None
        elif page.kind == "unit" and key in self._column.index.units:
            make = partial(self._unit_workbook, key)
        if make:
            yield Alternate("index.xlsx", _XLSX, "Excel 表格", make)

    def _unit_workbook(self, key: str) -> bytes:
        from gongkai.alternates.workbooks import unit_workbook  # noqa: PLC0415 - needs the library behind it

        return unit_workbook(self._column, self._column.units[key], self._site_url)

    def _file_workbook(self, kind: FileKind[Any, Any], key: str) -> bytes:
        from gongkai.alternates.flat_sheet import items_sheet  # noqa: PLC0415 - needs the library behind it

        assert kind.workbook
        file = kind.of(self._column)[key]
        made: bytes = kind.workbook(file, items_sheet(self._column, file, self._site_url))
        return made

    def _linked(self, page: Shown, key: str) -> Iterator[Alternate]:
        column, site_url = self._column, self._site_url
        make = None
        if page.of and BY_NAME[page.of].carries:
            document = BY_NAME[page.of].of(column)[key].document
            make = partial(linked_data.document_ld, column, document, page.title, page.url, site_url)
        match page.kind:
            case "document":
                document = column.documents[key]
                make = partial(linked_data.document_ld, column, document, page.title, page.url, site_url)
            case "unit":
                make = partial(linked_data.unit_ld, column, key, site_url)
            case "organ":
                make = partial(linked_data.organ_ld, column, key, site_url)
            case "data":
                make = partial(linked_data.dataset_ld, column, site_url)
        if make:
            yield Alternate("index.jsonld", "application/ld+json", "JSON-LD", make)

    def _subscriptions(self, page: Shown, key: str) -> Iterator[Alternate]:
        if page.news is not None:
            feed = partial(self._feed, page, page.news, key)
            yield Alternate("feed.xml", "application/atom+xml", "订阅（Atom）", feed)
        if calendar := self._calendar(page):
            yield Alternate("calendar.ics", "text/calendar", "日历（ics）", calendar)

    def _feed(self, page: Shown, news: Sequence[News], key: str) -> bytes:
        own = [told.record for told in news if told.is_publication]
        rows = {row["id"]: row for row in self._values("records", own)}
        heads = self._column.index.heads
        documents = {record: heads[record.partition("/")[0]].entry.title for record in own}
        author = self._author(page.kind, key)
        feed = feeds.Feed(page.url, page.url.rstrip("/"), page.title, author, news, rows, documents)
        return feeds.to_atom(feed, self._site_url)

    def _calendar(self, page: Shown) -> Callable[[], bytes] | None:
        """What makes the calendar of a page; only that of the whole column is there before anything is in it."""
        title = f"{page.title}完成时限" if page.kind == "unit" else page.title
        if page.kind == "home":
            return lambda: calendars.to_ics(title, self._events(calendars.newest(self._column)), self._site_url)
        ids = page.dates or ()
        there = calendars.has_events(self._column, self._entries(ids), self._values)
        return (lambda: calendars.to_ics(title, self._events(ids), self._site_url)) if there else None

    def _events(self, ids: Sequence[str]) -> list[Event]:
        return calendars.events(self._column, self._entries(ids), self._values)

    def _entries(self, ids: Sequence[str]) -> list[RecordRef]:
        return [self._column.index.entries[identifier] for identifier in dict.fromkeys(ids)]

    def _values(self, table: str, identifiers: Sequence[str]) -> list[dict[str, Any]]:
        return [json.loads(text) for text in self._rows.texts(table, "json", identifiers)]

    def _author(self, kind: str, key: str) -> str:
        organs = self._column.organs
        if kind == "unit":
            return organs[self._column.units[key].organ].name
        return "、".join(organ.name for organ in organs.values())
