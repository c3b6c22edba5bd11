"""What a federation costs: ``python -m benchmarks.federation 50 200 800 --out benchmarks/federation/RESULTS.md``.

N made-up districts (``districts.py``) are joined by ``gongkai federate`` in a process of its own; then one of them
publishes three more tasks, and all are joined again. Processor time is that of all processes, memory what all of them
hold at a time, and bytes are those before the first result of ten queries. With ``--service`` the city says that a
service searches (``search_service``): there is no index then, and no first result without it.
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
from typing import NamedTuple

from benchmarks.build.memory import Peak
from benchmarks.build.report import machine
from benchmarks.federation.districts import Tables, write_district

ROOT = Path(__file__).resolve().parents[2]
DAY = "2026-11-21"
HEAD = (
    "| districts | records | processor s | s | all processes MB | one changed: processor s | s "
    "| first result KB, median / most | files | MB |\n|---|---|---|---|---|---|---|---|---|---|"
)


class Cost(NamedTuple):
    """Of a command: seconds of all processors, seconds on the clock, megabytes of all processes."""

    processor: float
    seconds: float
    megabytes: float


def measured(*arguments: str) -> Cost:
    """Run a command of gongkai."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "gongkai", *arguments], cwd=ROOT, stdout=subprocess.DEVNULL)
    with Peak(process.pid) as peak:
        if process.wait():
            raise SystemExit(f"gongkai {' '.join(arguments)}: {process.returncode}")
    after, seconds = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - start
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(processor, seconds, peak.megabytes)


def city_root(scratch: Path, *, service: bool) -> Path:
    """The repository of the city: our own, or one like it whose settings name a search service."""
    if not service:
        return ROOT
    root = scratch / "root"
    for name in ("content", "plans"):
        shutil.copytree(ROOT / name, root / name)
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(text.replace("  column:\n", "  column:\n    search_service: true\n", 1), "utf-8")
    return root


def first_result(city: Path, *, service: bool) -> str:
    """Kilobytes before the first result, the median and the most of some queries."""
    if service:
        return "–"
    told = subprocess.check_output(["node", "benchmarks/federation/first.mjs", str(city)], cwd=ROOT)
    median, most = (value / 1000 for value in json.loads(told).values())
    return f"{median:.0f} / {most:.0f}"


def row(real: Tables, scratch: Path, count: int, root: Path) -> str:
    """Join so many districts twice."""
    for at in range(count):
        if not (scratch / f"d{at}").is_dir():
            write_district(real, at, scratch / f"d{at}")
    listed = [f"  - {{home: 'https://d{at}.example.gov.cn/', site: d{at}}}\n" for at in range(count)]
    (scratch / "districts.yml").write_text("districts:\n" + "".join(listed), encoding="utf-8")
    city = scratch / f"city-{count}"
    places = (str(city), str(scratch / "districts.yml"))
    command = ("federate", *places, "--root", str(root), "--cache", str(scratch / f"cache-{count}"))
    first = measured(*command)
    write_district(real, count // 2, scratch / f"d{count // 2}", release=1)
    again = measured(*command)
    size = len(json.loads((city / "data/v1/records.json").read_bytes())["items"])
    files = [path for path in city.resolve().rglob("*") if path.is_file()]
    disk = sum(path.stat().st_size for path in files) / 1e6
    bytes_before = first_result(city, service=root != ROOT)
    shutil.rmtree(scratch / f"cache-{count}")
    for path in (city.resolve().parent, city):
        shutil.rmtree(path) if not path.is_symlink() else path.unlink()
    return (
        f"| {count} | {size:,} | {first.processor:.1f} | {first.seconds:.1f} | {first.megabytes:.0f} "
        f"| {again.processor:.1f} | {again.seconds:.1f} | {bytes_before} | {len(files):,} | {disk:.0f} |"
    )


def main() -> None:
    """Measure, and print or write the table."""
    reader = argparse.ArgumentParser()
    reader.add_argument("counts", nargs="+", type=int)
    reader.add_argument("--site", type=Path, help="a built site; the repository's own is built where none is given")
    reader.add_argument("--service", action="store_true", help="a service searches: no index is made")
    reader.add_argument("--out", type=Path)
    asked = reader.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="federation-"))
    try:
        if asked.site is None:
            measured("build", "--out", str(scratch / "site"), "--as-of", DAY)
        paths = sorted(((asked.site or scratch / "site") / "data/v1").glob("*.json"))
        real = {path.stem: path.read_text("utf-8") for path in paths if path.stem not in ("status", "withdrawn")}
        words = " ".join([*map(str, asked.counts), *(["--service"] if asked.service else [])])
        about = f"`python -m benchmarks.federation {words}`. Machine: {machine()}."
        root = city_root(scratch, service=asked.service)
        lines = ["# What a federation costs", "", about, "", HEAD]
        for count in asked.counts:
            lines.append(row(real, scratch, count, root))
            print(lines[-1], flush=True)
        if asked.out:
            asked.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    finally:
        shutil.rmtree(scratch)


main()
