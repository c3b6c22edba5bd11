"""Official documents and what explains, prints or consults on them."""

from __future__ import annotations

from typing import TypedDict

from generator.open_data.v1.parts import AttachmentRow, LinkRow, OutcomeRow, PlanningRow, QuestionRow


class DocumentRow(TypedDict):
    """An official document (公文) with its printed elements; ``carries`` are the ids of what was issued with it."""

    id: str
    organ: str
    title: str | None
    header: str | None
    doc_number: str | None
    issuer: str
    issuer_name: str
    addressees: str | None
    paragraphs: list[str]
    annexes: list[str]
    signature: str | None
    note: str | None
    copies: str | None
    printed_by: str | None
    printed_line: str | None
    date_signed: str | None
    date_printed: str | None
    date_published: str | None
    date_abolished: str | None
    index_number: str | None
    openness: str
    validity: str | None
    genre: str
    summary: str | None
    normative_number: str | None
    date_effective: str | None
    valid_until: str | None
    abolished_by: str | None
    replaced_by: str | None
    revises: str | None
    interpretations: list[LinkRow]
    planning: PlanningRow | None
    themes: list[str]
    sources: list[str]
    carries: list[str]
    editor_note: str | None
    url: str
    attachments: list[AttachmentRow]


class InterpretationRow(TypedDict):
    """An interpretation of other records, as a document of its own."""

    id: str
    organ: str
    year: int
    title: str
    explains: list[str]
    second: bool
    text: list[str]
    questions: list[QuestionRow]
    links: list[LinkRow]
    date_published: str | None
    themes: list[str]
    url: str


class GazetteItemRow(TypedDict):
    """One entry of a gazette's contents."""

    title: str
    column: str | None
    doc_number: str | None
    document: str | None
    page: int | None


class GazetteRow(TypedDict):
    """An issue of the government gazette."""

    id: str
    organ: str
    year: int
    issue: int
    title: str
    date: str | None
    items: list[GazetteItemRow]
    original: str | None
    sources: list[str]
    editor_note: str | None
    url: str


class ConsultationRow(TypedDict):
    """An occasion of public participation; consultations that are a stage of a decision are in ``decisions``."""

    id: str
    list: str
    number: int
    type: str
    title: str
    about: str | None
    organizer: str
    start: str | None
    end: str | None
    status: str
    channels: list[str]
    contact: str | None
    links: list[LinkRow]
    outcome: OutcomeRow | None
    organ: str
    year: int
    themes: list[str]
    editor_note: str | None
    url: str
