"""Records by their ids: in which file they stand, and where."""

from __future__ import annotations

from typing import NamedTuple

from gongkai.authoring.edits import Path
from gongkai.column.site_data import RecordRef
from gongkai.desk.session import NotListedError, Session
from gongkai.kinds.registry import of_record
from gongkai.kinds.walk import parts_of


class Record(NamedTuple):
    """A record: what others know of it, its file, and its place there."""

    entry: RecordRef
    file: str
    path: Path


def record_of(session: Session, identifier: str) -> Record:
    """A record by its id.

    Raises:
        NotListedError: where there is none.
    """
    column = session.checked().column
    head = column.index.heads.get(identifier.partition("/")[0])
    entry = column.index.entries.get(identifier)
    if head is None or entry is None:
        raise NotListedError(identifier)
    if identifier == head.entry.id:
        return Record(entry, head.file, ())
    kind = of_record(head.entry.kind)
    for part in parts_of(kind.of(column)[head.entry.id], column):
        if part.id == identifier:
            return Record(entry, part.origin.file, part.origin.path)
    raise NotListedError(identifier)


def record_at(session: Session, file: str, path: Path) -> RecordRef | None:
    """The record that a place in a file belongs to: the innermost; None where the file is not published."""
    column = session.checked().column
    head = next((head for head in column.index.heads.values() if head.file == file), None)
    if head is None:
        return None
    kind = of_record(head.entry.kind)
    found = None
    for part in parts_of(kind.of(column)[head.entry.id], column):
        inside = part.origin.file == file and path[: len(part.origin.path)] == part.origin.path
        if inside and (found is None or len(part.origin.path) >= len(found.origin.path)):
            found = part
    return column.index.entries.get(found.id) if found else None
