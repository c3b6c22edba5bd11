"""How many readers one nginx serves: ``python -m benchmarks.load [SECONDS]`` writes ``benchmarks/load/RESULTS.md``.

The repository's own site is published, the shipped configuration serves it, wrk asks for it on the same machine: both
share its cores, so a server of its own does better. Each scenario asks for its paths in turn.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from benchmarks.build.report import machine
from gongkai import pipeline
from gongkai.host import render_theme
from tests.deploy.test_nginx import serving

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PREFIX = "/zfxxgk/"
CONNECTIONS = (10, 100, 1000)
HEAD = "| what | paths | connections | requests/s | MB/s | median ms | 99 % ms | errors |"


def scenarios(site: Path) -> dict[str, list[str]]:
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    pages = [name.removesuffix("index.html") for name in files if name.endswith("index.html")]
    search = next(name for name in files if name.startswith("search/") and name.endswith("/pack.js"))
    first_view = ["", *(f"assets/{name}" for name in ("column.css", "column.js", "prefs.js", "column-settings.css"))]
    return {
        "the home page": [""],
        "every page": pages,
        "a search: its page, script and index": ["search/", "assets/search/search.js", search],
        "a first view with its files": first_view,
        "everything, attachments and data too": [name for name in files if not name.endswith("offline.zip")],
    }


def load(port: int, paths: list[str], connections: int, seconds: int) -> list[int]:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listed:
        listed.write("\n".join(PREFIX + path for path in paths))
        listed.flush()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", str(HERE / "paths.lua")]
        done = subprocess.run(
            [*command, f"http://127.0.0.1:{port}/"],
            env={**os.environ, "PATHS": listed.name, "ENCODING": "gzip"},
            capture_output=True,
            text=True,
            check=True,
        )
    return [int(value) for value in done.stderr.split()]


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    about = (
        f"`python -m benchmarks.load {seconds}`. Machine: {machine()}. nginx (one worker, 4,096 connections, the "
        "shipped `deploy/nginx.conf`, gzip) and wrk (one thread) share it. Errors are answers other than 200, and "
        "connections that failed or took over 10 s."
    )
    lines = ["# Load", "", about, "", HEAD, "|---|---:|---:|---:|---:|---:|---:|---:|"]
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        site = scratch / "site"
        built = pipeline.build(ROOT, site, scratch / "cache", date(2026, 11, 21), render_theme)
        assert built.ok, built.report()
        (scratch / "nginx").mkdir()
        with serving(site, scratch / "nginx") as port:
            for what, paths in scenarios(site).items():
                for connections in CONNECTIONS:
                    requests, micro, size, median, most, errors = load(port, paths, connections, seconds)
                    rate = f"{requests / micro * 1e6:,.0f} | {size / micro:.0f}"
                    times = f"{median / 1000:.1f} | {most / 1000:.1f}"
                    lines.append(f"| {what} | {len(paths)} | {connections} | {rate} | {times} | {errors} |")
                    print(lines[-1], flush=True)
    (HERE / "RESULTS.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


main()
