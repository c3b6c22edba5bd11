"""Column -> rows of what must be public, each with its newest publication and whether that is late."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import ids, urls
from generator.model.catalogue import Publication, Span
from generator.model.column import Column
from generator.model.records import newest_first
from generator.open_data.states import day, unit_ref
from generator.open_data.v1 import CatalogueHeadRow, CatalogueRow, PublicationRow, SpanRow


def catalogue_head_rows(column: Column) -> Iterator[CatalogueHeadRow]:
    """One row a catalogue."""
    for source in sorted(column.catalogues.values(), key=newest_first):
        yield {
            "id": source.id,
            "title": source.title,
            "document": source.document.id,
            "doc_number": source.document.doc_number,
            "organ": source.organ,
            "year": source.year,
            "related": list(source.related),
            "themes": list(dict.fromkeys(source.themes + source.document.themes)),
            "editor_note": source.editor_note,
            "url": urls.catalogue(source.id),
        }


def catalogue_rows(column: Column) -> Iterator[CatalogueRow]:
    """One row an item, in printed order; what became of it holds on the column's day."""
    for source in sorted(column.catalogues.values(), key=newest_first):
        for item in source.items:
            identifier = ids.item(source.id, item.number)
            found = column.index.coverage[identifier]
            yield {
                "id": identifier,
                "catalogue": source.id,
                "number": item.number,
                "area": item.area,
                "title": item.title,
                "content": item.content,
                "basis": item.basis,
                "deadline_text": item.deadline,
                "every": _span(item.every),
                "within": _span(item.within),
                "units": [unit_ref(given, column.units) for given in item.units],
                "units_text": item.units_text,
                "channels_text": item.channels,
                "audience": item.audience,
                "method": item.method,
                "level": item.level,
                "kinds": list(item.place.kinds),
                "records": list(item.place.records),
                "pages": [_page(page) for page in item.place.pages],
                "newest": _page(found.newest) if found.newest else None,
                "status": found.state.value,
                "due": day(found.due.day) if found.due else None,
                "due_estimated": found.due.estimated if found.due else None,
                "organ": source.organ,
                "year": source.year,
                "themes": list(item.place.themes),
                "editor_note": item.editor_note,
                "url": urls.catalogue_item(source.id, item.number),
            }


def _span(span: Span | None) -> SpanRow | None:
    return {"number": span.number, "unit": span.unit.value} if span else None


def _page(publication: Publication) -> PublicationRow:
    return {"title": publication.title, "url": publication.url, "date": day(publication.day)}
