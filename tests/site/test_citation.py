"""Citations, QR codes, and the tags that inspections read on every page (国办发〔2017〕47号)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import segno

from gongkai import pipeline
from gongkai.site.citation import citation, qr_code
from tests.pages import all_pages, column_pages, page, parsed

SITE_URL = "https://www.example.gov.cn/zfxxgk/"


def cited(checked: pipeline.Checked, url: str, site_url: str = "") -> tuple[str, str | None]:
    found = next(page for page in column_pages(checked.column) if page.url == url)
    made = citation(found, "某区政府门户网站", "政府信息公开", site_url)
    assert (made.code is None) == (site_url == "")
    return made.text, made.address


@pytest.mark.parametrize(
    ("url", "text"),
    [
        (
            "plans/laiwu-2021/",
            "济南市莱芜区人民政府办公室：《2021年莱芜区政务公开工作要点》（莱芜政办发〔2021〕3号），2021年6月17日。",
        ),
        (
            "decisions/laiwu-2021-decisions/5/",
            (
                "济南市莱芜区人民政府办公室：《莱芜区人民政府2021年度重大行政决策事项目录》（莱芜政办字〔2021〕5号），"
                "莱芜区综合交通中长期发展规划，2021年6月18日。"
            ),
        ),
        ("years/2021/", "某区政府门户网站“政府信息公开”栏目：2021年。"),
    ],
)
def test_a_citation_has_what_is_printed_and_nothing_else(checked: pipeline.Checked, url: str, text: str) -> None:
    assert cited(checked, url) == (text, None)
    assert cited(checked, url, SITE_URL)[1] == SITE_URL + url


def test_an_unknown_number_is_left_out(checked: pipeline.Checked) -> None:
    text, _ = cited(checked, "plans/laiwu-2025/")
    assert "（" not in text
    assert "2025年6月27日" in text


def test_the_drawn_code_is_the_code_with_its_quiet_zone() -> None:
    address = SITE_URL + "plans/changqing-2022/tasks/22/"
    drawn = qr_code(address)
    dark = set()
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)", drawn.path):
        dark |= {(int(x) + step, int(y)) for step in range(int(length))}
    expected = segno.make_qr(address, error="m", mask=3)
    matrix = [(x + 4, y + 4) for y, row in enumerate(expected.matrix) for x, module in enumerate(row) if module]
    assert dark == set(matrix)
    assert drawn.size == len(expected.matrix) + 8


def test_every_page_carries_the_tags_of_site_column_and_content(site: Path) -> None:
    always = ["SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"]
    always += ["ArticleTitle", "ContentSource", "Keywords", "Description"]
    for path in all_pages(site):
        if path.name == "404.html":
            continue
        tags = {node.attributes["name"]: node.attributes["content"] for node in parsed(path).css("meta[name]")}
        assert [name for name in always if not tags.get(name)] == [], path
        heading = parsed(path).css_first("h1")
        assert heading is not None
        assert "".join((tags["ArticleTitle"] or "").split()) == "".join(heading.text().split()), path


def test_a_publication_date_comes_from_the_data_or_is_not_stated(site: Path, checked: pipeline.Checked) -> None:
    for found in column_pages(checked.column):
        tag = page(site, found.url).css_first('meta[name="PubDate"]')
        expected = f"{found.published.isoformat()} 00:00" if found.published else None
        assert (tag.attributes["content"] if tag else None) == expected
