"""Personal data that must not be published: numbers that identify a person, found by their form and check digit.

Personal Information Protection Law (个人信息保护法) art. 28 names identity and financial accounts as sensitive; the
Regulations (国务院令第711号) art. 15 forbid disclosing what harms a third party's lawful rights.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

_IDENTITY = re.compile(r"(?<![0-9A-Za-z.])[1-9]\d{16}[\dXx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9A-Za-z.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![0-9A-Za-z])")
_CARD = re.compile(r"(?<![0-9A-Za-z.])(?:62|4\d|5[1-5]|3[57])\d{2}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?![0-9A-Za-z])")
_LONG = re.compile(r"\d(?:[ -]?\d){10}")  # the shortest of them; most texts have nothing like it, and this is quick
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


class PrivateDatum(NamedTuple):
    """One number: what it is in Chinese, the text, and where it begins."""

    kind: str
    text: str
    start: int

    @property
    def masked(self) -> str:
        """The number as a message may show it."""
        return f"{self.text[:3]}{'*' * (len(self.text) - 5)}{self.text[-2:]}"


def private_data(text: str) -> Iterator[PrivateDatum]:
    """Every identity number (身份证号), mobile number and bank card in a text, in no particular order."""
    if not _LONG.search(text):
        return
    for match in _IDENTITY.finditer(text):
        if is_identity_number(match.group()):
            yield PrivateDatum("身份证号", match.group(), match.start())
    for match in _MOBILE.finditer(text):
        yield PrivateDatum("手机号码", match.group(), match.start())
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if passes_luhn(digits) and not is_identity_number(digits):
            yield PrivateDatum("银行卡号", match.group(), match.start())


def is_identity_number(number: str) -> bool:
    """GB 11643-1999: a real day of birth and the ISO 7064 check character."""
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
