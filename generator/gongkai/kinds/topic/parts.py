"""What everybody but its own page asks of a topic (专题)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.column.happening import Happening
from gongkai.column.words import Relation, record_kind
from gongkai.kinds.interface import Link, Part, Passage, Vocabulary, head_part
from gongkai.kinds.topic.model import Topic

TOPIC = record_kind("topic", "专题", audience_rank=0, position=False)
GATHERS, GATHERED = Relation("收录"), Relation("收录于专题")


def topic_parts(topic: Topic, _vocabulary: Vocabulary) -> Iterator[Part]:
    """One record: what it gathers has pages of its own, here or elsewhere."""
    said = (line for item in topic.items for line in (item.heading, item.title, item.about) if line)
    yield head_part(
        topic,
        TOPIC,
        topic.url,
        TOPIC.label,
        *topic.summary,
        *said,
        named=topic.audiences,
        day=topic.reviewed,
        news=tuple(_news(topic)),
        links=tuple(Link(GATHERS, item.record, item.origin.child("record")) for item in topic.items if item.record),
        passages=(
            Passage(topic.title, topic.origin.child("title")),
            *(Passage(text, topic.origin.child("summary", at)) for at, text in enumerate(topic.summary)),
        ),
    )


def _news(topic: Topic) -> Iterator[Happening]:
    """A topic is as new as the day on which all of it was last looked at."""
    if topic.reviewed:
        yield Happening(f"reviewed-{topic.reviewed}", topic.reviewed, "：核对全部内容")
