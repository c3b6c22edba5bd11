"""A page of the preview as one file to hand round: marked 草稿, with its look and pictures in it, without scripts."""

from __future__ import annotations

import mimetypes
import urllib.request
from base64 import b64encode
from collections.abc import Callable, Iterable
from datetime import date
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin

Fetch = Callable[[str], bytes]
"""What is at an address of the preview, which is relative to the page."""

_SECONDS = 60
_WITHOUT = {"script", "template", "noscript", "dialog"}
"""Elements that are nothing, or lead nowhere, in a file that stands alone."""
_DROPPED = {"href", "src", "srcset", "action", "integrity", "crossorigin", "loading"}
_LOOK = (
    "<style>.draft-handed{position:sticky;top:0;z-index:9;margin:0;padding:.6em 1em;background:#8a1414;color:#fff;"
    "font-weight:bold;text-align:center}</style>"
)


def standalone(page: str, fetch: Fetch, day: date) -> str:
    """The page in one file; what it names elsewhere and cannot have in it, such as links, is plain text there."""
    made = _Page(fetch, day)
    made.feed(page)
    made.close()
    return "".join(made.parts)


def fetched(address: str) -> bytes:
    """What the preview has at an address.

    Raises:
        OSError: when it does not answer.
    """
    with urllib.request.urlopen(address, timeout=_SECONDS) as answer:  # noqa: S310 - the preview's own address
        content: bytes = answer.read()
    return content


def from_preview(preview: str, page: str, day: date) -> bytes:
    """A page of the preview, as :func:`standalone`.

    Raises:
        OSError: when it does not answer.
    """
    address = urljoin(preview, page)

    def fetch(name: str) -> bytes:
        found = urljoin(address, name)
        return fetched(found) if found.startswith(preview) else b""

    return standalone(fetch(address).decode("utf-8", "replace"), fetch, day).encode()


class _Page(HTMLParser):
    """Writes what it reads, without what a file cannot have."""

    def __init__(self, fetch: Fetch, day: date) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self._fetch, self._day, self._inside = fetch, day, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _WITHOUT:
            self._inside += 1
        if self._inside or (tag in ("base", "meta") and "charset" not in given and "name" not in given):
            return
        if tag == "link":
            if given.get("rel") == "stylesheet" and (name := given.get("href")):
                look = self._fetch(name).decode("utf-8", "replace").replace("</", "<\\/")
                self.parts.append(f"<style>{look}</style>")
            return
        kept = [(name, value) for name, value in attrs if name not in _DROPPED and not name.startswith("on")]
        if tag == "img" and (name := given.get("src")):
            kept.append(("src", self._picture(name)))
        elif str(given.get("href", "")).startswith("#"):
            kept.append(("href", given["href"]))
        self.parts.append(f"<{tag}{_written(kept)}>")
        if tag == "body":
            self.parts.append(f'{_LOOK}<p class="draft-handed">草稿，{self._day}，没有发布</p>')

    def handle_endtag(self, tag: str) -> None:
        if tag in _WITHOUT:
            self._inside -= 1
        elif not self._inside:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._say(data)

    def handle_entityref(self, name: str) -> None:
        self._say(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._say(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self._say(f"<!{decl}>")

    def _say(self, text: str) -> None:
        if not self._inside:
            self.parts.append(text)

    def _picture(self, name: str) -> str:
        kind = mimetypes.guess_type(name.partition("?")[0])[0] or "application/octet-stream"
        return name if name.startswith("data:") else f"data:{kind};base64,{b64encode(self._fetch(name)).decode()}"


def _written(attributes: Iterable[tuple[str, str | None]]) -> str:
    return "".join(f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in attributes)
