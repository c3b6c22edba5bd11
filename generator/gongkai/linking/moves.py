"""Old ids (``moved_from``) -> the ids that replace them. An old address may lead to one new page only."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from gongkai.column.origin import Origin
from gongkai.column.problems import Problems
from gongkai.load.files import LoadedFile, holds_records
from gongkai.load.tree import UNUSABLE_IDS


def link_moves(files: Iterable[LoadedFile], problems: Problems, withdrawn: Container[str]) -> Mapping[str, str]:
    """New ids by old id, in the order of the files; an old id in use, claimed twice or withdrawn is an error."""
    records = [file for file in files if holds_records(file.kind)]
    living = {file.ids[0]: file.path for file in records}
    moved: dict[str, str] = {}
    claimed: dict[str, str] = {}
    for file in records:
        for at, old in enumerate(file.moved_from):
            wrong = _wrong(old, living, claimed, withdrawn)
            if wrong:
                problems.error("REF-11", Origin(file.path, ("moved_from", at)), *wrong)
                continue
            moved[old], claimed[old] = file.ids[0], file.path
    return moved


def current_id(identifier: str, moved: Mapping[str, str]) -> str:
    """The id that a published id has now; ``moved`` has new ids by old ones, of files and of items."""
    head, slash, rest = identifier.partition("/")
    now = moved.get(head, head) + slash + rest
    return moved.get(identifier) or moved.get(now, now)


def _wrong(
    old: str, living: Mapping[str, str], claimed: Mapping[str, str], withdrawn: Container[str]
) -> tuple[str, str] | None:
    """What is wrong with an old id, and what to do."""
    if old in UNUSABLE_IDS:
        return f"编号 {old} 从来不能使用，不会是曾用编号", "请写以前用过的编号；没有的，不写 moved_from"
    if old in living:
        return (
            f"编号 {old} 还在使用（{living[old]}），旧网址不能转到别处",
            "请写以前用过、现在不用的编号；没有的，不写 moved_from",
        )
    return leads_elsewhere(old, claimed, withdrawn)


def leads_elsewhere(old: str, claimed: Mapping[str, str], withdrawn: Container[str]) -> tuple[str, str] | None:
    """What is wrong with an old id, of a file or an item, that somebody else has claimed or that was withdrawn."""
    if old in claimed:
        return f"曾用编号 {old} 已经写在 {claimed[old]}", "一个旧网址只能转到一处，请留下一个"
    if old in withdrawn:
        return f"编号 {old} 已经撤回，旧网址不能转到别处", "请删去；确要重新公开的，在撤回名单里写上 restored: 日期"
    return None
