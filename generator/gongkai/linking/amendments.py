"""What files say of their own past -> ids that lead on, and corrections that readers see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date

from gongkai.column.correction import Correction
from gongkai.column.origin import Origin
from gongkai.column.problems import Problems, nearest
from gongkai.column.site_data import RecordRef
from gongkai.linking.moves import leads_elsewhere
from gongkai.load.amendments import Amended, correctable
from gongkai.load.files import SHAPES, LoadedFile


def link_renumbered(
    files: Iterable[LoadedFile],
    places: Mapping[Origin, RecordRef],
    entries: Mapping[str, RecordRef],
    withdrawn: Container[str],
    problems: Problems,
) -> Mapping[str, str]:
    """New ids of items by old id; an old id in use, claimed twice or withdrawn is an error.

    Args:
        files: all files.
        places: the records of those that are amended, by where they were written.
        entries: all records.
        withdrawn: ids of records that are withdrawn.
        problems: takes what is wrong.
    """
    found: dict[str, str] = {}
    for entry, place, said in _said(files, places):
        for at, old in enumerate(said.moved_from):
            if wrong := _wrong(old, entry.id, entries, found, withdrawn):
                problems.error("REF-11", place.child("moved_from", at), *wrong)
            else:
                found[old] = entry.id
    return found


def _wrong(
    old: str, new: str, entries: Mapping[str, RecordRef], found: Mapping[str, str], withdrawn: Container[str]
) -> tuple[str, str] | None:
    if old in entries:
        words = f"编号 {old} 还在使用（《{entries[old].title}》），旧网址不能转到别处"
        return words, "已经公开的序号不要给别的事项用；新的事项用新的序号"
    if wrong := leads_elsewhere(old, found, withdrawn):
        return wrong
    if "/" not in old.strip("/"):
        return f"{old} 不是事项的编号", f"请写原来的完整编号，样子同现在的 {new}"
    return None


def link_corrections(
    files: Iterable[LoadedFile], places: Mapping[Origin, RecordRef], as_of: date, problems: Problems
) -> Mapping[str, tuple[Correction, ...]]:
    """The corrections of every file, in the order of its items; a field that does not exist is an error."""
    files = tuple(files)
    kinds = {file.path: file.kind for file in files}
    found: dict[str, list[Correction]] = defaultdict(list)
    for entry, place, said in _said(files, places):
        for at, each in enumerate(said.corrected):
            origin = place.child("corrected", at)
            if each.label is None:
                hint = nearest(each.field, _fields(kinds[place.file])) or "请写字段名，如 progress、title"
                problems.error("REF-14", origin.child("field"), f"没有字段 {each.field}，不会是它更正了", hint)
                continue
            if each.day > as_of:
                problems.warning("REF-14", origin.child("date"), f"更正日期 {each.day} 还没有到", "请写改的那一天")
            made = Correction(entry.id, at + 1, entry.url, each.day, each.field, each.label, each.reason, origin)
            found[entry.id.partition("/")[0]].append(made)
    return {file: tuple(corrections) for file, corrections in found.items()}


def _fields(kind: str) -> set[str]:
    """What may be corrected in files of a kind: of the file, and the last names of what lies in it."""
    names = correctable(SHAPES[kind])
    return {*names, *(name.rpartition(".")[2] for name in names)}


def _said(
    files: Iterable[LoadedFile], places: Mapping[Origin, RecordRef]
) -> Iterator[tuple[RecordRef, Origin, Amended]]:
    """What is said of records, with the record and its place."""
    for file in files:
        for said in file.amended:
            place = Origin(file.path, said.path)
            if entry := places.get(place):
                yield entry, place, said
