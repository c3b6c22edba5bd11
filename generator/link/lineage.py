"""Which record carries on which of an earlier year (延续): both ways, for readers who follow a task over the years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from generator.link.problems import Problems, nearest
from generator.model import ids
from generator.model.column import Entry
from generator.model.decision import DecisionDirectory
from generator.model.origin import Origin
from generator.model.plan import Plan
from generator.model.project import ProjectList
from generator.model.records import Annexed

Later = dict[str, tuple[Entry, ...]]


def link_lineage(
    records: Iterable[Annexed], entries: Mapping[str, Entry], problems: Problems
) -> tuple[dict[str, Entry], Later]:
    """The record before and the records after each, by id; an unknown or not earlier one is an error."""
    earlier: dict[str, Entry] = {}
    later: dict[str, list[Entry]] = defaultdict(list)
    for record in records:
        for identifier, target, origin in _claims(record):
            found = entries.get(target)
            place = origin.child("continues")
            if found is None:
                hint = nearest(target, entries) or "写法如 laiwu-2021/tasks/3"
                problems.error("REF-08", place, f"没有编号为 {target} 的事项", hint, target=target)
            elif found.year >= entries[identifier].year:
                problems.error("REF-08", place, f"{target} 不是更早年度的事项", "请写上一年对应事项的编号")
            else:
                earlier[identifier] = found
                later[target].append(entries[identifier])
    return earlier, {identifier: tuple(found) for identifier, found in later.items()}


def _claims(record: Annexed) -> Iterator[tuple[str, str, Origin]]:
    match record:
        case Plan():
            for task in record.tasks:
                if task.continues:
                    yield ids.task(record.id, task.number), task.continues, task.origin
        case DecisionDirectory():
            for decision in record.decisions:
                if decision.continues:
                    yield ids.item(record.id, decision.number), decision.continues, decision.origin
        case ProjectList():
            for project in record.projects:
                if project.continues:
                    yield ids.item(record.id, project.number), project.continues, project.origin
