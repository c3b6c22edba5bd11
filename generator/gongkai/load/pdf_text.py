"""Inside a PDF: the words of all pages, annotations, properties and attached files; scripts and what it would start."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from gongkai.load.inside import Inside, together

_ACTIONS = {"/JavaScript": "脚本", "/Launch": "启动程序", "/ImportData": "取外部数据", "/SubmitForm": "提交表单"}
_UNREADABLE = (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, OSError)


def read_pdf(content: bytes, read_attached: Callable[[str, bytes], Inside]) -> Inside:
    """What a PDF holds; without words for scans, for encrypted files, and for what nobody can read.

    Args:
        content: the bytes of the file.
        read_attached: what reads a file that is attached to it, by its name and bytes.
    """
    from pypdf import PdfReader  # noqa: PLC0415 - only where there is a PDF
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every oddity that it gets over
    unreadable = (PyPdfError, *_UNREADABLE)
    try:
        reader = PdfReader(BytesIO(content))
        pages = [_page(page, unreadable) for page in reader.pages]
    except unreadable:
        return Inside()
    parts = [*pages]
    for look in (_properties, _actions):
        try:
            parts.append(look(reader))
        except unreadable:
            continue
    try:
        attached = [(name, content) for name, files in reader.attachments.items() for content in files]
    except unreadable:
        attached = []
    parts += [read_attached(name, inner) for name, inner in attached]
    if attached:
        parts.append(Inside(hidden=(f"附带文件{len(attached)}个",)))
    return together(parts)


def _page(page: Any, unreadable: tuple[type[BaseException], ...]) -> Inside:
    """The words of a page and of the notes on it."""
    notes = []
    try:
        for note in page.get("/Annots") or ():
            found = note.get_object()
            if found.get("/Subtype") not in ("/Link", "/Widget"):
                notes.append(f"{found.get('/Contents', '')}\n{found.get('/T', '')}")
            elif found.get("/V"):
                notes.append(str(found["/V"]))
    except unreadable:
        pass
    try:
        words = page.extract_text()
    except unreadable:
        words = ""
    said = [note for note in notes if note.strip()]
    return Inside("\n".join([words, *said]), hidden=("批注",) if said else ())


def _properties(reader: Any) -> Inside:
    about = reader.metadata or {}
    words = "\n".join(str(value) for value in about.values())
    author = str(about.get("/Author") or "").strip()
    return Inside(words, authors=(author,) if author else ())


def _actions(reader: Any) -> Inside:
    """What would run or start when the file is opened or read, wherever in its tree of objects."""
    return Inside(active=tuple(dict.fromkeys(_ACTIONS[name] for name in _action_names(reader.trailer))))


def _action_names(root: Any) -> Iterator[str]:
    """Kinds of actions below an object; each object is looked at once."""
    from pypdf.generic import IndirectObject  # noqa: PLC0415

    seen: set[int] = set()
    ahead = [root]
    while ahead:
        value = ahead.pop()
        if isinstance(value, IndirectObject):
            if value.idnum in seen:
                continue
            seen.add(value.idnum)
            value = value.get_object()
        if isinstance(value, dict):
            if dict.get(value, "/S") in _ACTIONS:
                yield str(dict.get(value, "/S"))
            if "/JS" in value:
                yield "/JavaScript"
            ahead += dict.values(value)  # references as they are: what they lead to is looked at once
        elif isinstance(value, list):
            ahead += list.__iter__(value)
