"""Dated facts (动态) about a record: each kind of file says which its records have, and none is without its own day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from msgspec import Struct

from gongkai.column.document import Document
from gongkai.column.progress import Progress

Thing = TypeVar("Thing")

PUBLISHED, SIGNED = "发布", "成文"
"""How a document became public: on its own day of publication, else all that is known is the day of signing."""


class Happening(Struct, frozen=True):
    """One dated fact about a record, which readers hear of.

    ``key`` names it within its record and stays when others are added; it is empty for the record's own publication.
    ``what`` are the words for it, ``text`` what is said of it, ``anchor`` its place on the record's page.
    """

    key: str
    day: date
    what: str
    text: str = ""
    anchor: str = ""


def publication(document: Document) -> Iterator[Happening]:
    """The day on which a document became public, if any is known."""
    if document.date_published:
        yield Happening("", document.date_published, PUBLISHED)
    elif document.date_signed:
        yield Happening("", document.date_signed, SIGNED)


def document_happenings(document: Document, as_of: date) -> Iterator[Happening]:
    """What became of a document after it was public: explained, in force, changed, repealed, taken in, lapsed."""
    number = f"（{document.abolished_by}）" if document.abolished_by else ""
    days = (
        ("taken_in", document.taken_in, "收录到本栏目", ""),
        ("effective", document.date_effective, "开始施行", ""),
        ("changed", document.date_changed, "变更", ""),
        ("abolished", document.date_abolished, "废止", number),
        ("lapsed", document.valid_until if document.lapsed(as_of) else None, "有效期届满", ""),
    )
    yield from (Happening(key, day, what, text) for key, day, what, text in days if day)
    told = [item for item in document.interpretations if item.date]
    for key, item in distinct("interpretations", told, [str(item.date) for item in told]):
        assert item.date
        yield Happening(key, item.date, "发布解读", item.title)


def progress_happenings(progress: Sequence[Progress]) -> Iterator[Happening]:
    """Each entry of what came of a task or project (落实情况)."""
    for key, entry in distinct("progress", progress, [str(entry.date) for entry in progress]):
        yield Happening(key, entry.date, f"落实情况：{entry.status.value}", shortened(entry.text), "progress")


def distinct(name: str, things: Iterable[Thing], keys: Iterable[str]) -> Iterator[tuple[str, Thing]]:
    """Things of one list with a key each: ``progress/2021-06-30``, the second of that day ``progress/2021-06-30/2``."""
    seen: Counter[str] = Counter()
    for thing, key in zip(things, keys, strict=True):
        seen[key] += 1
        yield f"{name}/{key}" + (f"/{seen[key]}" if seen[key] > 1 else ""), thing


_LONGEST = 160


def shortened(text: str) -> str:
    """The beginning of a text: indexes hold no long ones."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
