"""Long fuzz runs, by ``make soak``: guided by coverage, in Python and in JavaScript."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

SECONDS = int(os.environ.get("FUZZ_SECONDS", "120"))


@pytest.mark.soak
@pytest.mark.parametrize("target", ["loader", "cells", "importer", "query"])
def test_nothing_makes_it_stumble(tmp_path: Path, target: str) -> None:
    pytest.importorskip("atheris", reason="no fuzzing engine for this Python")
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", target, str(SECONDS), str(tmp_path / "corpus")],
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
    assert int(runs[1]) > 1000, "too few inputs to mean anything"
    print(f"{target}: {runs[1]} inputs")  # noqa: T201 - the figure of the run


@pytest.mark.parametrize("seconds", [2, pytest.param(SECONDS, marks=pytest.mark.soak)])
def test_no_query_makes_the_browser_stumble(site: Path, seconds: int) -> None:
    done = subprocess.run(
        ["node", "tests/fuzz/queries.mjs", str(seconds * 1000), str(site)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert int(done.stdout.split()[0]) > 1000
    print(f"queries: {done.stdout}")  # noqa: T201 - the figure of the run
