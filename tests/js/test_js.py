"""Node tests of the browser's code (tests/js/*.test.mjs)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.waiting import passes_in_node

pytestmark = pytest.mark.quick

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("script", sorted((ROOT / "tests/js").glob("*.test.mjs")), ids=lambda path: path.name)
def test_in_node(script: Path) -> None:
    passes_in_node(script)
