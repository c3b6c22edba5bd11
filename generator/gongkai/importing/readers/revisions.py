"""The wording of a Word file before its tracked changes: what was inserted goes, what was deleted is there again."""

from __future__ import annotations

import io
import zipfile
from typing import Any, Final

from lxml import etree

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT = "word/document.xml"
_INSERTED = (f"{_W}ins", f"{_W}moveTo")
_DELETED = (f"{_W}del", f"{_W}moveFrom")


def is_word(data: bytes) -> bool:
    """Whether a file is a Word file (.docx) of the usual layout."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _DOCUMENT in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def before_changes(data: bytes) -> bytes:
    """The same Word file with all its tracked changes refused. It has been read once, so its size is sane."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as copy:
        for item in archive.infolist():
            content = archive.read(item)
            copy.writestr(item.filename, _refused(content) if item.filename == _DOCUMENT else content)
    return made.getvalue()


def _refused(content: bytes) -> bytes:
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    for row in [row for row in root.iter(f"{_W}tr") if row.find(f"{_W}trPr/{_W}ins") is not None]:
        row.getparent().remove(row)  # type: ignore[union-attr]
    for mark in [mark for mark in root.iter(f"{_W}del") if getattr(mark.getparent(), "tag", "") == f"{_W}trPr"]:
        mark.getparent().remove(mark)  # type: ignore[union-attr]
    for element in list(root.iter(*_INSERTED)):
        if (parent := element.getparent()) is not None and len(element):
            parent.remove(element)
    for element in list(root.iter(*_DELETED)):
        _unwrap(element)
    for text in root.iter(f"{_W}delText"):
        text.tag = f"{_W}t"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _unwrap(element: Any) -> None:
    """Put the children of an element in its place."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(at, child)
    parent.remove(element)
