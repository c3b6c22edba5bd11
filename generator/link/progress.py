"""Progress entries, links and waivers: the small mappings that several kinds of records carry."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from generator.link.context import Context
from generator.load.shapes import IgnoreShape, ProgressShape
from generator.load.shapes.base import LinkShape
from generator.model.origin import Origin
from generator.model.progress import Link, Progress
from generator.model.waiver import Waiver


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
    """Links as values; an address that is none is an error."""
    for at, shape in enumerate(shapes):
        web_address(shape.url, origin.child(at, "url"), context)
    return tuple(Link(shape.title, shape.url) for shape in shapes)


def web_address(text: str | None, origin: Origin, context: Context) -> None:
    """Report a text that should be a web address and is none; nothing written is fine."""
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
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        return False
