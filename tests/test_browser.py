"""The browser tests (tests/browser/*.test.mjs) run against the real site; a failure shows node's own report."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path

import material
import pytest

HERE = Path(__file__).resolve().parent
SPEED = HERE / "browser" / "lighthouse.test.mjs"
WHOLE_STYLES = Path(next(iter(material.__path__))) / "templates" / "assets" / "stylesheets"


SCRIPTS = sorted((HERE / "browser").glob("*.test.mjs"))


def run(script: Path, site: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["node", "--test", str(script)],
        cwd=HERE.parent,
        env={**os.environ, "SITE": str(site), "WHOLE_STYLES": str(WHOLE_STYLES)},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


@pytest.fixture(scope="module")
def runs(site: Path, request: pytest.FixtureRequest) -> Iterator[dict[Path, Future[subprocess.CompletedProcess[str]]]]:
    """Two scripts at a time, for browsers wait more than they work; then, alone, what measures speed."""
    items = [item for item in request.session.items if "runs" in getattr(item, "fixturenames", ())]
    asked = [item.callspec.params["script"] for item in items]  # type: ignore[attr-defined]
    with ThreadPoolExecutor(2) as pool, ThreadPoolExecutor(1) as last:
        found = {script: pool.submit(run, script, site) for script in asked if script != SPEED}
        others = list(found.values())
        if SPEED in asked:
            found[SPEED] = last.submit(lambda: (wait(others), run(SPEED, site))[1])
        yield found


@pytest.mark.browser
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_in_a_browser(runs: dict[Path, Future[subprocess.CompletedProcess[str]]], script: Path) -> None:
    result = runs[script].result()
    assert result.returncode == 0, result.stdout[-8000:] + result.stderr[-2000:]
