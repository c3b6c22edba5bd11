"""The pieces that stand dozens of times on every page, as functions: a template macro costs several times as much."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from gongkai.column import urls
from gongkai.column.document import Document
from gongkai.column.unit import Assignment
from gongkai.output.trace import Question, Trace


class Links:
    """Every link from a page of ours to another: where there is no such page, the words stand without a link.

    ``addresses`` are those of all pages; ``lasting`` those that are there as long as what the page shows of them.
    """

    def __init__(self, addresses: Container[str], lasting: Container[str], trace: Trace) -> None:
        self._addresses, self._lasting, self._trace = addresses, lasting, trace
        self._link = lru_cache(maxsize=4096, typed=True)(self._page_link)  # escaped is no less than its text
        self._once: tuple[set[Question] | None, dict[tuple[str, str, str], Markup]] = (None, {})

    def leads(self, url: str) -> bool:
        """Whether there is a page at an address; the further pages of a list (``…/page/2/``) come with the list."""
        return url in self._addresses or urls.whole_list(url) in self._addresses

    def page_link(self, base: str, url: str, label: object, anchor: str = "", **attributes: str) -> Markup:
        """A link, see :meth:`_page_link`; a page depends on whether there is another one at that address."""
        if url not in self._lasting:
            self._trace.asked.add(("leads", url))
        return self._link(base, url, label, anchor, **attributes)

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

    def once_each_document(self, macro: Callable[..., Markup]) -> Callable[..., Markup]:
        """A macro about a document, rendered once for each in a group of pages: who asks again has read the same."""

        def remembered(document: Document, organ: Any, themes: Any, base: str, as_of: date) -> Markup:
            if self._once[0] is not self._trace.asked:
                self._once = self._trace.asked, {}
            made, key = self._once[1], (document.id, organ.id, base)
            if key not in made:
                if len(made) > _REMEMBERED:
                    made.clear()
                made[key] = macro(document, organ, themes, base, as_of)
            return made[key]

        return remembered


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


_REMEMBERED = 64
