"""iCalendar files (RFC 5545): the last day of each dated task as an all-day event, and dated stages of decisions.

Days that are not printed but follow from the words of the document say so in the event: nobody should take a computed
day for a printed one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from generator.model import ids, urls
from generator.model.column import Column
from generator.model.deadline import DeadlineKind
from generator.model.document import Document

_WIDTH = 75
_COMPUTED = {
    DeadlineKind.YEAR: "估算：原文没有写明日期，按当年最后一天计算",
    DeadlineKind.RELATIVE: "估算：原文没有写明日期，按印发日期推算",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One all-day event. ``stamp`` is the day of the document that sets it; ``units`` are the ids of who must act."""

    id: str
    day: date
    title: str
    description: str
    url: str
    stamp: date
    units: tuple[str, ...]
    estimated: bool


def all_events(column: Column) -> Iterator[Event]:
    """Every event of the column, earliest first."""
    yield from sorted((*_deadlines(column), *_stages(column)), key=lambda event: (event.day, event.id))


def _deadlines(column: Column) -> Iterator[Event]:
    for plan in column.plans.values():
        organ = column.organs[plan.organ].short_name
        for task in plan.tasks:
            if task.deadline is None or task.deadline.due is None:
                continue
            estimate = _COMPUTED.get(task.deadline.kind)
            names = "、".join(dict.fromkeys(column.units[given.unit].name for given in task.assignments))
            lines = (
                f"{organ}《{plan.title}》第{task.number}项",
                task.text,
                f"责任单位：{names}" if names else "",
                f"完成时限：{task.deadline.text}",
                estimate or "",
            )
            yield Event(
                ids.task(plan.id, task.number),
                task.deadline.due,
                f"{'（估算）' if estimate else ''}完成时限：{task.title}",
                "\n".join(line for line in lines if line),
                urls.task(plan.id, task.number),
                _stamp(plan.document, plan.year),
                tuple(given.unit for given in task.assignments),
                estimate is not None,
            )


def _stages(column: Column) -> Iterator[Event]:
    for directory in column.directories.values():
        for decision in directory.decisions:
            for stage in decision.stages:
                if stage.date is None:
                    continue
                name = column.stage_kinds[stage.kind].name
                yield Event(
                    f"{ids.item(directory.id, decision.number)}/{stage.kind}",
                    stage.date,
                    f"重大行政决策公开{name}：{decision.title}",
                    "\n".join(filter(None, (directory.title, stage.title, stage.url))),
                    urls.decision(directory.id, decision.number),
                    _stamp(directory.document, directory.year),
                    tuple(given.unit for given in decision.organizers),
                    False,
                )


def _stamp(document: Document, year: int) -> date:
    return document.date_published or document.date_signed or date(year, 1, 1)


def to_ics(title: str, events: Iterable[Event], site_url: str) -> bytes | None:
    """The calendar file, or None without events (RFC 5545 asks for at least one component)."""
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
        return None
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) + "\r\n" for line in lines).encode()


def _event(event: Event, site_url: str) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.id}@gongkai",
        f"DTSTAMP:{event.stamp:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}",
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
