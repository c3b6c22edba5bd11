"""What a clerk typed into a field -> the value that belongs into the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gongkai.column.shapes.form import FieldType, FormField
from gongkai.desk.session import RefusedError
from gongkai.load.suggestions import (
    choice_labels,
    meant_boolean,
    meant_choice,
    meant_day,
    meant_identifier,
    meant_number,
)
from gongkai.text.characters import sound
from gongkai.text.patterns import anywhere

_BETWEEN = anywhere(r"[、，,；;\s]+")
_INDENT = anywhere(r"(?m)^ *\u3000[ \u3000]*")
"""Blanks before a paragraph, which pages make themselves."""
_LINES = anywhere(r"\r\n?|\u2028|\u2029")


def as_text(value: Any) -> str:
    """A value as it stands in a text field."""
    if isinstance(value, list):
        return "、".join(str(item) for item in value if not isinstance(item, dict | list))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def labelled(field: FormField) -> dict[str, str]:
    """The choices of a field, each with what people call it."""
    named = choice_labels(field.choices, f"{field.label}：{field.help}")
    return {choice: named.get(choice, choice) for choice in field.choices}


def meant(field: FormField, typed: str, names: Mapping[str, Iterable[str]]) -> Any:
    """The value that was meant; None for an empty field. ``names`` are ids by what people call them.

    Characters that nobody sees or that only look like others (of PDF, Word, web pages) are put right, as by ``fix``.

    Raises:
        RefusedError: when it cannot be one; the sentence says what to write.
    """
    text = _INDENT.sub("", sound(_LINES.sub("\n", typed))).strip("\n").rstrip()
    if not text.strip():
        return None
    if field.many:
        parts = [part for part in _BETWEEN.split(text) if part]
        return list(dict.fromkeys(_one(field, part, names) for part in parts))
    return _one(field, text, names)


def _one(field: FormField, text: str, names: Mapping[str, Iterable[str]]) -> Any:
    match field.type:
        case FieldType.NUMBER:
            number = meant_number(text)
            if number is None:
                raise RefusedError(f"{field.label}要写数字，如 12")
            return int(number)
        case FieldType.DAY:
            if day := meant_day(text):
                return day
            raise RefusedError(f"{field.label}要写日期，如 2026-03-31")
        case FieldType.FLAG:
            return _flag(field, text)
        case FieldType.CHOICE:
            return _choice(field, text)
        case FieldType.ID:
            return _identifier(field, text, names)
    return _identifier(field, text, names) if field.or_type is FieldType.ID else text


def _flag(field: FormField, text: str) -> bool:
    said = text if text in ("true", "false") else meant_boolean(text)
    if said is None:
        raise RefusedError(f"{field.label}请选“是”或“否”")
    return said == "true"


def _choice(field: FormField, text: str) -> str | int:
    named = {str(value): label for value, label in labelled(field).items()}
    found = meant_choice(text, named, named)
    if found is None:
        raise RefusedError(f"{field.label}没有“{text}”，可以选：{'、'.join(named.values())}")
    return next(choice for choice in field.choices if str(choice) == found)


def _identifier(field: FormField, text: str, names: Mapping[str, Iterable[str]]) -> str:
    known = list(names.get(text, ()))
    if len(known) == 1:
        return known[0]
    if known:
        raise RefusedError(f"叫“{text}”的不止一个，请从列表里选")
    if "/" in text or (text.replace("-", "").isalnum() and text.isascii()):
        return text
    if found := meant_identifier(text):
        return found
    raise RefusedError(f"{field.label}里没有“{text}”，请从列表里选")
