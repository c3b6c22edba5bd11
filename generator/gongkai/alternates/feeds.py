"""Atom feeds (RFC 4287): what a reader may follow, newest first. Dates come from the documents, never from a clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from gongkai.column import urls
from gongkai.column.record import Record

ATOM = "http://www.w3.org/2005/Atom"
MAX_ENTRIES = 100
"""A feed tells what is new; everything that ever was is in the open data."""


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
    return sorted(records, key=dated, reverse=True)[:MAX_ENTRIES]


def to_atom(feed: Feed, site_url: str) -> bytes:
    """The feed as XML. Without ``site_url`` its links are relative to the feed itself."""
    records = newest(feed.records)
    updated = max((dated(record) for record in records), default=date(1970, 1, 1))
    own = f"{site_url}{feed.url}feed.xml" if site_url else "feed.xml"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="{ATOM}" xml:lang="zh-CN">',
        f"<id>{escape(urn(feed.id))}</id>",
        f"<title>{escape(feed.title)}</title>",
        f"<updated>{_moment(updated)}</updated>",
        f"<author>\n<name>{escape(feed.author)}</name>\n</author>",
        f'<link rel="alternate" type="text/html" href={quoteattr(urls.address(feed.url, feed.url, site_url))} />',
        f'<link rel="self" type="application/atom+xml" href={quoteattr(own)} />',
    ]
    for record in records:
        lines += _entry(feed, record, site_url)
    return ("\n".join((*lines, "</feed>")) + "\n").encode()


def _entry(feed: Feed, record: Record, site_url: str) -> Iterator[str]:
    yield "<entry>"
    yield f"<id>{escape(urn(record.id))}</id>"
    yield f"<title>{escape(record.title)}</title>"
    yield f"<updated>{_moment(dated(record))}</updated>"
    if record.date:
        yield f"<published>{_moment(record.date)}</published>"
    yield f'<link rel="alternate" type="text/html" href={quoteattr(urls.address(feed.url, record.url, site_url))} />'
    yield f'<category term="{record.kind.value}" />'
    where = record.document if record.document != record.title else ""
    parts = (record.organ_name, where, record.doc_number or "", record.text)
    summary = "\n".join(part for part in parts if part)
    yield f'<summary type="text">{escape(summary)}</summary>'
    yield "</entry>"


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00+08:00"
