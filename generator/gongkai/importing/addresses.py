"""Where a saved page was published before, and the tables that lead from there to its page in the column."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from pathlib import PurePosixPath

from gongkai.text.address import split_address
from gongkai.text.patterns import IGNORECASE, anywhere, whole

_HEAD_BYTES = 200_000
_SAVED = anywhere(rb"<!--\s*saved from url=\(\d+\)(?P<url>https?://[^\s>]+)", IGNORECASE)
_LINK = anywhere(rb"<(?:link|meta)\b[^<>]*>", IGNORECASE)
_NAMES = anywhere(rb"""(?:rel|property|name)\s*=\s*["']?(?:canonical|og:url)\b""", IGNORECASE)
_ADDRESS = anywhere(rb"""(?:href|content)\s*=\s*["']?(?P<url>https?://[^"'\s>]+)""", IGNORECASE)
_SAFE = whole(r"[A-Za-z0-9._~/%-]+")


def address_of(data: bytes) -> str | None:
    """The address of a saved page, as the browser that saved it or the page itself says; None where neither does."""
    head = data[:_HEAD_BYTES]
    saved = _SAVED.search(head)
    named = (_ADDRESS.search(tag.group()) for tag in _LINK.finditer(head) if _NAMES.search(tag.group()))
    found = saved or next(filter(None, named), None)
    if found is None:
        return None
    url = found["url"].decode("ascii", "ignore")
    return url if split_address(url).hostname else None


def redirect_files(moved: Mapping[str, str], site_url: str) -> dict[str, bytes]:
    """What leads from old addresses (URL) to new ones (path in the column), by file name.

    ``old-addresses.map`` is for nginx (``map $request_uri $moved { include …; }``), ``old-addresses.json`` for other
    programs, and below ``pages/`` stands a page for each old address, to be put where the old one was.
    """
    base = site_url or "/"
    new = {old: f"{base.rstrip('/')}/{path}" for old, path in sorted(moved.items())}
    files = {
        "old-addresses.json": (json.dumps(new, ensure_ascii=False, indent=1) + "\n").encode(),
        "old-addresses.map": "".join(f"{_quoted(_local(old))} {_quoted(to)};\n" for old, to in new.items()).encode(),
    }
    for old, to in new.items():
        if name := _page_name(old):
            files[f"pages/{name}"] = _page(to)
    return files


def _local(url: str) -> str:
    """An address as the server of the old site sees it: path and query."""
    parts = split_address(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _quoted(text: str) -> str:
    """A string of nginx; what would end it or name a variable is written as its percent code."""
    return '"' + text.replace("\\", "%5C").replace('"', "%22").replace("$", "%24").replace("\n", "") + '"'


def _page_name(url: str) -> str | None:
    """The file that answers an old address; None where a query tells pages apart, which no file can."""
    parts = split_address(url)
    path = parts.path.lstrip("/")
    if parts.query or not _SAFE.fullmatch(path) or ".." in PurePosixPath(path).parts:
        return None
    return f"{path}index.html" if path.endswith("/") else path


def _page(to: str) -> bytes:
    address = html.escape(to, quote=True)
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>已经移到新网址</title>'
        f'<meta http-equiv="refresh" content="0; url={address}"><link rel="canonical" href="{address}"></head>'
        f'<body><p>这一页已经移到新网址：<a href="{address}">{address}</a></p></body></html>\n'
    ).encode()
