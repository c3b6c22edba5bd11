"""Rules on the catalogue of what must be public: for each item a basis, a place, a unit, and a time that is kept."""

from __future__ import annotations

from gongkai.column import ids
from gongkai.column.coverage import CatalogueState
from gongkai.column.unit import UnitKind
from gongkai.linking.times import read_times
from gongkai.rules import laws
from gongkai.rules.rule import Facts, I, Topic, Violation, Violations, W, dated, quote
from gongkai.rules.walk import catalogue_items

TOPIC = Topic("主动公开事项目录")


@TOPIC.rule(
    "CAT-01",
    "目录写明时限的事项，在时限以内公开。",
    duty="catalogue.update",
    severity=W,
    example=(
        "item",
        "every: {number: 1, unit: 年}\npublished: {kinds: [plan]}",
        "every: {number: 3, unit: 月}\npublished: {kinds: [plan]}",
    ),
    across=True,
)
def late(facts: Facts) -> Violations:
    """Only by the times that the catalogue sets itself; where a day of publication is unknown nothing is late."""
    for catalogue, item in catalogue_items(facts.column):
        found = facts.column.index.coverage[ids.item(catalogue.id, item.number)]
        if found.state is CatalogueState.LATE and found.due:
            newest = found.newest
            last = f"最近一次公开是{dated(newest.day)}" if newest and newest.day else "还没有公开"
            words = f"“{item.title}”按本目录应于{dated(found.due.day)}前公开，{last}"
            hint = "公开以后补充文件或网页；属于这一项的文件没有算进来的，在 published 里补上"
            yield Violation(item.origin, words, hint)


@TOPIC.rule(
    "CAT-02",
    "每一项写明公开依据。",
    duty="catalogue.elements",
    severity=W,
    example=("item", "basis: 《政府信息公开条例》第二十条", "basis: null"),
)
def without_basis(facts: Facts) -> Violations:
    """Nobody can tell from the catalogue why the item must be public."""
    for _, item in catalogue_items(facts.column):
        if not item.basis:
            yield Violation(
                item.origin, f"“{item.title}”没有公开依据", "请照原文填写 basis；原文没有的，加 ignore 说明"
            )


@TOPIC.rule(
    "CAT-03",
    "每一项写明在哪里公开。",
    duty="catalogue.place",
    severity=W,
    example=("item", "published: {kinds: [plan]}", "published: {kinds: []}"),
)
def without_place(facts: Facts) -> Violations:
    """Readers are told what they may see, and not where."""
    for _, item in catalogue_items(facts.column):
        if not item.place.known:
            words = f"“{item.title}”没有写在哪里公开"
            yield Violation(item.origin, words, "请填写 published：kinds、themes、records 或 pages")


@TOPIC.rule(
    "CAT-04",
    "公开主体落到具体单位。",
    duty="catalogue.body",
    severity=I,
    example=("item", "units: 区教育和体育局", "units: 区政府有关部门"),
)
def nobody_in_particular(facts: Facts) -> Violations:
    """A name such as 有关部门 alone says nothing; names that are in no register at all are TAB-02."""
    for _, item in catalogue_items(facts.column):
        units = [facts.column.units[given.unit] for given in item.units]
        if units and all(unit.kind is UnitKind.SUBSET for unit in units):
            words = f"“{item.title}”的公开主体“{item.units_text}”没有列明是哪些单位"
            yield Violation(item.origin.child("units"), words, "有具体单位的写明；原文如此的，加 ignore 说明")


@TOPIC.rule(
    "CAT-05",
    "每一项写明公开时限，能按天数、月数计算的另填 every 或 within。",
    duty="catalogue.time",
    severity=I,
    example=("item", "deadline: 每年公布", "deadline: 形成或者变更之日起20个工作日内\nevery: null"),
)
def without_time(facts: Facts) -> Violations:
    """Without a time that can be counted nothing is ever called late."""
    for _, item in catalogue_items(facts.column):
        if not item.deadline:
            hint = "请照原文填写 deadline；原文没有的，加 ignore 说明"
            yield Violation(item.origin, f"“{item.title}”没有公开时限", hint)
        elif item.every is None and item.within is None:
            every, within = read_times(item.deadline)
            found = [f"{name}: {{number: {span.number}, unit: {span.unit}}}" for name, span in
                     (("every", every), ("within", within)) if span]  # fmt: skip
            if found:
                words = f"“{item.deadline}”可以计算，还没有填写，程序不判断是否按时"
                yield Violation(item.origin.child("deadline"), words, f"核对后填写 {'；'.join(found)}")


@TOPIC.rule(
    "CAT-06",
    "每一项写明公开内容、方式、渠道和公开对象。",
    duty="catalogue.elements",
    severity=I,
    example=("item", "content: 要点正文", "content: null\nchannels: null"),
)
def without_elements(facts: Facts) -> Violations:
    """The elements that no other rule asks for; one finding an item."""
    for _, item in catalogue_items(facts.column):
        given = {
            "公开内容": item.content,
            "公开方式": item.method,
            "公开渠道": item.channels,
            "公开对象": item.audience,
        }
        missing = [name for name, value in given.items() if not value]
        if missing:
            words = f"“{item.title}”没有写{quote(missing)}"
            yield Violation(item.origin, words, "请照原文填写 content、method、channels、audience")


@TOPIC.rule(
    "CAT-07",
    "转为主动公开的日期已经到了。",
    basis=laws.CONSISTENT,
    severity=W,
    example=(
        "item",
        "from_request: {since: 2024-03-01, basis: 2023年度依申请公开转主动公开审查意见}",
        "from_request: {since: 2204-03-01, basis: 2023年度依申请公开转主动公开审查意见}",
    ),
)
def opened_later(facts: Facts) -> Violations:
    """Pages say that it is published since that day."""
    for _, item in catalogue_items(facts.column):
        if item.from_request and item.from_request.since > facts.today:
            words = f"转为主动公开的日期（{dated(item.from_request.since)}）还没有到"
            yield Violation(item.origin.child("from_request", "since"), words, "请核对年份和月份")
