"""Fill an OpenSearch node with the records of the search benchmark: the real ones and synthetic ones up to N.

usage: python -m benchmarks.search.opensearch http://127.0.0.1:9200 NAME [N]
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from msgspec.structs import replace

from gongkai.indexing.build import index
from gongkai.indexing.cluster import Cluster
from gongkai.indexing.records import MOST_DISTRICTS, District, of_column

if __name__ == "__main__":
    url, name, *sizes = sys.argv[1:]
    given = of_column(Path(), Path(".cache/benchmarks"))
    if sizes:
        from benchmarks.search.corpus import enlarge

        records = enlarge(list(given.corpus.records), int(sizes[0]))
        numbered = [(at * MOST_DISTRICTS, record) for at, record in enumerate(records)]
        only = District("./", frozenset(), "benchmark", len(records), lambda: numbered)
        given = replace(given, districts=[only], corpus=replace(given.corpus, records=records))
    start, cpu = time.perf_counter(), time.process_time()
    done = index(Cluster(url), name, given, lambda *told: print(*told, flush=True))
    took = f"{time.perf_counter() - start:.0f} s, {time.process_time() - cpu:.0f} s of processor here"
    print(f"{done.index}: {done.count} records, {took}")
