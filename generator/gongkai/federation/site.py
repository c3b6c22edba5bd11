"""The published open data of several districts as one city site: a list of the districts, one search, joined tables.

Each record leads to the page of the district that published it; nothing but the open data is needed from them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from pathlib import Path
from typing import Any

import jinja2
from msgspec import Struct

from gongkai.alternates.files import JSON_BETWEEN, JSON_TAIL, json_head
from gongkai.assets import theme_files, theme_folders
from gongkai.column import urls
from gongkai.column.words import RecordKind
from gongkai.federation.intake import Taken
from gongkai.federation.joined import Joined
from gongkai.federation.part import SHARED, Part
from gongkai.federation.served import MODE, Served
from gongkai.federation.tables import JOINED_TABLES
from gongkai.kinds.registry import RECORD_LABELS
from gongkai.output.bundle import search_scripts
from gongkai.output.frame import explicit_index
from gongkai.output.output_dir import OutputDir
from gongkai.output.publish import copies_of
from gongkai.output.theme import ThemeOutput
from gongkai.search.encoding import pack_json
from gongkai.settings import Settings
from gongkai.site.palette import look_css
from gongkai.site.search import Opening

File = tuple[str, bytes]


class CitySite(Struct, frozen=True):
    """What the pages of a federation are made from.

    ``root`` is the city's repository, for its theme; ``settings`` are names and colours of the city's site; ``taken``
    is what came in from each district.
    """

    root: Path
    settings: Settings
    theme: ThemeOutput
    taken: Sequence[Taken]
    joined: Joined

    def write(self, out: Path, search: Iterator[File], served: Served | None = None) -> None:
        """Write the site into ``out``; ``search`` are the files of the search, its manifest the first of them.

        The search lies in a directory named by its content: the last one is renamed, so that files stay what they are.
        Where a service searches, ``served`` writes the tables.
        """
        tree = OutputDir.at(out)
        first = next(search)
        opening = Opening.of(json.loads(first[1]))
        with tree.writing():
            if old := _search_directory(out):
                tree.rename(f"{urls.SEARCH}{old}/", f"{urls.SEARCH}{opening.directory}/")
            for path, content in chain(self._assets(), [first], self._pages(opening)):
                tree.write_file(path, content)
            if served:
                served.write_tables(tree, copies_of(out))
            for path, chunks in () if served else self._tables():
                tree.write_stream(path, chunks)
            for directory, files in groupby(search, lambda file: file[0].rpartition("/")[0]):
                if directory == urls.SEARCH.rstrip("/"):
                    for path, content in files:
                        tree.write_file(path, content)
                else:
                    tree.write_directory(f"{directory}/", ((path.rpartition("/")[2], own) for path, own in files))

    def _assets(self) -> Iterator[File]:
        yield from ((path, content) for path, content in self.theme.files.items() if path.startswith("assets/"))
        yield from search_scripts(theme_files(self.root))
        yield "assets/column-settings.css", look_css(self.settings.accent).encode()

    def _pages(self, opening: Opening) -> Iterator[File]:
        env = jinja2.Environment(
            loader=jinja2.FileSystemLoader(theme_folders(self.root)), autoescape=True, undefined=jinja2.StrictUndefined
        )
        sheets = [path for path in self.theme.files if path.startswith("assets/stylesheets/") and path.endswith(".css")]
        context = {
            "settings": self.settings,
            "sheets": sheets or ["assets/plain.css"],
            "rows": [_row(taken) for taken in self.taken],
            "opening": opening,
        }
        template = env.get_template("federation.html")
        for url, searching in (("", False), (urls.SEARCH, True)):
            html = template.render(
                **context, base=urls.to_root(url), searching=searching, record_labels=RECORD_LABELS, config={}
            )
            yield f"{url}index.html", explicit_index(html).encode()

        if opening.mode == MODE:
            rows = [[_named(taken) or taken.source.home, taken.source.home] for taken in self.taken]
            yield f"{urls.SEARCH}districts.json", pack_json(rows)

    def _tables(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Every table with the rows of all districts, a district at a time; as old as the oldest of them."""
        for name in JOINED_TABLES:
            if any(name in part.tables for part in self.joined.parts):
                yield urls.data_file(name, "json"), self._table(name)

    def _table(self, name: str) -> Iterator[bytes]:
        parts = self.joined.parts
        yield json_head(self.joined.oldest.isoformat())
        rows = _shared(parts, name) if name in SHARED else (part.table(name) for part in parts)
        between = b""
        for some in filter(None, rows):
            yield between
            yield some
            between = JSON_BETWEEN
        yield JSON_TAIL


def _search_directory(out: Path) -> str:
    """The directory of the search that lies there already, if any."""
    try:
        said: str = Opening.of(json.loads((out / urls.SEARCH / "manifest.json").read_bytes())).directory
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return said


def _row(taken: Taken) -> dict[str, Any]:
    """What the list of districts says of one."""
    part = taken.part
    if part is None:
        return {"home": taken.source.home, "names": "", "counts": [], "as_of": None, "trouble": True}
    return {
        "home": part.home,
        "names": _named(taken),
        "counts": _counts(part.kinds),
        "as_of": part.as_of,
        "trouble": bool(taken.trouble),
    }


def _named(taken: Taken) -> str:
    return "、".join(organ.short_name for organ in taken.part.organs) if taken.part else ""


def _counts(kinds: Mapping[str, int]) -> list[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for kind, count in kinds.items():
        counts[RECORD_LABELS[RecordKind(kind)]] += count
    return sorted(counts.items(), key=lambda item: -item[1])


def _shared(parts: Iterable[Part], name: str) -> Iterator[bytes]:
    """Each row once: what the first district says of it."""
    seen: set[str] = set()
    for part in parts:
        for line in filter(None, part.table(name).split(JSON_BETWEEN)):
            if (identifier := json.loads(line)["id"]) not in seen:
                seen.add(identifier)
                yield line
