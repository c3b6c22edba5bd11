"""Chinese numerals as they stand in headings and dates: 一 to 九百九十九."""

from __future__ import annotations

from gongkai.text.patterns import anywhere

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_PRINTED = "零一二三四五六七八九"
_MOST = 99
"""No outline and no list counts further in Chinese numerals."""
_NUMERAL = anywhere(r"[〇零○一二两三四五六七八九十百]+")


def parse_numeral(text: str) -> int | None:
    """The value of the first Chinese numeral in ``text`` (（十六） -> 16), or None when there is none."""
    match = _NUMERAL.search(text)
    return _value(match.group()) if match else None


def numeral(number: int) -> str:
    """A number from 0 to 99 as headings print it: 零, 一, 十二, 三十; greater ones in digits."""
    if number > _MOST:
        return str(number)
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _PRINTED[tens]) + "十" if tens else ""
    return head + (_PRINTED[ones] if ones else "") or _PRINTED[0]


def _value(numeral: str) -> int:
    if not any(char in "十百" for char in numeral):
        return int("".join(str(_DIGITS[char]) for char in numeral))
    total = pending = 0
    for char in numeral:
        if char in "十百":
            total += (pending or 1) * (10 if char == "十" else 100)
            pending = 0
        else:
            pending = _DIGITS[char]
    return total + pending


def digits(text: str) -> str:
    """The decimal digits of a text, one after another: 12 of （12）."""
    return "".join(filter(str.isdecimal, text))
