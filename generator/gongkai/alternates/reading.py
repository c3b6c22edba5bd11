"""Rows of open data that somebody else published: every table must be what its dictionary says, and harmless.

Fields that a newer version added are held to what holds of all values; those that an older one lacks are missed by
nobody. What is wrong is a Chinese sentence without the value itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints, is_typeddict

from gongkai.alternates.tables import TABLES
from gongkai.text.patterns import anywhere, whole
from gongkai.text.personal_data import private_data

MAX_ROWS = 500_000
_LONGEST = 200_000
"""Characters of a text: a paragraph, a cell, an address."""
_MOST = 20_000
"""Entries of a list, keys of a mapping."""
_DEEPEST = 8
_GREATEST = 10**12
_YEARS = (1949, 2100)
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
    known = TABLES[table].row if table in TABLES else None
    yield from _wrong_value(row, known, "", 0)
    if "organ" in row and row["organ"] not in organs:
        yield "organ 不是这个区县"
    begins = tuple(f"{organ}-" for organ in organs)
    if table not in _SHARED and row["id"] not in organs and not row["id"].startswith(begins):
        yield "编号不是以区县编号开头的"
    if known and isinstance(row.get("url"), str) and not _is_inside(row["url"]):
        yield "url 不在这个区县自己的网站里"


def _wrong_value(value: Any, hint: Any, key: str, depth: int) -> Iterator[str]:
    if hint is not None and not _fits(value, hint):
        yield f"{key or '这一行'} 的种类不对"
    elif isinstance(value, dict | list):
        yield from _wrong_inside(value, hint, key, depth)
    elif isinstance(value, str):
        yield from _wrong_text(value, key)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from _wrong_number(value, key)


def _wrong_inside(value: dict[str, Any] | list[Any], hint: Any, key: str, depth: int) -> Iterator[str]:
    if depth > _DEEPEST or len(value) > _MOST:
        yield f"{key or '这一行'} 太长，或者一层套一层太深"
    elif isinstance(value, list):
        for inner in value:
            yield from _wrong_value(inner, _entry(hint), key, depth + 1)
    else:
        fields = _fields(hint)
        for name, inner in value.items():
            yield from _wrong_text(name, "字段名")
            yield from _wrong_value(inner, fields.get(name, _free(hint)), name, depth + 1)


def _wrong_text(value: str, key: str) -> Iterator[str]:
    if len(value) > _LONGEST:
        yield f"{key} 超过 {_LONGEST} 字"
        return
    if _CONTROL.search(value):
        yield f"{key} 里有看不见的控制字符"
    if key.endswith("url") and value and not (_is_inside(value) or _WEB.fullmatch(value)):
        yield f"{key} 不是网址"
    if _DAY.fullmatch(key) and _ISO.fullmatch(value) and not _is_day(value):
        yield f"{key} 不是日期"
    if key != "sha256":
        yield from (f"{key} 里有{datum.kind}（{datum.masked}）" for datum in private_data(value))


def _is_inside(address: str) -> bool:
    return _INSIDE.fullmatch(address) is not None and {".", ".."}.isdisjoint(address.split("/"))


def _wrong_number(value: float, key: str) -> Iterator[str]:
    if not abs(value) < _GREATEST:  # what is no number at all, too
        yield f"{key} 太大"
    elif key == "year" and not _YEARS[0] <= value <= _YEARS[1]:
        yield f"{key} 不在 {_YEARS[0]} 至 {_YEARS[1]} 年"
    elif key != "bytes":
        yield from (f"{key} 里有{datum.kind}（{datum.masked}）" for datum in private_data(str(value)))


def _is_day(text: str) -> bool:
    try:
        return _YEARS[0] <= date.fromisoformat(text).year <= _YEARS[1]
    except ValueError:
        return False


def _fits(value: Any, hint: Any) -> bool:
    """Whether a value is of a type, without what lies in it."""
    if hint is Any:
        return True
    if get_origin(hint) in (Union, UnionType):
        return any(_fits(value, inner) for inner in get_args(hint))
    if hint is None or hint is type(None):
        return value is None
    if is_typeddict(hint) or get_origin(hint) is dict:
        return isinstance(value, dict)
    if get_origin(hint) is list:
        return isinstance(value, list)
    return isinstance(value, hint) and (hint is bool or not isinstance(value, bool))


@cache
def _fields(hint: Any) -> Mapping[str, Any]:
    """The types of the fields of a row, or of the one row that an optional value may be."""
    if is_typeddict(hint):
        return get_type_hints(hint)
    return next((_fields(inner) for inner in get_args(hint) if is_typeddict(inner)), {})


@cache
def _free(hint: Any) -> Any:
    """The type of the values of a mapping with free keys; None where nothing is known of them."""
    if get_origin(hint) is dict:
        return get_args(hint)[1]
    if get_origin(hint) in (Union, UnionType):
        return next((found for inner in get_args(hint) if (found := _free(inner)) is not None), None)
    return None


@cache
def _entry(hint: Any) -> Any:
    """The type of the entries of a list; None where nothing is known of them."""
    if get_origin(hint) is list:
        return get_args(hint)[0]
    if get_origin(hint) in (Union, UnionType):
        return next((found for inner in get_args(hint) if (found := _entry(inner)) is not None), None)
    return None
