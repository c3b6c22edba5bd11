"""Key-project lists (重点项目安排): projects in three printed levels."""

from __future__ import annotations

from msgspec import Struct

from gongkai.column.cell import Cell
from gongkai.column.document import Document
from gongkai.column.origin import Origin
from gongkai.column.progress import Progress, TaskStatus
from gongkai.column.unit import Assignment
from gongkai.text.deadline import Deadline
from gongkai.text.table_heads import Meaning, announced


class Category(Struct, frozen=True):
    """A heading of the list with the number of projects it announces. ``key`` is ``1`` or ``1-2``.

    ``totals`` are the sums printed beside the heading, by head.
    """

    key: str
    number: str
    title: str
    level: int
    announced: int | None
    parent: str | None
    projects: tuple[int, ...]
    totals: tuple[Cell, ...]
    origin: Origin


class Project(Struct, frozen=True):
    """A project. ``tags`` are the printed level or source labels behind the name (市级重点项目).

    ``assignments`` and ``deadline`` are read from the cells below heads of units (责任单位) and of days (完成时限); the
    cells stay as they are printed.
    """

    number: int
    title: str
    tags: tuple[str, ...]
    cells: tuple[Cell, ...]
    assignments: tuple[Assignment, ...]
    deadline: Deadline | None
    category: str
    themes: tuple[str, ...]
    related: tuple[str, ...]
    progress: tuple[Progress, ...]
    status: TaskStatus
    continues: str | None
    editor_note: str | None
    origin: Origin

    @property
    def units_text(self) -> str:
        """The cells of units with their heads, as printed."""
        return "；".join(f"{cell.head}：{cell.text}" for cell in self.cells if announced(cell.head) in OF_UNITS)


OF_UNITS = frozenset({Meaning.UNITS, Meaning.LEAD, Meaning.SUPPORT})


class ProjectList(Struct, frozen=True):
    """A list of one organ and year. ``subtitle`` is the printed count line （60个项目）, ``announced`` its number."""

    id: str
    organ: str
    year: int
    title: str
    subtitle: str | None
    announced: int | None
    document: Document
    categories: tuple[Category, ...]
    projects: tuple[Project, ...]
    totals: tuple[Cell, ...]
    themes: tuple[str, ...]
    related: tuple[str, ...]
    editor_note: str | None
    origin: Origin
