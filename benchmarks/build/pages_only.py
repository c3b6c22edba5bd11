"""usage: python -m benchmarks.build.pages_only ROOT OUT   The pages of all records and nothing beside them.

Read, link, render, write: what the compared programs do. Not: rules, open data, workbooks, feeds, search, lists.
"""

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from gongkai.assets import theme_folders
from gongkai.cache.cache import VALUES, Cache
from gongkai.cli.common import render_theme
from gongkai.column.site_data import DocumentHead, SiteData
from gongkai.linking.linker import link
from gongkai.load.tree import load_tree
from gongkai.output.groups import issued_together, narrowed, record_pages
from gongkai.output.links import Links
from gongkai.output.output_dir import OutputDir
from gongkai.output.page_renderer import PageRenderer
from gongkai.output.page_templates import PageTemplates
from gongkai.output.reviewers import Reviewers
from gongkai.output.theme import theme_output
from gongkai.output.trace import Trace
from gongkai.settings import load_settings
from gongkai.site.addresses import Addresses
from gongkai.workers import Shared, parallel_map, without_collector

Together = Mapping[str, Mapping[str, DocumentHead]]
"""By document: what was issued with it, by id."""


@without_collector()
def main(root: Path, out: Path) -> None:
    as_of = date(2026, 11, 21)
    cache = Cache(root / ".cache" / VALUES)
    column = link(load_tree(root, cache).files, as_of, cache).column
    theme = theme_output(root, root / ".cache", render_theme)
    known = Addresses(column, theme.addresses)
    settings, trace = load_settings(root), Trace()
    links, reviewers = Links(known, known, trace), Reviewers(root, trace, shown=False)
    renderer = PageRenderer(theme, PageTemplates(theme_folders(root), settings, as_of, links, reviewers), settings)
    shared = Shared((column, renderer, OutputDir.at(out), issued_together(column)))
    pages = sum(parallel_map(write, list(column.index.heads.values()), shared))
    print(f"{pages} pages")


def write(shared: tuple[SiteData, PageRenderer, OutputDir, Together], head: DocumentHead) -> int:
    column, renderer, tree, together = shared
    count = 0
    for page in record_pages(narrowed(column, head, {head.entry.id: head}, together[head.document])):
        tree.write_directory(page.url, [("index.html", renderer.html(page, ()))])
        count += 1
    return count


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
