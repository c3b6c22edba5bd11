"""法定主动公开内容: the page above the lists of every kind, and what several pages say of all files alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypedDict

from gongkai.column import urls
from gongkai.column.page import DISCLOSURE, HOME, Crumb, Page
from gongkai.column.questions import question
from gongkai.column.site_data import DocumentHead, SiteData
from gongkai.column.words import RecordKind
from gongkai.kinds.decision_directory import KIND as DIRECTORY_FILES
from gongkai.kinds.decision_directory.model import StageStatus
from gongkai.kinds.decision_directory.parts import DIRECTORY
from gongkai.kinds.interface import Door
from gongkai.kinds.participation.pages import OCCASIONS
from gongkai.kinds.participation.parts import PARTICIPATION
from gongkai.kinds.plan.parts import PLAN
from gongkai.kinds.project_list.parts import PROJECT_LIST
from gongkai.kinds.registry import KINDS, RECORD_LABELS

PLANNING = Crumb("规划体系", urls.PLANNING)
AUDIENCES = Crumb("按人群", urls.AUDIENCES)


class DisclosureView(TypedDict):
    """What the template ``disclosure`` shows."""

    doors: list[tuple[Crumb, str, str]]
    holdings: str


def disclosure_page(column: SiteData) -> Page:
    """The page above all lists."""
    return Page(
        kind="disclosure",
        url=urls.DISCLOSURE,
        title="法定主动公开内容",
        description="依法主动公开的工作要点、重点项目和重大行政决策事项目录。",
        crumbs=(HOME, DISCLOSURE),
        view=DisclosureView(doors=list(_doors(column)), holdings=holdings(column)),
        keywords=("法定主动公开内容", "政府信息公开"),
    )


def _doors(column: SiteData) -> Iterator[tuple[Crumb, str, str]]:
    """The lists with something in them: where, how much, and about what."""
    total = _totals(column)
    for door in sorted((*(door for kind in KINDS for door in kind.doors), *_OWN_DOORS), key=lambda door: door.place):
        held = door.holds(column, total)
        if held:
            yield door.crumb, held, door.about


def _plans_of_the_planning_system(column: SiteData, _total: Counter[RecordKind]) -> str:
    plans = sum(head.planning is not None for head in column.index.heads.values())
    directories = DIRECTORY_FILES.of(column).values()
    plans += sum(decision.planning is not None for directory in directories for decision in directory.decisions)
    return f"{plans}项" if plans else ""


def _occasions(column: SiteData, total: Counter[RecordKind]) -> str:
    consultations = sum(
        stage.kind == "consultation" and stage.status is StageStatus.PUBLISHED
        for directory in DIRECTORY_FILES.of(column).values()
        for decision in directory.decisions
        for stage in decision.stages
    )
    count = total[PARTICIPATION] + consultations
    return f"{count}项" if count else ""


def _groups_of_people(column: SiteData, _total: Counter[RecordKind]) -> str:
    count = len(column.index.audiences)
    return f"{count}类" if count else ""


_OWN_DOORS = (
    Door(crumb=PLANNING, about="各级各类规划的上下位关系和规划期。", holds=_plans_of_the_planning_system, place=60),
    Door(crumb=OCCASIONS, about="意见征集、听证、开放活动，以及结果。", holds=_occasions, place=70),
    Door(crumb=AUDIENCES, about="企业、老年人、学生与家长等各自关心的内容。", holds=_groups_of_people, place=100),
)
"""Doors to lists that gather from files of several kinds."""


def holdings(column: SiteData) -> str:
    """What the column holds, as the end of a sentence; empty while it holds nothing."""
    total = _totals(column)
    parts = [words for kind in KINDS if (words := kind.holding(total))]
    return "和".join(filter(None, ("、".join(parts[:-1]), *parts[-1:]))) or _other_holdings(column)


def _other_holdings(column: SiteData) -> str:
    """What stands in a column without plans, decisions and projects."""
    return f"{len(column.documents)}件公文" if column.documents else ""


@question
def _totals(column: SiteData) -> Counter[RecordKind]:
    """How many records of each kind the column holds."""
    return Counter(entry.kind for entry in column.index.entries.values())


_BLOCKS = (PLAN, DIRECTORY, PROJECT_LIST)


class HeadsByKind(TypedDict):
    """Heads as the blocks that lists show them in; ``others`` are a block for each further kind, with its name."""

    others: list[tuple[str, list[DocumentHead]]]
    plans: list[DocumentHead]
    directories: list[DocumentHead]
    lists: list[DocumentHead]


def by_kind(heads: Sequence[DocumentHead]) -> HeadsByKind:
    """The heads in their blocks."""
    found = {kind: [head for head in heads if head.entry.kind is kind] for kind in RECORD_LABELS}
    others = [(RECORD_LABELS[kind], some) for kind, some in found.items() if some and kind not in _BLOCKS]
    plans, directories, lists = (found[kind] for kind in _BLOCKS)
    return HeadsByKind(others=others, plans=plans, directories=directories, lists=lists)
