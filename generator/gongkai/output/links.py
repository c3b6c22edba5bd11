"""The pieces that stand dozens of times on every page, as functions: a template macro costs several times as much."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from gongkai.column import urls
from gongkai.column.document import Document
from gongkai.column.unit import Assignment


class Links:
    """Every link from a page of ours to another: where there is no such page, the words stand without a link."""

    def __init__(self, addresses: Container[str]) -> None:
        self._addresses = addresses
        self.page_link = lru_cache(maxsize=4096, typed=True)(self._page_link)  # escaped is no less than its text

    def leads(self, url: str) -> bool:
        """Whether there is a page at an address; the further pages of a list (``…/page/2/``) come with the list."""
        return url in self._addresses or urls.whole_list(url) in self._addresses

    def _page_link(self, base: str, url: str, label: object, anchor: str = "", **attributes: str) -> Markup:
        """A relative link that also opens from ``file://``; addresses and anchors are ours, the rest is escaped.

        Args:
            base: the way from the page to the root of the site.
            url: the address of the other page.
            label: the words of the link.
            anchor: a place on that page.
            attributes: further attributes of the link, ``aria_label`` for ``aria-label``.
        """
        if not self.leads(url):
            return escape(label)
        more = "".join(f'{name.replace("_", "-")}="{escape(value)}" ' for name, value in attributes.items())
        place = f"#{anchor}" if anchor else ""
        return Markup(f'<a {more}href="{base}{url}index.html{place}">{escape(label)}</a>')  # noqa: S704

    def unit_links(self, text: str, assignments: Sequence[Assignment], base: str) -> Markup:
        """The printed cell with each unit's name as a link; every other character stays as printed."""
        pieces = cell_pieces(text, assignments)
        shown = (self.page_link(base, urls.unit(unit), piece) if unit else escape(piece) for piece, unit in pieces)
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
