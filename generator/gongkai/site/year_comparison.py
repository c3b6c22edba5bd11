"""Two plans of a district side by side: what of the headings and tasks was changed, is new, is gone, stayed."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from struct import unpack
from typing import NamedTuple, TypedDict

from gongkai.column import urls
from gongkai.column.page import HOME, Crumb, Page
from gongkai.column.revisions import Mark, Piece, inside
from gongkai.column.site_data import RecordRef, SiteData
from gongkai.column.vocabulary import Organ
from gongkai.kinds.plan import KIND as PLAN_FILES
from gongkai.kinds.plan.compared import compared_with
from gongkai.kinds.plan.model import Plan
from gongkai.site.facets import ORGANS

_NEAR = 0.085
"""So much of the pairs of characters in two texts is the same, at least, where one carries on the other.

The rarer a pair is in both plans, the more it weighs: 政务公开 stands everywhere. Tried on plans whose texts were all
written anew: above it stand 政策解读, 公众参与 and 依申请公开 of both years, below it what only sounds alike.
"""
_ALIKE = 0.5
"""Where texts share this much of all their pairs of characters, they are one text with changes."""
_LEAST = 2
"""Characters of an unchanged piece between two changes, at least: shorter ones are read with the changes."""
_PASSAGE = 6
"""Characters of a passage that a text which was written anew carries on, at least, wherever they stand in it."""
_FINE = 10_000
"""Steps of a weight: whole numbers add up to the same in any order."""
_SLOT = 64
"""Bits of the sum of a text."""
GROUPS = {"changed": "有改动", "near": "内容相近，重新写过", "new": "新增", "gone": "不再出现", "same": "没有改动"}


def compared_plans(column: SiteData) -> dict[tuple[str, str], None]:
    """The ids of all plans that are compared, later first."""
    pairs = (pair for organ in column.organs for pair in compared_with(column, organ))
    return {(later.id, earlier.id): None for later, earlier in pairs}


class Item(NamedTuple):
    """A heading or a task of a plan: where it is, by what it is recognised, and all that is compared of it."""

    label: str
    url: str
    text: str
    whole: str


@dataclass(frozen=True, slots=True)
class Pair:
    """An item of the earlier plan and its successor; one may be missing. ``group`` is a key of ``GROUPS``.

    ``removed`` and ``added`` are their texts with what was changed, empty where nothing is marked.
    """

    group: str
    before: Item | None
    after: Item | None
    removed: tuple[Piece, ...] = ()
    added: tuple[Piece, ...] = ()


class YearComparisonView(TypedDict):
    """What the template ``year_comparison`` shows."""

    earlier: Plan
    later: Plan
    organ: Organ
    blocks: list[tuple[str, str, list[tuple[str, str, list[Pair]]]]]
    others: list[tuple[RecordRef, RecordRef]]


def year_comparison_pages(column: SiteData, later_id: str, earlier_id: str) -> Iterator[Page]:
    """The page of two plans."""
    plans = PLAN_FILES.of(column)
    later, earlier = plans[later_id], plans[earlier_id]
    organ, url = column.organs[later.organ], urls.compare(later_id, earlier_id)
    pairs = compared_with(column, organ.id)
    yield Page(
        kind="year_comparison",
        url=url,
        title=f"{organ.short_name}：{later.year}年和{earlier.year}年工作要点对照",
        description=f"《{later.title}》和《{earlier.title}》的章节和任务左右对照，改动的文字标出，新增的和不再出现的分别列出。",
        crumbs=(HOME, ORGANS, Crumb(organ.short_name, urls.organ(organ.id)), Crumb("两年对照", url)),
        view=YearComparisonView(
            earlier=earlier,
            later=later,
            organ=organ,
            blocks=[
                ("sections", "章节", _grouped(_sections(earlier), _sections(later))),
                ("tasks", "任务", _grouped(_tasks(earlier), _tasks(later))),
            ],
            others=[pair for pair in pairs if (pair[0].id, pair[1].id) != (later_id, earlier_id)],
        ),
        keywords=(organ.short_name, f"{later.year}年", f"{earlier.year}年", "对照"),
        rows=(("plans", [later_id, earlier_id]),),
    )


def _sections(plan: Plan) -> list[Item]:
    numbers = {section.key: section.number for section in plan.sections}
    return [
        Item(
            numbers.get(section.parent or "", "") + section.number,
            urls.section(plan.id, section.key),
            section.title + section.text,
            "。".join(filter(None, (section.title, section.text))),
        )
        for section in plan.sections
    ]


def _tasks(plan: Plan) -> list[Item]:
    """The rows of the table; of a plan without one, clauses are tasks, and stand among the headings."""
    return [
        Item(
            f"第{task.number}项",
            urls.task(plan.id, task.number),
            task.text,
            "\n".join(
                filter(
                    None,
                    (
                        task.text,
                        f"责任单位：{task.units_text or '、'.join(given.printed for given in task.assignments)}",
                        f"完成时限：{task.deadline.text}" if task.deadline else "",
                    ),
                )
            ),
        )
        for task in plan.tasks
    ]


def _grouped(before: Sequence[Item], after: Sequence[Item]) -> list[tuple[str, str, list[Pair]]]:
    pairs = list(_pairs(before, after))
    groups = [(key, label, [pair for pair in pairs if pair.group == key]) for key, label in GROUPS.items()]
    return [group for group in groups if group[-1]]


def _pairs(before: Sequence[Item], after: Sequence[Item]) -> Iterator[Pair]:
    """Every item of both plans once: those of the later one in their order, then what it has no more."""
    found = matched([item.text for item in before], [item.text for item in after])
    for at, item in enumerate(after):
        yield _pair(before[found[at]], item) if at in found else Pair("new", None, item)
    successors = set(found.values())
    yield from (Pair("gone", item, None) for at, item in enumerate(before) if at not in successors)


def _pair(old: Item, new: Item) -> Pair:
    if old.whole == new.whole:
        return Pair("same", old, new)
    one, other = _shingles(old.text), _shingles(new.text)
    if 2 * len(one & other) < _ALIKE * (len(one) + len(other)):
        return Pair("near", old, new, *carried(old.whole, new.whole))
    line = inside(old.whole, new.whole, _LEAST)
    return Pair("changed", old, new, line.before, line.after)


def carried(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Two texts, and what of them is in both, whatever order it stands in."""
    common = {*_passages(old)}.intersection(_passages(new))
    return tuple(_marked(old, common, Mark.REMOVED)), tuple(_marked(new, common, Mark.ADDED))


@lru_cache(maxsize=512)
def _passages(text: str) -> tuple[str, ...]:
    return tuple(text[at : at + _PASSAGE] for at in range(len(text) - _PASSAGE + 1))


def _marked(text: str, common: Container[str], mark: Mark) -> Iterator[Piece]:
    spans: list[list[int]] = []
    for at in [at for at, passage in enumerate(_passages(text)) if passage in common]:
        if spans and at <= spans[-1][1]:
            spans[-1][1] = at + _PASSAGE
        else:
            spans.append([at, at + _PASSAGE])
    ends = 0
    for start, end in (*spans, [len(text), len(text)]):
        yield from (piece for piece in (Piece(mark, text[ends:start]), Piece(Mark.SAME, text[start:end])) if piece.text)
        ends = end


def matched(before: Sequence[str], after: Sequence[str]) -> dict[int, int]:
    """By place in the later list: the place in the earlier one of the text that it carries on, the most alike first."""
    likeness = sorted(_alike(_counted(tuple(before)), _counted(tuple(after))), key=lambda it: (-it[0], it[1], it[2]))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, at, earlier in likeness:
        if at not in pairs and earlier not in taken:
            pairs[at] = earlier
            taken.add(earlier)
    return pairs


class _Counted(NamedTuple):
    """Texts of a plan by their pairs of characters; of each pair how many texts have it, and which.

    These are a number with a ``_SLOT`` for each text: numbers of a plan that are added up, pair by pair, add up for all
    of its texts at once.
    """

    texts: list[frozenset[str]]
    counts: dict[str, int]
    slots: dict[str, int]


@lru_cache(maxsize=16)
def _counted(texts: tuple[str, ...]) -> _Counted:
    """A plan stands beside many others: its texts are cut up once."""
    slots: dict[str, int] = {}
    cut = list(map(_shingles, texts))
    for at, text in enumerate(cut):
        one = 1 << at * _SLOT
        for pair in text:
            slots[pair] = slots.get(pair, 0) + one
    return _Counted(cut, {pair: some.bit_count() for pair, some in slots.items()}, slots)


@lru_cache(maxsize=512)
def _shingles(text: str) -> frozenset[str]:
    """The pairs of characters of a text; a single character is one."""
    return frozenset(text[at : at + 2] for at in range(max(len(text) - 1, 1)))


def _alike(old: _Counted, new: _Counted) -> Iterator[tuple[float, int, int]]:
    """Which texts are alike enough, and how much, with their places in the later and in the earlier list."""
    every = len(old.texts) + len(new.texts)
    logs = [round(_FINE * log((every + 1) / max(count, 1))) for count in range(every + 1)]
    counts = old.counts | new.counts
    both = old.counts.keys() & new.counts.keys()
    counts |= {pair: old.counts[pair] + new.counts[pair] for pair in both}
    weights = dict(zip(counts, map(logs.__getitem__, counts.values()), strict=True))
    weighed = {pair: old.slots[pair] * weights[pair] for pair in both}
    before, after = ([sum(map(weights.__getitem__, text)) for text in some.texts] for some in (old, new))
    for at, text in enumerate(new.texts):
        common = sum(map(weighed.__getitem__, text & both))
        sums = unpack(f"<{len(before)}Q", common.to_bytes(len(before) * _SLOT // 8, "little"))
        for earlier, shared in enumerate(sums):
            share = 2 * shared / (before[earlier] + after[at])
            if share >= _NEAR:
                yield share, at, earlier
