"""Footnotes and endnotes of Word files: what each says, and behind which words it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from lxml import etree

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_KINDS: Final = {f"{_W}footnoteReference": "脚注", f"{_W}endnoteReference": "尾注"}
_PARTS: Final = {"footnotes": ("脚注", f"{_W}footnote"), "endnotes": ("尾注", f"{_W}endnote")}
_WORDS = 16
"""Characters that are enough to find a place again."""


class Reference(NamedTuple):
    """Where a note stands: its kind and id, the words before it, and the number of the paragraph."""

    kind: str
    id: str
    before: str
    line: int


def references(paragraph: Any, line: int) -> Iterator[Reference]:
    """The notes of a paragraph, in order."""
    said = ""
    for element in paragraph.iter(f"{_W}t", *_KINDS):
        if element.tag == f"{_W}t":
            said += element.text or ""
        else:
            yield Reference(_KINDS[element.tag], str(element.get(f"{_W}id")), said[-_WORDS:].strip(), line)


def texts(document: Any) -> dict[tuple[str, str], str]:
    """What the notes say, by kind and id; a part that is damaged has none."""
    found: dict[tuple[str, str], str] = {}
    for part in document.part.package.iter_parts():
        name = str(part.partname).rsplit("/", 1)[-1].removesuffix(".xml")
        if name not in _PARTS or not part.blob:
            continue
        kind, tag = _PARTS[name]
        try:
            root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError:
            continue
        for note in root.iter(tag):
            text = "".join(each.text or "" for each in note.iter(f"{_W}t")).strip()
            if text:
                found[kind, str(note.get(f"{_W}id"))] = text
    return found
