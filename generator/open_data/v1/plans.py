"""Annual work plans (工作要点) with their sections and tasks; project lists and projects."""

from __future__ import annotations

from typing import TypedDict

from generator.open_data.v1.parts import CategoryRef, DeadlineRow, ProgressRow, UnitRef


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
