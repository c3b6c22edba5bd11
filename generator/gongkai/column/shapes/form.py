"""The fields of a form, derived from a shape: what an editor is asked for, in what words, and what may be answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum, StrEnum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from msgspec import Struct
from msgspec.structs import replace
from pydantic import StringConstraints
from pydantic.fields import FieldInfo

from gongkai.column.shapes.base import Identifier, RecordId, Shape
from gongkai.text.patterns import anywhere

EACH = "*"
"""In a path: every item of a list."""

_LABEL_ENDS = anywhere("[，；：。（ ]")
_IDS = {get_args(kind)[1].pattern for kind in (Identifier, RecordId)}


class FieldType(StrEnum):
    """What is typed or picked in a field."""

    TEXT = "text"
    ID = "id"
    DAY = "day"
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    MAPPING = "mapping"  # texts by name: the columns of a table that have no field of their own
    GROUP = "group"  # fields of its own, which follow


class FormField(Struct, frozen=True, kw_only=True):
    """One field: ``path`` leads to it from the file, with :data:`EACH` for the items of a list.

    ``label`` and ``help`` are Chinese. ``many`` says that there may be several, ``required`` that its group is nothing
    without it. ``or_type`` is what may be written in place of a group: the id of another file.
    """

    path: tuple[str, ...]
    label: str
    help: str
    type: FieldType
    many: bool
    required: bool
    choices: tuple[str, ...] = ()
    or_type: FieldType | None = None

    @property
    def name(self) -> str:
        """Its key in the file."""
        return next(step for step in reversed(self.path) if step != EACH)


class _Kind(Struct, frozen=True):
    """What an annotation allows, one of its alternatives."""

    group: type[Shape] | None
    type: FieldType
    many: bool = False
    choices: tuple[str, ...] = ()


@cache
def form_of(shape: type[Shape]) -> tuple[FormField, ...]:
    """All fields of a shape in the order of the form, a group before its own.

    A group within itself, as headings below headings, is named but not entered a second time.
    """
    return tuple(_fields(shape, (), ()))


@cache
def own_fields(shape: type[Shape]) -> tuple[tuple[FormField, type[Shape] | None], ...]:
    """The fields of a shape itself, each with the shape of the group that it is."""
    found = []
    for key, info in shape.model_fields.items():
        if get_origin(info.annotation) is Literal and len(get_args(info.annotation)) == 1:
            continue  # ``kind: plan``: there is nothing to ask
        kinds = _kinds(info.annotation, info.metadata)
        group = next((kind.group for kind in kinds if kind.group), None)
        found.append((_field(info, (info.alias or key,), kinds, group), group))
    return tuple(found)


def _fields(shape: type[Shape], above: tuple[str, ...], around: tuple[type[Shape], ...]) -> Iterator[FormField]:
    for field, group in own_fields(shape):
        path = (*above, *field.path)
        yield replace(field, path=path)
        if group and group not in around:
            inner = (*path, EACH) if field.many else path
            yield from _fields(group, inner, (*around, shape, group))


def _field(info: FieldInfo, path: tuple[str, ...], kinds: list[_Kind], group: type[Shape] | None) -> FormField:
    described = (info.description or (group.__doc__ if group else None) or "").strip()
    label = _LABEL_ENDS.split(described, maxsplit=1)[0]
    main = next((kind for kind in kinds if kind.group), kinds[0])
    others = [kind.type for kind in kinds if kind is not main]
    return FormField(
        path=path,
        label=label,
        help=described[len(label) :].strip("，；：。 "),
        type=main.type,
        many=main.many,
        required=info.is_required(),
        choices=main.choices,
        or_type=others[0] if others else None,
    )


_PLAIN = {
    date: FieldType.DAY,
    bool: FieldType.FLAG,
    int: FieldType.NUMBER,
    float: FieldType.NUMBER,
    str: FieldType.TEXT,
}


def _kinds(annotation: Any, metadata: list[Any]) -> list[_Kind]:
    """What an annotation allows, ``None`` aside."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        return _kinds(inner, [*metadata, *more])
    if origin in (Union, UnionType):
        return [kind for one in get_args(annotation) if one is not type(None) for kind in _kinds(one, metadata)]
    if origin is list:
        return [replace(kind, many=True) for kind in _kinds(get_args(annotation)[0], [])]
    if origin is Literal:
        return [_Kind(None, FieldType.CHOICE, choices=get_args(annotation))]
    if origin is dict:
        return [_Kind(None, FieldType.MAPPING)]
    if issubclass(annotation, Shape):
        return [_Kind(annotation, FieldType.GROUP)]
    if issubclass(annotation, Enum):
        return [_Kind(None, FieldType.CHOICE, choices=tuple(each.value for each in annotation))]
    patterns = {more.pattern for more in metadata if isinstance(more, StringConstraints)}
    return [_Kind(None, FieldType.ID if patterns & _IDS else _PLAIN[annotation])]
