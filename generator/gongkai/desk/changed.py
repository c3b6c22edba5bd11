"""What was changed in a file since it was handed over last, field by field, in words: 第4项 责任单位：甲 → 乙."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from gongkai.authoring.edits import EditError, Path, decoded, values
from gongkai.column.shapes.base import Shape
from gongkai.desk import paths
from gongkai.desk.forms import field_at, row_label
from gongkai.desk.reading import as_text
from gongkai.desk.session import NotListedError, Session
from gongkai.load.files import KIND_LABELS, SHAPES

_CUT = 40


class Changed(Struct, frozen=True):
    """One changed file: its name, what it is called, and a line for each field."""

    name: str
    title: str
    lines: tuple[str, ...]


def changed_files(session: Session) -> list[Changed]:
    """All files that were changed, each with what is different."""
    return [_changed(session, name) for name in session.baseline.changed()]


def _changed(session: Session, name: str) -> Changed:
    path = session.root / name
    return changed_between(name, session.baseline.content(name), path.read_bytes() if path.is_file() else None)


def changed_between(name: str, old: bytes | None, new: bytes | None) -> Changed:
    """What is different between two versions of a file; None is a version without it."""
    before, after = _values(old), _values(new)
    known = after or before or {}
    kind = str(known.get("kind", ""))
    title = str(known.get("title") or KIND_LABELS.get(kind, name))
    if not before or not after:
        words = "新文件" if old is None else "整份删去" if new is None else "内容有变化"
        return Changed(name, title, (words,))
    return Changed(name, title, tuple(_lines(SHAPES.get(kind), before, after, ())))


def _values(content: bytes | None) -> dict[str, Any]:
    try:
        found = values(decoded(content)) if content is not None else {}
    except EditError:
        return {}
    return found if isinstance(found, dict) else {}


def _lines(model: type[Shape] | None, old: Any, new: Any, path: Path) -> Iterator[str]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*old, *new)):
            yield from _lines(model, old.get(key, paths.MISSING), new.get(key, paths.MISSING), (*path, key))
    elif any(isinstance(item, dict) for side in (old, new) if isinstance(side, list) for item in side):
        before, after = (side if isinstance(side, list) else [] for side in (old, new))
        yield from _items(model, before, after, path)
    else:
        yield f"{_place(model, path)}：{_said(old)} → {_said(new)}"


def _items(model: type[Shape] | None, old: Sequence[Any], new: Sequence[Any], path: Path) -> Iterator[str]:
    known = {paths.identity(item): item for item in old}
    now = {paths.identity(item): at for at, item in enumerate(new)}
    for identity, at in now.items():
        if identity in known:
            yield from _named_lines(model, known[identity], new[at], (*path, at), row_label(new[at], at))
        else:
            yield f"{_label(model, path)}：新增{row_label(new[at], at)} {_about(new[at])}".rstrip()
    for at, item in enumerate(old):
        if paths.identity(item) not in now:
            yield f"{_label(model, path)}：删去{row_label(item, at)} {_about(item)}".rstrip()


def _named_lines(model: type[Shape] | None, old: Any, new: Any, path: Path, label: str) -> Iterator[str]:
    for line in _lines(model, old, new, path):
        yield f"{label} {line}"


def place_in_words(model: type[Shape] | None, data: Any, path: Path) -> str:
    """What people call a place: 第4项 责任单位."""
    rows = [row_label(paths.value(data, path[: at + 1]), step) for at, step in enumerate(path) if isinstance(step, int)]
    ends_in_row = bool(path) and isinstance(path[-1], int)
    return " ".join(filter(None, [_label(model, path[:-1]) if ends_in_row else "", *rows,
                                  "" if ends_in_row else _place(model, path)]))  # fmt: skip


def _place(model: type[Shape] | None, path: Path) -> str:
    last = max((at for at, step in enumerate(path) if isinstance(step, int)), default=-1)
    labels = [_label(model, path[: at + 1]) for at in range(last + 1, len(path))]
    return "·".join(filter(None, labels)) or _label(model, path)


def _label(model: type[Shape] | None, path: Path) -> str:
    try:
        return field_at(model, path).label or str(path[-1])
    except NotListedError:
        return str(path[-1]) if path else ""


def _about(item: Any) -> str:
    if not isinstance(item, dict):
        return _cut(as_text(item))
    return _cut(as_text(next((item[name] for name in ("title", "name", "text", "question") if item.get(name)), "")))


def _said(value: Any) -> str:
    if value is paths.MISSING or value is None:
        return "（空）"
    if isinstance(value, dict):
        return "（一组内容）"
    return _cut(as_text(value)) or "（空）"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line[:_CUT] + ("…" if line[_CUT:] else "")


def message(changed: Sequence[Changed], reason: str, signed: Sequence[str] = ()) -> str:
    """A commit message: what was changed, a line for each field, the clerk's reason, and who reviewed it."""
    names = "、".join(each.title for each in changed[:2]) + (f"等{len(changed)}个文件" if changed[2:] else "")
    count = sum(len(each.lines) for each in changed)
    body = [f"{each.name}\n" + "\n".join(f"- {line}" for line in each.lines) for each in changed]
    why = [f"原因：{reason.strip()}"] if reason.strip() else []
    reviewed = ["审核", *signed] if signed else []
    return "\n\n".join([f"{names}：{count} 处改动", *why, *body, *reviewed, "Gongkai-Desk: 1"]) + "\n"
