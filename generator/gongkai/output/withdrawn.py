"""Addresses of what was withdrawn: a page at each that says since when and why, and nothing of what stood there."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.column.column import Column
from gongkai.column.page import HOME, Crumb, Page
from gongkai.column.withdrawal import Withdrawal
from gongkai.output.press import Press
from gongkai.output.shell import key_of
from gongkai.output.tree import Files

WITHDRAWN = "withdrawn"
TITLE = "已撤回"


def withdrawn_content(column: Column, press: Press) -> Iterator[tuple[str, Files]]:
    """Every address of what is withdrawn now, with its page."""
    pages = {address: found for found in column.withdrawals if not found.restored for address in found.addresses}
    for address, found in pages.items():
        yield address, [("index.html", _notice(address, found, press))]


def _notice(address: str, withdrawal: Withdrawal, press: Press) -> bytes:
    """A page in the column's own frame; search engines are asked to forget the address."""
    page = Page(
        kind=WITHDRAWN,
        url=address,
        title=TITLE,
        description=f"这个网址原来的内容{TITLE}",
        crumbs=(HOME, Crumb(TITLE, address)),
        view={"withdrawal": withdrawal},
    )
    slots = press.bodies.slots(page)
    slots["meta"] += '\n<meta name="robots" content="noindex">'
    return press.theme.shells[key_of(WITHDRAWN, address)].fill(slots)
