"""What lies beside each page for programs and subscribers: its JSON twin, its list as CSV, workbook, feed, calendar.

A twin holds, by table name, the same rows of the open data that the page shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from generator.model.column import Column, RecordKind
from generator.model.record import Record
from generator.model.records import all_records
from generator.open_data import calendars, feeds, linked_data
from generator.open_data.files import Table
from generator.open_data.twins import FOLLOWED, LISTS, Rows, shown
from generator.open_data.v1 import VERSION

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Companion(NamedTuple):
    """A file beside a page: its name, media type, what readers call it, and its bytes."""

    name: str
    mime: str
    label: str
    content: bytes


class Companions:
    """Makes the companions of every page of one column."""

    def __init__(self, column: Column, tables: Mapping[str, Table], site_url: str) -> None:
        self._column, self._tables, self._site_url = column, tables, site_url

    @cached_property
    def _records(self) -> Mapping[str, Record]:
        return {record.id: record for record in all_records(self._column)}

    @cached_property
    def _events(self) -> Sequence[calendars.Event]:
        return list(calendars.all_events(self._column))

    def of(self, kind: str, url: str, title: str) -> list[Companion]:
        """Everything beside the page of a kind at an address, in the order in which pages offer it."""
        key = url.rstrip("/").split("/", 1)[-1]
        rows = shown(self._column, kind, key)
        found = [Companion("index.json", "application/json", "JSON", self._twin(kind, url, title, rows))]
        if kind in LISTS:
            listed = dict(rows)[LISTS[kind]]
            found.append(Companion("index.csv", "text/csv", "CSV", self._tables[LISTS[kind]].csv_of(listed)))
        found += self._workbook(kind, key)
        found += self._linked(kind, key, title, url)
        if kind in FOLLOWED:
            found += self._subscriptions(kind, key, url, title, rows)
        return found

    def _twin(self, kind: str, url: str, title: str, rows: Rows) -> bytes:
        parts = [f'"version": {VERSION}']
        parts += [f'"{name}": {json.dumps(value, ensure_ascii=False)}' for name, value in _about(kind, url, title)]
        for name, identifiers in rows:
            items = self._tables[name].json
            parts.append(f'"{name}": [\n' + ",\n".join(items[identifier] for identifier in identifiers) + "\n]")
        return ("{" + ",\n".join(parts) + "}\n").encode()

    def _workbook(self, kind: str, key: str) -> Iterator[Companion]:
        if kind not in ("plan", "unit"):
            return
        from generator.open_data import workbooks  # noqa: PLC0415 - only builds need the library behind it

        if kind == "plan":
            yield Companion("index.xlsx", _XLSX, "Excel 表格", workbooks.plan_workbook(self._column.plans[key]))
        elif key in self._column.index.units:
            content = workbooks.unit_workbook(self._column, self._column.units[key])
            yield Companion("index.xlsx", _XLSX, "Excel 表格", content)

    def _linked(self, kind: str, key: str, title: str, url: str) -> Iterator[Companion]:
        column, site_url = self._column, self._site_url
        content = None
        match kind:
            case "plan" | "directory" | "project_list":
                source = column.plans.get(key) or column.directories.get(key) or column.lists[key]
                content = linked_data.document_ld(column, source.document, title, url, site_url)
            case "document":
                content = linked_data.document_ld(column, column.documents[key], title, url, site_url)
            case "unit":
                content = linked_data.unit_ld(column, key, site_url)
            case "organ":
                content = linked_data.organ_ld(column, key, site_url)
            case "data":
                content = linked_data.dataset_ld(column, self._tables, site_url)
        if content:
            yield Companion("index.jsonld", "application/ld+json", "JSON-LD", content)

    def _subscriptions(self, kind: str, key: str, url: str, title: str, rows: Rows) -> Iterator[Companion]:
        records = self._records
        told = [records[identifier] for name, found in rows if name in FOLLOWED[kind] for identifier in found]
        if kind == "decisions":
            told = [record for record in records.values() if record.kind is RecordKind.DECISION]
        feed = feeds.Feed(url, url.rstrip("/"), title, self._author(kind, key), told)
        yield Companion("feed.xml", "application/atom+xml", "订阅（Atom）", feeds.to_atom(feed, self._site_url))
        calendar = None
        if kind == "home":
            calendar = calendars.to_ics(title, self._events, self._site_url)
        elif kind == "unit":
            mine = {record.url for record in told}
            events = [event for event in self._events if event.url in mine]
            calendar = calendars.to_ics(f"{title}完成时限", events, self._site_url)
        if calendar:
            yield Companion("calendar.ics", "text/calendar", "日历（ics）", calendar)

    def _author(self, kind: str, key: str) -> str:
        organs = self._column.organs
        if kind == "unit":
            return organs[self._column.units[key].organ].name
        return "、".join(organ.name for organ in organs.values())


def _about(kind: str, url: str, title: str) -> tuple[tuple[str, str], ...]:
    return ("kind", kind), ("title", title), ("url", url)
