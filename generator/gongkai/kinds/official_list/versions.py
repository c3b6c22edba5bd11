"""Two versions of a list, compared row by row: what is new, what went, what says something else."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from gongkai.column.cell import cell_texts
from gongkai.kinds.official_list.model import ListRow, OfficialList


class ChangedRow(Struct, frozen=True):
    """A row that both versions have; ``cells`` are (head, earlier text, text now) of what is not the same."""

    row: ListRow
    cells: tuple[tuple[str, str, str], ...]


class Versions(Struct, frozen=True):
    """What changed from one version to the next. Rows are the same when their names and headings are."""

    new: tuple[ListRow, ...]
    gone: tuple[ListRow, ...]
    changed: tuple[ChangedRow, ...]
    same: int


def compare_versions(earlier: OfficialList, later: OfficialList) -> Versions:
    """Rows that share heading and name are compared in the order printed: the first with the first."""
    before = dict(_keyed(earlier))
    new: list[ListRow] = []
    changed: list[ChangedRow] = []
    same = 0
    for key, row in _keyed(later):
        old = before.pop(key, None)
        if old is None:
            new.append(row)
        elif cells := tuple(_differences(old, row)):
            changed.append(ChangedRow(row, cells))
        else:
            same += 1
    return Versions(tuple(new), tuple(before.values()), tuple(changed), same)


def _keyed(listed: OfficialList) -> Iterator[tuple[tuple[str, str, int], ListRow]]:
    times: dict[tuple[str, str], int] = {}
    for row in listed.rows:
        key = (row.group or "", row.name)
        times[key] = times.get(key, 0) + 1
        yield (*key, times[key]), row


def _differences(old: ListRow, row: ListRow) -> Iterator[tuple[str, str, str]]:
    before, now = cell_texts(old), cell_texts(row)
    for head in dict.fromkeys((*before, *now)):
        if before.get(head, "") != now.get(head, ""):
            yield head, before.get(head, ""), now.get(head, "")
