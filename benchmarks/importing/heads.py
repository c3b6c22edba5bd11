"""Heads of tables by meaning: how many of them the importer tells, and how many it takes for something else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from gongkai.importing.recognise.columns import Kind, column_kind
from gongkai.text.table_heads import Meaning, announced, ways

HEADS = Path(__file__).with_name("heads.yml")
_FITS: dict[str, tuple[Kind, ...]] = {
    "number": (Kind.NUMBER,),
    "task": (Kind.HEAD, Kind.TEXT),
    "text": (Kind.TEXT, Kind.HEAD),
    "units": (Kind.UNITS, Kind.ORGANIZER),
    "lead": (Kind.LEAD, Kind.ORGANIZER),
    "support": (Kind.SUPPORT,),
    "deadline": (Kind.DEADLINE,),
    "item": (Kind.ITEM,),
}
"""Kinds of columns that are right for a meaning; 重点任务 and 工作内容 are told apart by the columns beside them."""
_NAMELESS = ("item", "other")
"""Meanings that task tables have no name for."""
_BESIDE = {"amount": Meaning.AMOUNT, "place": Meaning.PLACE, "period": Meaning.PERIOD}


class Head(NamedTuple):
    """A printed head, its meaning, and whether it is kept back."""

    words: str
    meaning: str
    half: str


def heads() -> Iterator[Head]:
    """All heads of the collection."""
    for meaning, halves in yaml.safe_load(HEADS.read_text(encoding="utf-8")).items():
        for half, words in halves.items():
            yield from (Head(each, meaning, half) for each in words)


def told(head: Head) -> str:
    """How the importer takes a head: found, unknown or wrong. A head of no field is right where none is told."""
    if head.meaning in _BESIDE:
        meaning = announced(head.words)
        return "found" if meaning is _BESIDE[head.meaning] else "unknown" if meaning is Meaning.OTHER else "wrong"
    kind = column_kind(head.words)
    if kind in (None, Kind.OTHER):
        return "found" if head.meaning == "other" else "unknown"
    return "found" if kind in _FITS.get(head.meaning, ()) else "wrong"


def left_out() -> dict[str, Counter[str]]:
    """By half: how many heads are still told by their words when no way to tell them may be their own.

    A way that fits one head of the collection and no other is support by that head alone; it is left out for that head.
    """
    words = {head: re.sub(r"\s", "", head.words).replace("(", "（").replace(")", "）").upper() for head in heads()}
    known = [(meaning, way, {head for head, text in words.items() if way.fullmatch(text)}) for meaning, way in ways()]
    counts: dict[str, Counter[str]] = {}
    for head in words:
        mine = [meaning for meaning, _, fitting in known if head in fitting]
        shared = [meaning for meaning, _, fitting in known if head in fitting and len(fitting) > 1]
        said = "untold" if not mine else "told" if shared and shared[0] == mine[0] else "only by its own"
        counts.setdefault(head.half, Counter())[said] += head.meaning not in _NAMELESS
    return counts


def counted() -> dict[str, dict[str, Counter[str]]]:
    """By half and meaning: how many heads are found, unknown, wrong."""
    found: dict[str, dict[str, Counter[str]]] = {}
    for head in heads():
        found.setdefault(head.half, {}).setdefault(head.meaning, Counter())[told(head)] += 1
    return found
