from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk.desks import Visitor, column


@pytest.fixture
def visitor(tmp_path: Path) -> Visitor:
    """A desk where there is no git."""
    return Visitor(column(tmp_path), tmp_path / "state")


@pytest.fixture
def with_git(tmp_path: Path) -> Visitor:
    """A desk in a git repository."""
    return Visitor(column(tmp_path, git=True), tmp_path / "state")
