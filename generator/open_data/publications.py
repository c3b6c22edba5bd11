"""Column -> rows of interpretations, gazettes and occasions of public participation."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import ids, urls
from generator.model.column import Column, RecordKind
from generator.model.participation import Participation
from generator.model.records import kind_of, newest_first
from generator.open_data.states import day
from generator.open_data.v1 import ConsultationRow, GazetteRow, InterpretationRow, OutcomeRow


def interpretation_rows(column: Column) -> Iterator[InterpretationRow]:
    """One row an interpretation that is a document of this column."""
    for paper in sorted(column.papers.values(), key=newest_first):
        if kind_of(paper) is RecordKind.INTERPRETATION:
            yield {
                "id": paper.id,
                "organ": paper.organ,
                "year": paper.year,
                "title": paper.title,
                "explains": list(paper.explains),
                "second": paper.second,
                "text": list(paper.document.paragraphs),
                "questions": [{"question": item.question, "answer": item.answer} for item in paper.questions],
                "links": [{"title": link.title, "url": link.url} for link in paper.links],
                "date_published": day(paper.document.date_published),
                "themes": list(paper.themes),
                "url": urls.document(paper.id),
            }


def gazette_rows(column: Column) -> Iterator[GazetteRow]:
    """One row an issue, with its contents."""
    for gazette in sorted(column.gazettes.values(), key=newest_first):
        yield {
            "id": gazette.id,
            "organ": gazette.organ,
            "year": gazette.year,
            "issue": gazette.issue,
            "title": gazette.title,
            "date": day(gazette.date),
            "items": [
                {
                    "title": item.title,
                    "column": item.column,
                    "doc_number": item.doc_number,
                    "document": item.document,
                    "page": item.page,
                }
                for item in gazette.items
            ],
            "original": gazette.url,
            "sources": list(gazette.document.sources),
            "editor_note": gazette.editor_note,
            "url": urls.gazette(gazette.id),
        }


def consultation_rows(column: Column) -> Iterator[ConsultationRow]:
    """One row an occasion; its state is that of the column's day."""
    for source in sorted(column.participation.values(), key=newest_first):
        for item in source.items:
            yield {
                "id": ids.item(source.id, item.number),
                "list": source.id,
                "number": item.number,
                "type": item.type.value,
                "title": item.title,
                "about": item.about,
                "organizer": item.organizer,
                "start": day(item.start),
                "end": day(item.end),
                "status": item.state(column.as_of).value,
                "channels": [channel.value for channel in item.channels],
                "contact": item.contact,
                "links": [{"title": link.title, "url": link.url} for link in item.links],
                "outcome": _outcome(item),
                "organ": source.organ,
                "year": source.year,
                "themes": list(item.themes),
                "editor_note": item.editor_note,
                "url": urls.participation(source.id, item.number),
            }


def _outcome(item: Participation) -> OutcomeRow | None:
    found = item.outcome
    if found is None:
        return None
    return {
        "date": found.date.isoformat(),
        "text": found.text,
        "url": found.url,
        "received": found.received,
        "adopted": found.adopted,
        "unadopted_reasons": found.unadopted_reasons,
    }
