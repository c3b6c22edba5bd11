"""专题: curated pages that gather for one need what units and levels publish apart (集成式发布)."""

from __future__ import annotations

from pathlib import Path

from gongkai.kinds.interface import Door, FileKind, Items, in_order
from gongkai.kinds.topic.link import link_topic
from gongkai.kinds.topic.model import TOPICS, Topic
from gongkai.kinds.topic.pages import topic_pages, topics_pages
from gongkai.kinds.topic.parts import GATHERED, GATHERS, TOPIC, topic_parts
from gongkai.kinds.topic.shape import TopicEntryShape, TopicFile
from gongkai.kinds.topic.tables import TOPICS_TABLE, topic_workbook

KIND = FileKind(
    name="topic",
    folder=Path(__file__).parent,
    directory="topics/",
    label="专题",
    heads=(TOPIC,),
    shape=TopicFile,
    model=Topic,
    carries=False,
    link=link_topic,
    parts=topic_parts,
    items=Items(
        word="topic_entry",
        label="专题收录的一条",
        shape=TopicEntryShape,
        places=lambda shape: in_order("items", of=shape.items),
        first=lambda _: ("items",),
        numbered=False,
    ),
    size=lambda topic: len(topic.items),
    pages=topic_pages,
    lists=topics_pages,
    tables=(TOPICS_TABLE,),
    doors=(
        Door(
            crumb=TOPICS,
            about="为办一件事，把各单位、各层级公开的内容放在一起。",
            holds=lambda _, total: f"{total[TOPIC]}个" if total[TOPIC] else "",
            place=60,
        ),
    ),
    relations=((GATHERS, GATHERED),),
    within=True,
    workbook=topic_workbook,
    holding=lambda total: f"{total[TOPIC]}个专题" if total[TOPIC] else "",
    not_applicable={
        "importing": "no office document is a topic: somebody chooses what it gathers",
        "document_page": "a topic gathers documents and is none",
        "calendar": "a topic has the day on which it was looked at, and none by which anybody could do something",
    },
)
