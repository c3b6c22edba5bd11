"""Withdrawals (撤回): what was published once and must no longer be, with the day and the reason that readers see.

Nothing here repeats a word of what was withdrawn: names that an office chose freely, such as those of attachments, are
kept as digests.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import count

from msgspec import Struct

from gongkai.column import urls
from gongkai.column.origin import Origin
from gongkai.text.patterns import anywhere, whole

_INDEX = anywhere(r"(^|(?<=/))index/$")

CONTENT = "content/"
"""How ids of pages and files of ``content/`` begin; all others are ids of records or of attachments."""

_FILES = "/files/"
_SAYS_NOTHING = whole(r"[A-Za-z0-9/._-]+")
ADDRESS = whole(r"([A-Za-z0-9_-]+/)+")
_DIGEST = whole(r"[0-9a-f]{12}")


class Withdrawal(Struct, frozen=True):
    """One withdrawal.

    ``id`` is what :func:`named` makes of a record, attachment or file of ``content/``; ``day`` is the first without it;
    ``addresses`` are those of all pages that went with it, relative to the site's root; ``restored`` is the day since
    which it is public again.
    """

    id: str
    day: date
    reason: str
    addresses: tuple[str, ...]
    restored: date | None
    origin: Origin

    @property
    def records(self) -> Iterable[str]:
        """Ids of the records that went with it: an address is the id below the name of a kind."""
        return (address.partition("/")[2].removesuffix("/") for address in self.addresses)


def gone(withdrawals: Iterable[Withdrawal]) -> frozenset[str]:
    """Ids of all records that are withdrawn now."""
    return frozenset(record for found in withdrawals if not found.restored for record in found.records)


def kept_numbers(withdrawals: Iterable[Withdrawal], identifier: Callable[[int], str]) -> Iterator[int]:
    """Numbers for what is counted as it stands: those of withdrawn items stay theirs, so that no other changes.

    Args:
        withdrawals: all of the column.
        identifier: the id of the item with a number.
    """
    withdrawn = gone(withdrawals)
    return (number for number in count(1) if identifier(number) not in withdrawn)


def named(identifier: str) -> str:
    """The id under which something is withdrawn: the names of attachments, and names in Chinese, become digests.

    ``shili-2021/files/名单.pdf`` -> ``shili-2021/files/1f0c…``; what is such an id already stays as it is.
    """
    head, files, name = identifier.rpartition(_FILES)
    if files and not identifier.startswith(CONTENT):
        return identifier if _DIGEST.fullmatch(name) else attachment(head, name)
    if _SAYS_NOTHING.fullmatch(identifier):
        return identifier
    return CONTENT + _digest(identifier)


def attachment(document: str, name: str) -> str:
    """The id under which an attachment of a document is withdrawn."""
    return f"{document}{_FILES}{_digest(name)}"


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:12]


def ids_of_file(name: str) -> set[str]:
    """The ids under which a single file of a site may be withdrawn: as an attachment, or as what ``content/`` holds."""
    page = name.removesuffix("index.html").removesuffix("/")
    found = {named(f"{CONTENT}{source}") for source in (name, f"{page}.md", f"{page}/index.md")}
    document, files, file = name.removeprefix(urls.DOCUMENTS).rpartition(_FILES)
    return found | {attachment(document, file)} if files and name.startswith(urls.DOCUMENTS) else found


def content_address(identifier: str) -> str:
    """The address of a file of ``content/``: ``content/guide.md`` is at ``guide/``, a picture under its own name."""
    path = identifier.removeprefix(CONTENT)
    return _INDEX.sub("", path.removesuffix(".md") + "/") if path.endswith(".md") else path
