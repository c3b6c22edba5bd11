"""Whatever a page leads to is there: files, anchors, addresses; and nothing lies outside the site."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from gongkai import pipeline
from gongkai.column import urls
from tests.pages import all_pages, anchors, page_urls, parsed, references, resolve

EXTERNAL_ALLOWED: frozenset[str] = frozenset()
"""Hosts that pages of the demonstration may link to. None: the sources give no address."""


def test_every_internal_link_and_anchor_leads_somewhere(site: Path) -> None:
    broken = []
    for path in all_pages(site):
        if path.name == "404.html":
            continue  # lies at any depth; its links are absolute by design
        for reference in references(parsed(path)):
            if urlsplit(reference).scheme or reference.startswith("data:"):
                continue
            target, fragment = resolve(site, path, reference)
            if not target.is_file():
                broken.append(f"{path.relative_to(site)}: {reference}")
            elif fragment and fragment not in anchors(target):
                broken.append(f"{path.relative_to(site)}: {reference} (no such anchor)")
    assert broken == []


def test_no_page_asks_another_host_for_anything(site: Path) -> None:
    for path in all_pages(site):
        hosts = {urlsplit(reference).netloc for reference in references(parsed(path))}
        assert hosts - {""} <= EXTERNAL_ALLOWED, path
    for path in site.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert "url(http" not in text, path
        assert "@import" not in text, path


def test_no_inline_script_or_style_and_no_generator_mark(site: Path) -> None:
    for path in all_pages(site):
        tree = parsed(path)
        assert [node for node in tree.css("script") if not node.attributes.get("src")] == [], path
        assert tree.css("style") == [], path
        assert tree.css("[style]") == [], path
        assert tree.css('meta[name="generator"]') == [], path


def test_every_minted_address_is_a_page(site: Path, checked: pipeline.Checked) -> None:
    for url in page_urls(site):
        assert (site / url / "index.html").is_file()
    for entry in checked.column.index.entries.values():
        assert (site / entry.url / "index.html").is_file(), entry.id


def test_promised_addresses_exist(site: Path) -> None:
    promised = [
        "", "years/", "years/2021/", "organs/", "organs/laiwu/", "organs/changqing/", "themes/", "plans/laiwu-2021/",
        "plans/changqing-2022/", "plans/laiwu-2025/", "plans/laiwu-2021/sections/1/", "plans/changqing-2022/tasks/66/",
        "plans/laiwu-2025/tasks/16/", "units/", "decisions/", "decisions/laiwu-2021-decisions/",
        "decisions/laiwu-2021-decisions/5/", "projects/laiwu-2021-projects/", "projects/laiwu-2021-projects/60/",
        "projects/laiwu-2021-reserve-projects/29/", "documents/laiwu-2021/", "data/",
    ]  # fmt: skip
    assert [url for url in promised if not (site / url / "index.html").is_file()] == []
    assert (site / "sitemap.xml").is_file()


def test_links_open_from_a_folder() -> None:
    assert urls.link("plans/a/tasks/1/", "units/b/") == "../../../../units/b/index.html"
    assert urls.link("", "data/v1/tasks.csv") == "data/v1/tasks.csv"
    assert urls.link("years/", "") == "../index.html"
