"""Two rows of the same type -> what differs in them, in the words of the data dictionary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache
from types import UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints, is_typeddict

from msgspec import Struct
from pydantic import BaseModel

from gongkai.alternates.dictionary import meaning
from gongkai.column.nested import CELL
from gongkai.text.patterns import anywhere

PROGRESS = "progress"
"""The field of what came of a task: its entries are only ever added to."""
_END = anywhere("[，；：（。]")
_CHOICE = anywhere(r"([a-z][a-z_+]{0,40}) (?:为)?([^，；、（ ]+)")
_UNIT = "编号"


class Difference(NamedTuple):
    """What readers call a value, and how it read before and reads now; an empty text is nothing."""

    label: str
    old: str
    new: str


class _Field(NamedTuple):
    hint: Any  # its type
    meaning: str

    @property
    def label(self) -> str:
        """The first words of the meaning; an id is shown as the name of what it is the id of."""
        return _END.split(self.meaning)[0].removesuffix(f"的{_UNIT}")


@cache
def _fields(kind: Any) -> Mapping[str, _Field]:
    """The fields of a published row, or of what editors write, by key."""
    if is_typeddict(kind):
        return {key: _Field(hint, meaning(kind, key)) for key, hint in get_type_hints(kind).items()}
    known = kind.model_fields if isinstance(kind, type) and issubclass(kind, BaseModel) else {}
    return {key: _Field(field.annotation, field.description or key) for key, field in known.items()}


@cache
def authored_words(shape: type[BaseModel]) -> Mapping[str, str]:
    """What editors call every key below a shape: names of stages and of what only some stages have."""
    found: dict[str, str] = {}
    waiting, seen = [shape], {shape}
    for model in waiting:
        for key, field in _fields(model).items():
            found.setdefault(key, field.label)
            inner = _structure(field.hint)
            if inner not in seen and isinstance(inner, type) and issubclass(inner, BaseModel):
                seen.add(inner)
                waiting.append(inner)
    return found


@cache
def _structure(hint: Any) -> Any:
    """The type of rows or shapes that a value is, or that it is a list of; None for plain values."""
    if is_typeddict(hint) or (isinstance(hint, type) and issubclass(hint, BaseModel)):
        return hint
    return next((found for inner in get_args(hint) if (found := _structure(inner)) is not None), None)


def _inside(hint: Any) -> Any:
    """The type of the values of a mapping with free keys; None for all else."""
    if get_origin(hint) in (Union, UnionType):
        return next((found for inner in get_args(hint) if (found := _inside(inner)) is not None), None)
    return get_args(hint)[1] if get_origin(hint) is dict else None


class Words(Struct, frozen=True):
    """Names by id, and by key what stands in free mappings."""

    names: Mapping[str, str]
    keys: Mapping[str, str]


def differences(kind: Any, old: Mapping[str, Any], new: Mapping[str, Any], words: Words) -> Iterator[Difference]:
    """What differs between two rows of a type, field by field; keys that only one of them has are told, too."""
    fields = _fields(kind)
    for key in dict.fromkeys((*old, *new)):
        one, two = old.get(key), new.get(key)
        if one != two:
            field = fields.get(key) or _Field(None, words.keys.get(key, key))
            yield from _value(field, field.label, one, two, words)


def summary(kind: Any, row: Mapping[str, Any], words: Words) -> str:
    """A whole row in one line."""
    return text(_Field(kind, ""), row, words) if row else ""


def _value(field: _Field, label: str, old: Any, new: Any, words: Words) -> Iterator[Difference]:
    if isinstance(old, Mapping) or isinstance(new, Mapping):
        yield from _mapping(field, label, old or {}, new or {}, words)
    elif _structure(field.hint) is CELL.row:
        before, after = _cells(old or ()), _cells(new or ())
        heads = (head for head in dict.fromkeys((*before, *after)) if before.get(head) != after.get(head))
        yield from (Difference(head, before.get(head, ""), after.get(head, "")) for head in heads)
    elif isinstance(old, Sequence | None) and isinstance(new, Sequence | None) and not isinstance(old or new, str):
        yield from _list(field, label, old or (), new or (), words)
    else:
        one, two = text(field, old, words), text(field, new, words)
        yield Difference(label, one, two) if one != two else Difference(label, str(old), str(new))


def _cells(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The cells of a row of a table by their heads."""
    return {row["head"]: row["text"] + ("（沿用上一行）" if row["inherited"] else "") for row in rows}


def _mapping(
    field: _Field, label: str, old: Mapping[str, Any], new: Mapping[str, Any], words: Words
) -> Iterator[Difference]:
    """A value with fields of its own; of a mapping with free keys these say enough."""
    free, kind = _inside(field.hint), _structure(field.hint)
    if free is None and kind is not None:
        for found in differences(kind, _told(old), _told(new), words):
            yield found._replace(label=f"{label}·{found.label}")
        return
    for key in dict.fromkeys((*old, *new)):
        if old.get(key) != new.get(key):
            named = words.keys.get(key) or f"{label}·{key}"
            yield from _value(_Field(free, named), named, old.get(key), new.get(key), words)


def _list(field: _Field, label: str, old: Sequence[Any], new: Sequence[Any], words: Words) -> Iterator[Difference]:
    """What was taken out, put in or changed; entries that changed in their places are compared with each other."""
    one, two = [_key(entry) for entry in old], [_key(entry) for entry in new]
    inner = _Field(_structure(field.hint), field.meaning)
    for what, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        pairs = min(b - a, d - c)
        for at in range(pairs):
            place = f"{label}（第{a + at + 1}条）" if len(old) > 1 and inner.hint else label
            yield from _value(inner, place, old[a + at], new[c + at], words)
        yield from (Difference(label, text(inner, entry, words), "") for entry in old[a + pairs : b])
        yield from (Difference(label, "", text(inner, entry, words)) for entry in new[c + pairs : d])


def _key(entry: Any) -> str:
    return repr(_told(entry)) if isinstance(entry, Mapping) else repr(entry)


def _told(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Without what repeats other values: the address of an attachment, and the name of a unit beside its id."""

    def repeats(key: str) -> bool:
        return (key == "url" and "sha256" in row) or (key == "name" and "id" in row)

    return {key: value for key, value in row.items() if not repeats(key)}


def text(field: _Field, value: Any, words: Words) -> str:
    """A value as readers know it: names for ids, words for choices, one line for what has fields of its own."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        fields = _fields(field.hint)
        parts = (text(fields.get(key) or _Field(None, key), inner, words) for key, inner in _told(value).items())
        return " ".join(filter(None, parts))
    if isinstance(value, list | tuple):
        return "、".join(text(_Field(_structure(field.hint), field.meaning), inner, words) for inner in value)
    said = str(value)
    if _UNIT in field.meaning and said in words.names:
        return words.names[said]
    choices: dict[str, str] = dict(_CHOICE.findall(field.meaning))
    return choices.get(said, said)
