"""Blank cells of a task table stand for what is above them: a merge must keep what they meant.

When a row is put in, taken out or changed, the blank cells below it would mean something else. So three versions are
also merged as they read, blank cells filled in, and the merged table gets written what it would no longer say.
"""

from __future__ import annotations

import copy
from typing import Any

from gongkai.text.table_heads import Meaning, announced

_LEVELS = ("area", "topic")
_CELLS = ("units", "deadline")


def filled(data: Any) -> Any:
    """The same file with the blank cells of its task table filled in; any other file as it is."""
    rows = _rows(data)
    if not rows:
        return data
    whole = copy.deepcopy(data)
    above: dict[str, Any] = {}
    for row in _rows(whole):
        above = _below(above, row)
        row.update(above)
    return whole


def kept(data: Any, meant: Any) -> Any:
    """A merged file that says what ``meant``, its filled-in form, says: cells that would mean another are written."""
    rows, wanted = _rows(data), _rows(meant)
    if not rows or len(rows) != len(wanted):
        return data
    whole = copy.deepcopy(data)
    above: dict[str, Any] = {}
    for row, full in zip(_rows(whole), wanted, strict=True):
        for name in (*_LEVELS, *_CELLS):
            if name not in full or _below(above, row).get(name) == full[name]:
                continue
            row[name] = full[name]
        above = _below(above, row)
    return whole


def _rows(data: Any) -> list[dict[str, Any]]:
    table = data.get("task_table") if isinstance(data, dict) else None
    rows = table.get("rows") if isinstance(table, dict) else None
    return rows if isinstance(rows, list) and all(isinstance(row, dict) for row in rows) else []


def _below(above: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """What a row says in these cells, and hands down: a new area has no topic unless it names one."""
    found = dict(above)
    if "area" in row:
        found["area"] = row["area"]
        found["topic"] = row.get("topic")
    elif "topic" in row:
        found["topic"] = row["topic"]
    for name in _CELLS:
        if row.get(name) is not None:
            found[name] = row[name]
    return found


def hands_down_cells(*versions: Any) -> bool:
    """Whether any row says in a column of its own (牵头单位) who is responsible, which rows below it take over."""
    return any(
        announced(head) in (Meaning.UNITS, Meaning.LEAD, Meaning.SUPPORT, Meaning.DEADLINE)
        for version in versions
        for row in _rows(version)
        for head in row.get("cells") or ()
    )
