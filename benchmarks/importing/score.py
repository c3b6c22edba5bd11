"""How far a draft is from the right one: the corrections that a clerk has to make, and which fields are right.

A correction is one act at a desk: a field to change, to add or to delete, a record (a row, an item) to delete; a record
to add costs each of its fields. Records are put beside each other by what they say, so that one missing row does not
make all that follow wrong.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

EDITORS = frozenset(
    ("id", "organ", "issuer", "sources", "themes", "related", "editor_note", "progress", "section", "every", "within")
)
"""Fields that only an editor can decide or that are no word of the document; neither right nor wrong."""
_FREE = {"plan": {"sections"}, "catalogue": {"document", "year"}, "participation": {"items.channels"}}
"""Lists that the importer fills to give the file its form, where the document has none: judged only if expected."""
_ALIKE = 0.5


@dataclass(slots=True)
class Score:
    """Fields of right drafts by path: how many there are and how many came right; and the corrections, in words."""

    fields: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    corrections: list[str] = field(default_factory=list)


def score(expected: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]) -> Score:
    """Compare the drafts of one document; a draft of another kind is one to delete, a missing one all to add."""
    result = Score()
    left = list(found)
    for right in expected:
        same = next((draft for draft in left if draft.get("kind") == right["kind"]), None)
        if same is not None:
            left.remove(same)
        free = {name for name in _FREE.get(right["kind"], ()) if name not in right}
        free |= {"document.title"} if right.get("title") == (same or {}).get("document", {}).get("title") else set()
        _mapping(right, same or {}, "", result, free)
    result.corrections += [f"删去一份草稿：{draft.get('kind')}" for draft in left]
    return result


def plain(value: Any) -> Any:
    """A value for comparing: without white space and the editor's marks, days as text."""
    if isinstance(value, date):
        return value.isoformat()
    return re.sub(r"\s", "", str(value))


def _mapping(right: Mapping[str, Any], found: Mapping[str, Any], path: str, result: Score, free: set[str]) -> None:
    for key, value in right.items():
        name = f"{path}.{key}" if path else key
        if key in EDITORS:
            continue
        if key in ("cells", "totals"):
            _cells(value, found.get(key) or {}, name, result)
        elif isinstance(value, Mapping):
            given = found.get(key)
            _mapping(value, given if isinstance(given, Mapping) else {}, name, result, free)
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            given = found.get(key)
            _records(value, given if isinstance(given, list) else [], name, result, free)
        elif isinstance(value, list):
            given = found.get(key)
            _texts(value, given if isinstance(given, list) else [], name, result)
        else:
            _field(name, value, found.get(key), result)
    for key, value in found.items():
        name = f"{path}.{key}" if path else key
        if key not in right and key not in EDITORS and name not in free and value not in (None, [], {}):
            result.corrections.append(f"删去 {name}：{str(value)[:40]}")


def _field(name: str, value: Any, given: Any, result: Score) -> None:
    result.fields[name] += 1
    if plain(value) == plain(given):
        result.right[name] += 1
    else:
        result.corrections.append(f"改 {name}：{str(given)[:40]} → {str(value)[:40]}")


def _cells(right: Mapping[str, str], found: Mapping[str, str], name: str, result: Score) -> None:
    """Cells by their printed heads."""
    given = {plain(head): text for head, text in found.items()}
    for head, text in right.items():
        result.fields[name] += 1
        if plain(given.pop(plain(head), "")) == plain(text):
            result.right[name] += 1
        else:
            result.corrections.append(f"改 {name}·{head} → {text[:40]}")
    result.corrections += [f"删去 {name}·{head}：{text[:40]}" for head, text in given.items()]


def _texts(right: Sequence[Any], found: Sequence[Any], name: str, result: Score) -> None:
    """A list of paragraphs or heads: each is a field."""
    wanted, given = [plain(text) for text in right], [plain(text) for text in found]
    matcher = difflib.SequenceMatcher(None, wanted, given, autojunk=False)
    result.fields[name] += len(wanted)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            result.right[name] += end - start
        else:
            words = f"{'、'.join(given[first:last])[:40]} → {'、'.join(wanted[start:end])[:40]}"
            result.corrections += [f"改 {name}：{words}"] * max(end - start, last - first)


def _records(right: Sequence[Any], found: Sequence[Any], name: str, result: Score, away: set[str]) -> None:
    free = [record for record in found if isinstance(record, Mapping)]
    pairs = _paired(right, free)
    for at, record in enumerate(right):
        _mapping(record, free[pairs[at]] if at in pairs else {}, name, result, away)
    left = [record for at, record in enumerate(free) if at not in pairs.values()]
    result.corrections += [f"删去 {name} 的一条：{_said(record)[:40]}" for record in left]


def _paired(right: Sequence[Any], found: Sequence[Any]) -> dict[int, int]:
    """Which found record each right one is: in their order if they are as many, else by what they say."""
    if len(right) == len(found):
        return {at: at for at in range(len(right))}
    pairs: dict[int, int] = {}
    last = 0
    for at, record in enumerate(right):
        scores = {other: _alike(record, found[other]) for other in range(last, len(found))}
        best = max(scores, key=lambda other: scores[other], default=None)
        if best is not None and scores[best] >= _ALIKE:
            pairs[at], last = best, best + 1
    return pairs


def _alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    return difflib.SequenceMatcher(None, _said(one), _said(other), autojunk=False).ratio()


def _said(record: Mapping[str, Any]) -> str:
    return " ".join(text for key in ("title", "text", "question") for text in _strings(record.get(key)))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield plain(value)
