"""usage: python -m benchmarks.documents [SIZE …]   Build districts of SIZE documents; prints a table as in RESULTS.md.

Everything lies in memory (/dev/shm). Times are wall and processor seconds of the whole build: pages, open data, search.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.documents.corpus import make

SCRATCH = Path("/dev/shm/gongkai-documents")
DAY = "2026-11-21"


def run(repository: Path, out: Path) -> tuple[float, float, float]:
    """Wall seconds, processor seconds, and the peak of the largest process in MB of one build."""
    command = [sys.executable, "-m", "gongkai", "build", "--out", str(out), "--as-of", DAY]
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    start = time.perf_counter()
    with (repository / "said.txt").open("wb") as said:
        process = subprocess.Popen(command, cwd=repository, env=environment, stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError((repository / "said.txt").read_text("utf-8")[-3000:])
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def largest(site: Path) -> tuple[int, str, int]:
    """The largest page in bytes, its address, and the most links on one page."""
    pages = [(path.stat().st_size, path) for path in site.rglob("index.html")]
    size, path = max(pages)
    links = max(len(re.findall(rb"<a ", page.read_bytes())) for _, page in pages)
    return size, path.parent.relative_to(site).as_posix(), links


def main() -> None:
    """Measure every size; one edited document is built between."""
    print("| documents | pages | clean, wall / CPU | peak | unchanged | one edited | largest page | most links |")
    sizes = [int(argument) for argument in sys.argv[1:]] or [500, 1_000, 5_000]
    for size in sizes:
        shutil.rmtree(SCRATCH, ignore_errors=True)
        SCRATCH.mkdir()
        made = make(size, SCRATCH)
        site = SCRATCH / "site"
        wall, cpu, peak = run(SCRATCH, site)
        again = run(SCRATCH, site)
        edited = next(iter(sorted((SCRATCH / "plans/2025").glob("*.yml"))))
        edited.write_text(edited.read_text("utf-8").replace("。", "（改）。", 1), "utf-8")
        edit = run(SCRATCH, site)
        pages = sum(1 for _ in site.rglob("index.html"))
        heaviest, where, links = largest(site)
        print(made)
        print(
            f"| {size} | {pages} | {wall:.1f} / {cpu:.1f} s | {peak:.0f} MB | {again[0]:.1f} / {again[1]:.1f} s "
            f"| {edit[0]:.1f} / {edit[1]:.1f} s | {heaviest / 1000:.0f} KB `{where}` | {links} |"
        )
    shutil.rmtree(SCRATCH)


if __name__ == "__main__":
    main()
