"""The pieces that stand dozens of times on every page, as functions: a template macro costs several times as much."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from generator.model import urls
from generator.model.document import Document
from generator.model.unit import Assignment


@lru_cache(maxsize=4096, typed=True)  # what is escaped already is no less than its text
def page_link(base: str, url: str, label: object) -> Markup:
    """A relative link to a page that also opens from ``file://``; addresses are ours, labels are escaped."""
    return Markup(f'<a href="{base}{url}index.html">{escape(label)}</a>')  # noqa: S704


def unit_links(text: str, assignments: Sequence[Assignment], base: str) -> Markup:
    """The printed cell with each unit's name as a link; every other character stays as printed."""
    pieces = cell_pieces(text, assignments)
    shown = (page_link(base, urls.unit(unit), piece) if unit else escape(piece) for piece, unit in pieces)
    return Markup("".join(shown))  # noqa: S704 - every piece is escaped


def cell_pieces(text: str, assignments: Sequence[Assignment]) -> Iterator[tuple[str, str | None]]:
    """A printed cell as (text, unit id or None) pieces: each printed name in order, every other character kept."""
    at = 0
    for given in assignments:
        found = text.find(given.printed, at)
        if found < 0:
            continue
        if found > at:
            yield text[at:found], None
        at = found + len(given.printed)
        yield given.printed, given.unit
    if at < len(text):
        yield text[at:], None


def once_each_document(macro: Callable[..., Markup]) -> Callable[..., Markup]:
    """A macro whose first argument is a document and last but defaults the way to the root, rendered once for each."""
    made: dict[tuple[str, str, str], Markup] = {}

    def remembered(document: Document, organ: Any, themes: Any, base: str) -> Markup:
        key = document.id, organ.id, base
        if key not in made:
            if len(made) > _REMEMBERED:
                made.clear()
            made[key] = macro(document, organ, themes, base)
        return made[key]

    return remembered


_REMEMBERED = 64
