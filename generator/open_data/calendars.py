"""iCalendar files (RFC 5545): last days of tasks, dated stages of decisions, and the days on which people take part.

Days that are not printed but follow from the words of the document say so in the event: nobody should take a computed
day for a printed one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from generator.model.column import Column, Entry, Head, RecordKind
from generator.model.deadline import DeadlineKind

_WIDTH = 75
_COMPUTED = {
    DeadlineKind.YEAR: "估算：原文没有写明日期，按当年最后一天计算",
    DeadlineKind.RELATIVE: "估算：原文没有写明日期，按印发日期推算",
}


TABLES = {
    RecordKind.TASK: "tasks",
    RecordKind.DECISION: "decisions",
    RecordKind.PARTICIPATION: "consultations",
}
"""What has days, and the table of the open data that tells them."""
LARGEST = 1_000
"""What the calendar of the whole column looks at: the newest tasks, decisions, occasions. Those of units have all."""


@dataclass(frozen=True, slots=True)
class Event:
    """One all-day event, to ``last`` included where it has several days. ``stamp`` is the day of its document."""

    id: str
    day: date
    title: str
    description: str
    url: str
    stamp: date
    estimated: bool
    last: date | None = None


def newest(column: Column) -> list[str]:
    """Ids of the newest tasks, decisions and occasions."""
    return list(islice((entry.id for entry in column.index.entries.values() if entry.kind in TABLES), LARGEST))


def events(column: Column, rows: Iterable[tuple[Entry, Mapping[str, Any]]]) -> list[Event]:
    """The events of tasks, decisions and occasions, given with their rows of the open data; earliest first."""
    found: list[Event] = []
    for entry, row in rows:
        head = column.index.heads[entry.id.split("/")[0]]
        if entry.kind is RecordKind.DECISION:
            found += _stages(column, entry, head, row)
        elif entry.kind is RecordKind.PARTICIPATION:
            found += _occasion(entry, head, row)
        elif row["deadline"] and row["deadline"]["due"]:
            found.append(_deadline(column, entry, head, row))
    return sorted(found, key=lambda event: (event.day, event.id))


def _deadline(column: Column, entry: Entry, head: Head, row: Mapping[str, Any]) -> Event:
    deadline = row["deadline"]
    estimate = _COMPUTED.get(DeadlineKind(deadline["kind"]))
    names = "、".join(dict.fromkeys(unit["name"] for unit in row["units"]))
    lines = (
        f"{column.organs[entry.organ].short_name}《{head.entry.title}》{entry.label}",
        row["text"],
        f"责任单位：{names}" if names else "",
        f"完成时限：{deadline['text']}",
        estimate or "",
    )
    return Event(
        entry.id,
        date.fromisoformat(deadline["due"]),
        f"{'（估算）' if estimate else ''}完成时限：{entry.title}",
        "\n".join(line for line in lines if line),
        entry.url,
        head.day or date(entry.year, 1, 1),
        estimate is not None,
    )


def _stages(column: Column, entry: Entry, head: Head, row: Mapping[str, Any]) -> Iterator[Event]:
    for kind, stage in row["stages"].items():
        if stage["date"]:
            yield Event(
                f"{entry.id}/{kind}",
                date.fromisoformat(stage["date"]),
                f"重大行政决策公开{column.stage_kinds[kind].name}：{entry.title}",
                "\n".join(filter(None, (head.entry.title, stage["title"], stage["url"]))),
                entry.url,
                head.day or date(entry.year, 1, 1),
                False,
            )
        yield from _window(entry, head, f"{entry.id}/{kind}/window", stage)


def _window(entry: Entry, head: Head, identifier: str, stage: Mapping[str, Any]) -> Iterator[Event]:
    """The days on which opinions are taken, from the first to the last; where one is not public, only the other."""
    start, end = stage["details"].get("start"), stage["details"].get("end")
    if not (start or end):
        return
    title = "公开征求意见" if start and end else "公开征求意见截止" if end else "公开征求意见开始"
    channels = "；".join(stage["details"]["channels"] or ())
    days = (f"开始：{start}" if start else "", f"截止：{end}" if end else "")
    lines = (head.entry.title, *days, f"提意见的途径：{channels}" if channels else "", stage["title"], stage["url"])
    yield Event(
        identifier,
        date.fromisoformat(start or end),
        f"{title}：{entry.title}",
        "\n".join(filter(None, lines)),
        entry.url,
        head.day or date(entry.year, 1, 1),
        False,
        date.fromisoformat(end) if start and end else None,
    )


_ZONE = (
    "BEGIN:VTIMEZONE", "TZID:Asia/Shanghai", "BEGIN:STANDARD", "DTSTART:19910915T000000", "TZOFFSETFROM:+0800",
    "TZOFFSETTO:+0800", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip


def _occasion(entry: Entry, head: Head, row: Mapping[str, Any]) -> Iterator[Event]:
    """A consultation, hearing, open day: from its first day to its last; where one is not public, only the other."""
    start, end = row["start"], row["end"]
    if not (start or end):
        return
    lines = (
        head.entry.title,
        f"开始：{start}" if start else "",
        f"截止：{end}" if end else "",
        f"承办单位：{row['organizer']}",
        f"怎样参加：{'、'.join(row['channels'])}" if row["channels"] else "",
        row["contact"] or "",
    )
    yield Event(
        entry.id,
        date.fromisoformat(start or end),
        f"{row['type']}{'' if start else '截止'}：{entry.title}",
        "\n".join(filter(None, lines)),
        entry.url,
        date(entry.year, 1, 1),
        False,
        date.fromisoformat(end) if start and end else None,
    )


def to_ics(title: str, events: Iterable[Event], site_url: str, *, empty: bool = False) -> bytes | None:
    """The calendar file; without events None, or with ``empty`` one to subscribe to before there is anything in it.

    RFC 5545 (3.6) asks for at least one component, which then is the time zone.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//gongkai//ZH",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(title)}",
    ]
    head = len(lines)
    for event in events:
        lines += _event(event, site_url)
    if len(lines) == head:
        if not empty:
            return None
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
