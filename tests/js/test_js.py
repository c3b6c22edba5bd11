"""Node tests of the browser's code (tests/js/*.test.mjs)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.waiting import passes_in_node

pytestmark = pytest.mark.quick

ROOT = Path(__file__).resolve().parents[2]


LONG = """
import { loadScripts } from "./benchmarks/search/engine.mjs";
const { fold, normalize, documentNumbers } = loadScripts(["normalize"]).text;
for (const char of ["第", "字", " ", "\u3000", "〔", "〇", "1", "a", "字 ", "第1", "字〔2021〕"]) {
  documentNumbers(normalize(char.repeat(500000) + "!"));
}
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits of processor time")
def test_runs_of_a_character_cost_what_they_are_long() -> None:
    """A child with half a minute of processor time reads millions; as the square of the length it would take hours."""
    import resource

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (30, 30))

    command = ["node", "--input-type=module", "-e", LONG]
    done = subprocess.run(command, cwd=ROOT, preexec_fn=limit, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-1000:] or "more than 30 seconds of processor time"


@pytest.mark.parametrize("script", sorted((ROOT / "tests/js").glob("*.test.mjs")), ids=lambda path: path.name)
def test_in_node(script: Path) -> None:
    passes_in_node(script)
