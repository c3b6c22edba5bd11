"""The life of a decision as a line: what is public, what is not yet, and how many days lie between."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from gongkai.column.document import NOT_STATED
from gongkai.column.pictures.picture import NARROW_PX, Cell, Dot, Label, Picture, Shape, Stroke

_ROW = 44
_DATES = 130
"""Room for days on the left, where at least one is known."""


class Step(Struct, frozen=True):
    """A stage on the line; ``state`` is the word for its status, ``reached`` True when its material is public."""

    name: str
    state: str
    reached: bool
    day: date | None


def decision_timeline(steps: Sequence[Step]) -> Picture | None:
    """All stages from top to bottom; a day only where the data has one. None without stages."""
    if not steps:
        return None
    line = _DATES if any(step.day for step in steps) else 12
    shapes: list[Shape] = [Stroke(line, 22, line, 22 + (len(steps) - 1) * _ROW, "rail")]
    before: date | None = None
    for at, step in enumerate(steps):
        middle = 22 + at * _ROW
        shapes += [
            Dot(line, middle, 8, "reached" if step.reached else "open"),
            Label(line + 20, middle + 5, step.name),
            Label(NARROW_PX, middle + 5, step.state, "text" if step.reached else "soft", "end"),
        ]
        if step.day:
            shapes.append(Label(line - 18, middle + 5, step.day.isoformat(), "text", "end"))
            if before and step.day > before:
                shapes.append(Label(line - 18, middle - 16, f"隔{(step.day - before).days}天", "small", "end"))
            before = step.day
    reached = sum(step.reached for step in steps)
    return Picture(
        title="决策全过程一览",
        alt_text=f"全过程{len(steps)}个环节，{reached}个已公开。"
        + "".join(f"{step.name}：{step.state}{f'，{step.day}' if step.day else ''}。" for step in steps),
        width=NARROW_PX,
        height=len(steps) * _ROW,
        shapes=tuple(shapes),
        columns=("环节", "公开情况", "日期"),
        rows=tuple((Cell(step.name), Cell(step.state), Cell(_day(step))) for step in steps),
    )


def _day(step: Step) -> str:
    """A day, or 来源未写明 where something happened on a day that no source gives."""
    if step.day:
        return step.day.isoformat()
    return NOT_STATED if step.reached else "—"
