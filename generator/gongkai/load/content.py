"""Pages of ``content/``: titles, and of the front matter ``aliases`` (what readers call them) and ``moved_from``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from gongkai.column.withdrawal import ADDRESS, CONTENT, content_address
from gongkai.load.served import served_files
from gongkai.text.patterns import DOTALL, MULTILINE, anywhere, whole

_FRONT = whole(r"\A---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", DOTALL)
_LISTED = anywhere(r"^[-*] (?:《[^》\n]+》（)?([\u4e00-\u9fff]{2,8}(?:〔\d{4}〕|令第?)\d{1,4}号)", MULTILINE)
_HEADING = anywhere(r"^#[ \t]+([^ \t\n](?:.*[^ \t#\n])?)", MULTILINE)


class ContentPage(Struct, frozen=True):
    """A page of content/: title, address, other names, addresses that it had before, document numbers that it lists."""

    title: str
    url: str
    aliases: tuple[str, ...]
    moved_from: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


def content_pages(folder: Path) -> Iterator[ContentPage]:
    """The pages of a directory that have a title, by address; a front matter that is no YAML says nothing."""
    for path in sorted(served_files(folder)):
        if path.suffix == ".md" and path.is_file() and not path.is_symlink():
            text = path.read_bytes().decode("utf-8-sig", "replace")
            said, body = _front_matter(text)
            heading = _HEADING.search(body)
            title = said.get("title") or (heading[1] if heading else "")
            url = content_address(path.relative_to(folder).as_posix())
            if isinstance(title, str) and title and url:
                before = map(_address, _texts(said.get("moved_from")))
                listed = tuple(dict.fromkeys(_LISTED.findall(body)))
                old = tuple(address for address in before if address)
                yield ContentPage(title, url, _texts(said.get("aliases")), old, listed)


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    found = _FRONT.match(text)
    if not found:
        return {}, text
    try:
        said = yaml.safe_load(found[1])
    except (yaml.YAMLError, ValueError):
        said = None
    return said if isinstance(said, dict) else {}, text[found.end() :]


def _address(old: str) -> str:
    """The address of a page by its file (``content/old.md``, ``old.md``) or as it was (``old/``); "" if it has none."""
    path = old.removeprefix(CONTENT).strip("/")
    address = content_address(path) if path.endswith(".md") else f"{path}/"
    return address if ADDRESS.fullmatch(address) else ""


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()
