"""What is published: every lasting address, and every value that is only added to, by the id of its row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from http.client import HTTPException
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from gongkai.authoring.difference.state import of_known_districts
from gongkai.column import urls
from gongkai.column.fields import Row, Table
from gongkai.column.site_data import SiteData
from gongkai.column.withdrawal import content_address
from gongkai.kinds.addresses import OF_FILES
from gongkai.kinds.registry import KINDS, TABLES
from gongkai.linking.linker import link
from gongkai.load.content import content_pages
from gongkai.load.served import served_files
from gongkai.load.tree import load_tree
from gongkai.output.manifest import NAME as MANIFEST
from gongkai.output.manifest import entry_of
from gongkai.output.redirects import REDIRECT_LIST, renumbered_addresses
from gongkai.output.verification import Read, reader
from gongkai.settings import served_folders

Thing = TypeVar("Thing")

_WITH_PAGES = ("records", "documents", "units", "organs")
"""Tables whose rows have a page of their own that never goes."""


class NothingPublishedError(Exception):
    """There is nothing that could be compared with; the message is a Chinese sentence."""


class Published(Struct, frozen=True):
    """What readers can rely on.

    ``addresses`` are those of pages by what they are about, with its table before the id; ``titles`` what that is
    called. ``values`` are lasting values by table, id and field; ``corrected`` what was corrected already, as (record,
    day, field, reason). ``files`` are authored files by id, where they are known. ``content`` and ``attachments`` are
    the addresses of pages of content/ and of attachments. ``led`` has the addresses of today by those that lead there,
    ``withdrawn`` the ids of everything that was ever withdrawn.
    """

    name: str
    addresses: Mapping[str, str]
    titles: Mapping[str, str]
    values: Mapping[tuple[str, str, str], Any]
    corrected: frozenset[tuple[str, str, str, str]]
    files: Mapping[str, str]
    content: frozenset[str] = frozenset()
    attachments: frozenset[str] = frozenset()
    led: Mapping[str, str] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()

    @property
    def facts(self) -> int:
        """How many values there are that say something."""
        return sum(1 for value in self.values.values() if value)


def of_site(place: str) -> Published:
    """What a site has published, by its open data.

    Raises:
        NothingPublishedError: when these cannot be had, or are not as the manifest of the site says.
    """
    site = _Site.at(place)
    rows = {name: site.rows(name) for name in (*_WITH_PAGES, *_lasting(), "corrections")}
    pages = [(f"{name}:{row['id']}", row) for name in _WITH_PAGES for row in rows[name]]
    day = site.manifest.get("as_of")
    return Published(
        name=f"{place} 的数据{f'（截至 {day}）' if day else ''}",
        addresses={key: row["url"] for key, row in pages},
        titles={key: str(row.get("title") or row.get("name") or row["id"]) for key, row in pages},
        values=dict(_values({name: rows[name] for name in _lasting()})),
        corrected=frozenset((row["record"], row["date"], row["field"], row["reason"]) for row in rows["corrections"]),
        files={},
        content=frozenset(_content_of(site.manifest.get("files") or ())),
        attachments=frozenset(_attachments_of(site.manifest.get("files") or ())),
        led=site.led(),
        withdrawn=frozenset(map(str, site.manifest.get("withdrawn") or ())),
    )


def _content_of(files: Iterable[str]) -> Iterator[str]:
    """Addresses of pages that the program has not made of files of plans/."""
    pages = (name.removesuffix("index.html") for name in files if name.endswith("/index.html"))
    return (address for address in pages if not address.startswith((*urls.MADE, *OF_FILES)))


def _attachments_of(files: Iterable[str]) -> Iterator[str]:
    documents = (name for name in files if name.startswith(urls.DOCUMENTS) and not name.endswith((".gz", ".br")))
    return (name for name in documents if "/files/" in name)


class _Site(Struct, frozen=True):
    """A site whose tables are read; a site that was built and not published has no manifest."""

    place: str
    read: Read
    manifest: Mapping[str, Any]

    @classmethod
    def at(cls, place: str) -> _Site:
        read = reader(place)
        try:
            content = json.loads(read(MANIFEST))
        except (OSError, HTTPException, ValueError):
            content = {}
        return cls(place, read, content if isinstance(content, dict) else {})

    def rows(self, name: str) -> list[Row]:
        """The rows of a table; none where the version that published it did not have the table."""
        path = urls.data_file(name, "json")
        files = self.manifest.get("files")
        if files and path not in files and name not in _WITH_PAGES:
            return []
        try:
            return self._made_of(path, lambda said: [{"id": row["id"], **row} for row in said["items"]])
        except (OSError, HTTPException) as error:
            if not files and name not in _WITH_PAGES:
                return []
            raise NothingPublishedError(f"读不到 {self.place} 的开放数据 {path}（{error}）") from None

    def led(self) -> Mapping[str, str]:
        """Addresses by those that lead there; none where none does, or no manifest says whether any does."""
        if REDIRECT_LIST not in (self.manifest.get("files") or ()):
            return {}
        try:
            return self._made_of(
                REDIRECT_LIST, lambda said: {str(one["from"]): str(one["to"]) for one in said["redirects"]}
            )
        except (OSError, HTTPException) as error:
            raise NothingPublishedError(f"读不到 {self.place} 的 {REDIRECT_LIST}（{error}）") from None

    def _made_of(self, path: str, make: Callable[[Any], Thing]) -> Thing:
        """What a file of the site says."""
        files, content = self.manifest.get("files"), self.read(path)
        try:
            made = make(json.loads(content))
        except (ValueError, KeyError, TypeError):
            raise NothingPublishedError(f"{self.place} 的 {path} 读不懂，不是本程序写的开放数据") from None
        if files and files.get(path) != entry_of(content):
            raise NothingPublishedError(f"{self.place} 的 {path} 与它自己的 {MANIFEST} 不符，不能拿来比较")
        return made


def of_files(root: Path, name: str, as_of: date) -> Published:
    """What the files of a repository publish; those that cannot be read were not published."""
    loaded = load_tree(root)
    column = link(of_known_districts(root, loaded, loaded).files, as_of).column
    return replace(published_by(column, name), content=frozenset(content_of_files(root)))


def content_of_files(root: Path) -> Iterator[str]:
    """The addresses of the pages of content/, and those that they had before."""
    folder = root / served_folders(root)[0]
    for path in served_files(folder):
        if path.suffix == ".md" and (address := content_address(path.relative_to(folder).as_posix())):
            yield address
    for page in content_pages(folder):
        yield from page.moved_from


def published_by(column: SiteData, name: str = "") -> Published:
    """What a column publishes."""
    index = column.index
    pages: dict[str, tuple[str, str]] = {
        **{f"records:{entry.id}": (entry.url, entry.title) for entry in index.entries.values()},
        **{
            f"documents:{known}": (urls.document(known), document.title or known)
            for known, document in index.documents.items()
        },
        **{f"units:{unit.id}": (urls.unit(unit.id), unit.name) for unit in column.units.values()},
        **{f"organs:{organ.id}": (urls.organ(organ.id), organ.short_name) for organ in column.organs.values()},
    }
    rows: dict[str, list[Row]] = {name: [] for name in _lasting()}
    for kind in KINDS:
        for table in kind.tables:
            for file in kind.of(column).values() if table.lasting else ():
                rows[table.name] += table.lasting_rows(column, file)
    corrections = (each for several in column.corrections.values() for each in several)
    return Published(
        name=name,
        addresses={key: url for key, (url, _) in pages.items()},
        titles={key: title for key, (_, title) in pages.items()},
        values=dict(_values(rows)),
        corrected=frozenset((each.record, each.day.isoformat(), each.field, each.reason) for each in corrections),
        files={known: head.file for known, head in index.heads.items()},
        attachments=frozenset(
            f"{urls.attachments(known)}{item.file}"
            for known, document in index.documents.items()
            for item in document.attachments
        ),
        led=dict(_led([url for url, _ in pages.values()], column)),
        withdrawn=frozenset(found.id for found in column.withdrawals),
    )


def _led(addresses: Sequence[str], column: SiteData) -> Iterator[tuple[str, str]]:
    """What leads to some addresses: those that items had before, and everything below the old ids of files."""
    there = frozenset(addresses)
    yield from ((old, new) for old, new in renumbered_addresses(column).items() if new in there)
    before: dict[str, list[str]] = {}
    for old, new in column.moved.items():
        before.setdefault(new, []).append(old)
    for url in addresses:
        directory, _, rest = url.partition("/")
        head, _, below = rest.partition("/")
        for old in before.get(head, ()) if f"{directory}/" in OF_FILES else ():
            yield f"{directory}/{old}/{below}", url


def _lasting() -> dict[str, Table]:
    return {name: table for name, table in TABLES.items() if table.lasting}


def _values(rows: Mapping[str, list[Row]]) -> Iterator[tuple[tuple[str, str, str], Any]]:
    for name, found in rows.items():
        for row in found:
            for known in TABLES[name].lasting:
                assert known.lasting
                if row.get(known.key) is not None:
                    yield (name, row["id"], known.key), known.lasting(row[known.key])
