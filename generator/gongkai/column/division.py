"""Administrative divisions (行政区划代码, GB/T 2260): whose texts bind a district."""

from __future__ import annotations


def covers(authority: str, division: str | None) -> bool:
    """True where what ``authority`` issues binds the district ``division``.

    Both are codes of six digits in three pairs: province, city, district; an authority's last pairs are empty where
    they are 00 (370000 is a province, 370100 a city). A district without a code is bound by no local text.
    """
    while authority.endswith("00"):
        authority = authority[:-2]
    return division is not None and division.startswith(authority)
