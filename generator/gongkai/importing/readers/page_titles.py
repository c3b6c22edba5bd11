"""What a web page is called, and where its text begins: portals print their own words above a title."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gongkai.importing.blocks import LeftOut, Line, Lines, PageTable
from gongkai.importing.readers.furniture import REASON
from gongkai.text.blanks import squeeze
from gongkai.text.docnumber import doc_number
from gongkai.text.phrases import INDEX_NUMBER, LETTERHEAD, META

_FIRST, _FEWEST = 6, 9
"""Where a title may stand, and how long it is at least."""
_MOST_LINES = 30
"""No portal prints more above a title."""


def names_of(page: Any) -> str:
    """What the page itself says it is called, for browsers and search engines."""
    tags = [
        str(tag.get("content") or "") for tag in page.iter("meta") if str(tag.get("name")).lower() == "articletitle"
    ]
    return "\0".join(squeeze(text) for text in (*(title.text_content() for title in page.iter("title")), *tags))


def from_title(found: list[Lines | PageTable], names: str, gone: list[LeftOut]) -> list[Lines | PageTable]:
    """The article from its title on: the longest of its first lines that the page is called by, also when it is broken.

    Fields and what a head may have above its title stay; the rest is the page's and goes to ``gone``.
    """
    runs = [[text for _, text in each.lines] if isinstance(each, Lines) else [] for each in found[:_FIRST]]
    places = [(at, *called(run, names)) for at, run in enumerate(runs)]
    at, start, end = max(places, key=lambda place: len("".join(runs[place[0]][place[1] : place[2]])), default=(0, 0, 0))
    above = [text for run in (*runs[:at], runs[at][:start]) for text in run] if end else []
    if not end or any("。" in text for text in above):
        return found
    kept = [Lines(_of_head(each.lines, gone)) if isinstance(each, Lines) else each for each in found[:at]]
    lines = found[at].lines
    title = (lines[start][0], "".join(text for _, text in lines[start:end]))
    return [*kept, Lines((*_of_head(lines[:start], gone), title, *lines[end:])), *found[at + 1 :]]


def titled(texts: Sequence[str], names: str) -> str:
    """The title among lines, put together; empty when there is none."""
    start, end = called(texts, names)
    return "".join(texts[start:end])


def called(texts: Sequence[str], names: str) -> tuple[int, int]:
    """Where the title of a page stands among its first lines: the longest run that is most of what it is called."""
    least = max(_FEWEST, *(len(name) // 2 for name in names.split("\0")))
    best, place = least, (0, 0)
    for start in range(min(len(texts), _MOST_LINES)):
        for end in range(start + 1, min(start + 4, len(texts) + 1)):
            joined = squeeze("".join(texts[start:end]))
            if len(joined) > best and joined in names:
                best, place = len(joined), (start, end)
    return place


def _of_head(lines: Sequence[Line], gone: list[LeftOut]) -> tuple[Line, ...]:
    """Lines above a title that may be the document's: fields of a box, a letterhead, a number."""
    kept = [line for line in lines if _may_belong(line[1])]
    gone += [LeftOut(text, REASON, number) for number, text in lines if not _may_belong(text)]
    return tuple(kept)


def _may_belong(text: str) -> bool:
    plain = squeeze(text)
    return bool(
        META.fullmatch(text) or LETTERHEAD.fullmatch(plain) or doc_number(plain) or INDEX_NUMBER.fullmatch(plain)
    )
