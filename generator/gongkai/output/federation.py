"""The published open data of several districts as one city site: a list of the districts, one search, joined tables.

Each record leads to the page of the district that published it; nothing but the open data is needed from them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, Protocol, TypeVar

import jinja2

from gongkai.alternates.files import JSON_BETWEEN, JSON_TAIL, json_head
from gongkai.alternates.tables import TABLES
from gongkai.assets import theme_files, theme_folders
from gongkai.column import urls
from gongkai.column.exchange import LINKS
from gongkai.column.record import Record
from gongkai.column.site_data import SiteData
from gongkai.kinds.registry import RECORD_LABELS
from gongkai.load.published import District, PublishedError
from gongkai.output.bundle import search_scripts
from gongkai.output.frame import explicit_index
from gongkai.output.output_dir import OutputDir
from gongkai.output.theme import ThemeOutput
from gongkai.search.destinations import Destination, destinations_of
from gongkai.search.index import search_files
from gongkai.search.spellings import Spellings
from gongkai.settings import Settings
from gongkai.site.palette import look_css
from gongkai.site.search import Opening

_SHARED = ("themes",)
"""Tables of vocabularies that all districts share; of every other table each district has rows of its own."""


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Thing = TypeVar("Thing", bound=_Named)


def write_federation(
    root: Path,
    districts: Sequence[District],
    theme: ThemeOutput,
    settings: Settings,
    city: SiteData,
    out: Path,
) -> int:
    """Write the site of the federation into ``out``; returns the number of records that are found in it.

    Args:
        root: the city's repository, for its theme.
        districts: what the districts have published.
        theme: the theme's files, for its style sheet.
        settings: names and colours of the city's site.
        city: the city's own column, for how readers say things and for the names of audiences.
        out: the directory of the site.

    Raises:
        PublishedError: when two districts use the same id for different things.
    """
    organs = _joined("机构", (organ for district in districts for organ in district.organs))
    units = _joined("单位", (unit for district in districts for unit in district.units))
    themes = _joined("主题", (theme for district in districts for theme in district.themes), shared=True)
    found = _joined("记录", (record for district in districts for record in district.records))
    records = sorted((_known(record, city) for record in found.values()), key=_newest_first)
    tree = OutputDir.at(out)
    vocabularies = (units.values(), themes, organs, city.search_vocabulary)
    spellings = Spellings(city.search_vocabulary, units.values(), organs.values())
    named = [page for district in districts for page in _destinations(district, spellings, city)]
    files = list(search_files(records, *vocabularies, audiences=city.audiences, contains={}, elsewhere=named))
    manifest = json.loads(files[0][1])
    opening = Opening.of(manifest)
    pages = _pages(root, districts, settings, theme, opening)
    with tree.writing():
        for path, content in chain(_assets(root, theme, settings), files, pages, _tables(districts)):
            tree.write_file(path, content)
    return len(records)


def _joined(kind: str, things: Iterable[Thing], *, shared: bool = False) -> dict[str, Thing]:
    joined: dict[str, Thing] = {}
    for thing in things:
        other = joined.setdefault(thing.id, thing)
        if other is not thing and not (shared and other == thing):
            raise PublishedError(f"{kind}编号 {thing.id} 在两个区县里用了两次：请由其中一个区县改编号，并写 moved_from")
    return joined


def _known(record: Record, city: SiteData) -> Record:
    """The record with the audiences that the city has a name for: their names are no part of the open data."""
    return replace(record, audiences=tuple(name for name in record.audiences if name in city.audiences))


def _destinations(district: District, spellings: Spellings, city: SiteData) -> Iterator[Destination]:
    """The pages of a district's own site that a query may name, with the district that they are of."""
    themes = {theme for record in district.records for theme in record.themes}
    audiences = {name for record in district.records for name in record.audiences if name in city.audiences}
    known = (
        district.units,
        [theme for theme in district.themes if theme.id in themes],
        [audience for audience in city.audiences.values() if audience.id in audiences],
        district.organs,
    )
    alone = district.organs[0].id if len(district.organs) == 1 else None
    for one in destinations_of(*known, (), spellings, dict(city.search_vocabulary.pages)):
        yield replace(one, url=f"{district.home}{one.url}", organ=one.organ or alone)


def _newest_first(record: Record) -> tuple[int, int, str]:
    return (-record.year, -(record.date.toordinal() if record.date else 0), record.organ)


def _assets(root: Path, theme: ThemeOutput, settings: Settings) -> Iterator[tuple[str, bytes]]:
    yield from ((path, content) for path, content in theme.files.items() if path.startswith("assets/"))
    yield from search_scripts(theme_files(root))
    yield "assets/column-settings.css", look_css(settings.accent).encode()


def _pages(
    root: Path, districts: Sequence[District], settings: Settings, theme: ThemeOutput, opening: Opening
) -> Iterator[tuple[str, bytes]]:
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(theme_folders(root)), autoescape=True, undefined=jinja2.StrictUndefined
    )
    sheets = [path for path in theme.files if path.startswith("assets/stylesheets/") and path.endswith(".css")]
    rows = [
        {
            "district": district,
            "names": "、".join(organ.short_name for organ in district.organs),
            "counts": _counts(district.records),
        }
        for district in districts
    ]
    context = {"settings": settings, "sheets": sheets or ["assets/plain.css"], "rows": rows, "opening": opening}
    template = env.get_template("federation.html")
    for url, searching in (("", False), (urls.SEARCH, True)):
        html = template.render(
            **context, base=urls.to_root(url), searching=searching, record_labels=RECORD_LABELS, config={}
        )
        yield f"{url}index.html", explicit_index(html).encode()


def _counts(records: Iterable[Record]) -> list[tuple[str, int]]:
    counts = Counter(RECORD_LABELS[record.kind] for record in records)
    return sorted(counts.items(), key=lambda item: -item[1])


def _tables(districts: Sequence[District]) -> Iterator[tuple[str, bytes]]:
    """Every table with the rows of all districts; as old as the oldest of them."""
    day = min(district.as_of for district in districts).isoformat()
    for name in (*TABLES, LINKS):
        if not any(name in district.tables for district in districts):
            continue
        rows: Iterable[Mapping[str, Any]] = [row for district in districts for row in district.tables.get(name, ())]
        if name in _SHARED:
            first: dict[str, Mapping[str, Any]] = {}  # what the first district says of it
            for row in rows:
                first.setdefault(row["id"], row)
            rows = first.values()
        lines = JSON_BETWEEN.join(json.dumps(row, ensure_ascii=False).encode() for row in rows)
        yield urls.data_file(name, "json"), json_head(day) + lines + JSON_TAIL
