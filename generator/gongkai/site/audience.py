"""People's doors (政策找人): for each group of people, what concerns them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypedDict

from gongkai.column import urls
from gongkai.column.news import news_of
from gongkai.column.page import HOME, Crumb, Page, paginated
from gongkai.column.site_data import RecordRef, SiteData
from gongkai.column.vocabulary import Audience, Organ, Theme
from gongkai.site.lists import AUDIENCES


class AudiencesView(TypedDict):
    """What the template ``audiences`` shows."""

    audiences: list[tuple[Audience, int]]


def used_audiences(column: SiteData) -> list[tuple[Audience, int]]:
    """The groups of people that anything concerns, each with how much."""
    concerned = column.index.audiences
    return [
        (audience, len(concerned[audience.id])) for audience in column.audiences.values() if audience.id in concerned
    ]


def audiences_page(column: SiteData) -> Page | None:
    """The list of doors; None where the vocabulary has none, or nothing is behind any."""
    used = used_audiences(column)
    if not used:
        return None
    return Page(
        kind="audiences",
        url=urls.AUDIENCES,
        title="按人群查找",
        description="按企业、老年人、学生与家长等人群列出有关的任务、文件、解读和意见征集。",
        crumbs=(HOME, AUDIENCES),
        view=AudiencesView(audiences=used),
        keywords=("按人群", *(audience.name for audience, _ in used)),
        rows=(("records", []),),
    )


class AudienceView(TypedDict):
    """What the template ``audience`` shows."""

    audience: Audience
    themes: Mapping[str, Theme]
    organs: Mapping[str, Organ]
    groups: list[tuple[str, list[RecordRef]]]
    total: int


def audience_pages(column: SiteData, audience: Audience) -> Iterator[Page]:
    """Everything that concerns one group of people, what they can take part in first."""
    entries = sorted(column.index.audiences[audience.id], key=lambda entry: entry.kind.audience_rank or 0)
    for part, shown in paginated(urls.audience(audience.id), entries):
        yield Page(
            kind="audience",
            url=part.url(),
            title=part.named(f"与{audience.name}有关"),
            description=f"与{audience.name}有关的公开内容，共{len(entries)}条。{audience.description}",
            crumbs=(HOME, AUDIENCES, Crumb(audience.name, urls.audience(audience.id))),
            view=AudienceView(
                audience=audience,
                themes=column.themes,
                organs=column.organs,
                groups=list(_groups(shown)),
                total=len(entries),
            ),
            keywords=(audience.name,),
            part=part,
            rows=(("records", [entry.id for entry in shown]),),
            listed="records",
            news=news_of(column, [entry.id for entry in entries]) if part.number == 1 else None,
        )


def _groups(entries: Sequence[RecordRef]) -> Iterator[tuple[str, list[RecordRef]]]:
    """Entries in the order of their ranks as a block for each kind."""
    for kind, found in groupby(entries, lambda entry: entry.kind):
        yield kind.label, list(found)
