"""The lists of 法定主动公开内容: plans, directories of decisions, project lists, documents; and the page above them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from generator.model import urls
from generator.model.column import RECORD_LABELS, Column, Head, RecordKind
from generator.model.decision import StageStatus
from generator.model.document import Genre
from generator.pages.decision import DECISIONS
from generator.pages.page import DISCLOSURE, HOME, Crumb, Page, in_parts_if_any
from generator.pages.plan import PLANS
from generator.pages.project import PROJECTS

DOCUMENTS = Crumb("公文", urls.DOCUMENTS)
INTERPRETATIONS = Crumb("政策解读", urls.INTERPRETATIONS)
GAZETTES = Crumb("政府公报", urls.GAZETTES)
PARTICIPATION = Crumb("公众参与", urls.PARTICIPATION)
CATALOGUES = Crumb("主动公开事项目录", urls.CATALOGUES)
PLANNING = Crumb("规划体系", urls.PLANNING)
AUDIENCES = Crumb("按人群", urls.AUDIENCES)
NEWS = 100
"""Records that a feed tells of at most: what is new; everything that ever was is in the open data."""


def disclosure_page(column: Column) -> Page:
    """The page above the four lists."""
    return Page(
        kind="disclosure",
        url=urls.DISCLOSURE,
        title="法定主动公开内容",
        description="依法主动公开的工作要点、重点项目和重大行政决策事项目录。",
        crumbs=(HOME, DISCLOSURE),
        view={"doors": _doors(column), "holdings": holdings(column)},
        keywords=("法定主动公开内容", "政府信息公开"),
    )


def _doors(column: Column) -> list[tuple[Crumb, str, str]]:
    """The lists with something in them: where, how much, and about what."""
    total = _totals(column)
    tasks = f"，{total[RecordKind.TASK]}项任务" if total[RecordKind.TASK] else ""
    documents = sum(document.genre is not Genre.INTERPRETATION for document in column.index.documents.values())
    consultations = sum(
        stage.kind == "consultation" and stage.status is StageStatus.PUBLISHED
        for directory in column.directories.values()
        for decision in directory.decisions
        for stage in decision.stages
    )
    plans = sum(head.planning is not None for head in column.index.heads.values())
    plans += sum(decision.planning is not None for each in column.directories.values() for decision in each.decisions)
    doors = [
        (PLANS, total[RecordKind.PLAN], f"份{tasks}", "每年政务公开做什么、哪个单位做、什么时候完成。"),
        (DECISIONS, total[RecordKind.DECISION], "项", "年度目录和每项决策从草案到结果的公开情况。"),
        (PROJECTS, total[RecordKind.PROJECT], "个", "重大建设项目的年度安排。"),
        (DOCUMENTS, documents, "件", "规范性文件、政策文件和通知。"),
        (INTERPRETATIONS, total[RecordKind.INTERPRETATION], "件", "政策文件说了什么、与谁有关。"),
        (PLANNING, plans, "项", "各级各类规划的上下位关系和规划期。"),
        (PARTICIPATION, total[RecordKind.PARTICIPATION] + consultations, "项", "意见征集、听证、开放活动，以及结果。"),
        (GAZETTES, total[RecordKind.GAZETTE], "期", "历期公报的目录。"),
        (
            CATALOGUES,
            total[RecordKind.CATALOGUE_ITEM],
            "项",
            "依法要公开哪些事项、哪个单位公开、最近公开了什么、有没有逾期。",
        ),
        (AUDIENCES, len(column.index.audiences), "类", "企业、老年人、学生与家长等各自关心的内容。"),
    ]
    return [(crumb, f"{count}{unit}", about) for crumb, count, unit, about in doors if count]


def holdings(column: Column) -> str:
    """What the column holds, as the end of a sentence; empty while it holds nothing."""
    total = _totals(column)
    tasks = f"的{total[RecordKind.TASK]}项任务" if total[RecordKind.TASK] else ""
    parts = [
        f"{total[kind]}{words}"
        for kind, words in (
            (RecordKind.PLAN, f"份年度工作要点{tasks}"),
            (RecordKind.DECISION, "项重大行政决策"),
            (RecordKind.PROJECT, "个重点项目"),
        )
        if total[kind]
    ]
    return "和".join(filter(None, ("、".join(parts[:-1]), *parts[-1:]))) or _other_holdings(column)


def _other_holdings(column: Column) -> str:
    """What stands in a column without plans, decisions and projects."""
    return f"{len(column.documents)}件公文" if column.documents else ""


def _totals(column: Column) -> Counter[RecordKind]:
    """How many records of each kind the column holds."""
    return Counter(entry.kind for entry in column.index.entries.values())


def list_pages(column: Column) -> Iterator[Page]:
    """Every list with something in it, cut into pages, newest first."""
    yield from _heads(column, RecordKind.PLAN, PLANS, "plans", "历年政务公开工作要点和任务分解表。")
    about = "历年重大行政决策事项目录和各事项的公开情况。"
    yield from _heads(column, RecordKind.DIRECTORY, DECISIONS, "decisions", about)
    yield from _heads(column, RecordKind.PROJECT_LIST, PROJECTS, "projects", "历年重点建设项目和预备项目清单。")


_TABLES = {"plans": "plans", "decisions": "directories", "projects": "project-lists"}


def _heads(column: Column, kind: RecordKind, crumb: Crumb, name: str, description: str) -> Iterator[Page]:
    heads = [head for head in column.index.heads.values() if head.entry.kind is kind]
    news = list(newest(column, RecordKind.DECISION)) if name == "decisions" else None
    for part, shown in in_parts_if_any(crumb.url, heads):
        yield Page(
            kind=name,
            url=part.url(),
            title=part.named(crumb.label),
            description=description,
            crumbs=(HOME, DISCLOSURE, crumb),
            view={"records": shown, "organs": column.organs},
            keywords=(crumb.label, "政府信息公开"),
            part=part,
            rows=((_TABLES[name], [head.entry.id for head in shown]),),
            listed=_TABLES[name],
            news=news if part.number == 1 else None,
        )


def newest(column: Column, kind: RecordKind) -> Iterator[str]:
    """Ids of the newest records of a kind."""
    return islice((entry.id for entry in column.index.entries.values() if entry.kind is kind), NEWS)


_BLOCKS = {"plans": RecordKind.PLAN, "directories": RecordKind.DIRECTORY, "lists": RecordKind.PROJECT_LIST}


def by_kind(heads: Sequence[Head]) -> dict[str, Any]:
    """Heads as the blocks that lists show them in; ``others`` are a block for each further kind, with its name."""
    found = {kind: [head for head in heads if head.entry.kind is kind] for kind in RECORD_LABELS}
    others = [(RECORD_LABELS[kind], some) for kind, some in found.items() if some and kind not in _BLOCKS.values()]
    return {"others": others, **{name: found[kind] for name, kind in _BLOCKS.items()}}
