"""Document numbers (发文字号) as offices write them, and the one form the standard gives them."""

from __future__ import annotations

import unicodedata

from gongkai.text.blanks import squeeze
from gongkai.text.patterns import anywhere, whole

DOC_NUMBER = anywhere(
    r"(?P<code>[\u4e00-\u9fff]{2,12})\s*[〔\[［(（【﹝〈]\s*(?P<year>(?:19|20)\s?\d\s?\d)\s*[〕\]］)）】﹞〉]\s*(?:第\s*)?(?P<number>\d{1,4})\s*号"
)
"""As it stands in a text, also with blanks in it."""
_LOOSE = whole(
    r"(?P<code>[\u4e00-\u9fff]{2,12})\s*[〔\[［\(（【﹝〈]\s*(?P<year>(?:19|20)\d{2})\s*[〕\]］\)）】﹞〉]"
    r"\s*(?:第\s*)?0*(?P<number>[1-9]\d{0,3})\s*号"
)


def strict_number(text: str) -> str | None:
    """A document number in the standard's form, or None when it cannot be read as one.

    GB/T 9704-2012 7.2.5: the year in full in 〔〕, the serial without 第 and without leading zeros.
    """
    flat = "".join(unicodedata.normalize("NFKC", text).split())
    match = _LOOSE.fullmatch(flat.replace("〔", "[").replace("〕", "]"))
    return f"{match['code']}〔{match['year']}〕{match['number']}号" if match else None


def doc_number(text: str) -> tuple[str, str] | None:
    """(normal form, printed form) of the first document number (发文字号), whatever its brackets."""
    match = DOC_NUMBER.search(text)
    if match is None:
        return None
    return f"{match['code']}〔{squeeze(match['year'])}〕{int(match['number'])}号", match.group()
