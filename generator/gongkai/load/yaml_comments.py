"""Text that YAML takes for a comment: ``text: 公开A区 #3号楼改造`` ends at the blank before ``#``, without a word.

A comment behind a value is usual (``openness: 主动公开  # 照原文``). It is told from text by how it is written: the
``#`` of a comment has a blank behind it, or two before it; ``#3号楼`` has neither. And no comment closes a bracket.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import yaml

from gongkai.load.yaml_folding import joined
from gongkai.load.yaml_positions import compose
from gongkai.text.patterns import anywhere, whole

_SUSPECT = anywhere(r"\S[ \t]+#")
_GAP = whole(r"[ \t]+(?=#)")
_COMMENT = whole(r"#+\s*(?:待核|待填|待补|待定|已核|核对|备注|注[:：]|说明[:：]|TODO|FIXME)|#+[\s=*-]*$")
_NUMBERED = whole(r"#\s*\d+\s*(?:号[楼机泵井站线库塔炉桥]|栋|幢|单元|机组)")
_NO_TEXT = whole(r"[a-z0-9][a-z0-9_/-]*|true|false|null|~|\d{4}-\d\d-\d\d")
_PAIRS = {"（": "）", "(": ")", "《": "》", "“": "”", "〔": "〕", "【": "】", "「": "」"}


class Cut(NamedTuple):
    """A text that ends too early: 1-based place of the ``#``, and the whole text as it should be written."""

    line: int
    column: int
    written: str


def cut_texts(text: str) -> Iterator[Cut]:
    """Every unquoted text of a well-formed file that goes on behind a blank and ``#``."""
    if _SUSPECT.search(text) and (root := compose(text)):
        lines = text.split("\n")
        for label, node in _scalars(root, ""):
            yield from _cut(label, node, text, lines)


def _scalars(node: yaml.Node, label: str) -> Iterator[tuple[str, yaml.ScalarNode]]:
    """Every value that is not a collection, with what stands before it."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(value, f"{key.value}: ")
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(item, "" if node.flow_style else "- ")
    elif isinstance(node, yaml.ScalarNode) and not node.style:
        yield label, node


def _cut(label: str, node: yaml.ScalarNode, text: str, lines: list[str]) -> Iterator[Cut]:
    end = node.end_mark
    line = lines[end.line].rstrip()
    gap = _GAP.match(line, end.column)
    if gap and goes_on(node.value, gap[0], line[gap.end() :]):
        value = joined(text[node.start_mark.index : end.index], "", node.value)
        yield Cut(end.line + 1, gap.end() + 1, label + quoted(f"{value}{line[end.column :]}".strip()))


def goes_on(value: str, gap: str, rest: str) -> bool:
    """Whether ``rest``, which begins with ``#``, is text and no comment; ``gap`` are the blanks before it."""
    if _COMMENT.match(rest) or _NO_TEXT.fullmatch(value):
        return False
    if len(gap) > 1:
        return rest[1:2].isascii() and rest[1:2].isalnum()
    closed = any(
        value.count(opening) > value.count(closing) and rest.count(closing) > rest.count(opening)
        for opening, closing in _PAIRS.items()
    )
    return bool(rest[1:2].strip()) or bool(_NUMBERED.match(rest)) or closed


def quoted(text: str) -> str:
    """A text in quotes, as an editor would type it."""
    return f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"
