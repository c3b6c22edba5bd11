"""Links that mean something: interpretations, gazettes, public participation, plans above and below, texts replaced.

Every link is shown at both ends, and what it leads to must exist.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from gongkai.column.document import Document
from gongkai.column.origin import Origin
from gongkai.column.problems import Problems, nearest
from gongkai.column.revisions import chains, periods
from gongkai.column.site_data import Edge, RecordRef, Text
from gongkai.column.words import Relation
from gongkai.kinds.registry import BACK, RELATIONS

_ORDER = {relation: at for at, relation in enumerate(RELATIONS)}


class Link(NamedTuple):
    """What a record says of its relation to another."""

    source: str
    relation: Relation
    target: str
    origin: Origin


def link_edges(
    links: Iterable[Link], entries: Mapping[str, RecordRef], problems: Problems
) -> dict[str, tuple[Edge, ...]]:
    """All links by record id, in the order of their meaning; unknown targets become problems."""
    edges: dict[str, dict[tuple[Relation, str], Edge]] = defaultdict(dict)
    for link in links:
        target = entries.get(link.target)
        if target is None:
            near = nearest(link.target, entries) or "写法如 shili-2021 或 shili-2021-decisions/3"
            hint = f"{near}如果原来有这份文件：改了名的写新的编号，误删的请找回来（git restore）"
            words = f"没有编号为 {link.target} 的文件或事项"
            problems.error("REF-10", link.origin, words, hint, target=link.target)
            continue
        back = BACK[link.relation]
        edges[link.source][link.relation, link.target] = Edge(link.relation, target)
        edges[link.target][back, link.source] = Edge(back, entries[link.source])
    return {
        record: tuple(sorted(found.values(), key=lambda edge: (_ORDER[edge.relation], edge.entry.year, edge.entry.id)))
        for record, found in edges.items()
    }


def link_texts(
    documents: Mapping[str, Document], entries: Mapping[str, RecordRef], as_of: date
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
