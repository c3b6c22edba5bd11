"""The real site, built once per test session, and small helpers that read it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator import pipeline
from generator.host import render_theme

ROOT = Path(__file__).resolve().parents[1]
AS_OF = date(2026, 11, 21)


@pytest.fixture(scope="session")
def checked() -> pipeline.Checked:
    """The repository's own plans/, linked."""
    return pipeline.check(ROOT, AS_OF)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own site, in a directory of its own."""
    scratch = tmp_path_factory.mktemp("real")
    built = pipeline.build(ROOT, scratch / "site", scratch / "cache", AS_OF, render_theme)
    assert built.ok, built.report()
    return scratch / "site"
