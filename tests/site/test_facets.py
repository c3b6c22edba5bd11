"""Pairs of 机构, 年份 and 主题: a page for each pair that has content, for no other, and links to all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai import pipeline
from gongkai.column import urls
from gongkai.site.addresses import every_page
from tests.miniature.build import build_miniature
from tests.pages import page, text_of


def test_every_list_may_grow_beyond_one_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.column.page.PAGE_ITEMS", 1)
    site = build_miniature(tmp_path)
    deepest = max(path.relative_to(site).as_posix().count("/") for path in site.rglob("page/*/index.html"))
    assert deepest == 6, "the second page of a pair, such as years/2021/themes/x/page/2/"


def test_there_is_a_page_for_every_pair_with_content_and_for_no_other(checked: pipeline.Checked) -> None:
    column = checked.column
    entries = column.index.entries.values()
    expected = {urls.organ_year(entry.organ, entry.year) for entry in entries}
    for theme, found in column.index.themes.items():
        expected |= {urls.organ_theme(entry.organ, theme) for entry in found}
        expected |= {urls.year_theme(entry.year, theme) for entry in found}
    pairs = {"organ_year", "organ_theme", "year_theme"}
    made = [page.url for page in every_page(column) if page.kind in pairs]
    assert len(made) == len(set(made))
    assert set(made) == expected


def test_a_pair_shows_exactly_what_both_have(site: Path, checked: pipeline.Checked) -> None:
    entries = checked.column.index.themes["education"]
    shown = page(site, "years/2021/themes/education/").css(".entries > li > a")
    assert [text_of(link) for link in shown] == ["".join(e.title.split()) for e in entries if e.year == 2021]
    shown = page(site, "organs/laiwu/themes/education/").css(".entries > li > a")
    assert [text_of(link) for link in shown] == ["".join(e.title.split()) for e in entries if e.organ == "laiwu"]


def test_pairs_are_reached_from_their_halves(site: Path) -> None:
    def links(url: str) -> set[str]:
        return {node.attributes["href"] or "" for node in page(site, url).css("main a")}

    assert "../../organs/laiwu/themes/education/index.html" in links("themes/education/")
    assert "../../years/2021/themes/education/index.html" in links("themes/education/")
    assert "../../organs/laiwu/2021/index.html" in links("organs/laiwu/")
    assert "../../organs/laiwu/2021/index.html" in links("years/2021/")
    assert "../../../../themes/education/index.html" in links("organs/laiwu/themes/education/")
