"""Reading built pages in tests."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from gongkai.column.page import Page
from gongkai.column.site_data import SiteData
from gongkai.site.addresses import every_page


@cache
def parsed(path: Path) -> HTMLParser:
    """A page, shared by all tests that read it: none may take anything out of it."""
    return HTMLParser(path.read_text(encoding="utf-8"))


@cache
def anchors(path: Path) -> frozenset[str]:
    """Every id of a page, by its source."""
    return frozenset(re.findall(r'\sid="([^"]+)"', path.read_text(encoding="utf-8")))


def page(site: Path, url: str) -> HTMLParser:
    return parsed(site / url / "index.html")


def all_pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def page_urls(site: Path) -> list[str]:
    """The addresses of all generated pages, as the site map names them."""
    tree = ET.fromstring((site / "sitemap.xml").read_bytes())
    return [node.text or "" for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def column_pages(column: SiteData) -> Iterator[Page]:
    """Every page of a column but home and the two that belong to open data and search."""
    return every_page(column)


def references(tree: HTMLParser) -> Iterator[str]:
    """Everything a page asks for or leads to."""
    for name in ("href", "src", "action", "poster", "data"):
        for node in tree.css(f"[{name}]"):
            yield node.attributes[name] or ""


def resolve(site: Path, page_path: Path, reference: str) -> tuple[Path, str]:
    """The file and fragment that a relative reference means, as a browser sees it on ``file://``."""
    parts = urlsplit(reference)
    directory = page_path.parent.relative_to(site).as_posix()
    target = posixpath.normpath(posixpath.join(directory, unquote(parts.path))) if parts.path else None
    return (site / target if target else page_path), unquote(parts.fragment)


def text_of(node: Node, *, without: tuple[str, ...] = ()) -> str:
    """Visible text without white space, leaving out what the selectors name."""
    clone = HTMLParser(node.html or "")
    for selector in (*without, ".visually-hidden"):
        while unwanted := clone.css_first(selector):
            unwanted.decompose()  # with all that is in it
    body = clone.body
    assert body is not None
    return "".join(body.text(deep=True).split())
