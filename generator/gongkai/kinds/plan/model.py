"""Annual work plans (工作要点): the outline, and the tasks of the table (任务分解表) or of the clauses."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.column.document import Document
from gongkai.column.origin import Origin
from gongkai.column.progress import Progress, TaskStatus
from gongkai.column.unit import Assignment
from gongkai.text.deadline import Deadline


@dataclass(frozen=True, slots=True)
class Section:
    """A heading 一、 (level 1) or （一） (level 2) with its text, verbatim.

    ``key`` addresses it inside its plan: ``1`` or ``1-2``. ``text`` is the run-in text of a level-2 heading, or the
    paragraphs under a level-1 heading that has no （一）. ``units_text`` is the clause's own 〔责任单位：…〕.
    """

    key: str
    number: str
    level: int
    title: str
    text: str
    units_text: str | None
    parent: str | None
    themes: tuple[str, ...]
    editor_note: str | None
    tasks: tuple[int, ...]
    related: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Task:
    """A row of the task table, or a clause where the plan has no table.

    ``number`` is the printed 序号, or the 1-based order where none is printed (``number_printed`` tells which).
    ``area`` and ``topic`` are the two levels of the 工作任务 column; ``*_inherited`` marks blank merged cells.
    ``units_text`` is the cell as printed ("" when blank). ``status`` is judged on the column's day;
    ``continues`` is the id of the task of an earlier year that this one carries on.
    """

    number: int
    number_printed: bool
    title: str
    area: str | None
    area_inherited: bool
    topic: str | None
    topic_inherited: bool
    text: str
    units_text: str
    assignments: tuple[Assignment, ...]
    deadline: Deadline | None
    section: str | None
    themes: tuple[str, ...]
    editor_note: str | None
    related: tuple[str, ...]
    progress: tuple[Progress, ...]
    status: TaskStatus
    continues: str | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class TaskTable:
    """What is printed around the rows of a 任务分解表."""

    title: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """An annual work plan of one organ and year. ``preamble`` is the 总体要求 before 一、, paragraph by paragraph."""

    id: str
    organ: str
    year: int
    title: str
    document: Document
    preamble: tuple[str, ...]
    sections: tuple[Section, ...]
    table: TaskTable | None
    tasks: tuple[Task, ...]
    themes: tuple[str, ...]
    related: tuple[str, ...]
    editor_note: str | None
    origin: Origin
