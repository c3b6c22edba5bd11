"""Links that mean something: interpretations, gazettes, public participation, plans above and below, texts replaced.

Every link is shown at both ends, and what it leads to must exist.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from generator.link.problems import Problems, nearest
from generator.model import ids
from generator.model.catalogue import Catalogue
from generator.model.column import Edge, Entry, Relation, Text
from generator.model.decision import DecisionDirectory
from generator.model.document import Document
from generator.model.gazette import Gazette
from generator.model.origin import Origin
from generator.model.paper import Paper
from generator.model.participation import ParticipationList
from generator.model.planning import Planning
from generator.model.records import Annexed
from generator.model.revisions import chains, periods

_BACK = {
    Relation.EXPLAINS: Relation.EXPLAINED,
    Relation.ABOUT: Relation.OCCASION,
    Relation.CONTAINS: Relation.PRINTED_IN,
    Relation.PUBLISHED: Relation.ASKED_BY,
    Relation.PARENT: Relation.CHILD,
    Relation.DECIDED_BY: Relation.DECIDED,
    Relation.REPLACED_BY: Relation.REPLACES,
}
_ORDER = {relation: at for at, relation in enumerate(Relation)}


class Link(NamedTuple):
    """What a record says of its relation to another."""

    source: str
    relation: Relation
    target: str
    origin: Origin


def link_edges(links: Iterable[Link], entries: Mapping[str, Entry], problems: Problems) -> dict[str, tuple[Edge, ...]]:
    """All links by record id, in the order of their meaning; unknown targets become problems."""
    edges: dict[str, dict[tuple[Relation, str], Edge]] = defaultdict(dict)
    for link in links:
        target = entries.get(link.target)
        if target is None:
            hint = nearest(link.target, entries) or "写法如 laiwu-2021 或 laiwu-2021-decisions/3"
            words = f"没有编号为 {link.target} 的文件或事项"
            problems.error("REF-10", link.origin, words, hint, target=link.target)
            continue
        back = _BACK[link.relation]
        edges[link.source][link.relation, link.target] = Edge(link.relation, target)
        edges[link.target][back, link.source] = Edge(back, entries[link.source])
    return {
        record: tuple(sorted(found.values(), key=lambda edge: (_ORDER[edge.relation], edge.entry.year, edge.entry.id)))
        for record, found in edges.items()
    }


def links_of(record: Annexed) -> Iterator[Link]:
    """The links that a file says something of."""
    if record.document.replaced_by:
        place = record.document.origin.child("replaced_by")
        yield Link(record.id, Relation.REPLACED_BY, record.document.replaced_by, place)
    match record:
        case Paper():
            for at, target in enumerate(record.explains):
                yield Link(record.id, Relation.EXPLAINS, target, record.origin.child("explains", at))
            yield from _planning(record.id, record.planning, record.origin)
        case DecisionDirectory():
            for decision in record.decisions:
                yield from _planning(ids.item(record.id, decision.number), decision.planning, decision.origin)
        case Gazette():
            yield from _printed(record)
        case ParticipationList():
            yield from _occasions(record)
        case Catalogue():
            yield from _published(record)


def _printed(gazette: Gazette) -> Iterator[Link]:
    for at, item in enumerate(gazette.items):
        if item.document:
            place = gazette.origin.child("items", at, "document")
            yield Link(gazette.id, Relation.CONTAINS, item.document, place)


def _occasions(occasions: ParticipationList) -> Iterator[Link]:
    for item in occasions.items:
        if item.about:
            yield Link(ids.item(occasions.id, item.number), Relation.ABOUT, item.about, item.origin.child("about"))


def _published(catalogue: Catalogue) -> Iterator[Link]:
    for item in catalogue.items:
        for at, target in enumerate(item.place.records):
            place = item.origin.child("published", "records", at)
            yield Link(ids.item(catalogue.id, item.number), Relation.PUBLISHED, target, place)


def _planning(source: str, planning: Planning | None, origin: Origin) -> Iterator[Link]:
    if planning and planning.parent:
        yield Link(source, Relation.PARENT, planning.parent, origin.child("planning", "parent"))
    if planning and planning.decision:
        yield Link(source, Relation.DECIDED_BY, planning.decision, origin.child("planning", "decision"))


def link_texts(
    documents: Mapping[str, Document], entries: Mapping[str, Entry], as_of: date
) -> dict[str, tuple[Text, ...]]:
    """The chain of texts of every document that was revised (历史沿革), with the days on which each held."""
    return {
        identifier: tuple(
            Text(
                entries[period.document.id],
                period.document.validity_on(as_of),
                period.first,
                period.last,
            )
            for period in periods(chain)
        )
        for identifier, chain in chains(documents).items()
    }
