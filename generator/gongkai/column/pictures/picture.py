"""The vocabulary of pictures. Lengths are in the picture's own units, in which a character of text is 14 high."""

from __future__ import annotations

from math import ceil, sqrt

from msgspec import Struct

NARROW_PX = 360
"""Width of pictures that fit a phone as they are."""

CHARACTER_PX = 14
"""Width and height of a Chinese character in a picture."""


class Box(Struct, frozen=True):
    """A rectangle; ``look`` is a class of the style sheet."""

    x: float
    y: float
    width: float
    height: float
    look: str
    shape: str = "box"


class Dot(Struct, frozen=True):
    """A circle."""

    x: float
    y: float
    radius: float
    look: str
    shape: str = "dot"


class Stroke(Struct, frozen=True):
    """A straight line."""

    x: float
    y: float
    to_x: float
    to_y: float
    look: str
    shape: str = "stroke"


class Label(Struct, frozen=True):
    """Text on its base line; ``anchor`` is start, middle or end."""

    x: float
    y: float
    text: str
    look: str = "text"
    anchor: str = "start"
    shape: str = "label"


class Leading(Struct, frozen=True):
    """Shapes that lead to an address, for who points at them; in the table behind the picture everybody finds it."""

    url: str
    shapes: tuple[Box | Label, ...]
    shape: str = "leading"


class Cell(Struct, frozen=True):
    """A cell of the table behind a picture, with the address it leads to, if any; ``more`` stands behind it."""

    text: str
    url: str | None = None
    more: tuple[Cell, ...] = ()


Shape = Box | Dot | Stroke | Label | Leading


def leading(url: str | None, *shapes: Box | Label) -> tuple[Shape, ...]:
    """Shapes that lead to an address; where there is none, the shapes as they are."""
    return (Leading(url, shapes),) if url else shapes


class Picture(Struct, frozen=True):
    """A picture and its table. ``alt_text`` says in one sentence what is to be seen, for readers who cannot see it."""

    title: str
    alt_text: str
    width: float
    height: float
    shapes: tuple[Shape, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str | None = None

    @property
    def leads(self) -> bool:
        """True when some of its shapes lead somewhere."""
        return any(isinstance(shape, Leading) for shape in self.shapes)

    @property
    def wide(self) -> bool:
        """True when a phone has to scroll sideways to see all of it."""
        return self.width > NARROW_PX


def shortened(text: str, width: float) -> str:
    """A label that fits into ``width``; the table has the whole of it."""
    most = int(width // CHARACTER_PX)
    return text if len(text) <= most else text[: max(most - 1, 1)] + "…"


def steps(value: int, largest: int, count: int = 4) -> int:
    """Which of ``count`` steps of darkness a value belongs to, from 1; 0 for nothing.

    By the square root, so that one very large value does not make all others look alike.
    """
    return 0 if value <= 0 else min(count, ceil(count * sqrt(value / largest)))
