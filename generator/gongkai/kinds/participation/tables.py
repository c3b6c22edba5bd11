"""Occasions of public participation in the open data and in calendars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from gongkai.column import ids, urls
from gongkai.column.event import Event
from gongkai.column.fields import (
    EDITOR_NOTE,
    FILE_ID,
    ORGAN,
    THEMES,
    TITLE,
    YEAR,
    Field,
    Nested,
    Value,
    document_field,
    field,
    lasting,
    printed_workbook,
    table,
)
from gongkai.column.nested import LINK
from gongkai.column.site_data import DocumentHead, RecordRef, SiteData
from gongkai.kinds.participation.model import Participation, ParticipationList
from gongkai.kinds.participation.parts import PARTICIPATION

OUTCOME = Nested.of(
    "OutcomeRow",
    field("date", str, "公布日期"),
    field("text", str, "结果"),
    field("url", str | None, "公布的网址"),
    field("received", int | None, "收到意见的条数"),
    field("adopted", int | None, "采纳的条数"),
    field("unadopted_reasons", str | None, "不采纳的理由"),
)


def _events(_column: SiteData, entry: RecordRef, head: DocumentHead, row: Mapping[str, Any]) -> Iterator[Event]:
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


def _of_outcome(name: str) -> Value:
    return lambda place: getattr(place.thing.outcome, name, None)


_OUTCOME_CELLS = (
    field("outcome_date", str | None, value=_of_outcome("date"), label="结果公布日期"),
    field("outcome_text", str | None, value=_of_outcome("text"), label="结果", width=60, centred=False),
)
"""What the workbook shows of an outcome: nested values have no cell of their own."""
_FIELDS: tuple[Field, ...] = (
    field("id", str, None, lambda place: ids.item(place.file.id, place.thing.number)),
    field("list", str, "所属公众参与目录的编号", lambda place: place.file.id),
    field("number", int, label="序号", width=8),
    field("type", str, "类型：意见征集，听证，列席会议，政府开放活动，议题征集", label="类型", width=14),
    field("title", str, "名称，照公告", label="名称", width=60, centred=False),
    field("about", str | None, "关于哪一项决策、文件或计划（编号）"),
    field("organizer", str, "承办单位，照公告", label="承办单位", width=24),
    field("start", str | None, "第一天", label="第一天", width=12),
    field("end", str | None, "最后一天", label="最后一天", width=12),
    field("shortened_reason", str | None, "比规定短的理由，照公告"),
    field(
        "status",
        str,
        "状态：coming 尚未开始，open 正在进行，closed 等待答复，answered 已经答复，overdue 过了公告写明的答复日期，"
        "unknown 来源未写明时间",
        lambda place: place.thing.state(place.column.as_of),
    ),
    field("channels", list[str], "途径", lambda place: [channel.value for channel in place.thing.channels]),
    field("contact", str | None, "联系方式，照公告", label="联系方式", width=34, centred=False),
    LINK.list_field("links", "公告、草案等材料"),
    lasting(OUTCOME.field("outcome", "结果；没有公布的为空")),
    ORGAN,
    YEAR,
    THEMES,
    EDITOR_NOTE,
    field("url", str, None, lambda place: urls.participation(place.file.id, place.thing.number)),
)

PARTICIPATION_LISTS_TABLE = table(
    "participation-lists",
    "公众参与目录",
    (
        FILE_ID,
        TITLE,
        ORGAN,
        YEAR,
        THEMES,
        document_field("sources", list[str], "来自哪里"),
        EDITOR_NOTE,
        field("url", str, None, lambda place: urls.participation_list(place.file.id)),
    ),
)


def _occasions(source: ParticipationList) -> tuple[Participation, ...]:
    return source.items


CONSULTATIONS_TABLE = table(
    "consultations",
    "公众参与",
    _FIELDS,
    _occasions,
    record=PARTICIPATION,
    nested=(("outcome", "公众参与的结果（outcome）", OUTCOME.row),),
    day="start",
    events=_events,
)
occasions_workbook = printed_workbook("公众参与", (*_FIELDS, *_OUTCOME_CELLS), _occasions)
