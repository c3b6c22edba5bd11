"""Dates as official papers print them: 2021年3月1日, 二〇二一年三月一日, 二O二一年, 2021-03-01, 2021.3.1."""

from __future__ import annotations

from datetime import date

from gongkai.text.blanks import squeeze
from gongkai.text.numerals import parse_numeral
from gongkai.text.patterns import Match, anywhere

_ZEROS = "〇○ＯOoОо零◯"
"""What is printed for 〇 in a year: Chinese, Latin, Greek and Cyrillic letters that look like it, too."""
_ONES = "一二三四五六七八九"
_DIGIT = rf"[\d０-９{_ZEROS}{_ONES}十元]"
DATE = anywhere(
    rf"(?P<year>[12１２一二]{_DIGIT}{{3}})\s*年\s*(?P<month>{_DIGIT}{{1,3}})\s*月\s*(?P<day>{_DIGIT}{{1,4}})\s*[日号]"
)
_DASHED = anywhere(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*[-./．－]\s*(?P<month>\d{1,2})\s*[-./．－]\s*(?P<day>\d{1,2})(?!\d)"
    r"(?:\s+\d{1,2}:\d\d(?::\d\d)?)?"
)
_MONTH = anywhere(rf"[12１２一二]{_DIGIT}{{3}}\s*年\s*{_DIGIT}{{1,3}}\s*月")
FIRST_YEAR, LAST_YEAR = 1949, 2100
"""No paper of a government of the People's Republic is older; a year that is later is a slip."""


def find_date(text: str) -> Match[str] | None:
    """Where the first full date of a text stands, with its ``year``, ``month`` and ``day`` as printed."""
    return DATE.search(text) or _DASHED.search(text)


def parse_date(text: str) -> date | None:
    """The first full date in the text, in Arabic or Chinese numerals, or None.

    Impossible days and years before 1949 are None too: they are misread.
    """
    match = find_date(text)
    if match is None:
        return None
    year, month, day = (_year(match["year"]), _number(match["month"]), _number(match["day"]))
    if not year or not month or not day or year < FIRST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(text: str) -> int | None:
    """Four digits, each printed in Arabic or Chinese: 二0二五."""
    digits = [_digit(char) for char in text]
    return int("".join(digits)) if all(digits) else None


def _digit(char: str) -> str:
    if char in _ZEROS:
        return "0"
    if char in _ONES:
        return str(_ONES.index(char) + 1)
    return str(int(char)) if char.isdigit() else ""


def _number(text: str) -> int | None:
    """A month or a day: 3, ０３, 三, 十二, 二十一; 元 is the first."""
    plain = text.replace("元", "一")
    digits = [_digit(char) for char in plain]
    return int("".join(digits)) if all(digits) else parse_numeral(plain)


def is_date(text: str) -> bool:
    """True for a paragraph that is nothing but a date; 2025年3月 is one whose day was not printed."""
    plain = squeeze(text).strip("（）()")
    return any(way.fullmatch(plain) for way in (DATE, _MONTH)) or _DASHED.fullmatch(text.strip()) is not None


def printed_day(day: date) -> str:
    """A day as official documents print it (GB/T 9704-2012): 2021年6月17日, no zero padding."""
    return f"{day.year}年{day.month}月{day.day}日"
