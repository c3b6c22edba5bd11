"""Revisions of a document (历次修订文本, 历史沿革): the chain of its texts, and two of them side by side.

Readers see every earlier text beside the one in force.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import combinations, pairwise
from typing import NamedTuple, TypeVar

from msgspec import Struct

from gongkai.column.document import Document

MOST_COMPARED = 8
"""Texts of a chain of which any two are compared; of longer chains, neighbours and the first with the last."""

_ALIKE = 0.4
Text = TypeVar("Text")


class Mark(StrEnum):
    """What happened to a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Piece(NamedTuple):
    """A run of characters with one mark."""

    mark: Mark
    text: str


class Line(Struct, frozen=True):
    """One paragraph of a comparison: what the earlier text says, what the later one says. Empty: not there."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """True when the two sides differ."""
        return any(piece.mark is not Mark.SAME for piece in (*self.before, *self.after))


class Period(Struct, frozen=True):
    """A text and the days on which it is the one in force; ``last`` is None while it still is, ``first`` if unknown."""

    document: Document
    first: date | None
    last: date | None


def chains(documents: Mapping[str, Document]) -> dict[str, tuple[Document, ...]]:
    """By id of every document that was revised or revises one: all texts of its chain, oldest first."""
    texts: dict[str, list[Document]] = defaultdict(list)
    for document in documents.values():
        texts[_first(document, documents)].append(document)
    found: dict[str, tuple[Document, ...]] = {}
    for several in texts.values():
        if len(several) > 1:
            ordered = tuple(sorted(several, key=lambda text: (starts(text) or date.min, text.id)))
            found |= {text.id: ordered for text in several}
    return found


def _first(document: Document, documents: Mapping[str, Document]) -> str:
    seen = {document.id}
    while document.revises and document.revises in documents and document.revises not in seen:
        document = documents[document.revises]
        seen.add(document.id)
    return document.id


def starts(document: Document) -> date | None:
    """The day from which a text holds: its effective date, else when it became public, else when it was signed."""
    return document.date_effective or document.date_published or document.date_signed


def periods(chain: Sequence[Document]) -> tuple[Period, ...]:
    """When each text of a chain was in force: until the next one began, or until it was abolished or ran out."""
    ends = [starts(later) for _, later in pairwise(chain)]
    found = []
    for document, next_day in zip(chain, [*ends, None], strict=True):
        before_next = next_day - timedelta(days=1) if next_day else None
        stops = [day for day in (document.date_abolished, document.valid_until, before_next) if day]
        found.append(Period(document, starts(document), min(stops) if stops else None))
    return tuple(found)


def compared(chain: Sequence[Text]) -> Iterator[tuple[Text, Text]]:
    """The pairs of texts, earlier first, that have a page of their own."""
    if len(chain) <= MOST_COMPARED:
        yield from combinations(chain, 2)
    else:
        yield from pairwise(chain)
        yield chain[0], chain[-1]


def compare(before: Sequence[str], after: Sequence[str]) -> tuple[Line, ...]:
    """Two texts paragraph by paragraph; inside paragraphs that correspond, character by character."""
    found: list[Line] = []
    for tag, one, two, three, four in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [_same(text) for text in before[one:two]]
        else:
            found += _changed(before[one:two], after[three:four])
    return tuple(found)


def _same(text: str) -> Line:
    piece = (Piece(Mark.SAME, text),)
    return Line(piece, piece)


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """Paragraphs that were changed in place stand side by side; the others are removed or added whole."""
    rest = list(new)
    for text in old:
        at = next((at for at, other in enumerate(rest) if _alike(text, other)), None)
        if at is None:
            yield Line((Piece(Mark.REMOVED, text),), ())
            continue
        for added in rest[:at]:
            yield Line((), (Piece(Mark.ADDED, added),))
        yield inside(text, rest[at])
        rest = rest[at + 1 :]
    for added in rest:
        yield Line((), (Piece(Mark.ADDED, added),))


def _alike(one: str, two: str) -> bool:
    return SequenceMatcher(None, one, two, autojunk=False).quick_ratio() >= _ALIKE


def inside(old: str, new: str, least: int = 1) -> Line:
    """Two texts character by character; what is the same for fewer than ``least`` is read with the changes."""
    before: list[Piece] = []
    after: list[Piece] = []
    for tag, one, two, three, four in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = tag == "equal" and (two - one >= least or not before or two == len(old))
        _add(before, Mark.SAME if same else Mark.REMOVED, old[one:two])
        _add(after, Mark.SAME if same else Mark.ADDED, new[three:four])
    return Line(tuple(before), tuple(after))


def _add(pieces: list[Piece], mark: Mark, text: str) -> None:
    """Add a piece, to the last one where that has the same mark."""
    if pieces and pieces[-1].mark is mark:
        pieces[-1] = Piece(mark, pieces[-1].text + text)
    elif text:
        pieces.append(Piece(mark, text))
