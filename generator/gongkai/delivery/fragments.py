"""Articles for a portal's own content system: the text of each page without frame, scripts and styles, and an index.

One file for each official document and each plan, list or directory that came with one. Only plain elements are kept,
without class, id or style, so that the sheets of the portal decide how it looks; links are whole addresses of the
column. ``index.csv`` and ``index.json`` say title, date and number of each.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from msgspec import Struct
from msgspec.structs import asdict

from gongkai.authoring.edits import write_whole
from gongkai.delivery.site import Delivered, DeliveryError, FinishedSite
from gongkai.output.status import NAME as STATUS
from gongkai.text.patterns import anywhere, whole

_FILE = whole(r"[\w-]+\.html")
_TAG = anywhere(r"<[^>]{0,99}>")
_EMPTY_LINES = anywhere(r"\n(?:[^\S\n]*\n)+")

INDEX = "index.json"
_KEPT = {
    *("a", "b", "blockquote", "br", "caption", "col", "colgroup", "dd", "del", "details", "div", "dl", "dt", "em"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "li", "ol", "p", "section", "small", "span"),
    *("strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul"),
}
_DROPPED = {"script", "style", "form", "button", "svg", "nav", "template", "iframe", "noscript", "select", "input"}
_DROPPED_CLASSES = {"tools", "scripted", "visually-hidden", "ours", "totals"}
"""Among them what became of tasks: it changes from day to day, and a fragment stays as it is."""
_VOID = {"br", "col", "hr", "img", "input"}
_ATTRIBUTES = {"colspan", "rowspan", "scope", "datetime", "alt", "start", "lang"}
_ADDRESSES = {"href", "src"}


class Fragment(Struct, frozen=True):
    """An article; days are ISO 8601 or empty, ``url`` is its page in the column, ``file`` its file."""

    id: str
    title: str
    doc_number: str
    issuer: str
    organ: str
    date_signed: str
    date_published: str
    index_number: str
    url: str
    file: str
    sha256: str


def write_fragments(site: FinishedSite, out: Path, site_url: str) -> Delivered:
    """Write all articles of a published site below ``out``.

    Raises:
        DeliveryError: when the site's address is not known, or ``out`` holds something else.
    """
    if not site_url:
        raise DeliveryError("片段里的链接要写全网址：请先设 SITE_URL，或者在 mkdocs.yml 里写 site_url")
    before = _before(out)
    contents: dict[str, bytes] = {}
    found = []
    for row in _articles(site):
        text = plain_article((site.root / row["url"] / "index.html").read_text("utf-8"), urljoin(site_url, row["url"]))
        content, name = text.encode(), f"{row['url'].strip('/').replace('/', '-')}.html"
        contents[name] = content
        found.append(_fragment(row, site_url, name, content))
    contents[INDEX] = _index(site, found)
    contents["index.csv"] = _table(found)
    gone = [name for name in before - contents.keys() if (out / name).is_file()]
    try:
        changed = {name: content for name, content in contents.items() if not _is(out / name, content)}
        write_whole({out / name: content for name, content in changed.items()}, [out / name for name in gone])
    except OSError as error:
        raise DeliveryError(f"没有写完片段：{error.strerror or error}（{error.filename or out}）") from None
    return Delivered(len(changed), len(contents) - len(changed), len(gone))


def _is(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _before(out: Path) -> set[str]:
    """The files that we wrote there last time.

    Raises:
        DeliveryError: when there are files and we did not write them.
    """
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return set()
    try:
        rows = json.loads((out / INDEX).read_bytes())["fragments"]
        return {name for row in rows if _FILE.fullmatch(name := str(row["file"]))}
    except (OSError, ValueError, KeyError, TypeError):
        raise DeliveryError(f"{out} 里不是本程序写的片段，没有写入任何内容：请换一个空目录") from None


def _rows(site: FinishedSite, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((site.root / f"data/v1/{name}.json").read_bytes())["items"]
    return rows


def _articles(site: FinishedSite) -> Iterator[dict[str, Any]]:
    """Official documents, and behind each what was issued with it and has a page of its own, newest first."""
    documents = sorted(_rows(site, "documents"), key=lambda row: row["date_signed"] or "", reverse=True)
    records = {row["id"]: row for row in _rows(site, "records")}
    for document in documents:
        yield document
        for carried in document["carries"]:
            record = records.get(carried)
            if record and record["url"] != document["url"] and (site.root / record["url"] / "index.html").is_file():
                yield {**document, "id": carried, "title": record["title"], "url": record["url"]}


def _fragment(row: Mapping[str, Any], site_url: str, name: str, content: bytes) -> Fragment:
    title = row["title"] or _heading(content) or row["id"]
    return Fragment(
        id=row["id"],
        title=title,
        doc_number=row["doc_number"] or "",
        issuer=row["issuer_name"] or "",
        organ=row["organ"],
        date_signed=row["date_signed"] or "",
        date_published=row["date_published"] or "",
        index_number=row["index_number"] or "",
        url=urljoin(site_url, row["url"]),
        file=name,
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _heading(content: bytes) -> str:
    inside, closed, _ = content.decode().partition("<h1>")[2].partition("</h1>")
    return _TAG.sub("", inside).strip() if closed else ""


def _index(site: FinishedSite, found: list[Fragment]) -> bytes:
    about = {"version": 1, "as_of": site.manifest.get("as_of"), "status": STATUS}
    rows = [asdict(fragment) for fragment in found]
    return (json.dumps({**about, "fragments": rows}, ensure_ascii=False, indent=1) + "\n").encode()


def _table(found: list[Fragment]) -> bytes:
    """The same for spreadsheets and for systems that take in CSV."""
    out = io.StringIO()
    rows = csv.DictWriter(out, list(Fragment.__struct_fields__))
    rows.writeheader()
    rows.writerows(asdict(fragment) for fragment in found)
    return out.getvalue().encode("utf-8-sig")


def plain_article(page: str, address: str) -> str:
    """What is inside the article of a page, in plain elements; ``address`` is where the page lies."""
    inside, closed, _ = page.partition("<article")[2].partition(">")[2].rpartition("</article>")
    reader = _Plain(address)
    reader.feed(inside if closed else "")
    reader.close()
    text = _EMPTY_LINES.sub("\n", "".join(reader.out)).strip()
    return f"{text}\n"


class _Plain(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.out: list[str] = []
        self._dropped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        classes = set(given.get("class", "").split())
        if self._dropped or tag in _DROPPED or classes & _DROPPED_CLASSES:
            if tag not in _VOID:
                self._dropped.append(tag)
        elif tag in _KEPT:
            kept = "".join(self._attribute(name, value) for name, value in given.items())
            self.out.append(f"<{tag}{kept}>")

    def _attribute(self, name: str, value: str) -> str:
        if name in _ADDRESSES:
            return f' {name}="{escape(urljoin(self.address, value))}"'
        return f' {name}="{escape(value)}"' if name in _ATTRIBUTES else ""

    def handle_endtag(self, tag: str) -> None:
        if self._dropped:
            if tag in self._dropped:
                while self._dropped.pop() != tag:
                    pass
        elif tag in _KEPT and tag not in _VOID:
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._dropped:
            self.out.append(escape(data, quote=False))
