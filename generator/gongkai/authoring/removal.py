"""Taking a record or an attachment out of the authored files: the lines that hold it, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path as FilePath
from typing import Any

from msgspec import Struct

from gongkai.authoring.edits import Delete, Edit, EditError, Path, Set, edit, values
from gongkai.column.origin import Origin
from gongkai.column.site_data import SiteData
from gongkai.kinds.interface import FileKind
from gongkai.kinds.registry import of_record
from gongkai.kinds.walk import parts_of
from gongkai.load.files import load_text


class RemovalError(Exception):
    """It cannot be taken out; the message is a Chinese sentence."""


class Removal(Struct, frozen=True):
    """What is to be done: texts that files will have, files that go, and the ids of all records that go.

    ``words`` are names by which other texts may speak of what went.
    """

    texts: Mapping[str, str]
    files: Sequence[str]
    records: Sequence[str]
    words: Sequence[str]


def remove_file(column: SiteData, identifier: str) -> Removal:
    """A whole authored file with the attachments that no other document has."""
    head = column.index.heads[identifier]
    documents = column.index.documents
    others = {item.source for known, found in documents.items() if known != identifier for item in found.attachments}
    attached = documents[identifier].attachments if identifier in documents else ()
    files = [head.file, *(item.source for item in attached if item.source not in others)]
    records = [known for known in column.index.entries if known == identifier or known.startswith(f"{identifier}/")]
    return Removal({}, files, records, [head.entry.title, head.document_title or "", head.doc_number or ""])


def remove_part(root: FilePath, column: SiteData, identifier: str) -> Removal:
    """A row or heading with all below it.

    Raises:
        RemovalError: when its file would be nothing without it, or is written so that lines cannot be taken out.
    """
    head = identifier.partition("/")[0]
    kind = of_record(column.index.heads[head].entry.kind)
    places = {part.id: part.origin for part in parts_of(kind.of(column)[head], column) if part.id != head}
    place = places[identifier]
    length = len(place.path)
    records = [known for known, found in places.items() if found.path[:length] == place.path]
    text = (root / place.file).read_bytes().decode()
    edited = _edited(place.file, text, [*_handed_down(kind, place, text), _without(text, place.path)], head)
    return Removal({place.file: edited}, [], records, [column.index.entries[known].title for known in records])


def remove_attachment(root: FilePath, column: SiteData, document: str, file: str) -> Removal:
    """An attachment of a document, and the file itself unless another document has it, too.

    Raises:
        RemovalError: when the list of attachments is written so that lines cannot be taken out.
    """
    known = column.index.documents[document]
    at = next(number for number, item in enumerate(known.attachments) if item.file == file)
    others = [item.source for found in column.index.documents.values() for item in found.attachments]
    path = (*known.origin.path, "attachments", at)
    text = (root / known.origin.file).read_bytes().decode()
    edited = _edited(known.origin.file, text, [_without(text, path)], document)
    item = known.attachments[at]
    gone = [item.source] if others.count(item.source) == 1 else []
    return Removal({known.origin.file: edited}, gone, [], [item.title, item.file])


def _edited(file: str, text: str, edits: Sequence[Edit], whole: str) -> str:
    try:
        text = edit(text, edits)
    except EditError as error:
        raise RemovalError(f"{file}：{error}") from None
    if load_text(file, text)[0] is None:
        raise RemovalError(f"{file} 里没有了它就不完整：请撤回整份 {whole}")
    return text


def _without(text: str, path: Path) -> Delete:
    """The edit that takes an item out; the last one of a list takes the list's key along."""
    items = values(text)
    for step in path[:-1]:
        items = items[step]
    return Delete(path if len(items) > 1 else path[:-1])


def _handed_down(kind: FileKind[Any, Any], place: Origin, text: str) -> Iterator[Set]:
    """The edits by which the item behind this one says itself what it took over from it."""
    file, _ = load_text(place.file, text)
    places = {item.path for item in kind.items.places(file.shape)} if file else set()
    at = place.path[-1]
    if file is None or not isinstance(at, int) or (behind := (*place.path[:-1], at + 1)) not in places:
        return
    for name, (source, value) in kind.items.takes_over(file.shape, behind).items():
        if source == at:
            yield Set((*behind, name), value)
