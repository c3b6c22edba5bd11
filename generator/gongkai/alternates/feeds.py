"""Atom feeds (RFC 4287): what a reader may follow, newest first. Dates come from the documents, never from a clock.

A feed has a style sheet, so that a browser that is led to it shows what is in it, and where to read on, instead of
markup. It is CSS, which browsers keep: XSLT, which feeds used for this, is being taken out of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from msgspec import Struct

from gongkai.column import urls
from gongkai.column.news import News

ATOM = "http://www.w3.org/2005/Atom"
_XHTML = "http://www.w3.org/1999/xhtml"
_ABOUT = (
    "这是一个订阅地址：复制地址栏里的网址，添加到阅读器里，有更新时就会收到通知。"
    "电子邮件软件、手机上的新闻阅读器大多能用。"
)


class Feed(Struct, frozen=True):
    """One feed: ``url`` is the page it belongs to, ``id`` a name that stays when the site moves.

    ``records`` are rows of the open data, by id, for those news that tell of a record's own publication.
    """

    url: str
    id: str
    title: str
    author: str
    news: Sequence[News]
    records: Mapping[str, Mapping[str, Any]]
    documents: Mapping[str, str]


def urn(identifier: str) -> str:
    """The permanent name of a record or page, independent of where the site lies."""
    return f"urn:gongkai:{identifier or 'column'}"


def to_atom(feed: Feed, site_url: str) -> bytes:
    """The feed as XML. Without ``site_url`` its links are relative to the feed itself."""
    updated = max((news.day for news in feed.news), default=date(1970, 1, 1))
    own = f"{site_url}{feed.url}feed.xml" if site_url else "feed.xml"
    page = urls.address(feed.url, feed.url, site_url)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<?xml-stylesheet type="text/css" href="{urls.to_root(feed.url)}assets/feed.css"?>',
        f'<feed xmlns="{ATOM}" xml:lang="zh-CN">',
        f"<title>{_text(feed.title)}</title>",
        *_opening(page, urls.link(feed.url, urls.SUBSCRIBE)),
        f"<id>{_text(urn(feed.id))}</id>",
        f"<updated>{_moment(updated)}</updated>",
        f"<author>\n<name>{_text(feed.author)}</name>\n</author>",
        f'<link rel="alternate" type="text/html" href={_quoted(page)} />',
        f'<link rel="self" type="application/atom+xml" href={_quoted(own)} />',
    ]
    for news in feed.news:
        lines += _entry(feed, news, site_url)
    return ("\n".join((*lines, "</feed>")) + "\n").encode()


def _opening(page: str, about: str) -> Iterator[str]:
    """What a person reads who opens the feed in a browser; programs leave it aside (RFC 4287, 6.4)."""
    yield f'<div xmlns="{_XHTML}">'
    yield f"<p>{_ABOUT}</p>"
    yield f"<p><a href={_quoted(page)}>回到网页</a> · <a href={_quoted(about)}>怎样订阅</a></p>"
    yield "</div>"


def _entry(feed: Feed, news: News, site_url: str) -> Iterator[str]:
    place = f"#{news.anchor}" if news.anchor else ""
    address = _quoted(urls.address(feed.url, news.url, site_url) + place)
    yield "<entry>"
    yield f"<id>{_text(urn(news.id))}</id>"
    yield f"<title>{_text(news.heading)}</title>"
    yield f"<updated>{_moment(news.day)}</updated>"
    yield f"<published>{_moment(news.day)}</published>"
    yield f'<link rel="alternate" type="text/html" href={address} />'
    if news.kind:
        yield f'<category term="{news.kind}" />'
    yield f'<summary type="text">{_text(_summary(feed, news))}</summary>'
    yield f'<p xmlns="{_XHTML}"><a href={address}>{news.day.isoformat()} 查看</a></p>'
    yield "</entry>"


def _text(words: str) -> str:
    return escape(words, quote=False)


def _quoted(value: str) -> str:
    return f'"{escape(value)}"'


def _summary(feed: Feed, news: News) -> str:
    """What happened; of a record's own publication its text, with the document that it stands in."""
    if not news.is_publication:
        return news.text or news.what
    row = feed.records[news.record]
    document = feed.documents[news.record]
    parts = (document if document != news.title else "", row["doc_number"], row["text"])
    return "\n".join(part for part in parts if part)


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00+08:00"
