"""Dates as official papers print them: 2021年3月1日, 二〇二一年三月一日, 2021-03-01."""

from __future__ import annotations

import re
from datetime import date

from gongkai.text.blanks import squeeze
from gongkai.text.numerals import parse_numeral

_DIGIT = r"[\d０-９〇○Ｏ零一二三四五六七八九十元]"
DATE = re.compile(
    rf"(?P<year>[12１２一二]{_DIGIT}{{3}})\s*年\s*(?P<month>{_DIGIT}{{1,3}})\s*月\s*(?P<day>{_DIGIT}{{1,4}})\s*日"
)
_DASHED = re.compile(
    r"(?P<year>(?:19|20)\d\d)[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})(?:\s+\d{1,2}:\d\d(?::\d\d)?)?"
)


def parse_date(text: str) -> date | None:
    """The first full date in the text, in Arabic or Chinese numerals, or None; impossible days are None too."""
    match = DATE.search(text) or _DASHED.search(text)
    if match is None:
        return None
    values = [_number(match[part]) for part in ("year", "month", "day")]
    if None in values:
        return None
    try:
        return date(*(value or 0 for value in values))
    except ValueError:
        return None


def _number(text: str) -> int | None:
    plain = "".join(
        str(int(char)) if char.isdigit() and not char.isascii() else char for char in text.replace("元", "一")
    )
    if plain.isdigit():
        return int(plain)
    return parse_numeral(plain.replace("Ｏ", "〇"))


def is_date(text: str) -> bool:
    """True for a paragraph that is nothing but a date."""
    plain = squeeze(text)
    match = DATE.fullmatch(plain.strip("（）()")) or _DASHED.fullmatch(text.strip())
    return match is not None
