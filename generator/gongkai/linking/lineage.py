"""Which record carries on which of an earlier year (延续): both ways, for readers who follow a task over the years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gongkai.column.origin import Origin
from gongkai.column.problems import Problems, nearest
from gongkai.column.site_data import RecordRef

Later = dict[str, tuple[RecordRef, ...]]


class Claim(NamedTuple):
    """A record that says which one it carries on."""

    record: str
    target: str
    origin: Origin


def link_lineage(
    claims: Iterable[Claim], entries: Mapping[str, RecordRef], problems: Problems
) -> tuple[dict[str, RecordRef], Later]:
    """The record before and the records after each, by id; an unknown or not earlier one is an error."""
    earlier: dict[str, RecordRef] = {}
    later: dict[str, list[RecordRef]] = defaultdict(list)
    for identifier, target, origin in claims:
        found = entries.get(target)
        place = origin.child("continues")
        if found is None:
            hint = nearest(target, entries) or "写法如 shili-2021/tasks/3"
            problems.error("REF-08", place, f"没有编号为 {target} 的事项", hint, target=target)
        elif found.year >= entries[identifier].year:
            problems.error("REF-08", place, f"{target} 不是更早年度的事项", "请写上一年对应事项的编号")
        else:
            earlier[identifier] = found
            later[target].append(entries[identifier])
    return earlier, {identifier: tuple(found) for identifier, found in later.items()}
