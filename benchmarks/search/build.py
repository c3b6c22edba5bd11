"""Build only the search of a column into a directory, with the records beside it.

usage: build.py OUT [--shards] [--miniature] [N]

Where OUT is a built site, its search page is pointed at the new index, so that larger columns can be timed in it.
"""

import json
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec.structs import asdict

from gongkai import pipeline
from gongkai.assets import theme_files
from gongkai.kinds.walk import all_records, within
from gongkai.output.bundle import search_scripts
from gongkai.output.named_pages import named_pages
from gongkai.search.index import PACK_LIMIT_BYTES, search_files
from gongkai.site.search import Opening
from tests.miniature.build import AS_OF as MINIATURE_DAY
from tests.miniature.build import miniature_repository

_FIRST = ("manifest.js", "pack.js", "head.js")


def files(records, column, pages, limit: int) -> Iterator[tuple[str, bytes]]:
    """The index and the scripts; of the twins of its files only those that a search page loads."""
    vocabularies = (column.units.values(), column.themes, column.organs, column.search_vocabulary)
    more = {"audiences": column.audiences, "contains": within(column), "pages": pages, "documents": column.documents}
    more |= {"statuses": column.index.statuses}
    for path, content in search_files(records, *vocabularies, **more, pack_limit=limit):
        if path.endswith((".bin", ".json", *_FIRST)):
            yield path, content
    yield from search_scripts(theme_files(Path()))


def point(page: Path, opening: Opening) -> None:
    """Make a built search page open another index."""
    html = page.read_text(encoding="utf-8")
    was = dict(re.findall(r'data-(index|directory)="(\w+)"', html))
    before = Opening(was["index"], was["directory"])
    for old, new in (
        (f"search/{before.mode}.js", f"search/{opening.mode}.js"),
        (f"{before.directory}/{before.first}.js", f"{opening.directory}/{opening.first}.js"),
        (f'data-index="{before.mode}" data-directory="{before.directory}"',
         f'data-index="{opening.mode}" data-directory="{opening.directory}"'),
    ):  # fmt: skip
        html = html.replace(old, new)
    page.write_text(html, encoding="utf-8")


if __name__ == "__main__":
    out = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as scratch:
        made_up = "--miniature" in sys.argv
        root = miniature_repository(Path(scratch)) if made_up else Path()
        column = pipeline.check(root, MINIATURE_DAY if made_up else date(2026, 11, 21)).column
        pages = named_pages(root, column)
    records = list(all_records(column))
    sizes = [int(argument) for argument in sys.argv[2:] if argument.isdigit()]
    if sizes:
        from benchmarks.search.corpus import enlarge

        records = enlarge(records, sizes[0])
    start = time.perf_counter()
    count = 0
    for path, content in files(records, column, pages, 0 if "--shards" in sys.argv else PACK_LIMIT_BYTES):
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        count += 1
    print(f"{len(records)} records, {count} files, {time.perf_counter() - start:.2f} s")
    with (out / "records.json").open("w", encoding="utf-8") as file:  # one by one: a million are not held twice
        before = '{"items": ['
        for record in records:
            row = json.dumps({**asdict(record), "date": str(record.date or "")}, ensure_ascii=False)
            file.write(f"{before}\n{row}")
            before = ","
        file.write("\n]}\n")
    if (out / "search/index.html").is_file():
        said = json.loads((out / "search/manifest.json").read_text(encoding="utf-8"))
        point(out / "search/index.html", Opening.of(said))
