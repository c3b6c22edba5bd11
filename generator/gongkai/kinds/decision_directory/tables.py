"""Directories and decisions in the open data, and the dated stages of decisions in calendars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from msgspec.structs import fields

from gongkai.column import ids, urls
from gongkai.column.event import Event
from gongkai.column.fields import (
    DOC_NUMBER,
    DOCUMENT_ID,
    EDITOR_NOTE,
    FILE_ID,
    FILE_THEMES,
    ORGAN,
    RELATED,
    THEMES,
    TITLE,
    YEAR,
    Nested,
    Place,
    field,
    lasting,
    plain,
    table,
)
from gongkai.column.nested import CELLS, PLANNING, UNIT_REF
from gongkai.column.site_data import DocumentHead, RecordRef, SiteData
from gongkai.kinds.decision_directory.model import StageStatus
from gongkai.kinds.decision_directory.parts import DECISION

_Details = dict[str, str | int | list[str] | None]


def _details(place: Place) -> _Details:
    """What only this kind of stage has, by the names that editors write; empty where nothing is written."""
    detail = place.thing.detail
    found = ((each.name, plain(getattr(detail, each.name))) for each in fields(detail)) if detail else ()
    return {name: value if isinstance(value, str | int | list) else None for name, value in found}


STAGE = Nested.of(
    "StageRow",
    field("status", str, "状态：published 已公开，pending 尚未公开，not_applicable 不涉及，withheld 依法不公开"),
    field("title", str | None, "材料名称"),
    field("url", str | None, "材料网址"),
    field("date", str | None, "公开日期"),
    field("reason", str | None, "不涉及或不公开的理由"),
    field(
        "details",
        _Details,
        "这个环节特有的内容：意见征集的 start 第一天、end 最后一天、channels 途径，"
        "意见采纳的 received 收到、adopted 采纳条数，会议的 type、name、held，合法性审查的 sent、opinion 等",
        _details,
    ),
)
CHANGE = Nested.of(
    "ChangeRow",
    field("date", str | None, "调整日期"),
    field("kind", str, "调整：新增，调出，变更"),
    field("reason", str | None, "为什么调整"),
    field("approved_by", str | None, "批准调整的机关或会议"),
    field("url", str | None, "调整通知的网址"),
)
PLANNED = Nested.of(
    "PlannedRow",
    field("text", str, "拟决策时间，照原文"),
    field("latest", str | None, "最晚日期；看不出来的为空"),
)
COMPLETION = Nested.of(
    "CompletionRow",
    field("text", str, "完成情况，照公布的文字"),
    field("date", str, "公布日期"),
    field("url", str | None, "公布的网址"),
)
NOT_PUBLIC = Nested.of(
    "NotPublicRow",
    field("basis", str, "法律依据"),
    field("approved_by", str, "批准不公开的机关"),
    field("date", str | None, "批准日期"),
)

DIRECTORIES_TABLE = table(
    "directories",
    "决策目录",
    (
        FILE_ID,
        TITLE,
        DOCUMENT_ID,
        DOC_NUMBER,
        ORGAN,
        YEAR,
        field("organizer_label", str, "目录中对承办单位的称呼"),
        field("party_consent", str | None, "经同级党委同意的表述，照原文"),
        lasting(CHANGE.list_field("changes", "整份目录的调整记录")),
        RELATED,
        FILE_THEMES,
        EDITOR_NOTE,
        field("url", str, None, lambda place: urls.directory(place.file.id)),
    ),
)


def _events(column: SiteData, entry: RecordRef, head: DocumentHead, row: Mapping[str, Any]) -> Iterator[Event]:
    """Each dated stage, and the days on which opinions are taken."""
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


def _window(entry: RecordRef, head: DocumentHead, identifier: str, stage: Mapping[str, Any]) -> Iterator[Event]:
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


def _public(stages: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """The stages of which something is said: what is 尚未公开 may become anything."""
    return {kind: stage for kind, stage in stages.items() if stage["status"] != StageStatus.PENDING}


DECISIONS_TABLE = table(
    "decisions",
    "决策事项",
    (
        field("id", str, None, lambda place: ids.item(place.file.id, place.thing.number)),
        field("directory", str, "所属目录的编号", lambda place: place.file.id),
        field("number", int),
        field("number_text", str, "印刷序号"),
        field("title", str, "决策事项名称，照原文"),
        UNIT_REF.list_field("organizers", "识别出的承办单位"),
        field("organizers_text", str, "承办单位，照原文"),
        YEAR,
        ORGAN,
        lasting(
            field(
                "stages",
                dict[str, STAGE.row],  # type: ignore[name-defined]
                "各环节的公开情况",
                lambda place: {stage.kind: STAGE.one(stage) for stage in place.thing.stages},
            ),
            _public,
        ),
        field("category", str | None, "类别：《重大行政决策程序暂行条例》第三条的；原文没有写的为空"),
        PLANNED.field("planned", "拟决策时间"),
        lasting(CHANGE.list_field("changes", "目录调整记录")),
        lasting(COMPLETION.field("completion", "年终公布的完成情况")),
        NOT_PUBLIC.field("not_public", "依法不公开；公开的为空"),
        field("continues", str | None, "结转自哪一项（较早年度的编号）"),
        CELLS,
        PLANNING.field("planning", "规划体系里的位置；制定的不是规划的为空"),
        RELATED,
        THEMES,
        EDITOR_NOTE,
        field("url", str, None, lambda place: urls.decision(place.file.id, place.thing.number)),
    ),
    lambda directory: directory.decisions,
    record=DECISION,
    nested=(
        ("stages", "决策环节（stages）", STAGE.row),
        ("changes", "目录调整（changes）", CHANGE.row),
        ("planned", "拟决策时间（planned）", PLANNED.row),
        ("completion", "完成情况（completion）", COMPLETION.row),
        ("not-public", "依法不公开（not_public）", NOT_PUBLIC.row),
    ),
    events=_events,
)
