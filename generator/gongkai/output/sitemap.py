"""The site map (sitemaps.org 0.9). No ``lastmod``: the data does not know when a page changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

LARGEST = 50_000
"""Addresses that the protocol allows in one file; a larger map is an index of several files."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = ' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap(addresses: Sequence[str], site_url: str) -> Iterator[tuple[str, bytes]]:
    """The files of the site map by name; without ``site_url`` addresses are relative."""
    if len(addresses) <= LARGEST:
        yield "sitemap.xml", _listed("urlset", "url", [site_url + address for address in addresses])
        return
    names: list[str] = []
    for start in range(0, len(addresses), LARGEST):
        names.append(f"sitemap-{len(names) + 1}.xml")
        part = addresses[start : start + LARGEST]
        yield names[-1], _listed("urlset", "url", [site_url + address for address in part])
    yield "sitemap.xml", _listed("sitemapindex", "sitemap", [site_url + name for name in names])


def _listed(outer: str, inner: str, addresses: Sequence[str]) -> bytes:
    rows = "".join(f"<{inner}><loc>{escape(address)}</loc></{inner}>\n" for address in addresses)
    return f"{_HEAD}<{outer}{_SPACE}>\n{rows}</{outer}>\n".encode()
