"""Column -> rows of what carries the records: documents, directories, lists, and the registers they refer to."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import urls
from generator.model.attachment import Attachment
from generator.model.column import Column
from generator.model.records import newest_first
from generator.open_data.states import day, planning_row
from generator.open_data.v1 import AttachmentRow, DirectoryRow, DocumentRow, OrganRow, ProjectListRow, ThemeRow, UnitRow


def document_rows(column: Column) -> Iterator[DocumentRow]:
    """One row an official document, newest first."""
    carried: dict[str, list[str]] = {}
    for identifier, head in column.index.heads.items():
        if head.document in column.documents:
            own = [identifier] if identifier not in column.papers else []
            carried.setdefault(head.document, []).extend(own)
    for document in (column.documents[identifier] for identifier in carried):
        yield {
            "id": document.id,
            "organ": document.organ,
            "title": document.title,
            "header": document.header,
            "doc_number": document.doc_number,
            "issuer": document.issuer,
            "issuer_name": document.issuer_name,
            "addressees": document.addressees,
            "paragraphs": list(document.paragraphs),
            "annexes": list(document.annexes),
            "signature": document.signature,
            "note": document.note,
            "copies": document.copies,
            "printed_by": document.printed_by,
            "printed_line": document.printed_line,
            "date_signed": day(document.date_signed),
            "date_printed": day(document.date_printed),
            "date_published": day(document.date_published),
            "date_abolished": day(document.date_abolished),
            "index_number": document.index_number,
            "openness": document.openness.value,
            "validity": document.validity_on(column.as_of),
            "genre": document.genre.value,
            "summary": document.summary,
            "normative_number": document.normative_number,
            "date_effective": day(document.date_effective),
            "valid_until": day(document.valid_until),
            "abolished_by": document.abolished_by,
            "replaced_by": document.replaced_by,
            "revises": document.revises,
            "interpretations": [{"title": item.title, "url": item.url} for item in document.interpretations],
            "planning": planning_row(column.papers[document.id].planning) if document.id in column.papers else None,
            "themes": list(document.themes),
            "sources": list(document.sources),
            "carries": carried.get(document.id, []),
            "editor_note": document.editor_note,
            "url": urls.document(document.id),
            "attachments": [_attachment_row(document.id, item) for item in document.attachments],
        }


def _attachment_row(document_id: str, item: Attachment) -> AttachmentRow:
    return {
        "title": item.title,
        "file": item.file,
        "url": urls.attachment(document_id, item.file),
        "format": item.format,
        "bytes": item.size,
        "sha256": item.sha256,
    }


def directory_rows(column: Column) -> Iterator[DirectoryRow]:
    """One row a directory of decisions."""
    for directory in sorted(column.directories.values(), key=newest_first):
        yield {
            "id": directory.id,
            "title": directory.title,
            "document": directory.document.id,
            "doc_number": directory.document.doc_number,
            "organ": directory.organ,
            "year": directory.year,
            "organizer_label": directory.organizer_label,
            "party_consent": directory.party_consent,
            "related": list(directory.related),
            "themes": list(dict.fromkeys(directory.themes + directory.document.themes)),
            "editor_note": directory.editor_note,
            "url": urls.directory(directory.id),
        }


def project_list_rows(column: Column) -> Iterator[ProjectListRow]:
    """One row a list of projects, with its printed headings."""
    for projects in sorted(column.lists.values(), key=newest_first):
        yield {
            "id": projects.id,
            "title": projects.title,
            "subtitle": projects.subtitle,
            "announced": projects.announced,
            "document": projects.document.id,
            "doc_number": projects.document.doc_number,
            "organ": projects.organ,
            "year": projects.year,
            "categories": [
                {
                    "key": category.key,
                    "number": category.number,
                    "title": category.title,
                    "level": category.level,
                    "parent": category.parent,
                    "announced": category.announced,
                }
                for category in projects.categories
            ],
            "related": list(projects.related),
            "themes": list(dict.fromkeys(projects.themes + projects.document.themes)),
            "editor_note": projects.editor_note,
            "url": urls.project_list(projects.id),
        }


def organ_rows(column: Column) -> Iterator[OrganRow]:
    """One row a district, in the order of the register."""
    for organ in column.organs.values():
        yield {
            "id": organ.id,
            "name": organ.name,
            "short_name": organ.short_name,
            "region": organ.region,
            "url": urls.organ(organ.id),
        }


def theme_rows(column: Column) -> Iterator[ThemeRow]:
    """One row a theme that has a page: used itself, or above one that is."""
    for theme in column.themes_in_use:
        yield {
            "id": theme.id,
            "name": theme.name,
            "scheme": theme.scheme.value,
            "parent": theme.parent,
            "description": theme.description,
            "synonyms": list(theme.synonyms),
            "url": urls.theme(theme.id),
        }


def unit_rows(column: Column) -> Iterator[UnitRow]:
    """One row a unit or group."""
    for unit in sorted(column.units.values(), key=lambda unit: (unit.organ, unit.id)):
        yield {
            "id": unit.id,
            "name": unit.name,
            "full_name": unit.full_name,
            "aliases": list(unit.aliases),
            "organ": unit.organ,
            "kind": unit.kind.value,
            "members": list(unit.members),
            "valid_from": day(unit.valid_from),
            "valid_to": day(unit.valid_to),
            "successor": unit.successor,
            "note": unit.note,
            "url": urls.unit(unit.id),
        }


def notes(*found: str | None) -> str | None:
    """Several editor's notes as one, a line each."""
    return "\n".join(note for note in found if note) or None
