"""The browser tests (tests/browser/*.test.mjs) run against the real site; a failure shows node's own report."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import material
import pytest

HERE = Path(__file__).resolve().parent
WHOLE_STYLES = Path(next(iter(material.__path__))) / "templates" / "assets" / "stylesheets"


@pytest.mark.browser
@pytest.mark.parametrize("script", sorted((HERE / "browser").glob("*.test.mjs")), ids=lambda path: path.name)
def test_in_a_browser(site: Path, script: Path) -> None:
    result = subprocess.run(
        ["node", "--test", str(script)],
        cwd=HERE.parent,
        env={**os.environ, "SITE": str(site), "WHOLE_STYLES": str(WHOLE_STYLES)},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert result.returncode == 0, result.stdout[-8000:] + result.stderr[-2000:]
