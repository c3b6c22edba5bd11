"""Node tests of the browser's code (tests/js/*.test.mjs)."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("script", sorted((ROOT / "tests/js").glob("*.test.mjs")), ids=lambda path: path.name)
def test_in_node(script: Path) -> None:
    result = subprocess.run(["node", "--test", str(script)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout[-6000:]
