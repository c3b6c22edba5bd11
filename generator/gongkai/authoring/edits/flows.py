"""Changes of the text of collections in brackets and braces, on one line or several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml
from msgspec import Struct

from gongkai.authoring.edits import scalars
from gongkai.authoring.edits.layout import Layout, Splice, is_empty
from gongkai.text.patterns import whole

_COLON = whole(r"\s*:")

_BREAKS = r"\r\n\x85\u2028\u2029"
_GAP = whole(rf"(?:[ \t{_BREAKS}]|(?<=[ \t{_BREAKS},\[{{])#[^{_BREAKS}]*(?![^{_BREAKS}]))*")
_REST = whole(rf"[ \t]*(#[^{_BREAKS}]*)?")


class Part(Struct, frozen=True):
    """An item, or a key with its value: its characters, and where the comma behind it stands (None: nowhere)."""

    start: int
    end: int
    comma: int | None

    @property
    def stop(self) -> int:
        """Behind the comma, or behind the part itself."""
        return self.end if self.comma is None else self.comma + 1


def parts(layout: Layout, node: yaml.CollectionNode) -> list[Part]:
    """What stands between the brackets, in order."""
    found = []
    for child in node.value:
        key, value = child if isinstance(child, tuple) else (child, child)
        end = _value_start(layout, key, value) if is_empty(value) else int(value.end_mark.index)
        gap = _GAP.match(layout.text, end)
        comma = gap.end() if gap and layout.text.startswith(",", gap.end()) else None
        found.append(Part(int(key.start_mark.index), end, comma))
    return found


def _value_start(layout: Layout, key: yaml.Node, value: yaml.Node) -> int:
    """Behind the colon of a key; behind the key itself where it has none."""
    if not is_empty(value):
        return int(value.start_mark.index)
    colon = _COLON.match(layout.text, key.end_mark.index)
    return colon.end() if colon else int(key.end_mark.index)


def set_value(layout: Layout, key: yaml.Node | None, node: yaml.Node, value: Any) -> list[Splice]:
    """Replace a value inside brackets or braces."""
    style = node.style if isinstance(node, yaml.ScalarNode) else None
    text = scalars.flow(value, style)
    if key is None or not is_empty(node):
        return [Splice(node.start_mark.index, node.end_mark.index, text)]
    at = _value_start(layout, key, node)
    return [Splice(at, at, f" {text}" if at > key.end_mark.index else f": {text}")]


def rank(keys: Sequence[str], key: str, order: Sequence[str]) -> int:
    """Where a new key belongs among ``keys``: behind the last that comes before it in ``order``, else at the end."""
    if key not in order:
        return len(keys)
    before = set(order[: order.index(key)])
    return max((at + 1 for at, name in enumerate(keys) if name in before), default=0)


def insert_key(layout: Layout, node: yaml.CollectionNode, name: str, value: Any, order: Sequence[str]) -> list[Splice]:
    """Add a key where ``order`` puts it."""
    text = f"{scalars.flow_key(name)}: {scalars.flow(value)}"
    return insert(layout, node, rank([key.value for key, _ in node.value], name, order), text)


def insert(layout: Layout, node: yaml.CollectionNode, at: int, text: str) -> list[Splice]:
    """Put text between the brackets; on a line of its own where its neighbour has one."""
    found = parts(layout, node)
    if not found:
        return [Splice(node.start_mark.index + 1, node.start_mark.index + 1, text)]
    beside = found[min(at, len(found) - 1)]
    own = _own_line(layout, beside)
    indent = layout.newline + " " * layout.column(beside.start)
    if at < len(found):
        return [Splice(beside.start, beside.start, f"{text},{indent if own else ' '}")]
    if not own:
        return [Splice(beside.end, beside.end, f", {text}")]
    rest = _REST.match(layout.text, beside.stop)
    end = rest.end() if rest else beside.stop
    if beside.comma is not None:
        return [Splice(end, end, f"{indent}{text},")]
    return [Splice(beside.end, beside.end, ","), Splice(end, end, f"{indent}{text}")]


def _own_line(layout: Layout, part: Part) -> bool:
    """True when nothing but the part, its comma and a comment stands on its line."""
    first = layout.first(layout.line_start(part.start)) == part.start
    return first and _at_line_end(layout, part)


def _at_line_end(layout: Layout, part: Part) -> bool:
    rest = _REST.match(layout.text, part.stop)
    return rest is not None and rest.end() == layout.line_end(part.stop)


def delete(layout: Layout, node: yaml.CollectionNode, at: int) -> list[Splice]:
    """Take away a part with its comma, and the comment behind it on its line."""
    found = parts(layout, node)
    part = found[at]
    comma = [] if at == 0 or part.comma is not None else [Splice(found[at - 1].stop - 1, found[at - 1].stop)]
    if _own_line(layout, part):
        return [*comma, Splice(layout.line_start(part.start), layout.next_line(part.stop))]
    if at + 1 < len(found):
        same = layout.line_start(found[at + 1].start) == layout.line_start(part.stop)
        return [Splice(part.start, found[at + 1].start if same else part.stop)]
    start = part.start
    while at and layout.text[start - 1] in " \t":
        start -= 1
    return [*comma, Splice(start, part.stop)]


def move(layout: Layout, node: yaml.CollectionNode, at: int, to: int) -> list[Splice]:
    """Let the parts change places; where each ends a line, the comments on their lines go with them."""
    found = parts(layout, node)
    sources = found.copy()
    sources.insert(to, sources.pop(at))
    ends = [layout.line_end(part.stop) for part in found]
    comments = dict(zip(found, ends, strict=True)) if all(_at_line_end(layout, part) for part in found) else {}
    splices = []
    for part, source in zip(found, sources, strict=True):
        splices.append(Splice(part.start, part.end, layout.text[source.start : source.end]))
        if comments:
            splices.append(Splice(part.stop, comments[part], layout.text[source.stop : comments[source]]))
    return splices
