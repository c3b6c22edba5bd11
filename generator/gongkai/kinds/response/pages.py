"""Pages of answers to consultations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gongkai.column import ids
from gongkai.column.document import Document
from gongkai.column.page import (
    DISCLOSURE,
    HOME,
    Crumb,
    Neighbours,
    Page,
    connections,
    list_by_years,
    neighbours,
    paginated,
)
from gongkai.column.site_data import RecordRef, SiteData
from gongkai.column.vocabulary import Organ, Theme
from gongkai.kinds.response.model import RESPONSES, Opinion, Response
from gongkai.kinds.response.parts import RESPONSE


class ResponseView(Neighbours):
    """What the template ``response`` shows."""

    response: Response
    document: Document
    organ: Organ
    themes: Mapping[str, Theme]
    opinions: Sequence[Opinion]
    related: tuple[RecordRef, ...]
    connections: list[tuple[str, list[RecordRef]]]
    all: Crumb


def response_pages(column: SiteData, response: Response) -> Iterator[Page]:
    """The answer with its opinions, cut into pages; what it answers for is linked."""
    for part, shown in paginated(response.url, response.opinions):
        yield Page(
            kind="response",
            of="response",
            url=part.url(),
            title=part.named(response.title),
            description=_summary(response),
            crumbs=(HOME, DISCLOSURE, RESPONSES, Crumb(response.title, response.url)),
            view=ResponseView(
                response=response,
                document=response.document,
                organ=column.organs[response.organ].as_on(response.document.date_signed),
                themes=column.themes,
                opinions=shown,
                related=column.index.related.get(response.id, ()),
                connections=connections(column, response.id),
                all=RESPONSES,
                **neighbours(column.index.series[RESPONSE, response.organ], response.id),
            ),
            published=response.document.date_published,
            content_source=response.document.issuer_name,
            keywords=(RESPONSES.label, f"{response.year}年"),
            source=response.origin.file,
            part=part,
            rows=(("responses", [response.id]), ("opinions", [ids.item(response.id, item.number) for item in shown])),
            listed="opinions",
        )


def _summary(response: Response) -> str:
    received = f"收到意见{response.received}条" if response.received is not None else ""
    adopted = f"采纳{response.adopted}条" if response.adopted is not None else ""
    return f"{'，'.join(filter(None, (response.title, received, adopted)))}。"


def responses_pages(column: SiteData) -> Iterator[Page]:
    """All of them, newest year first."""
    heads = [head for head in column.index.heads.values() if head.entry.kind is RESPONSE]
    return list_by_years(
        column, "responses", RESPONSES, "公开征求意见以后，收到多少、采纳多少、没有采纳的理由。", heads
    )
