"""What a federation costs: ``python -m benchmarks.federation 12 48 136 --out benchmarks/federation/RESULTS.md``.

The repository's own site, with the open data of two real districts, is published N times under other ids; then N such
sites are joined by ``gongkai federate`` in a process of its own, and the time of each district's own build is measured.
136 is the number of counties and districts of Shandong.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.build.report import machine
from gongkai.output.manifest import write_manifest

ROOT = Path(__file__).resolve().parents[2]
DAY = "2026-11-21"
HEAD = "| sites | records | `gongkai federate` s | ms a site | peak MB | files | MB on disk |"


def timed(*arguments: str) -> tuple[float, int]:
    """Seconds of a command, and the peak memory of the largest command so far in MB."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "gongkai", *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def copies(site: Path, scratch: Path, count: int) -> Path:
    """The open data of ``site`` as that of ``count`` districts; returns the list of them."""
    rows = []
    for at in range(count):
        place = scratch / f"d{at}" / "data/v1"
        if not place.is_dir():
            place.mkdir(parents=True)
            for path in site.glob("data/v1/*.json"):
                text = path.read_text(encoding="utf-8")
                if path.stem != "themes":
                    text = text.replace("laiwu", f"d{at}-a").replace("changqing", f"d{at}-b")
                (place / path.name).write_text(text, encoding="utf-8")
            write_manifest(scratch / f"d{at}", {})
        rows.append(f"  - {{home: 'https://d{at}.example.gov.cn/', site: d{at}}}\n")
    listed = scratch / f"districts-{count}.yml"
    listed.write_text("districts:\n" + "".join(rows), encoding="utf-8")
    return listed


def main() -> None:
    reader = argparse.ArgumentParser()
    reader.add_argument("counts", nargs="+", type=int)
    reader.add_argument("--out", type=Path)
    asked = reader.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="federation-"))
    try:
        own, _ = timed("build", "--out", str(scratch / "site"), "--as-of", DAY)
        size = len(json.loads((scratch / "site/data/v1/records.json").read_bytes())["items"])
        about = (
            f"`python -m benchmarks.federation {' '.join(map(str, asked.counts))}`. Machine: {machine()}. "
            f"One site has the {size} records of two real districts; its own build took {own:.1f} s."
        )
        lines = ["# What a federation costs", "", about, "", HEAD, "|---|---|---|---|---|---|---|"]
        for count in asked.counts:
            listed = copies(scratch / "site", scratch, count)
            seconds, peak = timed("federate", str(scratch / f"city-{count}"), str(listed))
            files = [path for path in (scratch / f"city-{count}").resolve().rglob("*") if path.is_file()]
            disk = sum(path.stat().st_size for path in files) / 1e6
            per = seconds * 1000 / count
            lines.append(
                f"| {count} | {count * size} | {seconds:.1f} | {per:.0f} | {peak} | {len(files)} | {disk:.0f} |"
            )
            print(lines[-1], flush=True)
        if asked.out:
            asked.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    finally:
        shutil.rmtree(scratch)


main()
