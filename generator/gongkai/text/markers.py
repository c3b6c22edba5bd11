"""The numbering of official documents: 一、 （一） 1. （1）, in every bracket and dot (GB/T 9704 §7.3.3)."""

from __future__ import annotations

from msgspec import Struct

from gongkai.text.patterns import whole

_CHINESE = "[一二三四五六七八九十百〇零]{1,5}"
_MARKERS = (
    whole(rf"\s*(?P<number>{_CHINESE})(?P<after>[、．.])\s*"),
    whole(rf"\s*(?P<number>[（(]{_CHINESE}[）)])(?P<after>[、．.]?)\s*"),
    whole(r"\s*(?P<number>[0-9０-９]{1,3}|[1-9]{1,2}O)(?P<after>[.．、](?![0-9０-９]))\s*"),
    whole(r"\s*(?P<number>[（(][0-9０-９]{1,3}[）)]|[①-⑳])(?P<after>[、．.]?)\s*"),
)
_ITEM_OF_LIST = whole(r"\s*(?P<number>[0-9０-９]{1,3})(?P<after>[.．、])\s*(?=\S)")


class Marker(Struct, frozen=True):
    """A printed number at the start of a paragraph. ``rank`` is 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）."""

    rank: int
    number: str
    printed: str
    rest: str


def marker(text: str) -> Marker | None:
    """The number that a paragraph starts with, or None."""
    for rank, pattern in enumerate(_MARKERS, start=1):
        match = pattern.match(text)
        if match:
            return Marker(rank, match["number"], match.group().strip(), text[match.end() :])
    return None


def list_item(text: str) -> Marker | None:
    """Like ``marker`` for ``1.`` alone, also where the name itself begins with a digit (19.3Gwh石墨烯…)."""
    match = _ITEM_OF_LIST.match(text)
    return Marker(3, match["number"], match.group().strip(), text[match.end() :]) if match else None
