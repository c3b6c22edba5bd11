"""Small edits of a YAML text that leave every other line as it is: comments, order and layout stay the editor's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

Path = tuple[str | int, ...]
_WIDE = 10**9


class EditError(Exception):
    """The place cannot be edited line by line; the message is a Chinese sentence for the editor."""


def set_value(text: str, path: Path, value: object) -> str:
    """Put ``value`` under the last key of ``path``: replaced where it stands, else added at the end of its mapping.

    Raises:
        EditError: when the mapping does not exist or is written in braces.
    """
    *parents, key = path
    mapping = _find(text, tuple(parents))
    if not isinstance(mapping, yaml.MappingNode) or mapping.flow_style:
        raise EditError(f"{_named(tuple(parents))} 写在大括号里，不能自动修改：请改成一行一个字段")
    indent = mapping.start_mark.column
    block = _block({str(key): value}, indent)
    for name, node in mapping.value:
        if name.value == key:
            return _replace(text, name.start_mark.line, _end_line(text, name, node), block)
    end = _after(text, mapping)
    return _replace(text, end, end, block)


def append_item(text: str, path: Path, value: object) -> str:
    """Add ``value`` at the end of the list at ``path``; a list that is not there yet is begun.

    Raises:
        EditError: when the list's mapping does not exist, or it has entries in brackets and ``value`` is no plain text.
    """
    node = _find(text, path)
    if node is None or (isinstance(node, yaml.SequenceNode) and not node.value):
        return set_value(text, path, [value])
    if isinstance(node, yaml.SequenceNode) and node.flow_style and isinstance(value, str):
        return _in_brackets(text, node, value)
    if not isinstance(node, yaml.SequenceNode) or node.flow_style:
        raise EditError(f"{_named(path)} 写在方括号里，不能自动添加：请改成每条一行、以“- ”开头")
    block = _block([value], node.start_mark.column)
    end = _after(text, node)
    return _replace(text, end, end, block)


def _in_brackets(text: str, node: yaml.SequenceNode, value: str) -> str:
    """``[甲, 乙]`` with one more."""
    lines = text.split("\n")
    last = node.value[-1].end_mark
    word = yaml.safe_dump([value], allow_unicode=True, width=_WIDE, default_flow_style=True).strip()[1:-1]
    lines[last.line] = f"{lines[last.line][: last.column]}, {word}{lines[last.line][last.column :]}"
    return "\n".join(lines)


def _find(text: str, path: Path) -> yaml.Node | None:
    node: yaml.Node | None = yaml.compose(text, Loader=yaml.CSafeLoader)
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next((value for name, value in node.value if name.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        else:
            return None
    return node


def _named(path: Path) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path) or "这一处"


def _after(text: str, node: yaml.Node) -> int:
    """The line after the last line of a block node; blank lines and comments below it stay below."""
    last = node.value[-1]
    value = last[1] if isinstance(last, tuple) else last
    return _end_line(text, value, value)


def _end_line(text: str, first: yaml.Node, node: yaml.Node) -> int:
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        return _after(text, node)
    lines = text.split("\n")
    end = max(first.start_mark.line, node.end_mark.line - (node.end_mark.column == 0)) + 1
    while end - 1 > first.start_mark.line and not lines[end - 1].strip():
        end -= 1
    return end


def _replace(text: str, start: int, end: int, block: Sequence[str]) -> str:
    lines = text.split("\n")
    return "\n".join([*lines[:start], *block, *lines[end:]])


def _block(value: Mapping[str, object] | list[Any], indent: int) -> list[str]:
    dumped = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=_WIDE
    )
    return [" " * indent + line if line else line for line in dumped.rstrip("\n").split("\n")]


class _Dumper(yaml.SafeDumper):
    """Lists are indented below their key, as everywhere in ``plans/``; short mappings of scalars stay blocks."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - PyYAML's name
        super().increase_indent(flow, indentless=False)
