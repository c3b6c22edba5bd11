"""The browser tests (tests/browser/*.test.mjs) run against the real site; a failure shows node's own report."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import BROWSER, Answers

SCRIPTS = sorted(BROWSER.glob("*.test.mjs"))


@pytest.mark.browser
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_in_a_browser(answers: Answers, script: Path) -> None:
    found = answers.of(script)
    assert found["status"] == 0, found["said"]
