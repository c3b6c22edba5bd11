"""最近更新, what became public and when; and 怎样订阅, how to hear of it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby, islice
from typing import TypedDict

from gongkai.column import urls
from gongkai.column.news import News, latest
from gongkai.column.page import HOME, Choice, Crumb, Page
from gongkai.column.site_data import SiteData
from gongkai.column.vocabulary import Organ
from gongkai.kinds.registry import KINDS

CHANGES = Crumb("最近更新", urls.CHANGES)
SUBSCRIBE = Crumb("怎样订阅", urls.SUBSCRIBE)
_ORGANS = 60


class ChangesView(TypedDict):
    """What the template ``changes`` shows."""

    months: list[tuple[str, list[News]]]
    organs: list[Organ]


def changes_page(column: SiteData) -> Page:
    """The newest news of the whole column, by month: what its feed tells, to be read."""
    news = latest(column)
    months = [
        (f"{year}年{month}月", list(found))
        for (year, month), found in groupby(news, lambda told: (told.day.year, told.day.month))
    ]
    return Page(
        kind="changes",
        url=urls.CHANGES,
        title=CHANGES.label,
        description="新发布的文件，任务、项目和决策的新进展，征求意见的结果，更正和撤回，从新到旧。",
        crumbs=(HOME, CHANGES),
        view=ChangesView(months=months, organs=list(islice(column.organs.values(), _ORGANS))),
        keywords=(CHANGES.label, "政府信息公开"),
        rows=(("records", list(dict.fromkeys(told.record for told in news if told.record))),),
        listed="records",
    )


class SubscribeView(TypedDict):
    """What the template ``subscribe`` shows."""

    organs: Mapping[str, Organ]
    lists: list[Choice]


def subscribe_page(column: SiteData) -> Page:
    """What a feed and a calendar are, how to follow them, and those of the column, its districts and its lists."""
    doors = sorted((door for kind in KINDS for door in kind.doors), key=lambda door: door.place)
    crumbs = dict.fromkeys(door.crumb for door in doors)
    followed = [Choice(crumb.label, crumb.url, 0) for crumb in crumbs if latest(column, crumb.url)]
    return Page(
        kind="subscribe",
        url=urls.SUBSCRIBE,
        title=SUBSCRIBE.label,
        description="不用天天来看：用阅读器、邮件软件或者手机日历订阅一个单位、一个主题或者一项决策，有更新时自动收到。",
        crumbs=(HOME, SUBSCRIBE),
        view=SubscribeView(organs=dict(islice(column.organs.items(), _ORGANS)), lists=followed),
        keywords=(SUBSCRIBE.label, "订阅", "日历"),
    )
