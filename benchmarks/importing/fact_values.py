"""What facts of a paper and drafts are compared by: their words without blanks and widths, and the count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongkai.text.markers import marker

Facts = Mapping[str, Any]
_LOOSE = re.compile(r"[、，,；;。.\s]+")


@dataclass(slots=True)
class Found:
    """How many facts there are and how many are in the draft; and the corrections, in words."""

    facts: int = 0
    right: int = 0
    corrections: list[str] = field(default_factory=list)

    def fact(self, words: str, good: bool) -> None:
        """One fact, and whether the draft has it."""
        self.facts += 1
        self.right += good
        if not good:
            self.corrections.append(words[:110])

    def more(self, words: str) -> None:
        """Something that the draft has and the paper does not say."""
        self.corrections.append(f"删去 {words}"[:110])


def plain(value: Any) -> str:
    """For comparing: no blanks, no full stop at the end, one width."""
    text = value.isoformat() if isinstance(value, date) else str(value)
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).rstrip("。；;.")


def loose(value: Any) -> str:
    """The same without what parts names."""
    return _LOOSE.sub("", unicodedata.normalize("NFKC", str(value)))


def strings(value: Any) -> Iterator[str]:
    """Every text of a value, all the way down."""
    match value:
        case Mapping():
            for each in value.values():
                yield from strings(each)
        case list() | tuple():
            for each in value:
                yield from strings(each)
        case None:
            return
        case _:
            yield str(value)


def unmarked(text: str) -> str:
    """A heading without its number."""
    number = marker(text)
    return number.rest if number else re.sub(r"^第[一二三四五六七八九十]+[章条]\s*", "", text)
