"""Small values that several kinds carry, as authored -> as they are: progress, links, waivers, planning facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from gongkai.column.context import Context
from gongkai.column.document import Document, plain_document
from gongkai.column.origin import Origin
from gongkai.column.planning import Planning
from gongkai.column.progress import Link, Progress
from gongkai.column.shapes.base import IgnoreShape, LinkShape
from gongkai.column.shapes.planning import PlanningShape
from gongkai.column.shapes.progress import ProgressShape
from gongkai.column.waiver import Waiver
from gongkai.text.address import split_address


def link_progress(shapes: Sequence[ProgressShape], origin: Origin, context: Context) -> tuple[Progress, ...]:
    """The entries of one record in the order written, their evidence checked to be web addresses."""
    return tuple(
        Progress(
            shape.date,
            shape.status,
            shape.text,
            links(shape.evidence, origin.child("progress", at, "evidence"), context),
            origin.child("progress", at),
        )
        for at, shape in enumerate(shapes)
    )


_BEHIND_ADDRESSES = "。，、；：！？”’》】"
"""Punctuation that is copied with an address out of a sentence."""


def links(shapes: Sequence[LinkShape], origin: Origin, context: Context) -> tuple[Link, ...]:
    """Links as values; what is no web address becomes a problem."""
    for at, shape in enumerate(shapes):
        web_address(shape.url, origin.child(at, "url"), context)
    return tuple(Link(shape.title, shape.url) for shape in shapes)


def web_address(text: str | None, origin: Origin, context: Context) -> None:
    """Report a text that should be a web address and is not; None and an empty text are allowed."""
    if text and not _is_web_address(text):
        context.problems.error("LINK-01", origin, f"“{text}”不是网址", "请写完整网址，以 https:// 或 http:// 开头")
    elif text and (bare := text.rstrip(_BEHIND_ADDRESSES)) != text:
        words = f"网址末尾的“{text[len(bare) :]}”不是网址的一部分，打不开"
        context.problems.error("LINK-01", origin, words, f"请写成 {bare}")


def note_waivers(shapes: Sequence[IgnoreShape], scope: Origin, context: Context) -> None:
    """Remember what the mapping at ``scope`` knowingly leaves as it is."""
    for at, shape in enumerate(shapes):
        waiver = Waiver(shape.rule, shape.reason, shape.until, scope, scope.child("ignore", at))
        context.waivers.append(waiver)


def _is_web_address(text: str) -> bool:
    """A full http(s) address with a host, without a user name, spaces or characters that cannot be seen."""
    if any(character.isspace() or not character.isprintable() for character in text):
        return False
    parts = split_address(text)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None


def link_planning(shape: PlanningShape | None) -> Planning | None:
    """Where a plan stands; None where nothing is written. Its parent and decision are resolved with the index."""
    if shape is None:
        return None
    first, _, last = (shape.period or "").partition("-")
    period = (int(first), int(last)) if first else None
    return Planning(shape.category, shape.level, period, shape.parent, shape.decision)


class _Plain(Protocol):
    """As much of a shape as :func:`shown_document` needs."""

    @property
    def id(self) -> str: ...
    @property
    def organ(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def sources(self) -> list[str]: ...


def shown_document(shape: _Plain, day: date | None, origin: Origin, context: Context) -> Document:
    """What lists show of a file that is no official document itself: its title, its district, its day, its sources."""
    organ = context.vocabularies.organs.get(shape.organ)
    name = organ.name if organ else shape.organ
    return plain_document(shape.id, shape.organ, name, shape.title, day, tuple(shape.sources), origin)
