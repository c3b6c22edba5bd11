"""The columns of a task table: each printed head with what the cells below it are.

Heads are read by their words (``text/table_heads.py``), then by what the rows hold: ``area``, ``topic``, ``text``,
``units`` and ``deadline`` of a row each find the one head that prints them. YAML may say the meaning itself. A value
that no printed head shows gets a column of our own behind the printed ones, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct, field
from msgspec.structs import replace

from gongkai.kinds.plan.shape import ColumnShape, TaskShape, TaskTableShape
from gongkai.text.table_heads import Meaning, TaskHead, announced, is_remark, is_second_to_units

DEFAULT_HEADS = {
    Meaning.NUMBER: "序号",
    Meaning.AREA: "工作任务",
    Meaning.TOPIC: "工作任务",
    Meaning.TEXT: "具体要求",
    Meaning.UNITS: "责任单位",
    Meaning.DEADLINE: "完成时限",
}
"""What a value is called where no printed head shows it."""
_WIDTHS = {
    Meaning.NUMBER: 6,
    Meaning.AREA: 14,
    Meaning.TOPIC: 18,
    Meaning.TEXT: 70,
    Meaning.UNITS: 28,
    Meaning.LEAD: 28,
    Meaning.SUPPORT: 28,
    Meaning.DEADLINE: 18,
}
_WIDTH = 20
OF_UNITS = frozenset({Meaning.UNITS, Meaning.LEAD, Meaning.SUPPORT})


class TableColumn(Struct, frozen=True):
    """One column of a task table.

    ``width`` is in digits, as spreadsheets count. ``own`` is True where the column prints the row's own field of that
    meaning, False where its cells are written under its head. ``span`` is how many columns the printed head covers: 2
    for a 工作任务 of two levels, 0 for the second of them. ``at`` is the head's place in the file, None where it is
    not printed.
    """

    head: str
    meaning: Meaning
    width: int
    own: bool
    span: int = 1
    at: int | None = None

    @property
    def printed(self) -> bool:
        """False for a column of our own, for values that no printed head shows."""
        return self.at is not None

    @property
    def label(self) -> str:
        """The head as readers see it: as printed, or marked as ours."""
        return self.head if self.printed else f"{self.head}（表头未列）"


def columns_of(table: TaskTableShape) -> tuple[TableColumn, ...]:
    """The columns of a table, printed ones in their order, those of our own around them."""
    reading = _Reading.of(table)
    reading.task_heads()
    reading.once(Meaning.NUMBER, used=table.number_printed)
    reading.once(Meaning.DEADLINE, used=reading.uses("deadline"))
    reading.units()
    columns = reading.columns()
    return (*_number(columns), *columns, *reading.unshown(columns))


def heads_of(table: TaskTableShape) -> tuple[str, ...]:
    """The printed heads in their order."""
    return tuple(column if isinstance(column, str) else column.head for column in table.columns)


def _number(columns: Sequence[TableColumn]) -> tuple[TableColumn, ...]:
    shown = any(column.own and column.meaning is Meaning.NUMBER for column in columns)
    return () if shown else (_ours(Meaning.NUMBER),)


def _ours(meaning: Meaning, head: str = "") -> TableColumn:
    return TableColumn(head or DEFAULT_HEADS[meaning], meaning, _WIDTHS.get(meaning, _WIDTH), own=not head)


class _Reading(Struct):
    """The heads of one table on their way to columns: ``meanings`` and ``own`` by the place of the head."""

    heads: tuple[str, ...]
    given: tuple[ColumnShape | None, ...]
    rows: Sequence[TaskShape]
    filled: AbstractSet[str]  # heads that some row has a cell for
    meanings: list[Meaning | TaskHead]
    own: set[int] = field(default_factory=set)
    wide: int | None = None

    @classmethod
    def of(cls, table: TaskTableShape) -> _Reading:
        heads = heads_of(table)
        given = tuple(None if isinstance(column, str) else column for column in table.columns)
        meanings = [column.meaning if column else announced(head) for head, column in zip(heads, given, strict=True)]
        return cls(heads, given, table.rows, {head for row in table.rows for head in row.cells}, meanings)

    def uses(self, name: str) -> bool:
        return any(getattr(row, name) is not None for row in self.rows)

    def places(self, *wanted: Meaning | TaskHead, free: bool = True) -> list[int]:
        """Places of heads with these meanings; ``free`` leaves out those whose cells are written under the head."""
        return [
            at
            for at, (head, meaning) in enumerate(zip(self.heads, self.meanings, strict=True))
            if meaning in wanted and not (free and head in self.filled)
        ]

    def once(self, meaning: Meaning, *, used: bool) -> None:
        """Choose the head that prints the row's own field: one without cells, else the first where no row has both."""
        places = self.places(meaning) or ([] if used else self.places(meaning, free=False))
        if places and (used or meaning is not Meaning.NUMBER):
            self.own.add(places[0])

    def task_heads(self) -> None:
        """Find the heads of ``text``, ``area`` and ``topic``; heads that say their meaning in YAML go first."""
        for meaning in (Meaning.TEXT, Meaning.AREA, Meaning.TOPIC):
            self.own.update(self.places(meaning)[:1])
        levels = [
            meaning
            for meaning in (Meaning.AREA, Meaning.TOPIC)
            if self.uses(meaning.value) and not self.places(meaning, free=False)
        ]
        if not self.places(Meaning.TEXT, free=False):
            self._take(self._text(len(levels)), Meaning.TEXT)
        rest = self.places(TaskHead.GROUP, TaskHead.TASK, TaskHead.CONTENT)
        rest += self.places(TaskHead.REQUIREMENT, TaskHead.AIM)
        free = [meaning for meaning in (Meaning.AREA, Meaning.TOPIC) if not self.places(meaning, free=False)]
        for level in sorted(free, key=lambda level: level not in levels):
            if rest:
                self._take(rest.pop(0), level)
            elif level is Meaning.TOPIC and level in levels:
                self.wide = next(iter(self.places(Meaning.AREA, free=False)), None)
        for at, said in enumerate(self.meanings):
            self.meanings[at] = Meaning.OTHER if isinstance(said, TaskHead) else said

    def _take(self, at: int | None, meaning: Meaning) -> None:
        if at is not None:
            self.meanings[at] = meaning
            self.own.add(at)

    def _text(self, levels: int) -> int | None:
        """The head of the text: a requirement, else the last head that the levels above it leave over.

        With one unknown head and no other it must be that one, for every row has a text.
        """
        if sure := self.places(TaskHead.REQUIREMENT):
            return sure[-1]
        groups = self.places(TaskHead.GROUP)
        above = levels - len(groups)
        heads = self.places(TaskHead.TASK, TaskHead.CONTENT)
        if len(heads) <= above or not heads:
            heads = self.places(TaskHead.TASK, TaskHead.CONTENT, TaskHead.AIM)
        if heads:
            return heads[-1] if above > 0 else (self.places(TaskHead.CONTENT) or heads)[-1]
        unknown = [at for at in self.places(Meaning.OTHER) if not self.given[at] and not is_remark(self.heads[at])]
        return unknown[0] if len(unknown) == 1 and not groups else next(reversed(groups), None)

    def units(self) -> None:
        """责任科室 and 责任人 are columns of units only where no other is and no row writes names under them."""
        sure = [at for at in self.places(*OF_UNITS, free=False) if self.given[at] or not self._second(at)]
        for at in self.places(Meaning.UNITS, free=False):
            if at not in sure and (sure or self.heads[at] in self.filled):
                self.meanings[at] = Meaning.OTHER
        self.own.update(self.places(Meaning.UNITS)[:1])

    def _second(self, at: int) -> bool:
        return is_second_to_units(self.heads[at])

    def columns(self) -> list[TableColumn]:
        columns = []
        for at, (head, meaning) in enumerate(zip(self.heads, self.meanings, strict=True)):
            assert isinstance(meaning, Meaning)
            given = self.given[at]
            width = (given and given.width) or _WIDTHS.get(meaning, _WIDTH)
            column = TableColumn(head, meaning, width, own=at in self.own, at=at)
            if at == self.wide:
                second = replace(column, meaning=Meaning.TOPIC, width=_WIDTHS[Meaning.TOPIC], span=0)
                columns += [replace(column, span=2), second]
            else:
                columns.append(column)
        return columns

    def unshown(self, columns: Sequence[TableColumn]) -> list[TableColumn]:
        """Columns of our own for what rows hold and no printed head shows."""
        shown = {column.meaning for column in columns if column.own}
        split = any(column.meaning in OF_UNITS for column in columns)
        wanted = {meaning: self.uses(meaning.value) for meaning in (Meaning.AREA, Meaning.TOPIC, Meaning.TEXT)}
        wanted[Meaning.UNITS] = any(
            row.units is not None and not (split and not self._unit_cells(row)) for row in self.rows
        )
        wanted[Meaning.DEADLINE] = self.uses("deadline")
        ours = [_ours(meaning) for meaning, used in wanted.items() if used and meaning not in shown]
        strangers = dict.fromkeys(head for row in self.rows for head in row.cells if head not in self.heads)
        return ours + [_ours(Meaning.OTHER, head) for head in strangers]

    def _unit_cells(self, row: TaskShape) -> bool:
        return any(self.heads[at] in row.cells for at in self.places(*OF_UNITS, free=False))
