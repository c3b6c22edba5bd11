"""usage: python -m benchmarks.build.pages_only ROOT OUT   The pages of all records and nothing beside them.

Read, link, render, write: what the compared programs do. Not: rules, open data, workbooks, feeds, search, lists.
"""

import sys
from datetime import date
from pathlib import Path

from gongkai.assets import theme_folders
from gongkai.cache.cache import VALUES, Cache
from gongkai.cli.common import render_theme
from gongkai.column.site_data import DocumentHead, SiteData
from gongkai.linking.linker import link
from gongkai.load.tree import load_tree
from gongkai.output.groups import issued_together, narrowed, record_pages
from gongkai.output.layout import key_of
from gongkai.output.links import Links
from gongkai.output.notes import Notes
from gongkai.output.output_dir import OutputDir
from gongkai.output.page_templates import PageTemplates
from gongkai.output.theme import theme_output
from gongkai.settings import load_settings
from gongkai.site.addresses import Addresses
from gongkai.workers import Shared, parallel_map, without_collector


@without_collector()
def main(root: Path, out: Path) -> None:
    as_of = date(2026, 11, 21)
    cache = Cache(root / ".cache" / VALUES)
    column = link(load_tree(root, cache).files, as_of, cache).column
    theme = theme_output(root, root / ".cache", render_theme)
    known = Addresses(column, theme.addresses)
    layouts, links = theme.layouts, Links(known, known, Notes())
    bodies = PageTemplates(theme_folders(root), load_settings(root), as_of, links)
    together = issued_together(column)
    shared = Shared((column, layouts, bodies, OutputDir.at(out), together))
    pages = sum(parallel_map(write, list(column.index.heads.values()), shared))
    print(f"{pages} pages")


def write(shared: tuple[SiteData, dict, PageTemplates, OutputDir, dict], head: DocumentHead) -> int:
    column, layouts, bodies, tree, together = shared
    count = 0
    for page in record_pages(narrowed(column, head, {head.entry.id: head}, together[head.document])):
        html = layouts[key_of(page.kind, page.url)].fill(bodies.slots(page))
        tree.write_directory(page.url, [("index.html", html)])
        count += 1
    return count


main(Path(sys.argv[1]), Path(sys.argv[2]))
