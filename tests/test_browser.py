"""The browser tests (tests/browser/*.test.mjs) run against the real site; a failure shows node's own report."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.runner import answer
from tests.conftest import BROWSER, SPEED, Answers

SCRIPTS = sorted(BROWSER.glob("*.test.mjs"), key=lambda path: (path == SPEED, path))


@pytest.mark.browser
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_in_a_browser(answers: Answers, script: Path) -> None:
    found = answer(str(script), answers.environment) if script == SPEED else answers.of(script)  # the last one, alone
    assert found["status"] == 0, found["said"]
