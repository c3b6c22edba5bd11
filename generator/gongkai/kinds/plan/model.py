"""Annual work plans (工作要点): the outline, and the tasks of the table (任务分解表) or of the clauses."""

from __future__ import annotations

from msgspec import Struct

from gongkai.column.cell import Cell
from gongkai.column.document import Document
from gongkai.column.origin import Origin
from gongkai.column.progress import Progress, TaskStatus
from gongkai.column.targets import Measured
from gongkai.column.unit import Assignment
from gongkai.kinds.plan.columns import DEFAULT_HEADS, TableColumn
from gongkai.text.deadline import Deadline
from gongkai.text.table_heads import Meaning


class Section(Struct, frozen=True):
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


class Task(Struct, frozen=True):
    """A row of the task table, or a clause where the plan has no table.

    ``number`` is the printed 序号, or the 1-based order where none is printed (``number_printed`` tells which).
    ``area`` and ``topic`` are the two levels of the 工作任务 column; ``*_inherited`` marks blank merged cells.
    ``units_text`` is the cell as printed ("" when blank); several columns of units are told apart by their heads
    (牵头单位：…；配合单位：…). ``cells`` are those under heads without a field of their own. ``status``
    is judged on the column's day, and so is what was reported of the numbers that the text orders (``measured``);
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
    cells: tuple[Cell, ...]
    section: str | None
    themes: tuple[str, ...]
    editor_note: str | None
    related: tuple[str, ...]
    progress: tuple[Progress, ...]
    status: TaskStatus
    measured: tuple[Measured, ...]
    continues: str | None
    origin: Origin

    def cell(self, column: TableColumn) -> Cell:
        """What stands under a column: the cell written under its head, else the field that the column prints."""
        if column.own and column.meaning is Meaning.NUMBER:
            return Cell(column.head, str(self.number))
        written = next((cell for cell in self.cells if cell.head == column.head), None)
        if written or not column.own:
            return written or Cell(column.head, "")
        match column.meaning:
            case Meaning.AREA:
                return Cell(column.head, self.area or "", self.area_inherited)
            case Meaning.TOPIC:
                return Cell(column.head, self.topic or "", self.topic_inherited)
            case Meaning.UNITS:
                names = "、".join(given.printed for given in self.assignments)
                return Cell(column.head, self.units_text or names, not self.units_text and bool(names))
            case Meaning.DEADLINE if self.deadline:
                return Cell(column.head, self.deadline.text, self.deadline.inherited)
            case Meaning.TEXT:
                return Cell(column.head, self.text)
        return Cell(column.head, "")


class TaskTable(Struct, frozen=True):
    """What is printed around the rows of a 任务分解表. ``columns`` holds those of our own, too."""

    title: str
    columns: tuple[TableColumn, ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """The printed heads from left to right."""
        return tuple(column.head for column in self.columns if column.printed and column.span)

    def head(self, meaning: Meaning) -> str:
        """What the table calls a thing: the head of the column of that meaning, else the usual word."""
        own = (column.head for column in self.columns if column.meaning is meaning and column.printed)
        return next(own, DEFAULT_HEADS.get(meaning, ""))


class Plan(Struct, frozen=True):
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
