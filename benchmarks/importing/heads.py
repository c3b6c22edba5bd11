"""Heads of tables by meaning: how many of them the importer tells, and how many it takes for something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from gongkai.importing.recognise.columns import Kind, column_kind
from gongkai.text.table_heads import Meaning, announced

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


def counted() -> dict[str, dict[str, Counter[str]]]:
    """By half and meaning: how many heads are found, unknown, wrong."""
    found: dict[str, dict[str, Counter[str]]] = {}
    for head in heads():
        found.setdefault(head.half, {}).setdefault(head.meaning, Counter())[told(head)] += 1
    return found
