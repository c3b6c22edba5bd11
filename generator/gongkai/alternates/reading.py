"""Rows of open data that somebody else published: every table must be what its dictionary says, and harmless.

Fields that a newer version added are held to what holds of all values; those that an older one lacks are missed by
nobody. What is wrong is a Chinese sentence without the value itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from types import UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints, is_typeddict

from gongkai.alternates.tables import TABLES
from gongkai.text.dates import FIRST_YEAR, LAST_YEAR
from gongkai.text.patterns import anywhere, whole
from gongkai.text.personal_data import private_data

MAX_ROWS = 500_000
_LONGEST = 200_000
"""Characters of a text: a paragraph, a cell, an address."""
_MOST = 20_000
"""Entries of a list, keys of a mapping."""
_DEEPEST = 8
_GREATEST = 10**12
_DAY = whole(r"(?:[a-z]+_)*+(date|due|start|end|latest|since|until|from|to)|date_[a-z]+|valid_[a-z]+")
"""Names of fields whose text is a day, where it is one."""
_ISO = whole(r"\d{4}-\d\d-\d\d")
_INSIDE = whole(r"[^\s/\\:?#<>\"'][^\s\\:?#<>\"']*")
"""An address below the site's root: no step up, no host, no scheme, no query."""
_WEB = whole(r"https?://[^\s<>\"'\\/@]+(/[^\s<>\"'\\]*)?")
_CONTROL = anywhere(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_ID = whole(r"[a-z0-9]+([/_-][a-z0-9]+)*")
_SHARED = frozenset({"themes"})
"""Tables whose ids belong to all districts."""


def known_id(value: object) -> bool:
    """Whether something can be the id of a row."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def wrong_in_tables(tables: Mapping[str, Sequence[Any]], organs: Collection[str]) -> Iterator[str]:
    """What is wrong with the tables of a district; ``organs`` are those that it may speak for.

    Every row's id must begin with the id of one of them, and its page must lie in its own site.
    """
    for name, rows in tables.items():
        if len(rows) > MAX_ROWS:
            yield f"{name} 超过 {MAX_ROWS} 行"
            continue
        seen: set[str] = set()
        for at, row in enumerate(rows, start=1):
            if not (isinstance(row, dict) and known_id(row.get("id"))):
                yield f"{name} 第 {at} 行没有可以用的编号"
                continue
            where = f"{name} 的 {row['id']}"
            if row["id"] in seen:
                yield f"{where} 写了两次"
            seen.add(row["id"])
            yield from (f"{where}：{words}" for words in _wrong_row(name, row, organs))


def _wrong_row(table: str, row: Mapping[str, Any], organs: Collection[str]) -> Iterator[str]:
    shape = _shape(TABLES[table].row) if table in TABLES else _UNKNOWN
    found: list[str] = []
    _look_at(found, row, shape, "", 0)
    yield from found
    if "organ" in row and row["organ"] not in organs:
        yield "organ 不是这个区县"
    begins = tuple(f"{organ}-" for organ in organs)
    if table not in _SHARED and row["id"] not in organs and not row["id"].startswith(begins):
        yield "编号不是以区县编号开头的"
    if table in TABLES and isinstance(row.get("url"), str) and not _is_inside(row["url"]):
        yield "url 不在这个区县自己的网站里"


def _look_at(found: list[str], value: Any, shape: _Shape | None, key: str, depth: int) -> None:
    """Add to ``found`` what is wrong with a value."""
    kind, shape = type(value), shape or _UNKNOWN
    if shape.kinds is not None and kind not in shape.kinds:
        found.append(f"{key or '这一行'} 的种类不对")
    elif kind is str:
        found += _wrong_text(value, key)
    elif kind is dict or kind is list:
        _look_inside(found, value, shape, key, depth)
    elif kind is int or kind is float:
        found += _wrong_number(value, key)


def _look_inside(found: list[str], value: dict[str, Any] | list[Any], shape: _Shape, key: str, depth: int) -> None:
    if depth > _DEEPEST or len(value) > _MOST:
        found.append(f"{key or '这一行'} 太长，或者一层套一层太深")
    elif isinstance(value, list):
        for inner in value:
            _look_at(found, inner, shape.entry, key, depth + 1)
    else:
        for name, inner in value.items():
            own = shape.fields.get(name)
            if own is None:
                found += _wrong_text(name, "字段名")
            _look_at(found, inner, own or shape.free, name, depth + 1)


@lru_cache(1 << 14)
def _wrong_text(value: str, key: str) -> tuple[str, ...]:
    """What is wrong with a text; tables say the same names, days and sentences again and again."""
    return tuple(_wrong_in_text(value, key))


def _wrong_in_text(value: str, key: str) -> Iterator[str]:
    if len(value) > _LONGEST:
        yield f"{key} 超过 {_LONGEST} 字"
        return
    if _CONTROL.search(value):
        yield f"{key} 里有看不见的控制字符"
    if key.endswith("url") and value and not (_is_inside(value) or _WEB.fullmatch(value)):
        yield f"{key} 不是网址"
    if _ISO.fullmatch(value) and _DAY.fullmatch(key) and not _is_day(value):
        yield f"{key} 不是日期"
    if key != "sha256":
        yield from (f"{key} 里有{datum.kind}（{datum.masked}）" for datum in private_data(value))


def _is_inside(address: str) -> bool:
    return _INSIDE.fullmatch(address) is not None and {".", ".."}.isdisjoint(address.split("/"))


def _wrong_number(value: float, key: str) -> Iterator[str]:
    if not abs(value) < _GREATEST:  # what is no number at all, too
        yield f"{key} 太大"
    elif key == "year" and not FIRST_YEAR <= value <= LAST_YEAR:
        yield f"{key} 不在 {FIRST_YEAR} 至 {LAST_YEAR} 年"
    elif key != "bytes":
        yield from (f"{key} 里有{datum.kind}（{datum.masked}）" for datum in private_data(str(value)))


def _is_day(text: str) -> bool:
    try:
        return FIRST_YEAR <= date.fromisoformat(text).year <= LAST_YEAR
    except ValueError:
        return False


class _Shape(NamedTuple):
    """What a value may be: its types, None for all; its fields, other fields, and the entries of a list."""

    kinds: frozenset[type] | None
    fields: Mapping[str, _Shape]
    free: _Shape | None = None
    entry: _Shape | None = None


_UNKNOWN = _Shape(None, {})


@cache
def _shape(hint: Any) -> _Shape:
    """The shape of values of a type: of each of the types that it is made of, where there are several."""
    if hint is Any:
        return _UNKNOWN
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _any_of(list(map(_shape, get_args(hint))))
    if is_typeddict(hint):
        return _Shape(frozenset({dict}), {name: _shape(inner) for name, inner in get_type_hints(hint).items()})
    if hint is dict or origin is dict:
        return _Shape(frozenset({dict}), {}, free=_shape(get_args(hint)[1]) if origin else None)
    if hint is list or origin is list:
        return _Shape(frozenset({list}), {}, entry=_shape(get_args(hint)[0]) if origin else None)
    return _Shape(frozenset({type(None) if hint is None else hint}), {})


def _any_of(shapes: Sequence[_Shape]) -> _Shape:
    known = [shape.kinds for shape in shapes if shape.kinds is not None]
    return _Shape(
        frozenset().union(*known) if len(known) == len(shapes) else None,
        next((shape.fields for shape in shapes if shape.fields), {}),
        next((shape.free for shape in shapes if shape.free), None),
        next((shape.entry for shape in shapes if shape.entry), None),
    )
