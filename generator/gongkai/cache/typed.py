"""Whether a value is of a type, all the way down, and which classes such a value may hold.

Types are those that this program's values are made of: its own dataclasses, named tuples and enums; days, numbers and
texts; tuples, lists, dictionaries and frozen sets of them. ``Any`` is a value without classes of our own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Check = Callable[[Any], bool]
Checks = Mapping[type, Check | None]
"""By exact class of a value: what is still to be looked at, if anything."""


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


@cache
def field_values(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    """What gives the values of all fields of a dataclass or named tuple, in order."""
    names = _names(kind)
    return attrgetter(*names) if len(names) > 1 else lambda value: tuple(getattr(value, name) for name in names)


def fits(value: Any, kind: Any) -> bool:
    """Whether a value is of a type."""
    return _all([value], [_checks(kind)])


@cache
def _checks(kind: Any) -> Checks:
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Any:
        return _Anything()
    if origin in (Union, UnionType):
        found = [pair for one in inner for pair in _checks(one).items()]
        assert len(found) == len(dict(found)), f"{kind}: by its class alone it is not known what a value should be"
        return dict(found)
    if origin is Literal:
        return {type(value): lambda found: found in inner for value in inner}
    if origin is tuple and inner[1:] != (...,):
        return {tuple: _row(inner)}
    if origin in (tuple, list, frozenset):
        return {origin: _each(inner[0])}
    if origin is Sequence:
        return dict.fromkeys((tuple, list), _each(inner[0]))
    if origin in (dict, Mapping):
        keys, values = map(_each, inner)
        return {dict: lambda found: keys(found) and values(found.values())}
    exact = NoneType if kind is None else kind
    assert isinstance(exact, type), kind
    return {exact: _fields(exact) if _is_own(exact) and not issubclass(exact, Enum) else None}


class _Anything(dict[type, Check | None]):
    def __contains__(self, _kind: object) -> bool:
        return True

    def __missing__(self, _kind: type) -> None:
        return None


def _all(values: Sequence[Any], checks: Sequence[Checks]) -> bool:
    for value, known in zip(values, checks, strict=True):
        kind = type(value)
        if kind not in known:
            return False
        check = known[kind]
        if check is not None and not check(value):
            return False
    return True


def _row(kinds: Sequence[Any]) -> Check:
    checks = [_checks(kind) for kind in kinds]
    return lambda found: len(found) == len(checks) and _all(found, checks)


def _each(kind: Any) -> Check:
    checks = _checks(kind)
    if all(check is None for check in checks.values()) and not isinstance(checks, _Anything):
        known = checks.keys()
        return lambda found: set(map(type, found)) <= known
    return lambda found: all(_all([value], [checks]) for value in found)


def _fields(kind: type) -> Check:
    """Types of fields are looked up when a value is met: a type may hold itself."""
    values = field_values(kind)
    checks: list[Checks] = []

    def check(found: Any) -> bool:
        if not checks:
            checks.extend(map(_checks, _hints(kind)))
        return _all(values(found), checks)

    return check
