"""Pages of proposals: all lists, a list with its table, and each proposal with its answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from gongkai.column import ids
from gongkai.column.page import (
    DISCLOSURE,
    HOME,
    Crumb,
    Neighbours,
    Page,
    around,
    connections,
    head_lists,
    neighbours,
    paginated,
    summary,
)
from gongkai.column.site_data import RecordRef, SiteData
from gongkai.column.unit import Unit
from gongkai.column.vocabulary import Organ, Theme
from gongkai.kinds.proposal_list.model import PROPOSALS, Proposal, ProposalList
from gongkai.kinds.proposal_list.parts import PROPOSAL_LIST


class ProposalListView(Neighbours):
    """What the template ``proposal_list`` shows; ``counts`` are how many there are of each type."""

    list: ProposalList
    items: Sequence[Proposal]
    counts: Sequence[tuple[str, int]]
    answered: int
    organ: Organ
    themes: Mapping[str, Theme]
    related: tuple[RecordRef, ...]
    connections: Sequence[tuple[str, Sequence[RecordRef]]]
    all: Crumb


def proposal_list_pages(column: SiteData, listed: ProposalList) -> Iterator[Page]:
    """The list, cut into pages, and a page for each proposal."""
    organ = column.organs[listed.organ]
    counts = Counter(item.type.value for item in listed.items)
    for part, shown in paginated(listed.url, listed.items):
        yield Page(
            kind="proposal_list",
            of="proposal_list",
            url=part.url(),
            title=part.named(listed.title),
            description=f"{organ.short_name}{listed.title}，共{len(listed.items)}件。",
            crumbs=(HOME, DISCLOSURE, PROPOSALS, Crumb(listed.title, listed.url)),
            view=ProposalListView(
                list=listed,
                items=shown,
                counts=list(counts.items()),
                answered=sum(item.answer is not None for item in listed.items),
                organ=organ,
                themes=column.themes,
                related=column.index.related.get(listed.id, ()),
                connections=connections(column, listed.id),
                all=PROPOSALS,
                **neighbours(column.index.series[PROPOSAL_LIST, listed.organ], listed.id),
            ),
            content_source=listed.document.issuer_name,
            keywords=(PROPOSALS.label, f"{listed.year}年", organ.short_name),
            source=listed.origin.file,
            part=part,
            rows=(
                ("proposal-lists", [listed.id]),
                ("proposals", [ids.item(listed.id, item.number) for item in shown]),
            ),
            listed="proposals",
        )
    entries = [column.index.entries[ids.item(listed.id, item.number)] for item in listed.items]
    for at, item in enumerate(listed.items):
        yield _proposal_page(column, listed, item, around(entries, at))


class ProposalView(Neighbours):
    """What the template ``proposal`` shows."""

    list: ProposalList
    item: Proposal
    organ: Organ
    units: Mapping[str, Unit]
    themes: Mapping[str, Theme]
    related: tuple[RecordRef, ...]
    connections: Sequence[tuple[str, Sequence[RecordRef]]]


def _proposal_page(column: SiteData, listed: ProposalList, item: Proposal, beside: Neighbours) -> Page:
    identifier, url = ids.item(listed.id, item.number), listed.url_of(item.number)
    said = f"答复日期：{item.answer.date}。" if item.answer and item.answer.date else ""
    return Page(
        kind="proposal",
        url=url,
        title=item.title,
        description=summary(f"{item.type.value}：{item.title}。承办单位：{item.units_text}。{said}"),
        crumbs=(HOME, DISCLOSURE, PROPOSALS, Crumb(listed.title, listed.url), Crumb(item.title, url)),
        view=ProposalView(
            list=listed,
            item=item,
            organ=column.organs[listed.organ],
            units=column.units,
            themes=column.themes,
            related=column.index.related.get(identifier, ()),
            connections=connections(column, identifier),
            **beside,
        ),
        content_source=listed.document.issuer_name,
        keywords=(PROPOSALS.label, item.type.value),
        source=listed.origin.file,
        rows=(("proposals", [identifier]),),
    )


def proposals_pages(column: SiteData) -> Iterator[Page]:
    """All lists, newest first."""
    about = "人大代表建议和政协提案由谁办理、怎样答复、落实了没有。"
    return head_lists(column, PROPOSAL_LIST, PROPOSALS, "proposals", "proposal-lists", about)
