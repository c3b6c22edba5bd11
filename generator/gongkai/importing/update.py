"""``import --update``: a changed document against the file already committed for it.

The print decides what is printed; everything else stays the editors': ids, numbers that stand for addresses, themes,
related records, notes, stages, and any key the importer does not know. A guess never replaces what a person wrote.
Only what changed is changed in the text, so that comments and layout survive.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from gongkai.authoring.edits import Delete, Edit, Insert, Move, Path, Set, edit, values
from gongkai.authoring.yaml_draft import Guess, Remark, settled
from gongkai.column.shapes.base import Shape
from gongkai.importing.importer import DraftFile, ImportResult
from gongkai.importing.words import word_of
from gongkai.load.files import SHAPES
from gongkai.text.blanks import squeeze

_EDITORS = frozenset(
    {"id", "organ", "kind", "themes", "related", "editor_note", "moved_from", "stages", "section", "sources"}
    | {"ignore", "progress", "continues"}
)
_RECORDS = ("number", "title", "text")
_MERGED_AWAY = ("area", "topic", "units", "deadline", "text")
"""What a row no longer prints: its cell is merged with the one above now."""
_SAME_RECORD = 0.6
_SHOWN = 60


class Change(Struct, frozen=True):
    """One change: where (Chinese), what the file said, what the document says now; None for nothing."""

    where: str
    before: str | None
    after: str | None


class Update(Struct, frozen=True):
    """A file to write: its text, and what changed in it."""

    name: str
    text: str
    changes: tuple[Change, ...]


class _Merge(Struct):
    """What is different: in words, and as edits one after another. ``shape`` is that of the file."""

    shape: type[Shape]
    changes: list[Change] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)

    def word(self, key: str) -> str:
        """What editors call a field; heads of tables are words already."""
        return word_of(self.shape, key)


def update_drafts(result: ImportResult, existing: Mapping[str, str]) -> tuple[Update, ...]:
    """Merge each draft into the file of its name in ``existing`` (file name to YAML text); new drafts are left out.

    A file without changes keeps its text as it is.

    Raises:
        EditError: when a text cannot be read, or is laid out so that it cannot be changed line by line.
    """
    return tuple(_updated(draft, existing[draft.name]) for draft in result.drafts if draft.name in existing)


def _updated(draft: DraftFile, text: str) -> Update:
    merge = _Merge(SHAPES[str(draft.data["kind"])])
    _mapping(values(text), draft.data, (), "", merge)
    return Update(draft.name, edit(text, merge.edits), tuple(merge.changes))


def _mapping(old: Mapping[str, object], new: Mapping[str, object], path: Path, where: str, merge: _Merge) -> None:
    for key, value in new.items():
        if isinstance(value, Remark) or (isinstance(value, Guess) and _is_guess(value) and key in old):
            continue
        if key in _EDITORS and key in old:
            continue
        name = f"{where}{merge.word(key)}"
        if key in old:
            _value(old[key], _bare(value), (*path, key), name, merge)
        elif not (isinstance(value, Guess) or key in _EDITORS):
            merge.changes.append(Change(name, None, _shown(value)))
            merge.edits.append(Set((*path, key), settled(value)))
    for key in _MERGED_AWAY:
        if key in old and key not in new and "number" in new:
            merge.changes.append(Change(f"{where}{merge.word(key)}", _shown(old[key]), None))
            merge.edits.append(Delete((*path, key)))


def _is_guess(guess: Guess) -> bool:
    """A guessed scalar; a doubt about a verbatim text, or a remark on a mapping or list, is no guess of its value."""
    return not guess.printed and not isinstance(guess.value, Mapping | list)


def _bare(value: object) -> object:
    while isinstance(value, Guess):
        value = value.value
    return value


def _value(old: object, new: object, path: Path, where: str, merge: _Merge) -> None:
    if isinstance(old, dict) and isinstance(new, Mapping):
        _mapping(old, new, path, where + "·", merge)
        return
    if isinstance(old, list) and isinstance(new, list):
        items = [_bare(item) for item in new]
        if any(isinstance(item, Mapping) for item in (*old, *items)):
            _records(old, items, path, where, merge)
            return
        new = items
    if not _same(old, new):
        merge.changes.append(Change(where, _shown(old), _shown(new)))
        merge.edits.append(Set(path, settled(new)))


def _same(old: object, new: object) -> bool:
    """Equal but for white space; a date is its ISO form."""
    return _flat(old) == _flat(new)


def _flat(value: object) -> object:
    return [squeeze(str(item)) for item in value] if isinstance(value, list) else squeeze(str(value))


def _records(old: Sequence[object], new: Sequence[object], path: Path, where: str, merge: _Merge) -> None:
    """Rows, sections, decisions or projects: matched by what they say, so that an inserted row moves no id."""
    pairs = _matched(
        [item for item in old if isinstance(item, dict)], [item for item in new if isinstance(item, Mapping)]
    )
    gone = sorted(set(range(len(old))) - {at for at, _ in pairs})
    _arrange(len(old), pairs, gone, path, merge)
    for to, (old_at, item) in enumerate(pairs):
        before = old[old_at] if old_at is not None else None
        if isinstance(before, dict):
            place = _number(before) or f"第{(old_at or 0) + 1}条"
            _mapping(before, item, (*path, to), f"{where}{place}·", merge)
        else:
            merge.changes.append(Change(f"{where}·新增", None, _label(item)))
    merge.changes += [Change(f"{where}·删去", _label(old[at]), None) for at in gone]


def _arrange(
    count: int, pairs: Sequence[tuple[int | None, object]], gone: Sequence[int], path: Path, merge: _Merge
) -> None:
    """The edits that bring a list's records into their new order; those within records come after them."""
    merge.edits += [Delete((*path, at)) for at in reversed(gone)]
    order: list[int | None] = [at for at in range(count) if at not in gone]
    for to, (old_at, item) in enumerate(pairs):
        if old_at is None:
            merge.edits.append(Insert((*path, to), settled(item)))
            order.insert(to, None)
        elif order[to] != old_at:
            at = order.index(old_at)
            merge.edits.append(Move((*path, at), to))
            order.insert(to, order.pop(at))


def _matched(
    old: Sequence[Mapping[str, object]], new: Sequence[Mapping[str, object]]
) -> list[tuple[int | None, Mapping[str, object]]]:
    """For each new record the old one it continues: the same number with a like text, else the likest that is free."""
    free = dict(enumerate(old))
    found: dict[int, int] = {}
    for strict in (True, False):
        for at, item in enumerate(new):
            if at in found:
                continue
            scores = {
                index: _likeness(other, item)
                for index, other in free.items()
                if not strict or settled(other.get("number")) == settled(item.get("number"))
            }
            best = max(scores, key=lambda index: scores[index], default=None)
            if best is not None and scores[best] >= _SAME_RECORD:
                found[at] = best
                del free[best]
    return [(found.get(at), item) for at, item in enumerate(new)]


def _likeness(old: Mapping[str, object], new: Mapping[str, object]) -> float:
    left, right = (squeeze(_label(item)) for item in (old, new))
    return difflib.SequenceMatcher(None, left[:400], right[:400], autojunk=False).ratio()


def _label(item: object) -> str:
    if not isinstance(item, Mapping):
        return str(item)
    bare = {key: settled(item.get(key)) for key in _RECORDS}
    return " ".join(str(bare[key]) for key in _RECORDS if bare[key])


def _number(item: Mapping[str, object]) -> str:
    number = item.get("number")
    return f" {number}" if number else ""


def _shown(value: object) -> str:
    text = "；".join(str(settled(item)) for item in value) if isinstance(value, list) else str(settled(value))
    return " ".join(text.split())


def render_update(updates: Sequence[Update]) -> str:
    """The changes in Chinese, file by file."""
    lines: list[str] = []
    for update in updates:
        lines.append(f"{update.name}：{len(update.changes)} 处变化" if update.changes else f"{update.name}：没有变化")
        for change in update.changes:
            lines.append(f"  {change.where}")
            lines += [f"    - {_cut(change.before)}"] if change.before is not None else []
            lines += [f"    + {_cut(change.after)}"] if change.after is not None else []
    return "\n".join(lines) or "没有找到对应的已有文件。"


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…（共 {len(text)} 字）"
