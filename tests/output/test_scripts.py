"""Scripts are published in few bytes on every system: made beforehand from the very sources that stand beside them."""

from __future__ import annotations

import json

from gongkai.assets import theme_files
from gongkai.output.bundle import search_scripts, search_sources
from gongkai.output.scripts import MADE, digest, minified
from tests.conftest import ROOT


def test_what_was_made_is_of_the_sources_beside_it() -> None:
    sources = {f"assets/{path.name}": path.read_text("utf-8") for path in (ROOT / "overrides/assets").glob("*.js")}
    sources |= dict(search_sources(theme_files(ROOT)))
    made = json.loads(MADE.read_text("utf-8"))
    assert {name: digest(source) for name, source in sources.items()} == {
        name: source for name, (source, _) in made.items()
    }, "make scripts"


def test_the_search_of_a_site_is_what_was_made_and_an_offices_own_script_is_kept() -> None:
    made = json.loads(MADE.read_text("utf-8"))
    for name, content in search_scripts(theme_files(ROOT)):
        assert content.decode() == made[name][1]
    assert "窗口" in minified("const own = '窗口'; // of an office\n")
