"""Two plans of a district side by side: what of the headings and tasks was changed, is new, is gone, stayed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import compress, count
from math import log
from struct import unpack
from typing import NamedTuple, TypedDict

from msgspec import Struct

from gongkai.column import urls
from gongkai.column.page import HOME, Crumb, Page
from gongkai.column.revisions import Mark, Piece, inside
from gongkai.column.site_data import RecordRef, SiteData
from gongkai.column.vocabulary import Organ
from gongkai.kinds.plan import KIND as PLAN_FILES
from gongkai.kinds.plan.compared import compared_with
from gongkai.kinds.plan.model import Plan
from gongkai.site.facets import ORGANS

_NEAR = 0.092
"""So much of the pairs of characters in two texts is the same, at least, where one carries on the other.

The rarer a pair is in the earlier plan, the more it weighs: 政务公开 stands everywhere. Tried on plans whose texts were
all written anew: above it stand 政策解读, 公众参与 and 依申请公开 of both years, below it what only sounds alike.
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


class Pair(Struct, frozen=True):
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
    common = _passages(old).different & _passages(new).different
    return tuple(_marked(old, common, Mark.REMOVED)), tuple(_marked(new, common, Mark.ADDED))


class _Passages(NamedTuple):
    """The passages of a text: one from every character on, and which different ones these are."""

    every: tuple[str, ...]
    different: frozenset[str]


@lru_cache(maxsize=512)
def _passages(text: str) -> _Passages:
    every = tuple([text[at : at + _PASSAGE] for at in range(len(text) - _PASSAGE + 1)])
    return _Passages(every, frozenset(every))


def _marked(text: str, common: frozenset[str], mark: Mark) -> Iterator[Piece]:
    spans: list[list[int]] = []
    for at in compress(count(), map(common.__contains__, _passages(text).every)):
        if spans and at <= spans[-1][1]:
            spans[-1][1] = at + _PASSAGE
        else:
            spans.append([at, at + _PASSAGE])
    ends = 0
    for start, end in spans:
        if start > ends:
            yield Piece(mark, text[ends:start])
        yield Piece(Mark.SAME, text[start:end])
        ends = end
    if ends < len(text):
        yield Piece(mark, text[ends:])


def matched(before: Sequence[str], after: Sequence[str]) -> dict[int, int]:
    """By place in the later list: the place in the earlier one of the text that it carries on, the most alike first."""
    likeness = sorted(_alike(tuple(before), tuple(after)), key=lambda it: (-it[0], it[1], it[2]))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, at, earlier in likeness:
        if at not in pairs and earlier not in taken:
            pairs[at] = earlier
            taken.add(earlier)
    return pairs


class _Counted(NamedTuple):
    """Texts of a plan by their pairs of characters, and how much each of these weighs: the more, the rarer it is here.

    ``weighed`` has for each pair a number with a ``_SLOT`` for each text: its weight where the text has the pair. So
    numbers of pairs that are added up add up for all texts at once. One more slot, the last, has what the pair weighs
    less than one that the plan does not have, which weighs ``most``.
    """

    texts: list[frozenset[str]]
    weighed: dict[str, int]
    most: int

    def shared(self, text: frozenset[str]) -> Sequence[int]:
        """What a text shares with each of these, and last what it weighs by itself."""
        common = sum(filter(None, map(self.weighed.get, text)))
        slots = len(self.texts) + 1
        *shares, lighter = unpack(f"<{slots}Q", common.to_bytes(slots * _SLOT // 8, "little"))
        return *shares, self.most * len(text) - lighter


@lru_cache(maxsize=16)
def _counted(texts: tuple[str, ...]) -> _Counted:
    """A plan stands beside many others: its texts are cut up and weighed once."""
    slots: dict[str, int] = {}
    cut = list(map(_shingles, texts))
    for at, text in enumerate(cut):
        one = 1 << at * _SLOT
        for pair in text:
            slots[pair] = slots.get(pair, 0) + one
    most, last = round(_FINE * log(len(cut) + 1)), len(cut) * _SLOT
    less = [round(_FINE * log(max(some, 1))) for some in range(len(cut) + 1)]
    weighed = {}
    for pair, having in slots.items():
        lighter = min(less[having.bit_count()], most - 1)
        weighed[pair] = having * (most - lighter) + (lighter << last)
    return _Counted(cut, weighed, most)


@lru_cache(maxsize=16)
def _weights(texts: tuple[str, ...]) -> list[int]:
    """What each text of a plan weighs by itself."""
    counted = _counted(texts)
    return [counted.shared(text)[-1] for text in counted.texts]


@lru_cache(maxsize=512)
def _shingles(text: str) -> frozenset[str]:
    """The pairs of characters of a text; a single character is one."""
    return frozenset(text[at : at + 2] for at in range(max(len(text) - 1, 1)))


def _alike(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[tuple[float, int, int]]:
    """Which texts are alike enough, and how much, with their places in the later and in the earlier list."""
    old, weights = _counted(before), _weights(before)
    for at, text in enumerate(_counted(after).texts):
        *shares, weight = old.shared(text)
        for earlier, shared in enumerate(shares):
            share = 2 * shared / (weights[earlier] + weight)
            if share >= _NEAR:
                yield share, at, earlier
