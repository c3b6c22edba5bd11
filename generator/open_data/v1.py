"""The published shapes of ``/data/v1/``: one TypedDict per table. A change that removes or renames a key breaks v1.

Keys that are None are facts that no source gives. Dates are ISO 8601 days. ``url`` is relative to the site's root.
"""

from __future__ import annotations

from typing import TypedDict

VERSION = 1


class PlanRow(TypedDict):
    """An annual work plan (工作要点)."""

    id: str
    title: str
    doc_number: str | None
    index_number: str | None
    organ: str
    organ_name: str
    issuer: str
    year: int
    date_signed: str | None
    date_printed: str | None
    date_published: str | None
    openness: str
    validity: str | None
    preamble: list[str]
    table_title: str | None
    table_columns: list[str]
    related: list[str]
    document: str
    themes: list[str]
    editor_note: str | None
    url: str


class SectionRow(TypedDict):
    """A heading 一、 or （一） of a plan."""

    id: str
    plan: str
    key: str
    number: str
    level: int
    parent: str | None
    title: str
    text: str
    units_text: str | None
    related: list[str]
    themes: list[str]
    editor_note: str | None
    url: str


class UnitRef(TypedDict):
    """A unit in a responsible-unit cell."""

    id: str
    name: str
    printed: str
    role: str
    via: str
    open: bool
    detail: str | None


class DeadlineRow(TypedDict):
    """A deadline in print and in normal form."""

    text: str
    kind: str
    due: str | None
    inherited: bool


class LinkRow(TypedDict):
    """A link to something outside the column."""

    title: str
    url: str


class ProgressRow(TypedDict):
    """What came of a task or project on a day."""

    date: str
    status: str
    text: str
    evidence: list[LinkRow]


class ChangeRow(TypedDict):
    """An adjustment of a directory or of one of its items."""

    date: str | None
    kind: str
    reason: str | None
    approved_by: str | None
    url: str | None


class PlannedRow(TypedDict):
    """When a decision is meant to be taken."""

    text: str
    latest: str | None


class PlanningRow(TypedDict):
    """Where a plan of the planning system stands."""

    category: str | None
    level: str
    period: str | None
    parent: str | None
    decision: str | None


class CompletionRow(TypedDict):
    """The completion published at the end of the year."""

    text: str
    date: str
    url: str | None


class TaskRow(TypedDict):
    """A row of the task table, or a clause where the plan has no table."""

    id: str
    plan: str
    number: int
    number_printed: bool
    section: str | None
    area: str | None
    topic: str | None
    text: str
    units_text: str
    units: list[UnitRef]
    deadline: DeadlineRow | None
    related: list[str]
    themes: list[str]
    status: str | None
    progress: list[ProgressRow]
    continues: str | None
    editor_note: str | None
    url: str


class UnitRow(TypedDict):
    """A unit or group of the register."""

    id: str
    name: str
    full_name: str | None
    aliases: list[str]
    organ: str
    kind: str
    members: list[str]
    valid_from: str | None
    valid_to: str | None
    successor: str | None
    note: str | None
    url: str


class StageRow(TypedDict):
    """A stage of a decision."""

    status: str
    title: str | None
    url: str | None
    date: str | None
    reason: str | None
    details: dict[str, str | int | list[str] | None]


class DecisionRow(TypedDict):
    """A decision item of a directory."""

    id: str
    directory: str
    number: int
    number_text: str
    title: str
    organizers: list[UnitRef]
    organizers_text: str
    year: int
    organ: str
    stages: dict[str, StageRow]
    category: str | None
    planned: PlannedRow | None
    changes: list[ChangeRow]
    completion: CompletionRow | None
    continues: str | None
    planning: PlanningRow | None
    related: list[str]
    themes: list[str]
    editor_note: str | None
    url: str


class ProjectRow(TypedDict):
    """A key project of a list. ``editor_note`` repeats the list's own note where the project has none of its own."""

    id: str
    list: str
    number: int
    title: str
    category: list[str]
    tags: list[str]
    year: int
    organ: str
    related: list[str]
    themes: list[str]
    status: str | None
    progress: list[ProgressRow]
    continues: str | None
    list_announced: int | None
    list_printed: int
    editor_note: str | None
    url: str


class AttachmentRow(TypedDict):
    """A file published with a document, as it is."""

    title: str
    file: str
    url: str
    format: str
    bytes: int
    sha256: str


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


class DirectoryRow(TypedDict):
    """A directory of major decisions (重大行政决策事项目录); its items are in ``decisions``."""

    id: str
    title: str
    document: str
    doc_number: str | None
    organ: str
    year: int
    organizer_label: str
    party_consent: str | None
    related: list[str]
    themes: list[str]
    editor_note: str | None
    url: str


class CategoryRef(TypedDict):
    """A heading of a project list with the number of projects that it announces."""

    key: str
    number: str
    title: str
    level: int
    parent: str | None
    announced: int | None


class ProjectListRow(TypedDict):
    """A list of key projects (重点项目); its projects are in ``projects``."""

    id: str
    title: str
    subtitle: str | None
    announced: int | None
    document: str
    doc_number: str | None
    organ: str
    year: int
    categories: list[CategoryRef]
    related: list[str]
    themes: list[str]
    editor_note: str | None
    url: str


class OrganRow(TypedDict):
    """A district government whose documents the column publishes."""

    id: str
    name: str
    short_name: str
    region: str
    url: str


class ThemeRow(TypedDict):
    """A subject that something in the column is filed under, or that has such a subject below it."""

    id: str
    name: str
    scheme: str
    parent: str | None
    description: str
    synonyms: list[str]
    url: str


class QuestionRow(TypedDict):
    """A question and its answer."""

    question: str
    answer: str


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


class OutcomeRow(TypedDict):
    """What came of an occasion of public participation."""

    date: str
    text: str
    url: str | None
    received: int | None
    adopted: int | None
    unadopted_reasons: str | None


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


class RecordRow(TypedDict):
    """Everything a search can find."""

    id: str
    kind: str
    title: str
    text: str
    year: int
    organ: str
    doc_number: str | None
    units: list[str]
    themes: list[str]
    url: str
