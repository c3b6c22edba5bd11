"""The last look before publishing: links, anchors, size, nothing from other hosts, nothing private, nothing inline.

It looks at the files that will be served, not at the data behind them: whatever made a mistake, it is seen here.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.model.private import private_data

MAX_PAGE = 3_000_000
"""Bytes. A page of this size takes a phone on a slow network (1 Mbit/s) half a minute."""

_TEXT = {".html", ".json", ".csv", ".xml", ".ics", ".jsonld", ".txt"}
_LOADS = {("link", "href"), ("script", "src"), ("img", "src"), ("img", "srcset"), ("source", "src"), ("iframe", "src"),
          ("object", "data"), ("embed", "src"), ("video", "src"), ("audio", "src"), ("video", "poster"),
          ("form", "action"), ("input", "src"), ("use", "href"), ("base", "href")}  # fmt: skip
_LEADS = {("a", "href"), ("area", "href")}
_HARMLESS_REL = {"canonical", "alternate"}
_SCHEMES = {"", "http", "https", "mailto", "tel", "data"}


@dataclass(slots=True)
class _Seen:
    """What one page refers to."""

    ids: set[str] = field(default_factory=set)
    leads: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen = _Seen()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if given.get("id"):
            self.seen.ids.add(given["id"])
        if tag == "style" or (tag == "script" and "src" not in given) or "style" in given:
            self.seen.inline.append(tag)
        if any(name.startswith("on") for name in given):
            self.seen.inline.append(tag)
        harmless = tag == "link" and set(given.get("rel", "").split()) & _HARMLESS_REL
        for name, value in given.items():
            if (tag, name) in _LEADS or (harmless and name == "href"):
                self.seen.leads.append(value)
            elif (tag, name) in _LOADS:
                self.seen.loads.append(value)


def inspect_site(site: Path) -> list[str]:
    """Everything that forbids publishing, one Chinese sentence each; empty when the site may go out."""
    if not (site / "index.html").is_file():
        return ["没有首页 index.html"]
    pages = {path.relative_to(site).as_posix(): _read(path) for path in sorted(site.rglob("*.html"))}
    found = []
    for name, seen in pages.items():
        found += [f"{name}：页面里有内嵌的脚本或样式（{tag}）" for tag in seen.inline]
        found += [f"{name}：{problem}" for problem in _references(site, name, seen, pages)]
    return found + list(_contents(site))


def _read(path: Path) -> _Seen:
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    return reader.seen


def _references(site: Path, name: str, seen: _Seen, pages: dict[str, _Seen]) -> Iterator[str]:
    for reference in seen.loads:
        parts = urlsplit(reference)
        if parts.netloc or parts.scheme not in ("", "data"):
            yield f"向其他网站请求内容 {reference}"
    if name == "404.html":
        return  # served at any depth: its links hold only on the server
    for reference in dict.fromkeys([*seen.leads, *seen.loads]):
        parts = urlsplit(reference)
        if parts.scheme not in _SCHEMES:
            yield f"链接的协议不允许 {reference}"
        if parts.scheme or parts.netloc:
            continue
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
        target = joined if parts.path else name
        if target.startswith("..") or not (site / target).is_file():
            yield f"链接打不开 {reference}"
        elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
            yield f"链接的位置不存在 {reference}"


def _contents(site: Path) -> Iterator[str]:
    for path in sorted(site.rglob("*")):
        if path.is_symlink():
            yield f"{path.relative_to(site).as_posix()}：不能是链接文件"
        if path.suffix not in _TEXT or not path.is_file():
            continue
        name = path.relative_to(site).as_posix()
        content = path.read_text(encoding="utf-8")
        if path.suffix == ".html" and len(content.encode()) > MAX_PAGE:
            yield f"{name}：页面超过 {MAX_PAGE // 1_000_000} MB"
        for datum in private_data(content):
            yield f"{name}：有{datum.kind} {datum.masked}"
