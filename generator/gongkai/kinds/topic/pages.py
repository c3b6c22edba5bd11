"""Pages of topics: all of them, and each with what it gathers under its headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gongkai.column.page import DISCLOSURE, HOME, Crumb, Neighbours, Page, head_lists, neighbours, summary
from gongkai.column.site_data import RecordRef, SiteData
from gongkai.column.states import ended
from gongkai.column.vocabulary import Audience, Organ, Theme
from gongkai.kinds.topic.model import TOPICS, Topic, TopicEntry
from gongkai.kinds.topic.parts import TOPIC


class Gathered(NamedTuple):
    """One thing of a topic; ``entry`` where it is in this column, ``state`` where its document holds no longer."""

    item: TopicEntry
    entry: RecordRef | None
    state: str


class Group(NamedTuple):
    """What stands under one heading; None before the first."""

    heading: str | None
    items: list[Gathered]


class TopicView(Neighbours):
    """What the template ``topic`` shows."""

    topic: Topic
    groups: Sequence[Group]
    organ: Organ
    organs: Mapping[str, Organ]
    audiences: Mapping[str, Audience]
    themes: Mapping[str, Theme]
    related: tuple[RecordRef, ...]
    all: Crumb


def topic_pages(column: SiteData, topic: Topic) -> Iterator[Page]:
    """The page of a topic."""
    organ = column.organs[topic.organ]
    yield Page(
        kind="topic",
        of="topic",
        url=topic.url,
        title=topic.title,
        description=summary("".join(topic.summary)),
        crumbs=(HOME, DISCLOSURE, TOPICS, Crumb(topic.title, topic.url)),
        view=TopicView(
            topic=topic,
            groups=groups_of(column, topic),
            organ=organ,
            organs=column.organs,
            audiences=column.audiences,
            themes=column.themes,
            related=column.index.related.get(topic.id, ()),
            all=TOPICS,
            **neighbours(column.index.series[TOPIC, topic.organ], topic.id),
        ),
        content_source=topic.document.issuer_name,
        keywords=(TOPICS.label, organ.short_name),
        source=topic.origin.file,
        rows=(("topics", [topic.id]),),
    )


def groups_of(column: SiteData, topic: Topic) -> list[Group]:
    """What a topic gathers, under its headings, in the order written."""
    groups: list[Group] = []
    for item in topic.items:
        if item.heading or not groups:
            groups.append(Group(item.heading, []))
        entry = column.index.entries.get(item.record or "")
        groups[-1].items.append(Gathered(item, entry, ended(column, item.record) if item.record else ""))
    return groups


def topics_pages(column: SiteData) -> Iterator[Page]:
    """All topics, newest first."""
    about = "为办一件事，把各单位、各层级公开的内容放在一起。"
    return head_lists(column, TOPIC, TOPICS, "topics", "topics", about, TOPIC)
