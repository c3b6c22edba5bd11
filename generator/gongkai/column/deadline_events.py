"""The last days of tasks and projects as events of calendars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from gongkai.column.event import Event
from gongkai.column.site_data import DocumentHead, RecordRef, SiteData
from gongkai.text.deadline import DeadlineKind

_COMPUTED = {
    DeadlineKind.YEAR: "估算：原文没有写明日期，按当年最后一天计算",
    DeadlineKind.RELATIVE: "估算：原文没有写明日期，按印发日期推算",
}


def deadline_events(column: SiteData, entry: RecordRef, head: DocumentHead, row: Mapping[str, Any]) -> Iterator[Event]:
    """The last day of a task or project; a computed day is marked, so that it is not taken for a printed one."""
    deadline = row["deadline"]
    if not deadline or not deadline["due"]:
        return
    estimate = _COMPUTED.get(DeadlineKind(deadline["kind"]))
    names = "、".join(dict.fromkeys(unit["name"] for unit in row["units"]))
    lines = (
        f"{column.organs[entry.organ].short_name}《{head.entry.title}》{entry.label}",
        row.get("text") or entry.title,
        f"责任单位：{names}" if names else "",
        f"完成时限：{deadline['text']}",
        estimate or "",
    )
    yield Event(
        entry.id,
        date.fromisoformat(deadline["due"]),
        f"{'（估算）' if estimate else ''}完成时限：{entry.title}",
        "\n".join(line for line in lines if line),
        entry.url,
        head.day or date(entry.year, 1, 1),
        estimate is not None,
    )
