"""What is answered to a path: a file of the site, what is wrong with it, or that there is none. Never a traceback."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from http import HTTPStatus
from urllib.parse import quote

from msgspec import Struct, field

from gongkai.column import urls
from gongkai.serving.live import Live, View
from gongkai.serving.trouble import Trouble, all_findings, theme_trouble

OURS = "_preview/"
"""Below which the preview's own files lie, which no site has."""
FINDINGS = f"{OURS}findings/"
_INDEX = "index.html"
_TEXT = "; charset=utf-8"
_TYPES: Mapping[str, str] = {
    "html": f"text/html{_TEXT}",
    "css": f"text/css{_TEXT}",
    "js": f"text/javascript{_TEXT}",
    "txt": f"text/plain{_TEXT}",
    "map": f"text/plain{_TEXT}",
    "csv": f"text/csv{_TEXT}",
    "md": f"text/plain{_TEXT}",
    "ics": f"text/calendar{_TEXT}",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "xml": "application/xml",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""Media types by extension, the same on every computer; all else is offered for download."""


class Answer(Struct, frozen=True):
    """A status, a media type, the content."""

    status: HTTPStatus
    mime: str
    content: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def not_found(cls, page: bytes) -> Answer:
        """There is no such file; ``page`` says so in the frame of the column."""
        return cls(HTTPStatus.NOT_FOUND, _TYPES["html"], page)


def answer_to(live: Live, path: str) -> Answer:
    """The answer to a path that begins with ``/``, as a web server gives it that knows nothing of us."""
    with live.lock:
        view = live.view()
        address = path.removeprefix("/")
        if address == FINDINGS:
            return _page(HTTPStatus.OK, all_findings(live.findings(), live.root).html(), view)
        if view.site is None:
            return _trouble(view.trouble or Trouble("网页做不出来", ()), view)
        try:
            return _answer(view, address)
        except Exception as error:  # noqa: BLE001 - a column with errors, a template that an editor broke
            wrong = view.errors
            trouble = Trouble.of(wrong, view.checked.root) if wrong else theme_trouble(error, view.checked.root)
            return _trouble(trouble, view)


def _answer(view: View, address: str) -> Answer:
    assert view.site is not None
    file = address + _INDEX if address == "" or address.endswith("/") else address
    directory = file.removesuffix(_INDEX)
    is_page = file.endswith(_INDEX)
    if is_page and (trouble := view.in_place_of(directory)):
        return _trouble(trouble, view)
    content = view.site.content(file)
    if content is not None and view.trouble and file in view.site.copied and file.endswith(".html"):
        return _trouble(view.trouble, view)
    if content is not None:
        mime = _TYPES.get(file.rpartition(".")[2], "application/octet-stream")
        return _page(HTTPStatus.OK, content, view) if mime == _TYPES["html"] else Answer(HTTPStatus.OK, mime, content)
    if not is_page and view.site.content(f"{address}/{_INDEX}") is not None:
        location = f"/{quote(address)}/"
        return Answer(HTTPStatus.MOVED_PERMANENTLY, _TYPES["html"], b"", {"Location": location})
    if is_page and directory == urls.SEARCH:
        return _trouble(Trouble(view.site.why_no_search, ()), view, HTTPStatus.SERVICE_UNAVAILABLE)
    if is_page and view.trouble:
        return _trouble(view.trouble, view)
    return _page(HTTPStatus.NOT_FOUND, view.site.content("404.html") or "没有这个网页".encode(), view)


def _trouble(trouble: Trouble, view: View, status: HTTPStatus = HTTPStatus.INTERNAL_SERVER_ERROR) -> Answer:
    return _page(status, trouble.html(), view)


def _page(status: HTTPStatus, content: bytes, view: View) -> Answer:
    """A page with the script that shows it anew when it changes."""
    return Answer(status, _TYPES["html"], with_script(content, view.version))


def with_script(page: bytes, version: str) -> bytes:
    """A page as the preview serves it; the rest of it is as a build writes it."""
    look = blake2b(page, digest_size=8).hexdigest()
    tag = f'<script src="/{OURS}live.js" data-version="{version}" data-look="{look}" defer></script>\n</body>'
    head, found, tail = page.rpartition(b"</body>")
    return head + tag.encode() + tail if found else page
