"""Articles for a portal's own system: the text of the page, plain elements, whole addresses, and an index."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from gongkai.delivery.fragments import INDEX, plain_article, write_fragments
from gongkai.delivery.site import DeliveryError, FinishedSite
from tests.conftest import ROOT
from tests.pages import page, text_of
from tests.waiting import passes_in_node

ADDRESS = "https://www.example.gov.cn/zfxxgk/"


@pytest.fixture(scope="module")
def written(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("fragments") / "out"
    write_fragments(FinishedSite(site, [], {"as_of": "2026-11-21"}), out, ADDRESS)
    return out


def test_the_index_says_title_date_and_number_of_every_file(written: Path, site: Path) -> None:
    rows = json.loads((written / INDEX).read_text("utf-8"))["fragments"]
    assert {row["file"] for row in rows} == {path.name for path in written.glob("*.html")}
    documents = json.loads((site / "data/v1/documents.json").read_text("utf-8"))["items"]
    said = {row["url"]: (row["title"], row["doc_number"], row["date_signed"]) for row in rows}
    for document in documents:
        title, number, day = said[ADDRESS + document["url"]]
        assert title
        assert document["title"] in (title, None)
        assert (number, day) == (document["doc_number"] or "", document["date_signed"] or "")
    with (written / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.DictReader(file)) == rows
    assert [row["date_signed"] for row in rows] == sorted((row["date_signed"] for row in rows), reverse=True)


DROPPED = (".tools", "form", "svg", "nav", ".scripted", ".ours", ".totals")


def test_a_fragment_has_the_text_of_its_page_and_nothing_that_a_sheet_or_script_could_take_hold_of(
    written: Path, site: Path
) -> None:
    for row in json.loads((written / INDEX).read_text("utf-8"))["fragments"]:
        text = (written / row["file"]).read_text("utf-8")
        assert not re.search(r"<(script|style|form|button|svg|iframe|html|body)\b| (class|id|style|on\w+)=", text)
        links = re.findall(r'(?:href|src)="([^"]*)"', text)
        assert links
        assert not [link for link in links if not link.startswith("https://")]
        article = page(site, row["url"].removeprefix(ADDRESS)).css_first("article")
        shown = text_of(LexborHTMLParser(text).body)
        assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", text_of(article, without=DROPPED))


def test_what_opens_is_closed(written: Path) -> None:
    for path in written.glob("*.html"):
        tags = re.findall(r"<(/?)(\w+)[^>]*>", path.read_text("utf-8"))
        for name in {name for _, name in tags} - {"br", "col", "hr", "img"}:
            opened = sum(tag == ("", name) for tag in tags)
            assert opened == sum(tag == ("/", name) for tag in tags), (path.name, name)


def test_hostile_text_stays_text() -> None:
    page = (
        '<article><p onclick="x()">&lt;script&gt;<script>bad()</script><a href="../x?a=1&amp;b=2">甲</a></p></article>'
    )
    assert plain_article(page, ADDRESS + "plans/y/") == (
        f'<p>&lt;script&gt;<a href="{ADDRESS}plans/x?a=1&amp;b=2">甲</a></p>\n'
    )


def test_what_is_gone_goes_and_what_is_the_same_stays(written: Path, site: Path, tmp_path: Path) -> None:
    rows = json.loads((written / INDEX).read_text("utf-8"))
    out = tmp_path / "out"
    out.mkdir()
    gone = {**rows["fragments"][0], "file": "plans-gone.html"}
    (out / INDEX).write_text(json.dumps({**rows, "fragments": [*rows["fragments"], gone]}), "utf-8")
    (out / "plans-gone.html").write_text("<p>", "utf-8")
    (out / "others.txt").write_text("others", "utf-8")
    finished = FinishedSite(site, [], {"as_of": "2026-11-21"})
    done = write_fragments(finished, out, ADDRESS)
    assert done.removed == 1
    assert not (out / "plans-gone.html").exists()
    assert (out / "others.txt").exists()
    assert write_fragments(finished, out, ADDRESS).written == 0


def test_it_needs_an_address_and_a_place_of_its_own(site: Path, tmp_path: Path) -> None:
    finished = FinishedSite(site, [], {})
    with pytest.raises(DeliveryError, match="SITE_URL"):
        write_fragments(finished, tmp_path / "x", "")
    (tmp_path / "others.txt").write_text("x", "utf-8")
    with pytest.raises(DeliveryError, match="请换一个空目录"):
        write_fragments(finished, tmp_path, ADDRESS)


@pytest.mark.browser
def test_they_are_readable_under_a_style_sheet_that_knows_nothing_of_us(written: Path) -> None:
    passes_in_node(ROOT / "tests/browser/fragments/portal.test.mjs", FRAGMENTS=str(written))
