"""Addresses of what was withdrawn: a page at each that says since when and why, and nothing of what stood there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from gongkai.column.page import HOME, Crumb, Page
from gongkai.column.site_data import SiteData
from gongkai.column.withdrawal import Withdrawal
from gongkai.output.layout import key_of
from gongkai.output.output_dir import Files
from gongkai.output.page_renderer import PageRenderer

WITHDRAWN = "withdrawn"
TITLE = "已撤回"


def withdrawn_content(column: SiteData, renderer: PageRenderer) -> Iterator[tuple[str, Files]]:
    """Every address of what is withdrawn now, with its page."""
    for address, found in withdrawn_addresses(column).items():
        yield address, [("index.html", notice(address, found, renderer))]


def withdrawn_addresses(column: SiteData) -> dict[str, Withdrawal]:
    """What is withdrawn now, by each of its addresses."""
    return {address: found for found in column.withdrawals if not found.restored for address in found.addresses}


class WithdrawnView(TypedDict):
    """What the page of what was withdrawn shows."""

    withdrawal: Withdrawal


def notice(address: str, withdrawal: Withdrawal, renderer: PageRenderer) -> bytes:
    """A page in the column's own frame; search engines are asked to forget the address."""
    page = Page(
        kind=WITHDRAWN,
        url=address,
        title=TITLE,
        description=f"这个网址原来的内容{TITLE}",
        crumbs=(HOME, Crumb(TITLE, address)),
        view=WithdrawnView(withdrawal=withdrawal),
    )
    slots = renderer.bodies.slots(page)
    slots["meta"] += '\n<meta name="robots" content="noindex">'
    return renderer.theme.layouts[key_of(WITHDRAWN, address)].fill(slots)
