"""Changes of the text of block collections: a key or an item is a line or more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from gongkai.authoring.edits import flows, scalars
from gongkai.authoring.edits.layout import Layout, Splice, body_indent, header, is_text, keeps, last_scalar, walk
from gongkai.authoring.yaml_draft import entry_lines, item_lines
from gongkai.text.patterns import anywhere

_BREAK = anywhere("(?:\r\n|[\n\r\x85\u2028\u2029])\\Z")
_STEP = 2
"""Columns by which what is new is indented below what it stands in."""


def set_value(
    layout: Layout, parent: yaml.CollectionNode, key: yaml.Node | None, node: yaml.Node, value: Any
) -> list[Splice]:
    """Replace the value of a key, or an item (``key`` is None); the comment at the end of its line stays."""
    column = parent.start_mark.column
    at, end = _head(layout, parent, key, node)
    old = node.style if isinstance(node, yaml.ScalarNode) else None
    indent = max(body_indent(layout, node), column + 1) if old in ("|", ">") else column + _STEP
    text = scalars.block(value, old, column, indent)
    if text and _fits(layout, node, end, text[0], indent):
        new, lines = text
    elif isinstance(value, dict | list) and value and not _is_short(layout, key, node, value):
        new, lines = "", _below(value, column)
    else:
        new = scalars.flow(value) if isinstance(value, dict | list) else scalars.inline(value, old)
        lines = []
    body = _body(layout, node, end, lines, new)
    if new:
        before = layout.text[at:end]
        return [Splice(at, end, (before[: len(before) - len(before.lstrip(" \t"))] or " ") + new), *body]
    rest = layout.first(end)  # no tab may stand behind a bare colon or dash
    return [Splice(at, rest, "  " if layout.text.startswith("#", rest) else ""), *body]


def empty(
    layout: Layout, parent: yaml.CollectionNode, key: yaml.Node | None, node: yaml.CollectionNode
) -> list[Splice]:
    """Take away the only entry of a collection; comments that are not its own stay."""
    (entry,) = layout.entries(node)
    if layout.is_inline(entry):
        return set_value(layout, parent, key, node, {} if isinstance(node, yaml.MappingNode) else [])
    at, _ = _head(layout, parent, key, node)
    sign = "{}" if isinstance(node, yaml.MappingNode) else "[]"
    return [Splice(at, at, f" {sign}"), Splice(layout.head(node, 0), entry.below)]


def _head(layout: Layout, parent: yaml.CollectionNode, key: yaml.Node | None, node: yaml.Node) -> tuple[int, int]:
    """Where the value stands on the line of its key or dash, from behind the colon or dash."""
    if key is not None:
        at = layout.text.index(":", key.end_mark.index) + 1
    else:
        at = next(entry.start for entry in layout.entries(parent) if entry.node is node) + 1
    start, end = int(node.start_mark.index), layout.end(node)
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        inline = layout.line_start(start) == layout.line_start(at)
        return at, _content_end(layout, node) if inline else at
    if is_text(node):
        end = start + len(header(layout.text, start))
    return at, max(at, end)


def _content_end(layout: Layout, node: yaml.Node) -> int:
    last = last_scalar(node)
    start, end = int(last.start_mark.index), layout.end(last)
    return start + len(layout.text[start:end].rstrip()) if keeps(last, layout.text) else end


def _body(layout: Layout, node: yaml.Node, end: int, lines: Sequence[str], new: str) -> list[Splice]:
    """The lines below the line on which the value's head ends give way to others."""
    text, newline = layout.text, layout.newline
    below, last = layout.next_line(end), _below_value(layout, node, end)
    if not lines:
        return [Splice(below, last)] if last > below else []
    body = newline.join(lines)
    if below == len(text) and not _BREAK.search(text):
        return [Splice(below, last, newline + body + ("" if "-" in new or not new else newline))]
    return [Splice(below, last, body + newline)]


def _below_value(layout: Layout, node: yaml.Node, end: int) -> int:
    """The line below a value whose head ends at ``end``."""
    below = layout.next_line(end)
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.start_mark.index > end:
        return layout.entries_end(node)
    if is_text(node):
        last = node.end_mark.index if keeps(node, layout.text) else layout.next_line(layout.end(node) - 1)
        return max(below, last)
    return below


def _fits(layout: Layout, node: yaml.Node, end: int, head: str, indent: int) -> bool:
    """False where lines below would become part of a block of text: empty ones that it keeps, deeper comments."""
    if "+" in head:
        return keeps(node, layout.text)
    if is_text(node):
        return True
    at = _below_value(layout, node, end)
    while at < len(layout.text) and layout.is_blank(at):
        at = layout.next_line(at)
    return not layout.is_comment(at) or layout.column(layout.first(at)) < indent


def _is_short(layout: Layout, key: yaml.Node | None, node: yaml.Node, value: Any) -> bool:
    """True for what this file writes in brackets or braces: here, or wherever the same key stands."""
    if isinstance(node, yaml.CollectionNode) and node.flow_style and node.value:
        return isinstance(node, yaml.MappingNode) is isinstance(value, dict)
    return key is not None and in_brackets(layout, key.value, value)


def in_brackets(layout: Layout, key: str, value: Any) -> bool:
    """True when the file has such values of a key in brackets or braces, and none below it."""
    kind = yaml.MappingNode if isinstance(value, dict) else yaml.SequenceNode
    if not isinstance(value, dict | list):
        return False
    found = [node.flow_style for name, node in walk(layout.root) if name == key and isinstance(node, kind)]
    return bool(found) and all(found)


def _below(value: Any, column: int) -> list[str]:
    """A mapping or list on lines of its own, below a key or dash in a column."""
    indent = " " * (column + _STEP)
    value = scalars.dated(value)
    if isinstance(value, list):
        return list(item_lines(value, indent))
    return [line for name, item in value.items() for line in entry_lines(f"{indent}{scalars.key(name)}:", item, indent)]


def insert_key(layout: Layout, node: yaml.CollectionNode, name: str, value: Any, order: Sequence[str]) -> list[Splice]:
    """Add a key behind the last of those that come before it in ``order``; at the end where it is not in there."""
    indent = " " * node.start_mark.column
    label = f"{indent}{scalars.key(name)}:"
    if in_brackets(layout, name, value):
        lines = [f"{label} {scalars.flow(value)}"]
    else:
        lines = list(entry_lines(label, scalars.dated(value), indent))
    return insert_lines(layout, node, flows.rank([key.value for key, _ in node.value], name, order), lines)


def insert_item(layout: Layout, node: yaml.CollectionNode, at: int, value: Any) -> list[Splice]:
    """Add an item, in braces where all others are."""
    indent = " " * node.start_mark.column
    kind = yaml.MappingNode if isinstance(value, dict) else yaml.SequenceNode
    if isinstance(value, dict | list) and all(isinstance(item, kind) and item.flow_style for item in node.value):
        lines = [f"{indent}- {scalars.flow(value)}"]
    else:
        lines = list(item_lines([scalars.dated(value)], indent))
    return insert_lines(layout, node, at, lines)


def insert_lines(layout: Layout, node: yaml.CollectionNode, at: int, lines: Sequence[str]) -> list[Splice]:
    """Put lines before the ``at``-th entry, or behind the last; what is above an entry and its own stays with it."""
    text, newline, column = layout.text, layout.newline, node.start_mark.column
    entries = layout.entries(node)
    block = newline.join(lines)
    if at == 0 and layout.is_inline(entries[0]):
        return [Splice(entries[0].start, entries[0].start, block[column:] + newline + " " * column)]
    if at == 0 or (at < len(entries) and isinstance(node, yaml.SequenceNode)):
        place = layout.head(node, at)
        return [Splice(place, place, block + newline)]
    place = entries[at - 1].below
    if place == len(text) and not _BREAK.search(text):
        return [*_closed(layout), Splice(place, place, newline + block)]
    return [Splice(place, place, block + newline)]


def _closed(layout: Layout) -> list[Splice]:
    """A block of text at the end of a file without a last line break has none either, and is to go on so."""
    for _, node in walk(layout.root):
        if is_text(node) and node.end_mark.index == len(layout.text):
            start = int(node.start_mark.index)
            sign = header(layout.text, start)
            return [] if "-" in sign else [Splice(start, start + len(sign), sign.replace("+", "") + "-")]
    return []


def delete(layout: Layout, node: yaml.CollectionNode, at: int) -> list[Splice]:
    """Take away one of several entries with the comments that belong to it."""
    text, entries = layout.text, layout.entries(node)
    entry = entries[at]
    end = entry.below
    if layout.is_inline(entry):
        while layout.is_blank(end):
            end = layout.next_line(end)
        return [Splice(entry.start, layout.first(end))]
    start = layout.head(node, at)
    if at and start == entries[at - 1].below and keeps(last_scalar(entries[at - 1].node), text):
        while layout.is_blank(end):  # they would become part of the text above
            end = layout.next_line(end)
    return [Splice(start, end)]


def closing(layout: Layout, node: yaml.CollectionNode, at: int) -> list[Splice]:
    """What lets an entry stand elsewhere that ends in a block of text at the end of a file without a line break."""
    entry = layout.entries(node)[at]
    if entry.below < len(layout.text) or _BREAK.search(layout.text) or not is_text(last_scalar(entry.node)):
        return []
    return [*_closed(layout), Splice(entry.below, entry.below, layout.newline)]


def cut(layout: Layout, node: yaml.CollectionNode, at: int) -> list[str]:
    """The lines of an entry with the comments that belong to it, as they would stand anywhere in their list."""
    entry = layout.entries(node)[at]
    inline = layout.is_inline(entry)
    start = entry.start if inline else layout.head(node, at)
    return [_BREAK.sub("", " " * (node.start_mark.column if inline else 0) + layout.text[start : entry.below])]
