"""The same records as files, for who fills a server by other means: a mapping, and parts that are one request each."""

from __future__ import annotations

import json
from pathlib import Path

from gongkai import __version__
from gongkai.indexing.records import Indexable, IndexingError
from gongkai.output.listing import replaced
from gongkai.search.opensearch import body
from gongkai.workers import OnProgress, no_progress

MANIFEST, MAPPING = "manifest.json", "mapping.json"


def export(given: Indexable, out: Path, on_progress: OnProgress = no_progress) -> int:
    """Write everything into a new or empty directory, its manifest last; returns how many records there are.

    Raises:
        IndexingError: when the directory has anything else.
    """
    if out.exists() and any(out.iterdir()):
        raise IndexingError(f"{out} 里已经有文件：请写一个新的或空的目录")
    out.mkdir(parents=True, exist_ok=True)
    about = {"gongkai": __version__, "names": given.names}
    mapping = json.dumps(body(given.corpus.vocabulary, about), ensure_ascii=False, indent=1)
    (out / MAPPING).write_text(f"{mapping}\n", encoding="utf-8", newline="\n")
    rows, total = [], 0
    for place, district in enumerate(given.districts):
        parts = []
        for at, (records, lines) in enumerate(given.parts(district)):
            name = f"part-{place:04d}-{at:03d}.ndjson"
            (out / name).write_bytes(lines)
            parts.append({"file": name, "records": records, "bytes": len(lines)})
        rows.append({"district": district.name, "release": district.release, "records": district.size, "parts": parts})
        total += district.size
        on_progress("写出", total, given.size)
    manifest = json.dumps({"version": 1, "records": total, "districts": rows}, ensure_ascii=False, indent=1)
    replaced(out / f".{MANIFEST}.new", out / MANIFEST, f"{manifest}\n".encode())
    return total
