"""Which addresses belong to files of which kind."""

from __future__ import annotations

from gongkai.column import urls
from gongkai.column.withdrawal import ADDRESS, CONTENT, content_address
from gongkai.kinds.registry import KINDS

OF_FILES = tuple(kind.directory for kind in KINDS)
"""Below which the pages of authored files lie, each file in the directory that its id names."""


def likely_addresses(identifier: str) -> list[str]:
    """Addresses, with all below them, that a record has by its id alone, whatever its kind is."""
    return [] if identifier.startswith(CONTENT) else [f"{kind}{identifier}/" for kind in OF_FILES]


def may_answer(address: str, identifier: str) -> bool:
    """Whether a page may say at an address that something is withdrawn: where nothing else of the site ever lies.

    That is below the directories of authored files, and where a plan stood beside another one; a page of ``content/``
    answers where it lay itself.
    """
    if not ADDRESS.fullmatch(address):
        return False
    if identifier.startswith(CONTENT):
        return address == content_address(identifier) and not address.startswith((*OF_FILES, *urls.MADE))
    if address.startswith(urls.COMPARE):
        return identifier in address.split("/")[1:]
    return address.startswith(OF_FILES) and address not in OF_FILES
