"""Column -> every file of the site, in one stable order: pages, open data, search, site map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, get_type_hints
from xml.sax.saxutils import escape

from generator.model import urls
from generator.model.column import Column
from generator.model.records import all_records
from generator.open_data.companions import Companions
from generator.open_data.dictionary import meanings, parts
from generator.open_data.files import Table, all_tables, data_files
from generator.open_data.schemas import schema_files
from generator.pages.browse import browse_pages
from generator.pages.data import data_page
from generator.pages.decision import directory_pages
from generator.pages.document import document_pages
from generator.pages.facets import facet_pages
from generator.pages.look import look_css
from generator.pages.page import Page
from generator.pages.plan import plan_pages
from generator.pages.project import project_list_pages
from generator.pages.rules import rule_pages
from generator.pages.search import search_page
from generator.pages.unit import unit_pages
from generator.settings import Settings
from generator.write.bodies import Bodies
from generator.write.cache import kept
from generator.write.shell import Shell, ShellKey, key_of
from generator.write.tree import Tree


def all_pages(column: Column, tables: Mapping[str, Table] | None = None, *, offline: bool = False) -> Iterator[Page]:
    """Every generated page; ``tables`` spares making the open data twice, ``offline`` tells of the zip."""
    yield from browse_pages(column)
    yield from facet_pages(column)
    yield from chain.from_iterable(plan_pages(column, plan) for plan in column.plans.values())
    yield from chain.from_iterable(directory_pages(column, directory) for directory in column.directories.values())
    yield from chain.from_iterable(project_list_pages(column, projects) for projects in column.lists.values())
    yield from unit_pages(column)
    yield from document_pages(column)
    yield data_page(column, describe_tables(tables or all_tables(column)), parts(), offline=offline)
    yield search_page()
    yield from rule_pages(column)


def describe_tables(tables: Mapping[str, Table]) -> list[dict[str, Any]]:
    """What the data page says about each table: label, number of rows, columns, files."""
    return [
        {
            "name": table.name,
            "label": table.label,
            "rows": len(table.rows),
            "fields": list(get_type_hints(table.row_type)),
            "columns": list(table.columns),
            "meanings": meanings(table.row_type),
            "schema": urls.data_schema(table.name),
            "json": urls.data_file(table.name, "json"),
            "csv": urls.data_file(table.name, "csv"),
        }
        for table in tables.values()
    ]


def write_column(
    column: Column,
    shells: Mapping[ShellKey, Shell],
    bodies: Bodies,
    settings: Settings,
    tree: Tree,
    cache: Path,
    *,
    offline: bool = False,
) -> int:
    """Write everything that comes from the Column into ``tree``; returns the number of pages.

    ``cache`` is a directory for what is costly to make and seldom changes.
    """
    addresses = []
    tables = all_tables(column)
    companions = Companions(column, tables, settings.site_url)
    for page in all_pages(column, tables, offline=offline):
        beside = companions.of(page.kind, page.url, page.title)
        tree.put(page.path, shells[key_of(page.kind, page.url)].fill(bodies.slots(page, beside)))
        for file in beside:
            tree.put(page.url + file.name, file.content)
        addresses.append(page.url)
    for path, content in chain(
        data_files(tables, column.as_of.isoformat()), schema_files(), _search_files(column, cache)
    ):
        tree.put(path, content)
    tree.put("sitemap.xml", sitemap(addresses, settings.site_url))
    tree.put("assets/column-settings.css", look_css(settings.accent).encode())
    return len(addresses)


def _search_files(column: Column, cache: Path) -> Iterator[tuple[str, bytes]]:
    records = list(all_records(column))
    units = list(column.units.values())
    used = (column.themes, column.organs, column.search_vocabulary)

    def make() -> Iterator[tuple[str, bytes]]:
        # Imported where it is needed: the dictionaries behind it take longer to load than a whole small site to write.
        from generator.search.compiled import LARGEST, lunr_index  # noqa: PLC0415
        from generator.search.index import search_files  # noqa: PLC0415

        if len(records) <= LARGEST:
            yield "data/lunr-index.json", lunr_index(records, units, column.search_vocabulary)
        yield from search_files(records, units, *used)

    return kept(cache / "search", (*records, *units, *used), make)


def sitemap(addresses: list[str], site_url: str) -> bytes:
    """The site map (sitemaps.org 0.9). No ``lastmod``: the data does not know when a page changed."""
    rows = "".join(f"<url><loc>{escape(site_url + address)}</loc></url>\n" for address in sorted(addresses))
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{rows}</urlset>\n".encode()
