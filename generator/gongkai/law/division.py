"""Administrative divisions (行政区划代码, GB/T 2260): whose texts bind a district."""

from __future__ import annotations

from collections.abc import Sequence

NATION = "000000"
_LEVELS = ("国家", "省级", "市级", "区县级")


def covers(authority: str, division: str | None, under: Sequence[str] = ()) -> bool:
    """True where what ``authority`` issues binds the district ``division``, or one that says itself what it lies under.

    Codes have six digits in three pairs: province, city, district; an authority's last pairs are empty where they are
    00 (370000 is a province, 370100 a city), and no other zeros are taken off. What holds for the nation binds
    everybody; a district that names neither a code nor its superiors is bound by nothing else.
    """
    if authority == NATION:
        return True
    known = (division, *under) if division else under
    return any(code.startswith(_pairs(authority)) for code in known)


def level(authority: str) -> str:
    """What an authority is of: the nation, a province, a city, a district."""
    return _LEVELS[len(_pairs(authority)) // 2]


def breadth(authority: str) -> int:
    """0 for the nation to 3 for a district: what is narrower has the larger number."""
    return len(_pairs(authority)) // 2


def _pairs(authority: str) -> str:
    while authority.endswith("00"):
        authority = authority[:-2]
    return authority
