"""Where the nodes of a YAML text stand, which lines belong to them, and which comments.

All places are offsets of characters: columns and lines count differently where a file has CRLF or odd line breaks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

import yaml
from msgspec import Struct, field

from gongkai.authoring.edits.operations import EditError, Path, named
from gongkai.text.numerals import digits
from gongkai.text.patterns import anywhere, whole

_LINE_END = anywhere("\r\n|[\n\r]")
_BLOCK_MARK = whole(r"[|>][-+0-9]*")

_BREAK = anywhere("\r\n|[\n\r\x85\u2028\u2029]")
_OUTCOMMENTED = whole(r"#\s*(- )?[a-z_]+:(\s|$)")
_BLANKS = " \t"


class Splice(Struct, frozen=True):
    """Characters ``start`` to ``end`` give way to ``text``."""

    start: int
    end: int
    text: str = ""


class Entry(Struct, frozen=True):
    """A key with its value, or an item, of a block collection.

    ``start`` is the offset of its key or dash, ``below`` that of the line behind its last one; comments that are
    indented deeper than the entry are its own.
    """

    start: int
    below: int
    key: str | None
    node: yaml.Node


class Layout(Struct):
    """A text with its nodes; ``owners`` are the nodes above a node, by its identity."""

    text: str
    root: yaml.Node
    newline: str
    _starts: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> Layout:
        """Compose a text that the loader has accepted."""
        found = _LINE_END.search(text)
        loader: Any = yaml.CBaseLoader
        root = yaml.compose(text, Loader=loader)
        assert root is not None, "an empty file"
        layout = cls(text, root, found.group() if found else "\n")
        layout._starts = [0, *(match.end() for match in _BREAK.finditer(text))]
        return layout

    def node(self, path: Path) -> yaml.Node | None:
        """The node at a path, or None."""
        node = self.root
        for step in path:
            if isinstance(node, yaml.MappingNode):
                found = next((value for name, value in node.value if name.value == step), None)
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                found = node.value[step]
            else:
                found = None
            if found is None:
                return None
            node = found
        return node

    def collection(self, path: Path) -> yaml.CollectionNode:
        """The mapping or list at a path."""
        node = self.node(path)
        if not isinstance(node, yaml.CollectionNode):
            raise EditError(f"{named(path)} 不是一组字段或列表")
        return node

    def line_start(self, at: int) -> int:
        """Where the line begins that a character stands in."""
        return self._starts[bisect_right(self._starts, at) - 1]

    def next_line(self, at: int) -> int:
        """Where the next line begins; the end of the text when there is none."""
        index = bisect_right(self._starts, at)
        return self._starts[index] if index < len(self._starts) else len(self.text)

    def line_end(self, at: int) -> int:
        """The end of the line that a character stands in, without its break."""
        found = _BREAK.search(self.text, at)
        return found.start() if found else len(self.text)

    def column(self, at: int) -> int:
        """0-based column of a character."""
        return at - self.line_start(at)

    def first(self, at: int) -> int:
        """The first character of the line at ``at`` that is no blank."""
        while at < len(self.text) and self.text[at] in _BLANKS:
            at += 1
        return at

    def is_blank(self, at: int) -> bool:
        """True when the line that begins at ``at`` has nothing on it."""
        return at < len(self.text) and self.first(at) >= self.line_end(at)

    def is_comment(self, at: int) -> bool:
        """True when the line that begins at ``at`` has only a comment; not to be asked inside a text."""
        return self.text.startswith("#", self.first(at))

    def is_inline(self, entry: Entry) -> bool:
        """True when something stands before an entry on its line: the dash of the item that it is the first part of."""
        return self.first(self.line_start(entry.start)) != entry.start

    def entries(self, node: yaml.CollectionNode) -> list[Entry]:
        """The entries of a block collection, in order."""
        found: list[Entry] = []
        for child in node.value:
            key, value = child if isinstance(child, tuple) else (None, child)
            start = self._start(node, key, found[-1].below if found else None)
            last = key if key is not None and is_empty(value) else value
            found.append(Entry(start, self._comments_below(self._below(last), start), key and key.value, value))
        return found

    def _start(self, node: yaml.CollectionNode, key: yaml.Node | None, below: int | None) -> int:
        column = node.start_mark.column
        if key is not None:
            explicit = self.line_start(key.start_mark.index) + column
            return explicit if self.text.startswith("?", explicit) else int(key.start_mark.index)
        if below is None:
            return int(node.start_mark.index)
        while self.is_blank(below) or self.is_comment(below):
            below = self.next_line(below)
        return self.first(below)

    def _below(self, node: yaml.Node) -> int:
        """The line behind the last line of a node."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style:
            return self.entries_end(node)
        if keeps(node, self.text):
            return int(node.end_mark.index)
        end = self.end(node)
        return self.next_line(end - (end > node.start_mark.index))

    def entries_end(self, node: yaml.CollectionNode) -> int:
        """The line behind the last entry of a block collection, with the comments that are its own."""
        return self.entries(node)[-1].below

    def end(self, node: yaml.Node) -> int:
        """Behind the last character of a node; of a block of text, behind its last line that is not empty."""
        start, end = int(node.start_mark.index), int(node.end_mark.index)
        if not is_text(node) or keeps(node, self.text):
            return end
        body = self.next_line(start)
        indent = body_indent(self, node)
        while end > body:
            last = self.line_start(end - 1)
            if len(self.text[last : self.line_end(last)]) > indent:
                return self.line_end(last)
            end = last
        return start + len(header(self.text, start))

    def _comments_below(self, below: int, start: int) -> int:
        """Past the comments below an entry that are indented deeper than it."""
        at, column = below, self.column(start)
        while at < len(self.text) and (self.is_blank(at) or self.is_comment(at)):
            if self.is_comment(at) and not self.is_blank(at):
                if self.column(self.first(at)) <= column:
                    break
                below = self.next_line(at)
            at = self.next_line(at)
        return below

    def head(self, node: yaml.CollectionNode, at: int) -> int:
        """Where the ``at``-th entry's own lines begin, with the comments directly above it that stand in its column.

        A comment at the top of the file speaks of the file, and a field that is commented out of itself.
        """
        entries = self.entries(node)
        entry, start = entries[at], self.line_start(entries[at].start)
        floor = entries[at - 1].below if at else start if node is self.root else 0
        while start > floor:
            above = self.line_start(start - 1)
            first = self.first(above)
            own = self.text.startswith("#", first) and self.column(first) == self.column(entry.start)
            if not own or _OUTCOMMENTED.match(self.text, first):
                break
            start = above
        return start


def walk(node: yaml.Node) -> Iterator[tuple[str | None, yaml.Node]]:
    """Every node below one, with its key."""
    for child in node.value if isinstance(node, yaml.CollectionNode) else ():
        key, value = child if isinstance(child, tuple) else (None, child)
        yield key and key.value, value
        yield from walk(value)


def is_empty(node: yaml.Node) -> bool:
    """True where nothing stands behind a colon or dash."""
    return isinstance(node, yaml.ScalarNode) and node.start_mark.index == node.end_mark.index


def header(text: str, start: int) -> str:
    """The sign of a block of text with its indicators, like ``|2-``."""
    found = _BLOCK_MARK.match(text, start)
    return found.group() if found else ""


def is_text(node: yaml.Node) -> bool:
    """True for a block of text (``|`` or ``>``)."""
    return isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")


def last_scalar(node: yaml.Node) -> yaml.Node:
    """The last single value, or the last pair of brackets, of a node."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node


def keeps(node: yaml.Node, text: str) -> bool:
    """True for a block of text that keeps the empty lines below it (``|+``): they are part of its value."""
    return is_text(node) and "+" in header(text, node.start_mark.index)


def body_indent(layout: Layout, node: yaml.Node) -> int:
    """How far the lines of a block of text are indented; 0 when it has none."""
    text, at = layout.text, layout.next_line(node.start_mark.index)
    end = node.end_mark.index
    printed = digits(header(text, node.start_mark.index))
    lines = []
    while at < end:
        lines.append(text[at : layout.line_end(at)])
        at = layout.next_line(at)
    found = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" ")]
    if not found:
        return max(map(len, lines), default=0)
    if not printed:
        return found[0]
    value = node.value.lstrip("\n")
    return found[0] - (len(value) - len(value.lstrip(" ")))
