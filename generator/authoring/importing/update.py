"""``import --update``: a changed document against the file already committed for it.

The print decides what is printed; everything else stays the editors': ids, numbers that stand for addresses, themes,
related records, notes, stages, and any key the importer does not know. A guess never replaces what a person wrote.
Where only wordings changed, they are replaced in place, so that comments and layout survive.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import yaml

from generator.authoring.importing.blocks import squeeze
from generator.authoring.importing.drafting.yaml_draft import Guess, Remark, inline_scalar, settled, write_draft
from generator.authoring.importing.importer import DraftFile, ImportResult

_EDITORS = frozenset(
    {"id", "organ", "kind", "themes", "related", "editor_note", "moved_from", "stages", "section", "sources"}
    | {"ignore", "progress", "continues"}
)
_RECORDS = ("number", "title", "text")
_SAME_RECORD = 0.6
_SHOWN = 60
_NAMES = {
    "title": "标题",
    "text": "正文",
    "units": "责任单位",
    "deadline": "完成时限",
    "area": "工作任务（一级）",
    "topic": "工作任务（二级）",
    "rows": "任务",
    "sections": "章节",
    "decisions": "决策事项",
    "projects": "项目",
    "categories": "分类",
    "organizers": "承办单位",
    "document": "公文",
    "preamble": "总体要求",
    "task_table": "任务分解表",
    "tags": "标签",
    "announced": "宣布的个数",
    "body": "通知正文",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change: where (Chinese), what the file said, what the document says now; None for nothing."""

    where: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Update:
    """A file to write: its text, what changed, and whether it had to be written anew (comments are then lost)."""

    name: str
    text: str
    changes: tuple[Change, ...]
    rewritten: bool = False


@dataclass(slots=True)
class _Merge:
    changes: list[Change] = field(default_factory=list)
    edits: list[tuple[tuple[str | int, ...], object]] = field(default_factory=list)
    structural: bool = False


def update_drafts(result: ImportResult, existing: Mapping[str, str]) -> tuple[Update, ...]:
    """Merge each draft into the file of its name in ``existing`` (file name to YAML text); new drafts are left out.

    The texts must be well-formed YAML mappings, as ``check`` ensures; a file without changes keeps its text as it is.
    """
    return tuple(_updated(draft, existing[draft.name]) for draft in result.drafts if draft.name in existing)


def _updated(draft: DraftFile, text: str) -> Update:
    old = yaml.safe_load(text)
    merge = _Merge()
    merged = _mapping(old, draft.data, (), "", merge)
    if not merge.changes:
        return Update(draft.name, text, ())
    replaced = None if merge.structural else _in_place(text, merge.edits)
    if replaced is not None and yaml.safe_load(replaced) == settled(merged):
        return Update(draft.name, replaced, tuple(merge.changes))
    head = [line[1:].strip() for line in text.split("\n") if line.startswith("#")]
    return Update(draft.name, write_draft(merged, head), tuple(merge.changes), rewritten=True)


def _mapping(
    old: Mapping[str, object], new: Mapping[str, object], path: tuple[str | int, ...], where: str, merge: _Merge
) -> dict[str, object]:
    merged = dict(old)
    for key, value in new.items():
        if isinstance(value, Remark) or (isinstance(value, Guess) and _is_guess(value) and key in old):
            continue
        if key in _EDITORS and key in old:
            continue
        name = f"{where}{_NAMES.get(key, key)}"
        if key not in old:
            if not (isinstance(value, Guess) or key in _EDITORS):
                merge.changes.append(Change(name, None, _shown(value)))
                merge.structural = True
                merged[key] = settled(value)
            continue
        merged[key] = _value(old[key], _bare(value), (*path, key), name, merge)
    for key in ("units", "deadline", "text"):
        if key in old and key not in new and "number" in new:
            merge.changes.append(Change(f"{where}{_NAMES[key]}", _shown(old[key]), None))
            merge.structural = True
            del merged[key]
    return merged


def _is_guess(guess: Guess) -> bool:
    """A guessed scalar; a doubt about a verbatim text, or a remark on a mapping or list, is no guess of its value."""
    return not guess.printed and not isinstance(guess.value, Mapping | list)


def _bare(value: object) -> object:
    while isinstance(value, Guess):
        value = value.value
    return value


def _value(old: object, new: object, path: tuple[str | int, ...], where: str, merge: _Merge) -> object:
    if isinstance(old, dict) and isinstance(new, Mapping):
        return _mapping(old, new, path, where + "·", merge)
    if isinstance(old, list) and isinstance(new, list):
        items = [_bare(item) for item in new]
        if any(isinstance(item, Mapping) for item in (*old, *items)):
            return _records(old, items, path, where, merge)
        new = items
    if _same(old, new):
        return old
    merge.changes.append(Change(where, _shown(old), _shown(new)))
    merge.edits.append((path, settled(new)))
    return settled(new)


def _same(old: object, new: object) -> bool:
    """Equal but for white space; a date is its ISO form."""
    return _flat(old) == _flat(new)


def _flat(value: object) -> object:
    return [squeeze(str(item)) for item in value] if isinstance(value, list) else squeeze(str(value))


def _records(
    old: Sequence[object], new: Sequence[object], path: tuple[str | int, ...], where: str, merge: _Merge
) -> list[object]:
    """Rows, sections, decisions or projects: matched by what they say, so that an inserted row moves no id."""
    pairs = _matched(
        [item for item in old if isinstance(item, dict)], [item for item in new if isinstance(item, Mapping)]
    )
    merged: list[object] = []
    for old_at, item in pairs:
        if old_at is None:
            merge.changes.append(Change(f"{where}·新增", None, _label(item)))
            merge.structural = True
            merged.append(settled(item))
            continue
        before = old[old_at]
        assert isinstance(before, dict)
        merged.append(_mapping(before, item, (*path, old_at), f"{where}{_number(before)}·", merge))
    gone = set(range(len(old))) - {at for at, _ in pairs}
    for at in sorted(gone):
        merge.changes.append(Change(f"{where}·删去", _label(old[at]), None))
        merge.structural = True
    return merged


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


def _in_place(text: str, edits: Sequence[tuple[tuple[str | int, ...], object]]) -> str | None:
    """Replace single scalars where they stand; None when one of them is no single-line scalar."""
    root = yaml.compose(text)
    spans: list[tuple[int, int, str]] = []
    for path, value in edits:
        node = _node(root, path)
        if not isinstance(node, yaml.ScalarNode) or node.style in ("|", ">") or isinstance(value, list | dict):
            return None
        if "\n" in str(value):
            return None
        spans.append((node.start_mark.index, node.end_mark.index, inline_scalar(value)))
    for start, end, words in sorted(spans, reverse=True):
        text = text[:start] + words + text[end:]
    return text


def _node(node: yaml.Node | None, path: Sequence[str | int]) -> yaml.Node | None:
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
        else:
            return None
    return node


def render_update(updates: Sequence[Update]) -> str:
    """The changes in Chinese, file by file."""
    lines: list[str] = []
    for update in updates:
        lines.append(f"{update.name}：{len(update.changes)} 处变化" if update.changes else f"{update.name}：没有变化")
        for change in update.changes:
            lines.append(f"  {change.where}")
            lines += [f"    - {_cut(change.before)}"] if change.before is not None else []
            lines += [f"    + {_cut(change.after)}"] if change.after is not None else []
        if update.rewritten:
            lines.append("  有增删，文件按格式重新写出；文件中间的注释没有保留，请用 git diff 核对。")
    return "\n".join(lines) or "没有找到对应的已有文件。"


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…（共 {len(text)} 字）"
