"""What an editor meant: Chinese dates, numbers and field names, as the value or key that belongs there."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from gongkai.column.shapes.base import is_identifier
from gongkai.column.unit import KIND_LABELS, UnitKind
from gongkai.text.numerals import parse_numeral
from gongkai.text.patterns import anywhere, whole
from gongkai.text.table_heads import announced

_JOINTS = anywhere(r"[\s_.—–-]+")
_BLANK = anywhere(r"\s")
_WHAT_ENDS = anywhere("[，；：（。、]| YYYY")
_HAN = anywhere("[\u4e00-\u9fff]")
_EXPLAINED = anywhere(r"(?<![a-z_])([a-z_]+) ?为? ?([\u4e00-\u9fff（）]+)")

_DAY = whole(r"(\d{4})[年/.。\-—_](\d{1,2})[月/.。\-—_](\d{1,2})[日号]?")
_COMPACT = whole(r"(\d{4})(\d{2})(\d{2})")
_CHINESE_DAY = whole(r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日")
_UNITED = whole(r"(\d+)(?:年|年度|条|项|件|个|份|次|期|号|人|家)?")
_CHINESE_YEAR = whole(r"([〇零○一二三四五六七八九]{4})年?度?")
_CHINESE_NUMBER = whole(r"([一二两三四五六七八九十百]+)(?:条|项|件|个|份|次|期|人|家)?")
_SECTION = whole(r"(\d{1,2})(?:[-—–.．_](\d{1,2}))?")
_CHINESE_SECTION = whole(r"([一二三四五六七八九十]{1,3})[、,，]?(?:[（(]([一二三四五六七八九十]{1,3})[）)])?")
_YES, _NO = (
    {"是", "有", "对", "yes", "y", "√", "真", "True", "TRUE"},
    {"否", "无", "没有", "no", "n", "×", "假", "False", "FALSE"},
)
_QUOTES = "“”‘’\"' 　"


def meant_day(value: object) -> str | None:
    """2026年4月20日, 2026/4/20, ２０２６.４.２０, 二〇二六年四月二十日 -> 2026-04-20; None for what is no day."""
    if not isinstance(value, str):
        return None
    text = _plain(value)
    match = _DAY.fullmatch(text) or _COMPACT.fullmatch(text)
    numbers = [int(part) for part in match.groups()] if match else []
    if chinese := _CHINESE_DAY.fullmatch(text):
        numbers = [parse_numeral(part) or 0 for part in chinese.groups()]
    try:
        return date(*numbers).isoformat() if numbers else None
    except ValueError:
        return None


def meant_number(value: object) -> str | None:
    """12条, '12', 十二, 2026年, 二〇二六 -> the digits; None for what is no number."""
    if not isinstance(value, str):
        return None
    text = _plain(value)
    if match := _UNITED.fullmatch(text):
        return match[1].lstrip("0") or "0"
    chinese = _CHINESE_YEAR.fullmatch(text) or _CHINESE_NUMBER.fullmatch(text)
    found = parse_numeral(chinese[1]) if chinese else None
    return None if found is None else str(found)


def meant_boolean(value: object) -> str | None:
    """是 -> true, 否 -> false."""
    text = str(value).strip(_QUOTES)
    return "true" if text in _YES else "false" if text in _NO else None


def meant_section(value: object) -> str | None:
    """“1-2”, 1.2, １－２, 一（二） -> 1-2."""
    text = _plain(str(value))
    if match := _SECTION.fullmatch(text):
        parts = [part for part in match.groups() if part]
    elif match := _CHINESE_SECTION.fullmatch(text):
        parts = [str(parse_numeral(part)) for part in match.groups() if part]
    else:
        return None
    return "-".join(parts) if len(parts) > 1 else f'"{parts[0]}"'


def meant_identifier(value: object) -> str | None:
    """Shili_2026 -> shili-2026; None where no rewriting of this kind gives an id."""
    text = _JOINTS.sub("-", _plain(str(value)).lower()).strip("-")
    return text if is_identifier(text) else None


def _plain(text: str) -> str:
    """Without quotes and blanks, digits and letters half-width."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", text.strip(_QUOTES))).strip(_QUOTES)


def label_of(description: str | None) -> str:
    """What a field is called in Chinese: its description up to the first stop."""
    return _WHAT_ENDS.split(description or "", maxsplit=1)[0]


def labels(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """The fields of a shape, each with its Chinese name."""
    for name, field in model.model_fields.items():
        yield field.alias or name, label_of(field.description)


def meant_fields(model: type[BaseModel] | None, written: str) -> list[str]:
    """The fields that a Chinese name stands for: by what they are called, or by what the head of a table says."""
    if model is None or not _HAN.search(written):
        return []
    known = dict(labels(model))
    found = [name for name, label in known.items() if label == written]
    if not found and (head := announced(written).value) in known:
        found = [head]
    if not found:
        found = [
            name
            for name, label in known.items()
            if len(written) > 1 and (written in label or (label and label in written))
        ]
    near = difflib.get_close_matches(written, known.values(), n=1, cutoff=0.6)
    return found or [name for name, label in known.items() if label in near]


_CHOICES: Mapping[type[StrEnum], Mapping[Any, str]] = {UnitKind: KIND_LABELS}


def choice_labels(choices: Iterable[str], description: str | None) -> dict[str, str]:
    """The Chinese name of each choice, as its field's description says it; empty where the choices are Chinese."""
    said = _EXPLAINED.findall(description or "")
    named = {choice: label for choice, label in said if choice in choices}
    for kind, known in _CHOICES.items():
        if set(choices) <= {each.value for each in kind}:
            named = {each.value: label for each, label in known.items()} | named
    return named


def meant_choice(value: object, choices: Iterable[str], named: Mapping[str, str]) -> str | None:
    """The choice that a Chinese name stands for, where it is but one: 部门 -> department."""
    text = str(value).strip(_QUOTES)
    exact = [choice for choice in choices if text in (choice, named.get(choice))]
    near = [choice for choice in choices if text[1:] and text in named.get(choice, "")]
    found = exact or near
    return found[0] if len(found) == 1 else None
