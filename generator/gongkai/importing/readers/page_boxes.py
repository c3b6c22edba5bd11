"""Fields of portals' boxes above a text that are told by the looks of label and value, without a colon."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from gongkai.text.blanks import squeeze
from gongkai.text.phrases import BOX_LABEL

_LONGEST_VALUE = 80


def field_of(element: Any, blocks: Container[str]) -> str | None:
    """The field that an element is, <b>文号</b><span>…</span>; None of any other. ``blocks`` are tags of paragraphs."""
    children = [child for child in element if isinstance(child.tag, str)]
    if not children[1:] or (element.text or "").strip() or (children[0].tail or "").strip():
        return None
    label = squeeze(children[0].text_content()).rstrip("：:")
    value = " ".join("".join(child.text_content() + (child.tail or "") for child in children[1:]).split())
    plain = BOX_LABEL.fullmatch(label) and all(child.tag not in blocks for child in children)
    return f"{label}：{value.lstrip('：: ')}" if plain and len(value) <= _LONGEST_VALUE else None
