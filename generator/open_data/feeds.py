"""Atom feeds (RFC 4287): what a reader may follow, newest first. Dates come from the documents, never from a clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree as ET

from generator.model import urls
from generator.model.record import Record

ATOM = "http://www.w3.org/2005/Atom"
LIMIT = 100
"""A feed tells what is new; everything that ever was is in the open data."""

ET.register_namespace("", ATOM)


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed: ``url`` is the page it belongs to, ``id`` a name that stays when the site moves."""

    url: str
    id: str
    title: str
    author: str
    records: Sequence[Record]


def urn(identifier: str) -> str:
    """The permanent name of a record or page, independent of where the site lies."""
    return f"urn:gongkai:{identifier or 'column'}"


def dated(record: Record) -> date:
    """The day a record became public, as far as the document says; without any day, the first day of its year."""
    return record.date or date(record.year, 1, 1)


def newest(records: Iterable[Record]) -> list[Record]:
    """Newest first; records of one day stay in the order of the column."""
    return sorted(records, key=dated, reverse=True)[:LIMIT]


def to_atom(feed: Feed, site_url: str) -> bytes:
    """The feed as XML. Without ``site_url`` its links are relative to the feed itself."""
    root = ET.Element(f"{{{ATOM}}}feed", {"xml:lang": "zh-CN"})
    records = newest(feed.records)
    _add(root, "id", urn(feed.id))
    _add(root, "title", feed.title)
    _add(root, "updated", _moment(max((dated(record) for record in records), default=date(1970, 1, 1))))
    _add(_add(root, "author"), "name", feed.author)
    _add(root, "link", rel="alternate", type="text/html", href=_address(feed.url, feed.url, site_url))
    own = f"{site_url}{feed.url}feed.xml" if site_url else "feed.xml"
    _add(root, "link", rel="self", type="application/atom+xml", href=own)
    for record in records:
        _entry(root, feed, record, site_url)
    ET.indent(root, "")
    text: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _entry(root: ET.Element, feed: Feed, record: Record, site_url: str) -> None:
    entry = _add(root, "entry")
    _add(entry, "id", urn(record.id))
    _add(entry, "title", record.title)
    _add(entry, "updated", _moment(dated(record)))
    if record.date:
        _add(entry, "published", _moment(record.date))
    _add(entry, "link", rel="alternate", type="text/html", href=_address(feed.url, record.url, site_url))
    _add(entry, "category", term=record.kind.value)
    where = record.document if record.document != record.title else ""
    parts = (record.organ_name, where, record.doc_number or "", record.text)
    _add(entry, "summary", "\n".join(part for part in parts if part), type="text")


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text
    return element


def _address(source: str, target: str, site_url: str) -> str:
    return site_url + target if site_url else urls.link(source, target)


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00+08:00"
