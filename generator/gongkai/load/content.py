"""Pages of ``content/`` as readers may call them: their titles, and the ``aliases`` of their front matter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from gongkai.column.withdrawal import content_address
from gongkai.load.served import served_files
from gongkai.text.patterns import DOTALL, MULTILINE, anywhere, whole

_FRONT = whole(r"\A---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", DOTALL)
_HEADING = anywhere(r"^#[ \t]+([^ \t\n](?:.*[^ \t#\n])?)", MULTILINE)


@dataclass(frozen=True, slots=True)
class ContentPage:
    """A page of content/: its title, its address, and what else readers call it."""

    title: str
    url: str
    aliases: tuple[str, ...]


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
                yield ContentPage(title, url, _texts(said.get("aliases")))


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    found = _FRONT.match(text)
    if not found:
        return {}, text
    try:
        said = yaml.safe_load(found[1])
    except (yaml.YAMLError, ValueError):
        said = None
    return said if isinstance(said, dict) else {}, text[found.end() :]


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()
