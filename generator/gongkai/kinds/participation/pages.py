"""Pages of a year's occasions of public participation (公众参与): what each is about, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypedDict

from gongkai.column import ids, urls
from gongkai.column.page import DISCLOSURE, HOME, Crumb, Page, connections, summary
from gongkai.column.site_data import RecordRef, SiteData
from gongkai.column.vocabulary import Organ, Theme
from gongkai.kinds.participation.model import (
    PARTICIPATION_LABELS,
    Participation,
    ParticipationList,
    ParticipationState,
)

OCCASIONS = Crumb("公众参与", urls.PARTICIPATION)


class ParticipationListView(TypedDict):
    """What the template ``participation_list`` shows."""

    source: ParticipationList
    items: list[tuple[Participation, ParticipationState]]
    labels: dict[ParticipationState, str]


def list_and_occasion_pages(column: SiteData, source: ParticipationList) -> Iterator[Page]:
    """A year's list, and a page for each occasion."""
    crumb = Crumb(source.title, urls.participation_list(source.id))
    items = [(item, item.state(column.as_of)) for item in source.items]
    yield Page(
        kind="participation_list",
        of="participation",
        url=crumb.url,
        title=source.title,
        description=f"{column.organs[source.organ].short_name}{source.year}年公众参与，共{len(items)}项。",
        crumbs=(HOME, DISCLOSURE, OCCASIONS, crumb),
        view=ParticipationListView(source=source, items=items, labels=PARTICIPATION_LABELS),
        content_source=source.document.issuer_name,
        keywords=("公众参与", f"{source.year}年"),
        source=source.origin.file,
        rows=(("consultations", [ids.item(source.id, item.number) for item in source.items]),),
        listed="consultations",
    )
    for item, state in items:
        yield _occasion_page(column, source, item, state, crumb)


class ParticipationView(TypedDict):
    """What the template ``participation`` shows."""

    item: Participation
    state: ParticipationState
    label: str
    organ: Organ
    themes: Mapping[str, Theme]
    connections: list[tuple[str, list[RecordRef]]]


def _occasion_page(
    column: SiteData, source: ParticipationList, item: Participation, state: ParticipationState, above: Crumb
) -> Page:
    url = urls.participation(source.id, item.number)
    return Page(
        kind="participation",
        url=url,
        title=item.title,
        description=summary(
            f"{item.type.value}：{item.title}。承办单位：{item.organizer}。{PARTICIPATION_LABELS[state]}。"
        ),
        crumbs=(HOME, DISCLOSURE, OCCASIONS, above, Crumb(item.title, url)),
        view=ParticipationView(
            item=item,
            state=state,
            label=PARTICIPATION_LABELS[state],
            organ=column.organs[source.organ],
            themes=column.themes,
            connections=connections(column, ids.item(source.id, item.number)),
        ),
        content_source=source.document.issuer_name,
        keywords=("公众参与", item.type.value),
        source=source.origin.file,
        rows=(("consultations", [ids.item(source.id, item.number)]),),
    )
