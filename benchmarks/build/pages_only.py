"""usage: python -m benchmarks.build.pages_only ROOT OUT   The pages of all records and nothing beside them.

Read, link, render, write: what the compared programs do. Not: rules, open data, workbooks, feeds, search, lists.
"""

import sys
from datetime import date
from functools import partial
from pathlib import Path

from gongkai.assets import theme_folders
from gongkai.cache.store import Store
from gongkai.cli.common import render_theme
from gongkai.column.column import Column, Head
from gongkai.linking.linker import link
from gongkai.load.tree import load_tree
from gongkai.output.bodies import Bodies
from gongkai.output.groups import addresses, issued_together, narrowed, overviews, record_pages
from gongkai.output.links import Links
from gongkai.output.shell import key_of
from gongkai.output.theme import theme_output
from gongkai.output.tree import Tree
from gongkai.settings import load_settings
from gongkai.workers import each, without_collector


@without_collector()
def main(root: Path, out: Path) -> None:
    as_of = date(2026, 11, 21)
    store = Store(root / ".cache" / "pieces")
    column = link(load_tree(root, store).files, as_of, store).column
    theme = theme_output(root, root / ".cache", render_theme)
    shells, links = theme.shells, Links(addresses(column, overviews(column), theme.addresses))
    bodies = Bodies(theme_folders(root), load_settings(root), as_of, links)
    together = issued_together(column)
    work = partial(write, column, shells, bodies, Tree.at(out), together)
    pages = sum(each(work, list(column.index.heads.values())))
    print(f"{pages} pages")


def write(column: Column, shells: dict, bodies: Bodies, tree: Tree, together: dict, head: Head) -> int:
    count = 0
    for page in record_pages(narrowed(column, head, {head.entry.id: head}, together[head.document])):
        html = shells[key_of(page.kind, page.url)].fill(bodies.slots(page))
        tree.fill(page.url, [("index.html", html)])
        count += 1
    return count


main(Path(sys.argv[1]), Path(sys.argv[2]))
