"""``python -m gongkai.search_export DIR``: the column for a search server. Not part of a build."""

from __future__ import annotations

import sys
from pathlib import Path

from gongkai import pipeline
from gongkai.kinds.walk import all_records
from gongkai.output.listing import replaced
from gongkai.search import opensearch
from gongkai.search.spellings import Spellings


def export(root: Path, out: Path) -> list[Path]:
    """Write mapping, synonyms and bulk file of the repository at ``root`` into ``out``; returns what was written."""
    column = pipeline.check(root, pipeline.today()).column
    spellings = Spellings(column.search_vocabulary, column.units.values(), column.organs.values())
    contents = {
        "gongkai-mapping.json": opensearch.mapping(),
        "gongkai-synonyms.txt": opensearch.synonyms(column.search_vocabulary, spellings),
        "gongkai-bulk.ndjson": b"".join(opensearch.bulk(all_records(column))),
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        replaced(out / f".{name}.new", out / name, content)
    return [out / name for name in contents]


if __name__ == "__main__":
    for path in export(Path(), Path(sys.argv[1])):
        sys.stdout.write(f"{path}\n")
