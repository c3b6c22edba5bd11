"""Nothing is lost: every character of the input is in a draft, in the left-out list, or reported as missing.

The check is made after the fact and knows nothing of the recognisers: it takes the texts of the input one by one and
covers them with the texts of the drafts, using each character of a draft once. What it cannot cover is left out too,
with the reason that no part of the format was recognised for it, so that the list is complete by construction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.importing.blocks import LeftOut, Provenance
from gongkai.text.blanks import squeeze
from gongkai.text.markers import marker

_GRAM = 4
_STRUCTURAL = "、。，；：:,;.．（）()〔〕[]【】“”\"'—-–|｜·*#_　"
_UNRECOGNISED = "没有识别出这一段属于哪一部分，请核对后手工补录"


@dataclass(frozen=True, slots=True)
class Account:
    """Characters of the input, white space aside: how many are in drafts, and what is not, piece by piece."""

    total: int
    kept: int
    left_out: tuple[LeftOut, ...]

    @property
    def percentage(self) -> float:
        """Share of the input's characters that are in a draft, in percent."""
        return 100.0 * self.kept / self.total if self.total else 100.0


class _Pool:
    """All text of the drafts, each character to be used once."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.text = "\0".join(squeeze(text) for text in texts)
        self.free = bytearray(b"\1") * len(self.text)
        self.index: dict[str, list[int]] = defaultdict(list)
        for at in range(len(self.text) - _GRAM + 1):
            self.index[self.text[at : at + _GRAM]].append(at)
        self.last = 0

    def longest(self, text: str, start: int) -> int:
        """Use the longest free run that equals ``text`` from ``start`` on, going on after the last one if it can."""
        following = self.last + 1 if self.text[self.last : self.last + 1] == "\0" else self.last
        best, where = max((self._run(text, start, at), at) for at in (self.last, following))
        whole = start + best == len(text) or self.text[where + best : where + best + 1] in ("", "\0")
        best = best if best >= _GRAM or whole else 0
        if best < _GRAM and start + best < len(text):
            for at in self.index.get(text[start : start + _GRAM], ()):
                length = self._run(text, start, at)
                if length > best:
                    best, where = length, at
        short = (
            text[start:]
            if len(text) - start < _GRAM
            else number.printed
            if not start and (number := marker(text))
            else ""
        )
        if not best and short:
            where = self._short(short)
            best = len(short) if where >= 0 else 0
        return self._use(where, best)

    def shortest(self, text: str, start: int) -> int:
        """Use any free run of two characters or more that is left over; one, when no more is asked for."""
        for length in range(min(len(text) - start, 2 * _GRAM), min(1, len(text) - 1), -1):
            at = self._short(text[start : start + length])
            if at >= 0:
                return self._use(at, length)
        return 0

    def _use(self, where: int, length: int) -> int:
        if length:
            self.free[where : where + length] = bytes(length)
            self.last = where + length
        return length

    def _run(self, text: str, start: int, at: int) -> int:
        length = 0
        while (
            start + length < len(text)
            and at + length < len(self.text)
            and self.free[at + length]
            and self.text[at + length] == text[start + length]
        ):
            length += 1
        return length

    def _short(self, text: str) -> int:
        at = self.text.find(text)
        while at >= 0 and not all(self.free[at : at + len(text)]):
            at = self.text.find(text, at + 1)
        return at


def texts_of(value: object) -> Iterator[str]:
    """Every text in a draft, in order; dates and numbers in the forms they may have in print."""
    match value:
        case str():
            yield value
        case date():
            yield f"{value.year}年{value.month}月{value.day}日"
        case int():
            yield str(value)
        case Mapping():
            for item in value.values():
                yield from texts_of(item)
        case list() | tuple():
            for item in value:
                yield from texts_of(item)
        case _:
            return


def account(
    pieces: Iterable[tuple[str, int]], drafts: Iterable[object], provenance: Provenance, before: Sequence[LeftOut] = ()
) -> Account:
    """Cover the input with the drafts; ``before`` is what its reader left out."""
    left_out = [*before, *provenance.left_out]
    pool = _Pool([*(text for draft in drafts for text in texts_of(draft)), *provenance.printed])
    aside = _Pool([item.text for item in left_out])
    total = kept = 0
    missing: list[LeftOut] = []
    gaps: list[tuple[str, int]] = []
    for text, line in pieces:
        plain = squeeze(text)
        total += len(plain)
        found, rest = _cover(plain, pool.longest, aside)
        kept += found
        gaps += [(gap, line) for gap in rest]
    for gap, line in gaps:
        found, rest = _cover(gap, pool.shortest, aside)
        kept += found
        missing += [LeftOut(left, _UNRECOGNISED, line) for left in rest]
    outside = sum(len(squeeze(item.text)) for item in left_out)
    aside_used = aside.free.count(0)
    return Account(total + outside - aside_used, kept, (*left_out, *missing))


def _cover(text: str, find: Callable[[str, int], int], aside: _Pool) -> tuple[int, list[str]]:
    """(characters found in drafts, pieces found nowhere). Lone punctuation between found pieces counts as kept."""
    kept = at = 0
    gaps: list[str] = []
    gap = ""
    while at < len(text):
        length = find(text, at)
        kept += length
        length = length or aside.longest(text, at)
        if length:
            gaps += [gap] if gap else []
            gap = ""
            at += length
            continue
        if text[at] in _STRUCTURAL:
            kept += 1
        else:
            gap += text[at]
        at += 1
    return kept, [*gaps, gap] if gap else gaps
