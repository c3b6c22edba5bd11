"""The browser tests (tests/browser/*.test.mjs) run against the real site and the demonstration of demo/.

A failure shows node's own report.
"""

from __future__ import annotations

from pathlib import Path

import material
import pytest

from tests.waiting import passes_in_node

SCRIPTS = sorted(Path(__file__).parent.glob("*.test.mjs"))
WHOLE_STYLES = Path(next(iter(material.__path__))) / "templates" / "assets" / "stylesheets"


@pytest.mark.browser
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_in_a_browser(site: Path, demo_site: Path, script: Path) -> None:
    passes_in_node(script, SITE=str(site), DEMO=str(demo_site), WHOLE_STYLES=str(WHOLE_STYLES))


def test_every_page_of_the_demonstration_says_that_it_is_made_up(demo_site: Path) -> None:
    pages = {path: path.read_text("utf-8") for path in demo_site.rglob("*.html")}
    assert pages
    for path, text in pages.items():
        assert '<aside class="demo" aria-label="演示说明"><p><strong>虚构演示，' in text, path
        assert '<meta name="robots" content="noindex, nofollow">' in text, path
