"""Personal data that must not be published: numbers that identify a person, found by their form and check digit.

A number is looked for as offices print it: digits of any script and width, in groups, with blanks, dashes, dots or
brackets between them, or in Chinese numerals. Every pattern below is a run of one class of characters, which is read in
linear time; what stands inside a run is told apart by hand.

Personal Information Protection Law (个人信息保护法) art. 28 names identity and financial accounts as sensitive; the
Regulations (国务院令第711号) art. 15 forbid disclosing what harms a third party's lawful rights.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from html import unescape
from itertools import islice
from typing import NamedTuple

from gongkai.text.patterns import IGNORECASE, Match, Pattern, any_of, anywhere, whole

_LETTERS = anywhere(r"[A-Za-z]{0,8}\Z")
_CREDIT_CODE = anywhere(r"信用代码[^\d]{0,6}\Z")


_BLANK = " \t\u00a0\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff"
_DASH = "\\-\u2010-\u2015\u2212\ufe58\ufe63\uff0d\uff5e~_/\uff0f"
_DOT = ".\u00b7\u2022\u2027\u30fb\uff0e\uff65"
_BRACKET = "()\\[\\]\uff08\uff09\u3010\u3011"
_BETWEEN = f"{_BLANK}{_INVISIBLE}{_DASH}{_DOT}{_BRACKET}"

_RUN = anywhere(rf"\d[\d{_BETWEEN}\n]{{9,}}")
"""A digit and what may belong to the same number; a line may end inside the number of a person."""
_DIGITS = anywhere(r"\d+")
_HAN = whole("[〇零○一二三四五六七八九幺]+")
_ONE_HAN = anywhere("[〇零○一二三四五六七八九幺]")
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九幺", "0001234567891")
_LAST = frozenset("XxＸｘ×ХхⅩⅹ✕")
"""How the last character X of an identity number is printed."""
_MOST_BETWEEN = 3
"""Characters between two groups of one number."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_IDENTITY, _MOBILE = 18, 11
_CARD = whole(r"(?:62|4|5[1-5]|3[57]|9558)\d{14,17}|3[47]\d{13}")
_LONGEST = 19
_MORE = _LONGEST + 2
"""Digits, and groups of digits, of which something is too long to be any of these numbers."""

_MOBILE_GROUPS = {(3, 4, 4), (3, 3, 5), (3, 5, 3), (4, 3, 4), (4, 4, 3), (3, 8), (7, 4), (5, 6), (3, 2, 2, 2, 2)}
_CARD_GROUPS = {(4, 4, 4, 4), (4, 4, 4, 4, 1), (4, 4, 4, 4, 2), (4, 4, 4, 4, 3), (6, 10), (6, 13), (4, 6, 5)}
_IDENTITY_GROUPS = {(6, 8, 4), (6, 4, 2, 2, 4), (6, 4, 4, 4), (6, 12), (6, 6, 6), (3, 3, 4, 4, 4), (4, 4, 4, 4, 2)} | {
    (14, 4), (6, 8, 3, 1), (2, 2, 2, 8, 4), (17, 1), (3, 3, 8, 4), (6, 4, 4, 3, 1),
}  # fmt: skip
_COUNTRY = anywhere(r"^(?:00)?86(?=1)")

_LEAST = 10
"""Characters of a text below which there is no such number in it."""
_LABEL = 14
"""Characters before a number in which it may be named."""
_PAPER = 20
"""More characters than the number of a paper has, and what is looked at behind it."""
_NO_PERSON = anywhere(r"(?:代码|文号|编号|ISBN|ISSN|备案|许可证|合同号|订单|流水)[^\d]{0,6}\Z", IGNORECASE)
_CONTACT = anywhere(r"(?:tel|phone|mob|mobile|id|no|sfz|dh|sj)\Z", IGNORECASE)
_DECIMAL = anywhere(r"(?:\d\d|0)\.\Z")
"""Before a number: a decimal or a part of a code. 1. is the number of a list."""
_AMOUNT = frozenset("元万亿角吨户")
_PAPERS = (
    ("身份证号", ("身份证",), anywhere(r"(?<![0-9A-Za-z])[1-8]\d{14}(?![0-9A-Za-z])")),
    ("护照号码", ("护照",), anywhere(r"(?<![0-9A-Za-z])(?:[EDSPG]\d{8}|E[A-Z]\d{7})(?![0-9A-Za-z])")),
    ("通行证号码", ("通行证", "回乡证", "台胞证"), anywhere(r"(?<![0-9A-Za-z])[HMCW]\d{8,10}(?![0-9A-Za-z])")),
    ("军官证号码", ("军官证", "士兵证"), anywhere(r"字第?\s{0,2}\d{6,8}\s{0,2}号")),
)


class PrivateDatum(NamedTuple):
    """One number: what it is in Chinese, the text as printed, and where it begins."""

    kind: str
    text: str
    start: int

    @property
    def masked(self) -> str:
        """The number as a message may show it."""
        return f"{self.text[:3]}{'*' * (len(self.text) - 5)}{self.text[-2:]}"


class _Group(NamedTuple):
    """Digits that stand together, as ASCII, and where in the text."""

    digits: str
    start: int
    end: int


def private_data(text: str) -> Iterator[PrivateDatum]:
    """Every number of a person, mobile telephone or bank card in a text, and of papers that are named beside it."""
    if len(text) < _LEAST:
        return
    for run in _RUN.finditer(text):
        if sum(map(str.isdecimal, run.group())) >= _MOBILE:  # nearly all are days and the like
            yield from _in_run(text, _groups(text, run))
    for start, numeral in _numerals(text):
        digits = numeral.translate(_HAN_DIGITS)
        if kind := _kind(digits, (len(digits),)):
            yield PrivateDatum(kind, numeral, start)
    for kind, names, form in _PAPERS if "证" in text or "护照" in text else ():
        if any(name in text for name in names):
            yield from (PrivateDatum(kind, found.group(), found.start()) for found in _named(text, names, form))


def private_data_in_markup(markup: str) -> Iterator[PrivateDatum]:
    """The same in HTML, XML or Markdown, where characters may be written as entities; these begin at their line."""
    yield from private_data(markup)
    start = 0
    for line in markup.splitlines(keepends=True):
        if "&" in line and (written := unescape(line)) != line:
            known = {datum.text for datum in private_data(line)}
            yield from (found._replace(start=start) for found in private_data(written) if found.text not in known)
        start += len(line)


def _numerals(text: str) -> Iterator[tuple[int, str]]:
    """Where Chinese numerals stand together that can be a number; it is enough to look at every eleventh character."""
    end = 0
    for found in _ONE_HAN.finditer(text[_MOBILE - 1 :: _MOBILE]):
        at = start = found.start() * _MOBILE + _MOBILE - 1
        if at < end:
            continue
        while start > end and _ONE_HAN.match(text, start - 1):
            start -= 1
        run = _HAN.match(text, start)
        end = run.end() if run else at
        if run and end - start >= _MOBILE:
            yield start, run.group()


def _named(text: str, names: Sequence[str], form: Pattern[str]) -> Iterator[Match[str]]:
    """Numbers of papers that are named shortly before them."""
    looked = 0
    for name in any_of(names).finditer(text):
        last = name.start() + _LABEL
        for found in form.finditer(text, max(looked, name.end()), last + _PAPER):
            if found.start() <= last:
                yield found
                looked = found.end()


def _groups(text: str, run: Match[str]) -> Iterator[_Group]:
    """The groups of digits in a run, the X at the end of an identity number with the last."""
    last: _Group | None = None
    for match in _DIGITS.finditer(text, run.start(), run.end()):
        if last:
            yield last
        begun = match.group()[:_MORE]
        last = _Group("".join(str(unicodedata.decimal(char)) for char in begun), match.start(), match.end())
    assert last
    if last.end < len(text) and text[last.end] in _LAST and not text[last.end + 1 : last.end + 2].isalnum():
        yield _Group(f"{last.digits}X", last.start, last.end + 1)
        return
    yield last
    if text[run.end() : run.end() + 1] in _LAST and run.end() - last.end <= _MOST_BETWEEN:
        yield _Group("X", run.end(), run.end() + 1)  # 1101051949123100 2 - X


def _in_run(text: str, groups: Iterator[_Group]) -> Iterator[PrivateDatum]:
    """The numbers in a run of groups, of which no more are read ahead than a number can have; none is counted twice."""
    ahead = list(islice(groups, _MORE))
    whole = len(ahead) < _MORE
    while ahead:
        found, taken = _first(text, ahead, whole=whole)
        if found:
            yield found
        whole = False
        del ahead[:taken]
        ahead += islice(groups, taken)


def _first(text: str, groups: Sequence[_Group], *, whole: bool) -> tuple[PrivateDatum | None, int]:
    """The longest number that begins with the first group, and how many it takes; ``whole``: there are no others."""
    best, taken = None, 1
    digits, lengths = "", []
    for end, group in enumerate(groups):
        if end and (len(digits) >= _LONGEST or not _joined(text[groups[end - 1].end : group.start])):
            break
        digits += group.digits
        lengths.append(len(group.digits))
        if len(digits) < _MOBILE:
            continue
        kind = _kind(digits, tuple(lengths), whole=whole and end == len(groups) - 1)
        if kind and not _other(text, kind, groups[0].start, group.end):
            printed = text[groups[0].start : group.end]
            if "\n" not in printed or kind == "身份证号":
                best, taken = PrivateDatum(kind, printed, groups[0].start), end + 1
    return best, taken


def _joined(between: str) -> bool:
    """True when two groups may belong to one number: little stands between them, or nothing that is seen."""
    if between in (" ", "-"):
        return True
    seen = [character for character in between if not unicodedata.category(character).startswith("Cf")]
    return len(seen) <= _MOST_BETWEEN and seen.count("\n") <= 1


def _kind(digits: str, lengths: tuple[int, ...], *, whole: bool = False) -> str | None:
    """What a number is, by its digits and by how they are grouped; ``whole`` says that nothing else is around it."""
    single = len(lengths) == 1
    alone = single or set(lengths) == {1}
    if len(digits) == _IDENTITY and (alone or whole or lengths in _IDENTITY_GROUPS) and is_identity_number(digits):
        return "身份证号"
    if not digits.isdigit():
        return None
    national = _COUNTRY.sub("", digits)
    if len(national) == _MOBILE and national[0] == "1" and national[1] in "3456789":
        rest = lengths if national == digits else _without_country(lengths, len(digits) - len(national))
        if alone or rest in _MOBILE_GROUPS or len(rest) == 1:
            return "手机号码"
    if _CARD.fullmatch(digits) and (alone or lengths in _CARD_GROUPS):
        return "银行卡号" if passes_luhn(digits) else None
    return None


def _without_country(lengths: tuple[int, ...], size: int) -> tuple[int, ...]:
    """The groups of a mobile number without the digits of 86 or 0086, which stand alone or with the first group."""
    first, *rest = lengths
    return tuple(rest) if first == size else (first - size, *rest)


def _other(text: str, kind: str, start: int, end: int) -> bool:
    """True when what stands around a number says that it is none of a person: part of a code, a decimal, an amount."""
    before, after = text[max(0, start - _LABEL) : start], text[end : end + 2]
    letters = _LETTERS.search(before)
    word = letters.group() if letters else ""
    if (word and not _CONTACT.search(word)) or (after[:1].isascii() and after[:1].isalpha()):
        return True
    if _DECIMAL.search(before):
        return True
    if after[:1] == "." and after[1:].isdigit():
        return True
    if kind == "身份证号":
        return bool(_CREDIT_CODE.search(before))
    return after[:1] in _AMOUNT or bool(_NO_PERSON.search(before))


def is_identity_number(number: str) -> bool:
    """GB 11643-1999: a real day of birth and the ISO 7064 check character."""
    if not number[:17].isdigit():
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return 1900 <= born.year <= 2100 and _CHECKS[total % 11] == number[17:18].upper()  # noqa: PLR2004


def passes_luhn(digits: str) -> bool:
    """ISO/IEC 7812-1 annex B."""
    total = 0
    for at, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + at % 2)
        total += value - 9 * (value > 9)  # noqa: PLR2004
    return total % 10 == 0
