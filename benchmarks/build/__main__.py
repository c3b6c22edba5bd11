"""usage: python -m benchmarks.build [SIZE …]   Build speed against other programs; writes RESULTS.md and results.svg.

Sizes are numbers of records (default 100 1000 10000; 100000 takes half an hour and 14 GB of memory for its files).
Everything lies on /dev/shm, so that the disk does not decide. Programs take turns round by round; the table has
medians, and medians of the ratios within a round. What is not done after half an hour is stopped and left out.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.build import corpus, peers
from benchmarks.build.memory import Peak
from benchmarks.build.report import keep_ratios, write_report
from gongkai.host import render_theme
from gongkai.output.layout import LayoutKey
from gongkai.output.theme import theme_output

HERE = Path(__file__).parent
SCRATCH = Path("/dev/shm/gongkai-benchmark")
DAY, NEXT = "2026-11-21", "2026-11-22"
LISTED = 100
"""Records for which ``files-100.txt`` has every file that the program of 2026-11-21 (a7882cf) wrote."""
ROUNDS = {100: 5, 1_000: 3, 10_000: 3}
SLOW = ("mkdocs-material", "mkdocs-material-search", "zensical")
SLOW_LIMIT, ONCE = 10_000, 10_000
OURS = ("site", "site-first", "pages", "publish")
"""What begins from nothing; the theme's frame is kept but for a first run."""
LIMIT = 1_800
"""Seconds after which a program is stopped."""


@dataclass(frozen=True)
class Program:
    """Something to measure: what to do before, off the clock, and the command."""

    name: str
    before: Callable[[], None]
    command: list[str]
    directory: Path


@dataclass(frozen=True)
class Measured:
    """One run: seconds of wall and processor time, and the most memory that all its processes held, in MB."""

    wall: float
    cpu: float
    peak: float


def measure(program: Program) -> Measured | None:
    """Run a program; None when it was stopped after ``LIMIT`` seconds."""
    program.before()
    start = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(corpus.ROOT), "NO_MKDOCS_2_WARNING": "1"}
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            program.command, cwd=program.directory, env=environment, stdout=said, stderr=subprocess.STDOUT
        )
        stopping = threading.Timer(LIMIT, process.kill)
        stopping.start()
        with Peak(process.pid) as peak:
            _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        stopping.cancel()
        if os.WIFSIGNALED(status) and wall > LIMIT:
            return None
        if status:
            said.seek(0)
            raise RuntimeError(f"{program.name}: {said.read().decode()[-2000:]}")
    return Measured(wall, usage.ru_utime + usage.ru_stime, peak.megabytes)


def programs(size: int, place: Path, tools: Path) -> list[Program]:
    repository, out = place / "repository", place / "out"
    python, words = sys.executable, iter(f"（改{number}）" for number in range(1_000))

    def fresh(name: str) -> Callable[[], None]:
        def clear() -> None:
            shutil.rmtree(out, ignore_errors=True)  # what the one before wrote, too: a province fills the memory
            for kept in (repository / ".cache").iterdir() if name in OURS else ():
                if kept.is_dir() and (kept.name != "theme" or name == "site-first"):
                    shutil.rmtree(kept)

        return clear

    def nothing() -> None:
        pass

    ours = [python, "-m", "gongkai"]
    where = ["--out", str(out / "site"), "--cache", ".cache"]
    whole, tomorrow = ([*ours, "build", "--as-of", day, *where] for day in (DAY, NEXT))
    publish = [*ours, "publish", "--as-of", DAY, "--cache", ".cache", str(out / "served")]
    pages = [python, "-m", "benchmarks.build.pages_only", ".", str(out / "pages")]
    hugo = [str(next(tools.glob("lib/*/site-packages/hugo/binaries/hugo*"))), "-d", str(out / "hugo")]
    pagefind = [str(tools / "bin/python"), "-m", "pagefind", "--site", str(out / "hugo")]
    found = [
        Program("floor", fresh("floor"), [*floor_command(size, place), str(out / "floor")], place),
        Program("pages", fresh("pages"), pages, repository),
        Program("hugo", fresh("hugo"), hugo, place / "hugo"),
        *([Program("pagefind", nothing, pagefind, place)] if size <= SLOW_LIMIT else []),
        Program("site", fresh("site"), whole, repository),
        Program("site-unchanged", nothing, whole, repository),
        Program("site-reported", lambda: peers.report_one(repository, next(words)), whole, repository),
        Program("site-edited", lambda: peers.change_one(repository, next(words)), whole, repository),
        Program("site-next-day", nothing, tomorrow, repository),
    ]
    if size <= SLOW_LIMIT:
        found += [
            Program("site-first", fresh("site-first"), whole, repository),
            Program("publish", fresh("publish"), publish, repository),
            Program("publish-edited", lambda: peers.change_one(repository, next(words)), publish, repository),
        ]
        mkdocs, markdown = [str(tools / "bin/mkdocs"), "build", "-q"], place / "markdown"
        found += [
            Program("mkdocs-material", fresh("mkdocs"), [*mkdocs, "-d", str(out / "mkdocs")], markdown),
            Program(
                "mkdocs-material-search",
                fresh("mkdocs"),
                [*mkdocs, "-f", "search.yml", "-d", str(out / "mkdocs")],
                markdown,
            ),
            Program("zensical", lambda: clear_zensical(markdown), [str(tools / "bin/zensical"), "build"], markdown),
        ]
    return found


def clear_zensical(markdown: Path) -> None:
    for name in ("site", ".cache"):
        shutil.rmtree(markdown / name, ignore_errors=True)


def floor_command(size: int, place: Path) -> list[str]:
    weight = json.loads((place / "weight.json").read_text()) if (place / "weight.json").is_file() else [size, 19_000]
    return [sys.executable, "-m", "benchmarks.build.floor", *map(str, weight)]


def weigh(directory: Path) -> list[int]:
    sizes = [path.stat().st_size for path in directory.rglob("index.html")]
    return [len(sizes), sum(sizes) // max(1, len(sizes))]


def whole_site(site: Path) -> None:
    """Fail where a file is missing that was there when the goals were set: a smaller site is no faster one.

    Parts of the search are not compared, whose names and division changed, nor pages of rules that are no more.
    """
    built = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    names = {re.sub(r"\.[0-9a-f]{8}\.min", ".*.min", name) for name in built}
    wanted = (HERE / f"files-{LISTED}.txt").read_text(encoding="utf-8").split()
    if missing := [name for name in wanted if name not in names]:
        raise RuntimeError(f"{len(missing)} files are missing: {missing[:20]}")


def prepare(size: int, place: Path) -> None:
    repository = place / "repository"
    repository.mkdir(parents=True)
    corpus.make(size, repository)
    theme = theme_output(repository, repository / ".cache", render_theme)
    peers.hugo_site(repository, theme.layouts[LayoutKey(4, "disclosure")], place / "hugo")
    if size <= SLOW_LIMIT:
        peers.markdown_site(repository, place / "markdown")


def tools_of(directory: Path) -> Path:
    """A virtual environment with the compared programs."""
    if not (directory / "bin/zensical").is_file():
        venv.create(directory, with_pip=True)
        pip = [directory / "bin/pip", "install", "-q", "--disable-pip-version-check", "-r", HERE / "peers.txt"]
        subprocess.run(list(map(str, pip)), check=True)
    return directory


def run(size: int, tools: Path) -> dict[str, list[Measured]]:
    place = SCRATCH / str(size)
    shutil.rmtree(place, ignore_errors=True)
    prepare(size, place)
    found: dict[str, list[Measured]] = {}
    for turn in range(ROUNDS.get(size, 1)):
        for program in programs(size, place, tools):
            if turn and program.name in SLOW and size >= ONCE:
                continue
            taken = measure(program)
            if taken is None:
                print(f"{size:>7} {program.name:<24} stopped after {LIMIT} s", flush=True)
                continue
            found.setdefault(program.name, []).append(taken)
            print(f"{size:>7} {program.name:<24} {taken.wall:8.2f} s {taken.peak:7.0f} MB", flush=True)
            if program.name == "site" and size == LISTED:
                whole_site(place / "out/site")
            if program.name == "pages" and not turn:
                (place / "weight.json").write_text(json.dumps(weigh(place / "out/pages")))
    shutil.rmtree(place)
    return found


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or list(ROUNDS)
    tools = tools_of(corpus.ROOT / ".cache/benchmark-tools")
    path = HERE / "results.json"
    results = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    for size in sizes:
        runs = run(size, tools)
        results[str(size)] = {name: [vars(taken) for taken in every] for name, every in runs.items()}
        path.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
        write_report(results, HERE)
        keep_ratios(results, size, HERE / "ratios.csv")


if __name__ == "__main__":
    main()
