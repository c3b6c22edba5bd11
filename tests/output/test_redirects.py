"""Renamed files: every old address leads to its new page, without a server, without a script, and with one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from gongkai import pipeline
from gongkai.findings.finding import errors
from gongkai.rules.site.registry import facts_of, judge_site
from tests.conftest import ROOT
from tests.miniature.build import AS_OF, miniature_repository
from tests.pages import page_urls, resolve
from tests.theme import render_theme
from tests.waiting import passes_in_node


def renamed(root: Path, old: str, new: str) -> None:
    """What an editor does: another file name, another id, and the old one as ``moved_from``."""
    path = root / "plans" / f"{old}.yml"
    text = path.read_text(encoding="utf-8").replace(f"id: {old}\n", f"id: {new}\nmoved_from: [{old}]\n", 1)
    path.with_name(f"{new}.yml").write_text(text, encoding="utf-8")
    path.unlink()
    for other in (root / "plans").glob("*.yml"):
        words = other.read_text(encoding="utf-8")
        for before, after in ((f"{old}/", f"{new}/"), (f"document: {old}\n", f"document: {new}\n")):
            words = words.replace(before, after)
        other.write_text(words, encoding="utf-8")


def built(root: Path, scratch: Path) -> Path:
    done = pipeline.build(root, scratch / "site", scratch / "cache", AS_OF, render_theme)
    assert done.ok, done.report()
    return scratch / "site"


def listed(site: Path) -> dict[str, str]:
    rows = json.loads((site / "redirects/redirects.json").read_bytes())["redirects"]
    return {row["from"]: row["to"] for row in rows}


@pytest.mark.parametrize("old", ["shili-2021", "shili-2021-decisions", "shili-2021-projects", "shili-mulu-2021"])
def test_no_old_address_is_lost(tmp_path: Path, old: str) -> None:
    root = miniature_repository(tmp_path)
    before = [url for url in page_urls(built(root, tmp_path)) if f"/{old}/" in url]
    assert before
    renamed(root, old, "shili-new")
    site = built(root, tmp_path)
    assert set(listed(site)) == set(before)
    for url in before:
        page = HTMLParser((site / url / "index.html").read_text(encoding="utf-8"))
        new = url.replace(f"/{old}/", "/shili-new/")
        refresh = page.css_first('meta[http-equiv="refresh"]').attributes["content"] or ""
        assert refresh.startswith("0; url=")
        for reference in (refresh.removeprefix("0; url="), page.css_first('link[rel="canonical"]').attributes["href"]):
            assert resolve(site, site / url / "index.html", reference or "")[0] == site / new / "index.html"
        assert listed(site)[url] == new
        assert (site / new / "index.html").is_file()
        assert page.css_first('meta[name="robots"]').attributes["content"] == "noindex"
        links = [node.attributes["href"] or "" for node in page.css("main article a")]
        assert site / new / "index.html" in [resolve(site, site / url / "index.html", link)[0] for link in links]
    assert not [url for url in page_urls(site) if f"/{old}/" in url], "the site map names living pages only"


def test_pages_of_old_addresses_keep_every_rule(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    renamed(root, "shili-2021", "shili-new")
    site = built(root, tmp_path)
    assert errors(judge_site(facts_of(site, AS_OF))) == []
    page = site / "plans/shili-2021/tasks/1/index.html"
    assert "自动打开" in page.read_text(encoding="utf-8")


def test_with_an_address_the_canonical_one_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://www.example.gov.cn/zfxxgk/")
    root = miniature_repository(tmp_path)
    renamed(root, "shili-2021", "shili-new")
    page = HTMLParser((built(root, tmp_path) / "plans/shili-2021/index.html").read_text(encoding="utf-8"))
    canonical = [node.attributes["href"] for node in page.css('link[rel="canonical"]')]
    assert canonical == ["https://www.example.gov.cn/zfxxgk/plans/shili-new/"]


def test_renamed_twice_both_old_addresses_lead_to_the_newest(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    renamed(root, "shili-2021", "shili-new")
    path = root / "plans/shili-new.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("moved_from: [shili-2021]", "moved_from: [shili-2021, shili-older]"), encoding="utf-8")
    moves = listed(built(root, tmp_path))
    assert moves["plans/shili-2021/tasks/1/"] == moves["plans/shili-older/tasks/1/"] == "plans/shili-new/tasks/1/"


def test_old_pages_follow_their_new_page_and_go_when_they_are_no_longer_named(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    renamed(root, "shili-2021", "shili-new")
    site = built(root, tmp_path)
    kept = pipeline.build(root, site, tmp_path / "cache", AS_OF, render_theme).tree
    assert kept.written == 0
    path = root / "plans/shili-new.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("title: 2021年示例区", "title: 2021年度示例区", 1), encoding="utf-8")
    built(root, tmp_path)
    assert "2021年度示例区" in (site / "plans/shili-2021/index.html").read_text(encoding="utf-8")
    path.write_text(text.replace("moved_from: [shili-2021]\n", ""), encoding="utf-8")
    built(root, tmp_path)
    assert not (site / "plans/shili-2021").exists()
    assert not (site / "redirects").exists()


@pytest.mark.browser
def test_a_browser_is_led_on(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    renamed(root, "shili-2021", "shili-new")
    passes_in_node(ROOT / "tests/browser/moved/moved.test.mjs", SITE=str(built(root, tmp_path)))


WRONG = [
    ("[shili-2022]", "shili-2022]", "编号 shili-2022 还在使用（plans/shili-2022.yml），旧网址不能转到别处"),
    ("[shili-2021]", "shili-2021]", "编号 shili-2021 还在使用（plans/shili-2021.yml），旧网址不能转到别处"),
    ("[gone, gone]", "gone]", "曾用编号 gone 已经写在 plans/shili-2021.yml"),
    ("[nul]", "nul]", "编号 nul 从来不能使用，不会是曾用编号"),
    ("[page]", "page]", "编号 page 从来不能使用，不会是曾用编号"),
]


@pytest.mark.parametrize(("written", "at", "sentence"), WRONG)
def test_an_old_id_that_collides_is_an_error_where_it_stands(
    tmp_path: Path, written: str, at: str, sentence: str
) -> None:
    root = miniature_repository(tmp_path)
    path = root / "plans/shili-2021.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines.insert(2, f"moved_from: {written}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = errors(list(pipeline.check(root, AS_OF).findings))
    places = [(finding.code, finding.file, finding.line, finding.column, finding.message) for finding in found]
    assert places == [("REF-11", "plans/shili-2021.yml", 3, lines[2].rindex(at) + 1, sentence)]


def test_two_files_cannot_claim_one_old_id(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    for name in ("shili-2021", "shili-2022"):
        path = root / f"plans/{name}.yml"
        text = path.read_text(encoding="utf-8").replace(f"id: {name}\n", f"id: {name}\nmoved_from: [gone]\n", 1)
        path.write_text(text, encoding="utf-8")
    found = [finding for finding in pipeline.check(root, AS_OF).findings if finding.code == "REF-11"]
    assert [(finding.file, finding.message) for finding in found] == [
        ("plans/shili-2022.yml", "曾用编号 gone 已经写在 plans/shili-2021.yml")
    ]


@pytest.mark.parametrize("old", ["../x", "a/b", "A", "x$y", ""])
def test_an_old_id_is_an_id(tmp_path: Path, old: str) -> None:
    root = miniature_repository(tmp_path)
    path = root / "plans/shili-2021.yml"
    text = path.read_text(encoding="utf-8").replace("id: shili-2021\n", f"id: shili-2021\nmoved_from: ['{old}']\n", 1)
    path.write_text(text, encoding="utf-8")
    assert not pipeline.check(root, AS_OF).ok
