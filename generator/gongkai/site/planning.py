"""The planning system (规划体系): plans gathered with level, period and parent, as a tree and as a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TypedDict

from msgspec import Struct

from gongkai.column import ids, urls
from gongkai.column.page import DISCLOSURE, HOME, Page
from gongkai.column.planning import PlanCategory, Planning
from gongkai.column.site_data import RecordRef, SiteData
from gongkai.column.vocabulary import Organ
from gongkai.kinds.decision_directory import KIND as DIRECTORY_FILES
from gongkai.kinds.document import KIND as DOCUMENT_FILES
from gongkai.site.lists import PLANNING

UNSTATED = "类别未写明"


class Node(Struct, frozen=True):
    """A plan in the tree; ``published`` is False while only the decision about it is known."""

    entry: RecordRef
    planning: Planning
    published: bool
    children: tuple[Node, ...]

    @property
    def category(self) -> str:
        """The printed category, or that none is stated."""
        return self.planning.category.value if self.planning.category else UNSTATED


class PlanningView(TypedDict):
    """What the template ``planning`` shows."""

    groups: list[tuple[str, list[Node]]]
    rows: list[Node]
    organs: Mapping[str, Organ]
    parents: dict[str, RecordRef]


def planning_page(column: SiteData) -> Page | None:
    """All plans of the column; None when there are none."""
    plans = dict(_plans(column))
    if not plans:
        return None
    below: dict[str | None, list[str]] = defaultdict(list)
    for identifier, (_, planning, _) in plans.items():
        below[planning.parent if planning.parent in plans else None].append(identifier)
    tree = tuple(_node(identifier, plans, below) for identifier in below[None])
    order = [*(category.value for category in PlanCategory), UNSTATED]
    groups = [(name, [node for node in tree if node.category == name]) for name in order]
    return Page(
        kind="planning",
        url=urls.PLANNING,
        title=PLANNING.label,
        description="规划纲要、国土空间规划、专项规划和区域规划，按上下位关系和规划期列出。",
        crumbs=(HOME, DISCLOSURE, PLANNING),
        view=PlanningView(
            groups=[(name, nodes) for name, nodes in groups if nodes],
            rows=[_node(identifier, plans, {}) for identifier in plans],
            organs=column.organs,
            parents={known: plans[found.parent][0] for known, (_, found, _) in plans.items() if found.parent in plans},
        ),
        keywords=("规划", "规划体系"),
        rows=(("records", list(plans)),),
    )


def _plans(column: SiteData) -> Iterator[tuple[str, tuple[RecordRef, Planning, bool]]]:
    """Planning documents, then decisions that make a plan which no document of the column is yet."""
    decided = set()
    for identifier in DOCUMENT_FILES.of(column):
        head = column.index.heads[identifier]
        if head.planning:
            decided.add(head.planning.decision)
            yield identifier, (head.entry, head.planning, True)
    for directory in DIRECTORY_FILES.of(column).values():
        for decision in directory.decisions:
            identifier = ids.item(directory.id, decision.number)
            if decision.planning and identifier not in decided:
                yield identifier, (column.index.entries[identifier], decision.planning, False)


def _node(
    identifier: str, plans: dict[str, tuple[RecordRef, Planning, bool]], below: dict[str | None, list[str]]
) -> Node:
    entry, planning, published = plans[identifier]
    children = tuple(_node(child, plans, below) for child in below.get(identifier, ()))
    return Node(entry, planning, published, children)
