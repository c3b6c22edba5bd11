"""The frame around every page, ``main.html`` of the theme: what it is given, and the layouts that are cut from it.

It is rendered by whoever has Jinja: by the engine of the theme (``host.py``), or by ourselves where there is no engine
(``output/plain.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import jinja2
from msgspec import Struct, field

from gongkai.column import urls
from gongkai.output.layout import Layout, LayoutKey, all_keys, mark
from gongkai.settings import Settings
from gongkai.text.patterns import Match, anywhere, whole

COLUMN_NAV = (
    ("guide", "政府信息公开指南", "guide/"),
    ("rules", "政府信息公开制度", "rules/"),
    ("disclosure", "法定主动公开内容", urls.DISCLOSURE),
    ("annual-reports", "政府信息公开年报", "annual-reports/"),
)
"""The four columns of 国办公开办函〔2019〕61号, in its order."""

ALWAYS = (
    *(urls.HOME, urls.DISCLOSURE, urls.ORGANS, urls.YEARS, urls.THEMES, urls.UNITS, urls.DATA, urls.SEARCH),
    *(urls.CHANGES, urls.SUBSCRIBE),
)
"""Pages that every column has, whatever is in it."""

UNUSED = whole(r"assets/(javascripts/|images/|stylesheets/palette|search/|.*\.map$)")
"""Files that no page asks for: scripts, search and source maps of the theme; our search scripts are made into one."""

PLAIN_CSS = "assets/plain.css"
"""Stands in for the style sheet of the theme where there is no theme."""

_DIRECTORY_LINK = anywhere(r'(href=")([^":#?]*/|\.|(?:\.\./)*\.\.)(#[^"]*)?(")')


class _ShellPage(Struct):
    """As much of a page as the theme's templates look at while a layout is rendered."""

    url: str
    title: str
    content: str
    slots: dict[str, str]
    active: str
    meta: dict[str, Any] = field(default_factory=dict)
    toc: tuple[()] = ()
    canonical_url: str | None = None
    previous_page: None = None
    next_page: None = None
    is_homepage: bool = False
    edit_url: None = None
    parent: None = None
    ancestors: tuple[()] = ()


def layouts(env: jinja2.Environment, around: Mapping[str, Any]) -> dict[LayoutKey, Layout]:
    """Every layout that pages can ask for; ``around`` is what the templates are given besides the page.

    Raises:
        ShellError: when the frame does not carry the slots it should.
    """
    return {key: _layout(env, around, key) for key in all_keys()}


def _layout(env: jinja2.Environment, around: Mapping[str, Any], key: LayoutKey) -> Layout:
    page = _ShellPage(
        url="x/" * key.depth,
        title=mark("title"),
        content=mark("body"),
        slots={slot: mark(slot) for slot in ("meta", "crumbs", "follow", "actions")},
        active=key.active,
    )
    context = {**around, "base_url": base_of(page.url), "page": page}
    return Layout.cut(explicit_index(env.get_template("main.html").render(context)))


def frame_settings(settings: Settings, content: Iterable[str]) -> dict[str, Any]:
    """What the frame asks besides the page, as ``config.extra``; ``content`` are the addresses of pages of content/.

    The frame leads to pages of content/ that an office may not have: ``addresses`` are those that there are.
    """
    return {"settings": settings, "column_nav": COLUMN_NAV, "addresses": frozenset((*ALWAYS, *content))}


def base_of(url: str) -> str:
    """The way from a page to the root of the site, without the last slash, as templates expect it."""
    return urls.to_root(url).rstrip("/") or "."


def explicit_index(html: str) -> str:
    """Let relative links to directories name their ``index.html``: from a folder, browsers would list the directory."""

    def named(match: Match[str]) -> str:
        path = match[2] if match[2].endswith("/") else match[2] + "/"
        return f"{match[1]}{path}index.html{match[3] or ''}{match[4]}"

    return _DIRECTORY_LINK.sub(named, html)
