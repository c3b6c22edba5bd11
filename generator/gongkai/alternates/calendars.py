"""iCalendar files (RFC 5545): last days of tasks, dated stages of decisions, and the days on which people take part.

Days that are not printed but follow from the words of the document say so in the event: nobody should take a computed
day for a printed one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any

from gongkai.column.event import Event
from gongkai.column.fields import Table
from gongkai.column.site_data import RecordRef, SiteData
from gongkai.kinds.registry import BY_RECORD_TABLE

RowsOf = Callable[[str, Sequence[str]], Iterable[Mapping[str, Any]]]
_WIDTH = 75
_DATED = {kind: table for kind, table in BY_RECORD_TABLE.items() if table.events}
"""By kind of record: the table of the open data that tells its days."""
MAX_EVENTS = 1_000
"""What the calendar of the whole column looks at: the newest records with days. Those of units have all."""


def newest(column: SiteData) -> list[str]:
    """Ids of the newest records that have days."""
    return list(islice((entry.id for entry in column.index.entries.values() if entry.kind in _DATED), MAX_EVENTS))


def events(column: SiteData, entries: Sequence[RecordRef], rows: RowsOf) -> list[Event]:
    """The events of records, earliest first; ``rows`` gives rows of a table of the open data by their ids."""
    found: list[Event] = []
    for kind, table in _DATED.items():
        some = [entry for entry in entries if entry.kind is kind]
        for entry, row in zip(some, rows(table.name, [entry.id for entry in some]), strict=True):
            found += _events_of(column, table, entry, row)
    return sorted(found, key=lambda event: (event.day, event.id))


def has_events(column: SiteData, entries: Sequence[RecordRef], rows: RowsOf) -> bool:
    """Whether records have any event: mostly the first one tells."""
    dated = ((entry, _DATED[entry.kind]) for entry in entries if entry.kind in _DATED)
    return any(
        any(_events_of(column, table, entry, row)) for entry, table in dated for row in rows(table.name, [entry.id])
    )


def _events_of(column: SiteData, table: Table, entry: RecordRef, row: Mapping[str, Any]) -> Iterable[Event]:
    assert table.events
    return table.events(column, entry, column.index.heads[entry.id.split("/")[0]], row)


_ZONE = (
    "BEGIN:VTIMEZONE", "TZID:Asia/Shanghai", "BEGIN:STANDARD", "DTSTART:19910915T000000", "TZOFFSETFROM:+0800",
    "TZOFFSETTO:+0800", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip


def to_ics(title: str, events: Sequence[Event], site_url: str) -> bytes:
    """The calendar file; without events one to subscribe to before there is anything in it.

    RFC 5545 (3.6) asks for at least one component, which then is the time zone.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//gongkai//ZH",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(title)}",
    ]
    for event in events:
        lines += _event(event, site_url)
    if not events:
        lines += _ZONE
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) + "\r\n" for line in lines).encode()


def _event(event: Event, site_url: str) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.id}@gongkai",
        f"DTSTAMP:{event.stamp:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{(event.last or event.day) + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(event.title)}",
        f"DESCRIPTION:{_text(event.description)}",
        "TRANSP:TRANSPARENT",
    ]
    if event.estimated:
        lines.append("STATUS:TENTATIVE")
    if site_url:
        lines.append(f"URL:{site_url}{event.url}")
    return [*lines, "END:VEVENT"]


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 octets; never inside a character."""
    if len(line) * 3 <= _WIDTH:
        return line
    content = line.encode()
    pieces, start, width = [], 0, _WIDTH
    while len(content) - start > width:
        end = start + width
        while content[end] & 0xC0 == 0x80:  # noqa: PLR2004 - a byte in the middle of a character (UTF-8)
            end -= 1
        pieces.append(content[start:end])
        start, width = end, _WIDTH - 1
    pieces.append(content[start:])
    return b"\r\n ".join(pieces).decode()
