"""Results of runs -> RESULTS.md and results.svg."""

from __future__ import annotations

import math
import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

Results = Mapping[str, Mapping[str, list[Mapping[str, float]]]]

LABELS = {
    "floor": "write floor: the same number and weight of pages, nothing computed, two processes",
    "pages": "this program, pages of records only",
    "hugo": "Hugo 0.168, same YAML, same page weight",
    "pagefind": "Pagefind 1.5.2 on Hugo's output",
    "site": "this program, whole site: rules, pages, lists, search, open data, feeds, workbooks",
    "site-unchanged": "this program, whole site again, nothing changed",
    "site-reported": "this program, whole site again, progress of one task reported",
    "site-edited": "this program, whole site again, text of one task edited: the search is weighed anew",
    "site-next-day": "this program, whole site again, the next day",
    "site-first": "this program, whole site, where nothing is kept, as in a first CI run: the theme's frame, too",
    "publish": "this program, published from nothing: built, every file looked at, compressed copies, a release",
    "publish-edited": "this program, published again, text of one task edited",
    "mkdocs-material": "MkDocs 1.6.1 + Material 9.8.1, not in the navigation, no search",
    "mkdocs-material-search": "the same with search",
    "zensical": "Zensical 0.0.73, same Markdown",
}
_RATIOS = (
    ("whole site / (Hugo + Pagefind)", ("site",), ("hugo", "pagefind"), "≤ 1.5 · 0.6 · 0.25"),
    ("pages / Hugo", ("pages",), ("hugo",), "≤ 1.2 at 1,000, ≤ 0.5 at 10,000, ≤ 0.3 at 100,000"),
    ("the next day / nothing changed", ("site-next-day",), ("site-unchanged",), "≤ 1.5"),
    ("published from nothing / whole site", ("publish",), ("site",), "≤ 1.3"),
    ("pages / write floor", ("pages",), ("floor",), ""),
    ("MkDocs + Material / pages", ("mkdocs-material",), ("pages",), ""),
    ("Zensical / pages", ("zensical",), ("pages",), ""),
)
_KEPT = 4
"""Of these so many are kept from run to run."""
_METHOD = (
    "Everything on tmpfs, programs in turns; medians of wall seconds, in brackets the most memory that all processes of"
    " a program held together, in MB (proportional set size, looked at ten times a second: what ends sooner shows 0)."
    " Other work may run on this machine at the same time: ratios within a round are the numbers to trust.\n"
)
_COLOURS = {"pages": "#9c1f1f", "site": "#d9822b", "hugo": "#1f6f9c", "floor": "#888888", "mkdocs-material": "#3a7d44",
            "zensical": "#7a4fa3"}  # fmt: skip


def write_report(results: Results, directory: Path) -> None:
    sizes = sorted(map(int, results))
    notes = directory / "NOTES.md"
    parts = [
        "# Build speed\n",
        f"Written by `python -m benchmarks.build {' '.join(map(str, sizes))}`. Machine: {machine()}.\n",
        _METHOD,
        _table(results, sizes),
        "![Seconds by number of records](results.svg)\n",
        "## Ratios (median of the ratios within each round)\n",
        _ratios(results, sizes),
        "## Growth\n",
        _growth(results, sizes),
    ]
    text = "\n".join(parts) + ("\n" + notes.read_text(encoding="utf-8") if notes.is_file() else "")
    (directory / "RESULTS.md").write_text(text, encoding="utf-8")
    (directory / "results.svg").write_text(plot(results, sizes), encoding="utf-8")


def machine() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} × {model} (virtual), {memory:.0f} GiB, Linux, Python {platform.python_version()}"


def _table(results: Results, sizes: list[int]) -> str:
    rows = ["| | " + " | ".join(f"{size:,}" for size in sizes) + " |", "|---|" + "---:|" * len(sizes)]
    for name, label in LABELS.items():
        cells = [_cell(results[str(size)].get(name)) for size in sizes]
        rows.append(f"| {label} | {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def _cell(runs: list[Mapping[str, float]] | None) -> str:
    if not runs:
        return "–"
    return f"{median(run['wall'] for run in runs):.2f} ({max(run['peak'] for run in runs):.0f})"


def _ratios(results: Results, sizes: list[int]) -> str:
    rows = ["| | " + " | ".join(f"{size:,}" for size in sizes) + " | goal |", "|---|" + "---:|" * len(sizes) + "---|"]
    for label, over, under, goal in _RATIOS:
        cells = [_ratio(results[str(size)], over, under) for size in sizes]
        rows.append(f"| {label} | {' | '.join(cells)} | {goal} |")
    return "\n".join(rows) + "\n"


def _ratio(found: Mapping[str, list[Mapping[str, float]]], over: tuple[str, ...], under: tuple[str, ...]) -> str:
    if any(name not in found for name in (*over, *under)):
        return "–"
    rounds = min(len(found[name]) for name in (*over, *under))
    quotients = [
        sum(found[name][turn]["wall"] for name in over) / sum(found[name][turn]["wall"] for name in under)
        for turn in range(rounds)
    ]
    return f"{median(quotients):.2f}"


def keep_ratios(results: Results, size: int, path: Path) -> None:
    """Add what a run says to the history, so that a loss is seen."""
    kept = _RATIOS[:_KEPT]
    if not path.is_file():
        path.write_text(",".join(["day", "records", *(label for label, *_ in kept)]) + "\n", encoding="utf-8")
    ratios = [_ratio(results[str(size)], over, under) for _, over, under, _ in kept]
    with path.open("a", encoding="utf-8") as history:
        history.write(",".join([f"{datetime.now(UTC):%Y-%m-%d}", str(size), *ratios]) + "\n")


def _growth(results: Results, sizes: list[int]) -> str:
    """log(time ratio) / log(size ratio): 1 is linear. Processor time, which other work on the machine disturbs less."""
    steps = list(pairwise(sizes))
    head = " | ".join(f"{small:,} → {large:,}" for small, large in steps)
    rows = [f"| exponent of processor time | {head} |", "|---|" + "---:|" * len(steps)]
    for name in ("pages", "site", "hugo", "mkdocs-material", "zensical"):
        label = LABELS[name].split(",")[0] + (" (whole site)" if name == "site" else "")
        cells = [_exponent(results, name, small, large) for small, large in steps]
        rows.append(f"| {label} | {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def _exponent(results: Results, name: str, small: int, large: int) -> str:
    runs = [results[str(size)].get(name) for size in (small, large)]
    if not all(runs):
        return "–"
    times: list[Any] = [median(run["cpu"] for run in every) for every in runs if every]
    return f"{math.log(times[1] / times[0]) / math.log(large / small):.2f}"


def plot(results: Results, sizes: list[int]) -> str:
    """Wall seconds by records, both scales logarithmic."""
    width, height, left, bottom = 720, 420, 60, 40
    low, high = -1.0, 3.0

    def x(size: float) -> float:
        span = math.log10(sizes[-1] / sizes[0]) or 1
        return left + (width - left - 200) * math.log10(size / sizes[0]) / span

    def y(seconds: float) -> float:
        return (height - bottom) - (height - bottom - 20) * (math.log10(max(seconds, 0.1)) - low) / (high - low)

    shapes = []
    for power in range(int(low), int(high) + 1):
        at = y(10**power)
        shapes.append(f'<line x1="{left}" x2="{width - 200}" y1="{at:.0f}" y2="{at:.0f}" stroke="#ddd"/>')
        shapes.append(f'<text x="{left - 8}" y="{at + 4:.0f}" text-anchor="end">{10**power:g} s</text>')
    shapes += [f'<text x="{x(size):.0f}" y="{height - 14}" text-anchor="middle">{size:,}</text>' for size in sizes]
    for name, colour in _COLOURS.items():
        runs = [(size, results[str(size)][name]) for size in sizes if results[str(size)].get(name)]
        points = [(x(size), y(median(run["wall"] for run in every))) for size, every in runs]
        label = LABELS[name].split(":")[0].split(",")[0] + (", whole site" if name == "site" else "")
        path = " ".join(f"{px:.0f},{py:.0f}" for px, py in points)
        shapes.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        px, py = points[-1]
        shapes.append(f'<text x="{px + 8:.0f}" y="{py + 4:.0f}" fill="{colour}">{label}</text>')
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif"'
    return f'{head} font-size="12">\n' + "\n".join(shapes) + "\n</svg>\n"
