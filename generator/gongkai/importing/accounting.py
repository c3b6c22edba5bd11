"""Nothing is lost: every character of the input is in a written draft, is shown there in another form, or is left out.

The check is made after the fact and knows nothing of the recognisers: it takes the texts of the input one by one and
covers them with the texts that the written files say when they are read back, using each character of a draft once.
What recognisers say is in a draft in another form (heads of columns, numbers, what is printed again) never counts as
written. What cannot be covered is left out too, with the reason that no part of the format was recognised for it, so
that the list is complete by construction.
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
    """Characters of the input, white space aside, and where they went.

    ``written`` are the pieces found in the files; ``shown`` are those that a draft has in another form, and lone
    punctuation; ``left_out`` is everything else.
    """

    total: int
    written: tuple[str, ...]
    shown: tuple[str, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def kept(self) -> int:
        """How many characters are in the files."""
        return sum(map(len, self.written))

    @property
    def reshaped(self) -> int:
        """How many characters are shown in another form."""
        return sum(map(len, self.shown))

    @property
    def percentage(self) -> float:
        """Share of the input's characters that are in the files, in percent; below 100 as long as one is missing."""
        return _share(self.kept, self.total)

    @property
    def accounted(self) -> float:
        """The same together with what is shown in another form."""
        return _share(self.kept + self.reshaped, self.total)


def _share(part: int, total: int) -> float:
    """In percent, with two places, rounded down: 100 is said of all of it only."""
    return part * 10000 // total / 100 if total else 100.0


class _Pool:
    """Texts, each character to be used once: those that files say, then those that are only shown in another form."""

    def __init__(self, files: Sequence[str], others: Sequence[str] = ()) -> None:
        self.text = "\0".join(squeeze(text) for text in (*files, *others))
        self.end_of_files = len("\0".join(squeeze(text) for text in files))
        self.free = bytearray(b"\1") * len(self.text)
        self.index: dict[str, list[int]] = defaultdict(list)
        for at in range(len(self.text) - _GRAM + 1):
            self.index[self.text[at : at + _GRAM]].append(at)
        self.tried: dict[str, int] = {}
        self.last = 0
        self.written: list[str] = []
        self.shown: list[str] = []

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

    def prefer_files(self) -> None:
        """What is shown in another form, and left over in a file as well, is written there."""
        shown, self.shown = self.shown, []
        for text in shown:
            at = start = 0
            while at < len(text):
                length = self._written(text, at)
                if length:
                    self.shown += [text[start:at]] if start < at else []
                    start = at + length
                at += length or 1
            self.shown += [text[start:]] if start < len(text) else []

    def _written(self, text: str, start: int) -> int:
        """Use the longest run of a file that is left over."""
        places = (at for at in self.index.get(text[start : start + _GRAM], ()) if at < self.end_of_files)
        length, where = max(((self._run(text, start, at), at) for at in places), default=(0, 0))
        if length < _GRAM and not start and 1 < len(text) < _GRAM:
            where = self._short(text)
            length = len(text) if 0 <= where < self.end_of_files else 0
        return self._use(where, length) if length >= min(_GRAM, len(text)) else 0

    def _use(self, where: int, length: int) -> int:
        if length:
            self.free[where : where + length] = bytes(length)
            self.last = where + length
            used = self.text[where : where + length]
            (self.written if where < self.end_of_files else self.shown).append(used)
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
        at = self.text.find(text, self.tried.get(text, 0))
        while at >= 0 and not all(self.free[at : at + len(text)]):
            at = self.text.find(text, at + 1)
        self.tried[text] = at if at >= 0 else len(self.text)  # what is used once is never free again
        return at


def texts_of(value: object) -> Iterator[str]:
    """Every text and number that a file says, in order."""
    yield from (str(leaf) for leaf in _leaves(value) if isinstance(leaf, str | int) and not isinstance(leaf, bool))


def days_of(value: object) -> Iterator[str]:
    """Every day that a file says, as it is printed in papers."""
    yield from (f"{leaf.year}年{leaf.month}月{leaf.day}日" for leaf in _leaves(value) if isinstance(leaf, date))


def _leaves(value: object) -> Iterator[object]:
    match value:
        case Mapping():
            for item in value.values():
                yield from _leaves(item)
        case list() | tuple():
            for item in value:
                yield from _leaves(item)
        case _:
            yield value


def account(
    pieces: Iterable[tuple[str, int]], drafts: Iterable[object], provenance: Provenance, before: Sequence[LeftOut] = ()
) -> Account:
    """Cover the input with what the files say when they are read back; ``before`` is what its reader left out."""
    left_out = [*before, *provenance.left_out]
    said = list(drafts)
    files = [text for draft in said for text in texts_of(draft)]
    days = [day for draft in said for day in days_of(draft)]
    pool, aside = _Pool(files, [*days, *provenance.printed]), _Pool([item.text for item in left_out])
    total = 0
    missing: list[LeftOut] = []
    gaps: list[tuple[str, int]] = []
    for text, line in pieces:
        plain = squeeze(text)
        total += len(plain)
        gaps += [(gap, line) for gap in _gaps(plain, pool, pool.longest, aside)]
    for gap, line in gaps:
        missing += [LeftOut(left, _UNRECOGNISED, line) for left in _gaps(gap, pool, pool.shortest, aside)]
    outside = sum(len(squeeze(item.text)) for item in left_out) - aside.free.count(0)
    pool.prefer_files()
    return Account(total + outside, tuple(pool.written), tuple(pool.shown), (*left_out, *missing))


def _gaps(text: str, pool: _Pool, find: Callable[[str, int], int], aside: _Pool) -> list[str]:
    """Pieces found nowhere. Lone punctuation between found pieces is shown by lists and fields."""
    at = 0
    gaps: list[str] = []
    gap = ""
    while at < len(text):
        length = find(text, at) or aside.longest(text, at)
        if length:
            gaps += [gap] if gap else []
            gap = ""
            at += length
            continue
        if text[at] in _STRUCTURAL:
            pool.shown.append(text[at])
        else:
            gap += text[at]
        at += 1
    return [*gaps, gap] if gap else gaps
