"""Edits -> a new text, proved by reading it back before anything is written."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path as FilePath
from typing import Any

import yaml
from pydantic import BaseModel

from gongkai import disk
from gongkai.authoring.edits import blocks, flows, scalars
from gongkai.authoring.edits.layout import Layout, Splice
from gongkai.authoring.edits.operations import (
    Delete,
    Edit,
    EditError,
    Insert,
    Move,
    Path,
    Set,
    apply,
    named,
    same,
    steps,
)
from gongkai.load.files import SHAPES
from gongkai.load.messages import fields_at
from gongkai.load.syntax import explain
from gongkai.load.yaml_values import ValueProblem, load_values

_BOM = "\ufeff"


def edit(text: str, edits: Sequence[Edit]) -> str:
    """The text after all edits, one after another: each path is as the edits before it leave the file.

    Everything else stays as it is, character by character: comments, order, quotes, line ends, a byte order mark.

    Raises:
        EditError: when the file cannot be read, an edit has no place in it, or the result would not read back as meant.
    """
    mark, body = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
    meant = values(body)
    if not isinstance(meant, dict):
        raise EditError("文件最外层不是一组字段，不能自动修改")
    draft = _Draft(body, SHAPES.get(str(meant.get("kind"))))
    try:
        for each in edits:
            for step in steps(meant, each):
                draft.make(step)
                meant = apply(meant, step)
        new = draft.finish()
        if same(load_values(new), meant):
            return mark + new
    except (ValueProblem, yaml.YAMLError):
        pass
    raise EditError("这里的写法不能自动修改，文件没有改动：请手工修改" + _places(edits))


def decoded(content: bytes) -> str:
    """The text of a file, with its line ends and byte order mark.

    Raises:
        EditError: when it is no UTF-8.
    """
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise EditError("文件不是 UTF-8 编码，没有改动：请先运行 gongkai fix") from None


def write_whole(contents: Mapping[FilePath, bytes], removed: Collection[FilePath] = ()) -> None:
    """Write files, each whole or not at all: all beside their places first, then into these; then remove others.

    What is written is on the disk before it takes the place of what was there, and so are the names: a power cut leaves
    the old file or the new one. What is removed goes once all that is written is on the disk.

    Raises:
        OSError: when something cannot be written; what was there before is there still.
    """
    drafts = {path.with_name(f".{path.name}.new"): path for path in contents}
    try:
        for draft, path in drafts.items():
            _make(path.parent)
            disk.write_through(draft, contents[path])
    except BaseException:
        for draft in drafts:
            with suppress(OSError):
                draft.unlink()
        raise
    for draft, path in drafts.items():
        disk.replace(draft, path)
    for directory in {path.parent for path in contents}:
        disk.sync_names(directory)
    for path in removed:
        path.unlink(missing_ok=True)
    for directory in {path.parent for path in removed}:
        disk.sync_names(directory)


def _make(directory: FilePath) -> None:
    """Make a directory with those that it lies in, and bring their names to the disk."""
    if not directory.is_dir():
        _make(directory.parent)
        directory.mkdir(exist_ok=True)
        disk.sync_names(directory.parent)


def values(text: str) -> Any:
    """What a text says.

    Raises:
        EditError: when it cannot be read.
    """
    try:
        return load_values(text.removeprefix(_BOM))
    except ValueProblem as problem:
        line, words = problem.line, problem.message
    except yaml.MarkedYAMLError as error:
        note = explain(text, error)
        line, words = note.line, note.text
    except yaml.YAMLError:
        line, words = 1, "文字里有看不见的控制字符"
    raise EditError(f"文件第 {line} 行有错误（{words}），请先改正")


def _places(edits: Sequence[Edit]) -> str:
    return "（" + "、".join(dict.fromkeys(named(each.path) for each in edits[:3])) + ("……" if edits[3:] else "") + "）"


class _Draft:
    """A text under way. Edits that do not touch each other are gathered, so that the text is composed but once."""

    def __init__(self, text: str, model: type[BaseModel] | None) -> None:
        self._layout = Layout.of(text)
        self._model = model
        self._splices: list[Splice] = []
        self._changed: set[Path] = set()
        self._above: set[Path] = set()

    def make(self, step: Edit) -> None:
        """Make one edit of :func:`steps`."""
        match step:
            case Set(path, value):
                self._gather(path, partial(self._set, path, value))
                return
            case Insert(path, value):
                self._insert(path, value)
            case Delete(path):
                self._delete(path)
            case Move(path, to):
                self._move(path[:-1], int(path[-1]), to)
        self._settled()

    def finish(self) -> str:
        """The text with all edits made."""
        return self._settled().text

    def _gather(self, path: Path, splices_now: Callable[[], Sequence[Splice]]) -> None:
        """Gather splices; where they have to do with earlier ones these are made first."""
        above = {path[:depth] for depth in range(len(path) + 1)}
        if path in self._above or not above.isdisjoint(self._changed):
            self._settled()
        splices = splices_now()
        if any(self._touches(splice) for splice in splices):
            self._settled()
            splices = splices_now()
        for splice in splices:
            insort(self._splices, splice, key=_place)
        self._changed.add(path)
        self._above |= above

    def _touches(self, splice: Splice) -> bool:
        at = bisect_left(self._splices, _place(splice), key=_place)
        before, behind = self._splices[max(0, at - 1) : at], self._splices[at : at + 1]
        return any(each.end >= splice.start for each in before) or any(splice.end >= each.start for each in behind)

    def _settled(self) -> Layout:
        """The layout once everything that was gathered is made."""
        if self._splices:
            self._layout = Layout.of(_spliced(self._layout.text, self._splices))
            self._splices = []
        self._changed.clear()
        self._above.clear()
        return self._layout

    def _set(self, path: Path, value: Any) -> list[Splice]:
        layout = self._layout
        if not path:
            raise EditError("不能整个替换文件最外层")
        node, parent, name = layout.node(path), layout.collection(path[:-1]), str(path[-1])
        if node is None:
            insert_key = flows.insert_key if parent.flow_style else blocks.insert_key
            return insert_key(layout, parent, name, value, fields_at(self._model, path[:-1]))
        if parent.flow_style:
            return flows.set_value(layout, _key_of(parent, node), node, value)
        return blocks.set_value(layout, parent, _key_of(parent, node), node, value)

    def _insert(self, path: Path, value: Any) -> None:
        layout = self._settled()
        node = layout.node(path[:-1])
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            self._splices = self._set(path[:-1], [value])
        elif node.flow_style:
            self._splices = flows.insert(layout, node, int(path[-1]), scalars.flow(value))
        else:
            self._splices = blocks.insert_item(layout, node, int(path[-1]), value)

    def _delete(self, path: Path) -> None:
        layout = self._settled()
        node = layout.collection(path[:-1])
        names = [key.value for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
        at = names.index(str(path[-1])) if names else int(path[-1])
        if node.flow_style:
            self._splices = flows.delete(layout, node, at)
        elif len(node.value) > 1:
            self._splices = blocks.delete(layout, node, at)
        elif len(path) > 1:
            parent = layout.collection(path[:-2])
            self._splices = blocks.empty(layout, parent, _key_of(parent, node), node)
        else:
            raise EditError("文件不能没有内容")

    def _move(self, parents: Path, at: int, to: int) -> None:
        layout = self._settled()
        node = layout.collection(parents)
        if node.flow_style:
            self._splices = flows.move(layout, node, at, to)
            return
        self._splices = blocks.closing(layout, node, at)
        layout = self._settled()
        node = layout.collection(parents)
        lines = blocks.cut(layout, node, at)
        self._splices = blocks.delete(layout, node, at)
        layout = self._settled()
        self._splices = blocks.insert_lines(layout, layout.collection(parents), to, lines)


def _key_of(parent: yaml.CollectionNode, node: yaml.Node) -> yaml.Node | None:
    """The key of a value; None for an item of a list."""
    pairs = parent.value if isinstance(parent, yaml.MappingNode) else ()
    return next((key for key, value in pairs if value is node), None)


def _place(splice: Splice) -> tuple[int, int]:
    return splice.start, splice.end


def _spliced(text: str, splices: Sequence[Splice]) -> str:
    parts, at = [], 0
    for splice in sorted(splices, key=_place):
        parts += [text[at : splice.start], splice.text]
        at = splice.end
    return "".join([*parts, text[at:]])
