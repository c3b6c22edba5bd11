"""Whether a value is of a type, all the way down, and which classes such a value may hold.

Types are those that this program's values are made of: its own dataclasses, named tuples and enums; days, numbers and
texts; tuples, lists, dictionaries and frozen sets of them. ``Any`` is a value without classes of our own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Check = Callable[[Any], bool]


@cache
def classes_in(kind: Any) -> frozenset[type]:
    """The dataclasses, named tuples and enums that a value of a type may hold."""
    found: set[type] = set()
    ahead = [kind]
    while ahead:
        kind = ahead.pop()
        if isinstance(kind, type) and _is_own(kind):
            if kind not in found:
                found.add(kind)
                ahead.extend(_hints(kind))
        else:
            ahead.extend(get_args(kind))
    return frozenset(found)


def _is_own(kind: type) -> bool:
    """True for classes whose values are nothing but the values of their fields."""
    return is_dataclass(kind) or issubclass(kind, Enum) or hasattr(kind, "_fields")


def _hints(kind: type) -> list[Any]:
    """The types of the fields of a dataclass or named tuple, in order."""
    if issubclass(kind, Enum):
        return []
    hints = get_type_hints(kind)
    return [hints[name] for name in _names(kind)]


def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else kind._fields


def fits(value: Any, kind: Any) -> bool:
    """Whether a value is of a type."""
    return _check(kind)(value)


@cache
def _check(kind: Any) -> Check:
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Any:
        return lambda _: True
    if origin in (Union, UnionType):
        return _one_of(inner)
    if origin is Literal:
        return lambda value: value in inner
    if origin is tuple and (len(inner) != 2 or inner[1] is not ...):  # noqa: PLR2004
        return _row(inner)
    if origin in (tuple, list, Sequence):
        return _each((tuple, list) if origin is Sequence else (origin,), inner[0])
    if origin is frozenset:
        return _each((frozenset,), inner[0])
    if origin in (dict, Mapping):
        return _pairs(*inner)
    exact = NoneType if kind is None else kind
    if isinstance(exact, type) and _is_own(exact) and not issubclass(exact, Enum):
        return _of_fields(exact)
    assert isinstance(exact, type), kind
    return lambda value: type(value) is exact


def _one_of(kinds: tuple[Any, ...]) -> Check:
    checks = [_check(kind) for kind in kinds]
    return lambda value: any(check(value) for check in checks)


def _row(kinds: Sequence[Any]) -> Check:
    checks = [_check(inner) for inner in kinds]

    def check(value: Any) -> bool:
        return type(value) is tuple and len(value) == len(checks) and _all(checks, value)

    return check


def _each(kinds: tuple[type, ...], inner: Any) -> Check:
    check = _check(inner)
    return lambda value: type(value) in kinds and all(map(check, value))


def _pairs(key: Any, inner: Any) -> Check:
    keys, values = _check(key), _check(inner)
    return lambda value: type(value) is dict and all(map(keys, value)) and all(map(values, value.values()))


def _of_fields(kind: type) -> Check:
    """Fields are looked up when a value is met: a type may hold itself."""
    names = _names(kind)
    checks: list[Check] = []

    def check(value: Any) -> bool:
        if type(value) is not kind:
            return False
        if not checks:
            checks.extend(map(_check, _hints(kind)))
        return _all(checks, (getattr(value, name) for name in names))

    return check


def _all(checks: Sequence[Check], values: Iterator[Any] | Sequence[Any]) -> bool:
    return all(check(value) for check, value in zip(checks, values, strict=True))
