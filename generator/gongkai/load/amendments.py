"""What a file says of its own past: items that had other numbers, and what was corrected after it was public."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from msgspec import Struct

from gongkai.column.shapes.base import CorrectedShape, Shape
from gongkai.column.shapes.form import EACH, form_of

_NOT_PUBLIC = frozenset({"kind", "id", "moved_from", "corrected", "ignore"})
"""Fields of which readers see nothing themselves."""


class Corrected(Struct, frozen=True):
    """A correction as written; ``label`` is what editors call the field, None where there is no such field."""

    day: date
    field: str
    label: str | None
    reason: str


class Amended(Struct, frozen=True):
    """What is said at a path of a file: ids that an item had before, and its corrections."""

    path: tuple[str | int, ...]
    moved_from: tuple[str, ...]
    corrected: tuple[Corrected, ...]


def amendments(shape: Shape, path: tuple[str | int, ...] = ()) -> Iterator[Amended]:
    """What a shape and all shapes in it say. Old ids of the file itself are not among it: they are known already."""
    old = getattr(shape, "moved_from", ()) if path else ()
    corrected = tuple(_corrected(type(shape), each) for each in getattr(shape, "corrected", ()))
    if old or corrected:
        yield Amended(path, tuple(old), corrected)
    for name in type(shape).model_fields:
        value = getattr(shape, name)
        if isinstance(value, Shape):
            yield from amendments(value, (*path, name))
        elif isinstance(value, list):
            for at, inner in enumerate(value):
                if isinstance(inner, Shape):
                    yield from amendments(inner, (*path, name, at))


def _corrected(shape: type[Shape], written: CorrectedShape) -> Corrected:
    return Corrected(written.date, written.field, correctable(shape).get(written.field), written.reason)


@cache
def correctable(shape: type[Shape]) -> dict[str, str]:
    """The fields of a shape that may be named as corrected, ``stages.result``, and what editors call them."""
    fields = (found for found in form_of(shape) if _NOT_PUBLIC.isdisjoint(found.path))
    return {".".join(key for key in found.path if key != EACH): found.label for found in fields}
