"""Long fuzz runs, by ``make soak``: guided by coverage, in Python and in JavaScript."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.waiting import finished

RUNS = int(os.environ.get("FUZZ_RUNS", "100000"))


@pytest.mark.soak
@pytest.mark.parametrize("target", ["loader", "cells", "importer", "query"])
def test_nothing_makes_it_stumble(tmp_path: Path, target: str) -> None:
    pytest.importorskip("atheris", reason="no fuzzing engine for this Python")
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", target, str(RUNS), str(tmp_path / "corpus")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    inputs = [path.read_bytes() for path in tmp_path.glob("*-*") if path.is_file()]
    assert done.returncode == 0, f"{inputs}\n{done.stderr[-4000:]}"
    runs = re.search(r"Done (\d+) runs", done.stderr)
    assert runs, done.stderr[-2000:]
    assert int(runs[1]) >= RUNS
    print(f"{target}: {runs[1]} inputs")  # noqa: T201 - the figure of the run


@pytest.mark.parametrize("times", [2000, pytest.param(RUNS, marks=pytest.mark.soak)])
def test_no_query_makes_the_browser_stumble(site: Path, times: int) -> None:
    done = finished(["node", "tests/fuzz/queries.mjs", times, site], cwd=ROOT)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert int(done.stdout.split()[0]) == times
    print(f"queries: {done.stdout}")  # noqa: T201 - the figure of the run
