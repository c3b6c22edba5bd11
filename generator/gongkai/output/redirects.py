"""Addresses that were published once and lead elsewhere now: a page at each, and lists of them for servers.

The page forwards without a server and without a script; where a server is told of ``redirects/nginx.map`` it answers
with a permanent redirect before anybody sees the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import chain, product
from typing import Any, TypedDict

from markupsafe import escape

from gongkai.column import urls
from gongkai.column.page import HOME, Crumb, Page
from gongkai.column.site_data import SiteData
from gongkai.kinds.addresses import OF_FILES
from gongkai.output.groups import issued_together, narrowed, record_pages
from gongkai.output.layout import key_of
from gongkai.output.output_dir import Files
from gongkai.output.page_renderer import PageRenderer
from gongkai.site.addresses import page_of
from gongkai.site.document import comparison_pages
from gongkai.site.year_comparison import compared_plans

REDIRECTS = "redirects/"
_JSON = "redirects.json"
REDIRECT_LIST = f"{REDIRECTS}{_JSON}"
_TITLE = "网址已经改变"


def moved_content(column: SiteData, renderer: PageRenderer) -> Iterator[tuple[str, Files]]:
    """Every old address with its page, and the lists; nothing where nothing moved."""
    moves = dict(chain(renumbered_pages(column), moved_pages(column)))
    for old, page in moves.items():
        yield old, [("index.html", forward(old, page, renderer))]
    if moves:
        yield REDIRECTS, redirect_lists(column)


def redirect_lists(column: SiteData) -> Files:
    """The lists of all old addresses, for servers."""
    items, files = dict(renumbered_pages(column)), dict(moved_pages(column))
    listed = [{"from": old, "to": page.url} for old, page in {**items, **files}.items()]
    return ((_JSON, _json(listed)), ("nginx.map", _map(items, files)))


def moved_page(column: SiteData, address: str) -> Page | None:
    """The page that took the place of what was at an address; None where nothing was that moved."""
    if address in (items := renumbered_addresses(column)):
        return page_of(column, items[address])
    directory, _, below = address.partition("/")
    old, _, rest = below.partition("/")
    moved = old in column.moved and f"{directory}/" in OF_FILES
    return page_of(column, f"{directory}/{column.moved[old]}/{rest}") if moved else None


def renumbered_addresses(column: SiteData) -> dict[str, str]:
    """New addresses of single items by old ones, below the old ids of their files, too; of two plans side by side."""
    before: dict[str, list[str]] = {}
    for old, new in column.moved.items():
        before.setdefault(new, []).append(old)
    found: dict[str, str] = {}
    for old, new in column.renumbered.items():
        url, (file, _, rest) = column.index.entries[new].url, old.partition("/")
        directory = url.partition("/")[0]
        found.update((f"{directory}/{known}/{rest}/", url) for known in (file, *before.get(file, ())))
    for later, earlier in compared_plans(column):
        ids = product((later, *before.get(later, ())), (earlier, *before.get(earlier, ())))
        found.update((urls.compare(*old), urls.compare(later, earlier)) for old in ids if old != (later, earlier))
    return found


def renumbered_pages(column: SiteData) -> Iterator[tuple[str, Page]]:
    """Old addresses of single items with the pages that took their place."""
    for old, new in renumbered_addresses(column).items():
        if page := page_of(column, new):
            yield old, page


def moved_pages(column: SiteData) -> Iterator[tuple[str, Page]]:
    """Old addresses with the pages that took their place: of each moved file, its own page and all below it."""
    together = issued_together(column)
    for old, new in column.moved.items():
        head = column.index.heads[new]
        pages = record_pages(narrowed(column, head, {new: head}, together[head.document]))
        compared = comparison_pages(column, new) if new in column.index.texts else ()
        for page in chain(pages, compared):
            yield _old_address(page.url, old), page


def _old_address(url: str, old: str) -> str:
    """The same address below the old id, which is always the second step: ``plans/<id>/tasks/3/``."""
    first, _, rest = url.split("/", 2)
    return f"{first}/{old}/{rest}"


class MovedView(TypedDict):
    """What the template ``moved`` shows."""

    target: Page


def forward(old: str, page: Page, renderer: PageRenderer) -> bytes:
    """A page in the column's own frame that sends readers on at once, and says where to."""
    target = urls.link(old, page.url)
    stub = Page(
        kind="moved",
        url=page.url,
        title=_TITLE,
        description=f"{_TITLE}，新网址是《{page.title}》",
        crumbs=(HOME, Crumb(_TITLE, old)),
        view=MovedView(target=page),
    )
    tags = f'\n<meta name="robots" content="noindex">\n<meta http-equiv="refresh" content="0; url={escape(target)}">'
    if not renderer.settings.site_url:  # else the head names it in full
        tags += f'\n<link rel="canonical" href="{escape(target)}">'
    slots = renderer.bodies.slots(stub)
    slots["meta"] += tags
    return renderer.theme.layouts[key_of("moved", old)].fill(slots)


def _json(listed: list[dict[str, Any]]) -> bytes:
    return (json.dumps({"version": 1, "redirects": listed}, ensure_ascii=False, indent=0) + "\n").encode()


def _map(items: Mapping[str, Page], files: Mapping[str, Page]) -> bytes:
    """Lines for a ``map`` of nginx, see deploy/nginx.conf: items first, then directories with all below them.

    Ids are lower-case letters, digits and hyphens, so nothing in them means anything to nginx. Below them only such
    characters are taken over as our own addresses have: what a reader asks for never reaches the answer's head.
    """
    roots = dict.fromkeys((_root(old), _root(page.url)) for old, page in files.items())
    whole = ((old, page.url) for old, page in items.items())
    lines = [f'"~^{old}(?<below>[A-Za-z0-9_./-]*)$" {new}$below;' for old, new in chain(whole, roots)]
    return "".join(f"{line}\n" for line in lines).encode()


def _root(url: str) -> str:
    return "/".join(url.split("/")[:2]) + "/"
