"""Style sheets are cut to what pages can have, and to nothing less."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from gongkai import pipeline
from gongkai.output import minify
from gongkai.output.styles import compact, cut
from gongkai.output.theme import theme_key, theme_output
from gongkai.output.words import Words
from tests.miniature.build import AS_OF, miniature_repository
from tests.pages import all_pages, parsed
from tests.theme import render_theme

PAGE = '<main class="body cards"><a href="x">x</a><input type="checkbox" dir="ltr"></main>'

CUTS = [
    # a class, an element, an attribute, a fixed value that nothing has
    (".body{color:red}.gone{color:red}", ".body{color:red}"),
    ("main,video{color:red}", "main{color:red}"),
    (".body .gone,.gone>a,.body a{color:red}", ".body a{color:red}"),
    ("[href],[poster]{color:red}", "[href]{color:red}"),
    ("[dir=rtl] a,[dir=ltr] a{color:red}", "[dir=ltr] a{color:red}"),
    # alternatives, and what must not match
    (":is(.gone,.body) a{color:red}", ":is(.gone,.body) a{color:red}"),
    (":is(.gone,video) a{color:red}", ""),
    (".body:not(.gone){color:red}", ".body:not(.gone){color:red}"),
    # what browsers add or readers toggle
    ("html,tbody,[open],[class],:root{color:red}", "html,tbody,[open],[class],:root{color:red}"),
    # a browser that does not know one selector drops the rule: with fewer selectors it would not
    (".gone::-moz-thumb,a{color:red}", ".gone::-moz-thumb,a{color:red}"),
    (".gone::-moz-thumb,video{color:red}", ""),
    # blocks
    ("@media print{.gone{color:red}}@media screen{.gone{a:b}.body{color:red}}", "@media screen{.body{color:red}}"),
    ("@page{margin:0}@import url(x.css);", "@page{margin:0}@import url(x.css);"),
    # custom properties and animations go with their last use
    (":root{--a:var(--b);--b:1px;--c:2px}.body{margin:var(--a)}", ":root{--a:var(--b);--b:1px}.body{margin:var(--a)}"),
    (":root{--a:1px}.gone{margin:var(--a)}", ""),
    (
        "@keyframes spin{to{top:0}}@keyframes blink{to{top:0}}.body{animation:spin 1s}",
        "@keyframes spin{to{top:0}}.body{animation:spin 1s}",
    ),
    # ids come from data, and of a name that is no plain word nobody can tell
    ("#anything{color:red}", "#anything{color:red}"),
    (".\\31 0,.养老{color:red}", ".\\31 0,.养老{color:red}"),
]


@pytest.mark.parametrize(("sheet", "left"), CUTS)
def test_what_nothing_can_match_goes(sheet: str, left: str) -> None:
    assert cut(sheet, Words.of([PAGE])) == left


def test_what_other_sheets_use_stays() -> None:
    sheet = ":root{--a:1px;--b:2px}@keyframes spin{to{top:0}}"
    others = [".body{margin:var(--a);animation:spin 1s}"]
    assert cut(sheet, Words.of([PAGE]), others) == ":root{--a:1px}@keyframes spin{to{top:0}}"


NAMES = [
    ('<p class="level-{{ n }}">', "level-3"),
    ('class="level{{ n }}"', "level3"),
    ('class="{{ kind }}-door"', "theme-door"),
    ("node.className = `shade-${n}`;", "shade-4"),
    ('node.className = "shade-" + n;', "shade-4"),
    ('f"state-{value}"', "state-late"),
    ("node.classList.add('Being-Read')", "being-read"),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_names_that_are_put_together_are_known(text: str, name: str) -> None:
    words = Words.of([text])
    assert words.name(name)
    assert not words.name("md-banner")


def test_an_attribute_that_a_script_sets_is_known() -> None:
    words = Words.of(['node.dataset.mdState = ""; node.ariaExpanded = "true";'])
    sheet = "[data-md-state],[aria-expanded],[data-md-other]{color:red}"
    assert cut(sheet, words) == "[data-md-state],[aria-expanded]{color:red}"


def test_layout_and_comments_go_and_nothing_else() -> None:
    sheet = '/* x */\n@media  (min-width: 1em) {\n a > b , i { color : red !important ; content: "a  b /* c */" }\n}\n'
    left = compact(sheet)
    assert left == '@media (min-width: 1em){a > b,i{color:red!important;content:"a  b /* c */"}}'
    assert compact(left) == left


@pytest.fixture(scope="module")
def names(site: Path) -> set[str]:
    """Every element, class and attribute of every page as it is served."""
    found: set[str] = set()
    for path in all_pages(site):
        for node in parsed(path).css("*"):
            found |= {node.tag, *node.attributes, *(node.attributes.get("class") or "").split()}
    return {name for name in found if name and not name.startswith(("-", "!"))}


def test_every_name_in_every_page_was_known(site: Path, names: set[str]) -> None:
    """The promise itself: a page with a name that the words lack could lose its looks."""
    root = Path(__file__).resolve().parents[2]
    theme = theme_output(root, site.parent / "cache", render_theme)
    directory = site.parent / "cache" / "theme" / theme_key(root)
    words = Words.of(minify._sources(root, directory, theme.layouts)[0])
    assert len(names) > 200
    always = {"html", "head", "body", "tbody", "colgroup"}
    assert sorted(name for name in names - always if not words.name(name)) == []


def test_the_served_sheet_is_small_named_by_its_content_and_licensed(site: Path) -> None:
    (sheet,) = site.glob("assets/stylesheets/*.css")
    assert sheet.stat().st_size < 30_000, "the theme's sheet is not cut any more"
    assert ".md-typeset" in sheet.read_text("utf-8")
    assert "Martin Donath" in sheet.read_text("utf-8")
    assert "Permission is hereby granted" in (sheet.parent / "LICENSE.txt").read_text("utf-8")
    for path in all_pages(site):
        assert set(re.findall(r"assets/stylesheets/([^\"]+)", path.read_text("utf-8"))) in ({sheet.name}, set()), path


def test_what_an_editor_adds_gets_its_styles(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)

    def sheet() -> tuple[str, str]:
        assert pipeline.build(root, tmp_path / "site", tmp_path / "cache", AS_OF, render_theme).ok
        (path,) = (tmp_path / "site").glob("assets/stylesheets/*.css")
        return path.name, path.read_text("utf-8")

    before, rules = sheet()
    assert "footnote" not in rules
    settings = root / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("  - toc\n", "  - toc\n  - footnotes\n"), "utf-8")
    guide = root / "content" / "guide.md"
    guide.write_text(guide.read_text("utf-8") + "\n一句话[^1]。\n\n[^1]: 注。\n", "utf-8")
    after, rules = sheet()
    assert ".footnote" in rules
    assert after != before, "browsers keep what is named by its content for a year"


def test_the_address_of_the_site_reaches_pages_of_content_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It comes from the environment, so mkdocs.yml is the same as before."""
    root = miniature_repository(tmp_path)
    for address in ("https://one.example.gov.cn/", "https://two.example.gov.cn/"):
        monkeypatch.setitem(os.environ, "SITE_URL", address)
        assert pipeline.build(root, tmp_path / "site", tmp_path / "cache", AS_OF, render_theme).ok
        assert f'rel="canonical" href="{address}guide/"' in (tmp_path / "site/guide/index.html").read_text("utf-8")
