"""The site map (sitemaps.org 0.9). No ``lastmod``: the data does not know when a page changed."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from html import escape

from gongkai.column import urls
from gongkai.output.output_dir import OutputDir
from gongkai.output.state import State

LARGEST = 50_000
"""Addresses that the protocol allows in one file; a larger map is an index of several files."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = ' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def update_map(tree: OutputDir, state: State, no_pages: Container[str], site_url: str) -> int:
    """Write the map of all groups of pages but ``no_pages``, and home; returns how many pages there are."""
    made = (outcome.stamps for name, outcome in state.made.items() if name not in no_pages)
    addresses = [url for stamps in made for url in stamps if _is_page(url)]
    addresses.append(urls.HOME)
    for name, content in sitemap(sorted(addresses), site_url):
        tree.write_file(name, content)
    return len(addresses)


def _is_page(url: str) -> bool:
    return not url.startswith((urls.DATA_V1, urls.SEARCH)) or url == urls.SEARCH


def sitemap(addresses: Sequence[str], site_url: str) -> Iterator[tuple[str, bytes]]:
    """The files of the site map by name; without ``site_url`` addresses are relative. Lists of persons are in none."""
    addresses = [address for address in addresses if not urls.shows_persons(address)]
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
    rows = "".join(f"<{inner}><loc>{escape(address, quote=False)}</loc></{inner}>\n" for address in addresses)
    return f"{_HEAD}<{outer}{_SPACE}>\n{rows}</{outer}>\n".encode()
