"""Long lists in pages: everything is on exactly one of them, all are reached by links, and none needs a script."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongkai import pipeline
from gongkai.column.page import paginated
from tests.miniature.build import AS_OF, miniature_repository
from tests.pages import all_pages, anchors, page_urls, parsed, references, resolve
from tests.theme import render_theme


@pytest.fixture(scope="module", name="cut")
def _cut(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, pipeline.Checked]:
    """The miniature district with two items a page."""
    scratch = tmp_path_factory.mktemp("parts")
    root = miniature_repository(scratch)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gongkai.column.page.PAGE_ITEMS", 2)
        built = pipeline.build(root, scratch / "site", scratch / "cache", AS_OF, render_theme)
    assert built.ok, built.report()
    return scratch / "site", built.checked


def part_urls(site: Path, first: str) -> list[str]:
    found = [url for url in page_urls(site) if url == first or url.startswith(f"{first}page/")]
    return sorted(found, key=lambda url: (len(url), url))


LISTS = ["units/", "years/", "organs/", "plans/", "documents/", "themes/elderly-care/",
         "units/shili-minzhengju/", "years/2021/", "organs/shili/", "organs/shili/themes/elderly-care/",
         "catalogues/shili-mulu-2021/"]  # fmt: skip


@pytest.mark.parametrize("first", LISTS)
def test_every_page_of_a_list_is_reached_by_links(cut: tuple[Path, pipeline.Checked], first: str) -> None:
    site, _ = cut
    expected, reached, waiting = set(part_urls(site, first)), set(), [first]
    assert len(expected) > 1 or first in ("plans/", "organs/shili/")
    while waiting:
        url = waiting.pop()
        if url in reached:
            continue
        reached.add(url)
        path = site / url / "index.html"
        for link in parsed(path).css("nav.parts a"):
            target, _ = resolve(site, path, link.attributes["href"] or "")
            waiting.append(target.relative_to(site).parent.as_posix() + "/")
    assert reached == expected


def test_every_record_of_a_theme_is_on_exactly_one_page(cut: tuple[Path, pipeline.Checked]) -> None:
    site, checked = cut
    for theme, entries in checked.column.index.themes.items():
        shown = [
            row["id"]
            for url in part_urls(site, f"themes/{theme}/")
            for row in json.loads((site / url / "index.json").read_bytes())["records"]
        ]
        assert shown == [entry.id for entry in entries]


def test_every_duty_of_a_unit_is_on_exactly_one_page(cut: tuple[Path, pipeline.Checked]) -> None:
    site, checked = cut
    for unit, use in checked.column.index.units.items():
        rows = [
            parsed(site / url / "index.html").css("table.cards tbody tr") for url in part_urls(site, f"units/{unit}/")
        ]
        duties = sum(len(found) for found in rows)
        years = len(use.years) if any(duty.task.kind == "task" for duty in use.duties) else 0
        assert len(use.everything) <= duties <= len(use.everything) + 2 * years * len(rows)


def test_no_link_of_a_cut_site_is_broken(cut: tuple[Path, pipeline.Checked]) -> None:
    site, _ = cut
    broken = []
    for path in all_pages(site):
        for reference in references(parsed(path)) if path.name != "404.html" else ():
            if ":" not in reference.split("/")[0] and reference:
                target, fragment = resolve(site, path, reference)
                if not target.is_file() or (fragment and fragment not in anchors(target)):
                    broken.append(f"{path.relative_to(site)}: {reference}")
    assert broken == []


def test_titles_and_headings_say_which_page_it_is(cut: tuple[Path, pipeline.Checked]) -> None:
    site, _ = cut
    second = parsed(site / "units/page/2/index.html")
    heading, title = second.css_first("h1"), second.css_first("title")
    assert heading
    assert heading.text() == "责任单位（第2页）"
    assert title
    assert title.text().startswith("责任单位（第2页）")
    assert second.css_first('nav.parts [aria-current="page"]')


def test_an_empty_list_has_one_page() -> None:
    assert [(part.url(), list(items)) for part, items in paginated("units/", [])] == [("units/", [])]


def test_page_is_no_id(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    path = root / "plans/vocabularies/units-shili.yml"
    path.write_text(path.read_text("utf-8").replace("id: shili-donglu", "id: page"), "utf-8")
    assert "SHAPE-13" in {finding.code for finding in pipeline.check(root, AS_OF).findings}
