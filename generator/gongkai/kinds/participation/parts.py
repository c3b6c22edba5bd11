"""What everybody but its own pages asks of a year's occasions of public participation (公众参与)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.column import ids, urls
from gongkai.column.coverage import Publication
from gongkai.column.happening import Happening, shortened
from gongkai.column.words import Relation, record_kind
from gongkai.kinds.interface import Link, Part, Passage, Vocabulary, head_part, joined, nth
from gongkai.kinds.participation.model import Participation, ParticipationList

PARTICIPATION_LIST = record_kind("participation_list", "公众参与目录")
PARTICIPATION = record_kind("participation", "公众参与", audience_rank=1, unit_block="others")
ABOUT, OCCASION = Relation("关于"), Relation("公众参与")


def occasion_parts(source: ParticipationList, _vocabulary: Vocabulary) -> Iterator[Part]:
    """The list itself (which is no publication), then its occasions (which are)."""
    yield head_part(
        source, PARTICIPATION_LIST, urls.participation_list(source.id), PARTICIPATION.label, publications=()
    )
    for item in source.items:
        url = urls.participation(source.id, item.number)
        outcome = item.outcome.text if item.outcome else ""
        yield Part(
            kind=PARTICIPATION,
            id=ids.item(source.id, item.number),
            title=item.title,
            url=url,
            label=nth(item.number),
            origin=item.origin,
            text=joined(item.type.value, f"承办单位：{item.organizer}", item.contact, outcome),
            themes=item.themes,
            units=item.units,
            units_text=item.organizer,
            named=item.audiences,
            day=item.start,
            links=(Link(ABOUT, item.about, item.origin.child("about")),) if item.about else (),
            publications=tuple(_publications(item, url)),
            passages=tuple(_passages(item)),
            news=tuple(_news(item)),
        )


def _publications(item: Participation, url: str) -> Iterator[Publication]:
    """An occasion is public by its first day at the latest; its outcome has a day of its own."""
    yield Publication(item.title, url, item.start)
    if item.outcome:
        yield Publication(f"{item.title}：结果", url, item.outcome.date)


def _news(item: Participation) -> Iterator[Happening]:
    """Its first day, and its outcome."""
    if item.start:
        yield Happening("", item.start, f"：{item.type.value}开始")
    if item.outcome:
        yield Happening("outcome", item.outcome.date, "公布结果", shortened(item.outcome.text), "outcome")


def _passages(item: Participation) -> Iterator[Passage]:
    yield Passage(item.title, item.origin.child("title"))
    if item.outcome:
        yield Passage(item.outcome.text, item.origin.child("outcome", "text"))
