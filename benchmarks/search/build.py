"""Build only the search of a column into a directory, with the records beside it. usage: build.py OUT [--shards] [N]"""

import json
import sys
import time
from dataclasses import asdict
from datetime import date
from pathlib import Path

from generator import pipeline
from generator.model.records import all_records
from generator.search.index import PACK_LIMIT, search_files

if __name__ == "__main__":
    out = Path(sys.argv[1])
    column = pipeline.check(Path(), date(2026, 11, 21)).column
    records = list(all_records(column))
    sizes = [int(argument) for argument in sys.argv[2:] if argument.isdigit()]
    if sizes:
        from benchmarks.search.corpus import enlarge

        records = enlarge(records, sizes[0])
    limit = 0 if "--shards" in sys.argv else PACK_LIMIT
    start = time.perf_counter()
    files = 0
    for path, content in search_files(
        records,
        column.units.values(),
        column.themes,
        column.organs,
        column.search_vocabulary,
        pack_limit=limit,
        offline=False,
    ):
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        files += 1
    print(f"{len(records)} records, {files} files, {time.perf_counter() - start:.2f} s")
    rows = [{**asdict(record), "date": str(record.date or "")} for record in records]
    (out / "records.json").write_text(json.dumps({"items": rows}, ensure_ascii=False), encoding="utf-8")
