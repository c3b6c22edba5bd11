"""Documents and their life in the miniature district: texts, interpretations, gazettes, plans, people."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import feedparser
import icalendar
import pytest
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from gongkai import pipeline
from gongkai.kinds.participation import KIND as PARTICIPATION_FILES
from gongkai.kinds.participation.model import ParticipationState
from gongkai.kinds.registry import BY_NAME
from gongkai.site.document import document_page
from tests.conftest import ROOT
from tests.miniature.build import AS_OF, build_miniature, miniature_repository


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_miniature(tmp_path_factory.mktemp("publications"))


def read(site: Path, url: str) -> Node:
    body = HTMLParser((site / url / "index.html").read_text("utf-8")).css_first("main")
    assert body is not None
    return body


def words(node: Node | None) -> str:
    assert node is not None
    return "".join(node.text().split())


def links(node: Node, base: str) -> set[str]:
    found = set()
    for link in node.css("a[href]"):
        path = (Path("/") / base / (link.attributes["href"] or "")).as_posix()
        parts: list[str] = []
        for part in path.split("/"):
            parts = parts[:-1] if part == ".." else [*parts, part]
        found.add("/".join(parts).removesuffix("index.html").lstrip("/"))
    return found


def test_a_document_that_no_longer_holds_says_so_first_and_leads_to_what_does(built: Path) -> None:
    abolished = read(built, "documents/shili-jiuban-2018")
    note = abolished.css_first(".ended")
    assert note is not None
    assert words(note) == (
        "本文件已经废止（2021年7月1日），依据：示政办发〔2021〕6号。现行文件：示例区养老服务补贴办法（2021年修订）。"
    )
    amended = read(built, "documents/shili-yanglao-2019").css_first(".ended")
    assert words(amended) == "本文件已被修改。现行文本：示例区养老服务补贴办法（2021年修订）。"
    assert read(built, "documents/shili-yanglao-2021").css_first(".ended") is None


def test_what_no_longer_holds_says_so_in_every_list(built: Path) -> None:
    for url in ("audiences/older-people", "years/2018", "themes/elderly-care"):
        assert "通知（废止）" in words(read(built, url)), url
    assert "规范性文件（有效）" not in words(read(built, "years/2021"))


def test_a_document_past_its_last_day_says_so_even_where_nobody_changed_its_validity(tmp_path: Path) -> None:
    """META-04 asks the office to; until then the reader must know all the same."""
    column = pipeline.check(miniature_repository(tmp_path), date(2026, 7, 1)).column
    page = document_page(column, column.documents["shili-yanglao-2021"], ())
    assert page.view["ended"] == "已过有效期"
    before = document_page(column.but(as_of=date(2026, 6, 30)), column.documents["shili-yanglao-2021"], ())
    assert before.view["ended"] is None


def test_the_texts_of_a_document_form_one_chain_with_days(built: Path) -> None:
    for identifier in ("shili-yanglao-2019", "shili-yanglao-2021"):
        page = read(built, f"documents/{identifier}")
        rows = [[words(cell) for cell in row.css("td")] for row in page.css("table tbody tr")]
        chain = [row[1:] for row in rows if len(row) == 4 and row[1][:4].isdigit()]
        assert chain == [["2019-05-01", "2021-06-30", "已修改"], ["2021-07-01", "2026-06-30", "有效"]]
        assert "documents/shili-yanglao-2021/compare/shili-yanglao-2019/" in links(page, f"documents/{identifier}")


def test_two_texts_are_compared_word_by_word(built: Path) -> None:
    page = read(built, "documents/shili-yanglao-2021/compare/shili-yanglao-2019")
    assert [words(mark) for mark in page.css("tr:nth-child(2) del")] == ["8", "1"]
    assert [words(mark) for mark in page.css("tr:nth-child(2) ins")] == ["7", "2"]
    assert "第三条补贴直接发到本人账户。" in [words(mark) for mark in page.css("ins")]
    assert len(page.css("tbody tr.changed")) == 3


def test_interpretations_are_linked_both_ways_with_document_section_and_task(built: Path) -> None:
    page = read(built, "documents/shili-yanglao-wenda")
    explained = {"documents/shili-yanglao-2021/", "plans/shili-2021/sections/1-1/", "plans/shili-2021/tasks/1/"}
    assert explained <= links(page, "documents/shili-yanglao-wenda")
    for url in explained:
        assert "documents/shili-yanglao-wenda/" in links(read(built, url), url)
    assert "谁能领补贴？" in words(page)
    listed = words(read(built, "interpretations"))
    assert "问答养老服务补贴办法问答" in listed
    assert "文字（二次解读）" in listed


@pytest.mark.parametrize("door", ["years/2021", "organs/shili", "organs/shili/2021", "themes/elderly-care"])
def test_every_kind_is_found_by_year_district_and_theme(built: Path, door: str) -> None:
    """莱芜、长清 ask for 机构, 年份 and 主题 as ways to every document, not only to the plans."""
    found = links(read(built, door), door)
    kinds = {"documents/shili-yanglao-2021/", "documents/shili-yanglao-wenda/"}
    if not door.startswith("themes"):  # a gazette and a list of occasions are about no theme by themselves
        kinds |= {"gazettes/shili-gazette-2021-1/", "participation/shili-canyu-2021/"}
    assert kinds <= found


def test_documents_are_walked_by_kind_and_by_year(built: Path) -> None:
    doors = links(read(built, "documents"), "documents")
    assert {"documents/genres/normative/", "documents/genres/notice/", "documents/years/2018/"} <= doors
    normative = links(read(built, "documents/genres/normative"), "documents/genres/normative")
    assert {"documents/shili-yanglao-2019/", "documents/shili-yanglao-2021/"} <= normative
    assert "documents/shili-jiuban-2018/" not in normative
    assert not (built / "documents/genres/policy").exists(), "an empty list is a fault"


def test_issues_of_the_gazette_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    first = (root / "plans/shili-gazette-2021-1.yml").read_text("utf-8")
    for issue in (2, 10):
        again = first.replace("2021-1\n", f"2021-{issue}\n").replace("issue: 1", f"issue: {issue}")
        (root / f"plans/shili-gazette-2021-{issue}.yml").write_text(again.replace("第1期", f"第{issue}期"), "utf-8")
    (page,) = BY_NAME["gazette"].lists(pipeline.check(root, AS_OF).column)
    assert [head.entry.label for _, heads in page.view["years"] for head in heads] == ["第10期", "第2期", "第1期"]


def ask(site: Path, query: str, **options: str) -> dict[str, Any]:
    """What the search of a built site answers in the browser's own code."""
    command = ["node", str(ROOT / "tests/search/answers.mjs"), str(site)]
    asked = json.dumps([[query, options]])
    answer = subprocess.run(command, input=asked, capture_output=True, text=True, check=True, cwd=ROOT)
    found: dict[str, Any] = json.loads(answer.stdout)[0][0]
    return found


@pytest.mark.parametrize(("question", "place"), [("补贴怎样发？", 1), ("谁能领补贴？", 1), ("怎样发补贴", 5)])
def test_a_question_finds_its_answer(built: Path, question: str, place: int) -> None:
    """What is asked word for word comes first; the same words in another order are among the first."""
    found = [hit[0] for hit in ask(built, question)["hits"][:place]]
    assert any(url.startswith("documents/shili-yanglao-wenda/questions/") for url in found)
    counts = {kind: number for kind, _, number in ask(built, "补贴")["counts"]["kind"]}
    assert counts["interpretation"] >= 2


def test_a_search_within_an_issue_finds_what_the_printed_document_says(built: Path) -> None:
    answer = ask(built, "直接发到本人账户", **{"in": "shili-gazette-2021-1"})
    assert [hit[0] for hit in answer["hits"]] == ["documents/shili-yanglao-2021/"]


def test_a_gazette_links_what_the_column_has_and_says_what_it_has_not(built: Path) -> None:
    page = read(built, "gazettes/shili-gazette-2021-1")
    assert "documents/shili-yanglao-2021/" in links(page, "gazettes/shili-gazette-2021-1")
    assert "没有收录的人事任免（本专栏没有收录）" in words(page)
    url = "documents/shili-yanglao-2021"
    assert "gazettes/shili-gazette-2021-1/" in links(read(built, url), url)


def test_plans_form_a_tree_and_know_their_decision(built: Path) -> None:
    page = read(built, "planning")
    assert "示例区养老服务规划" in words(page.css_first(".tree li ul li"))
    url = "documents/shili-yanglao-guihua"
    assert {"documents/shili-gangyao/", "decisions/shili-2021-decisions/1/"} <= links(read(built, url), url)
    decision = "decisions/shili-2021-decisions/1"
    assert "documents/shili-yanglao-guihua/" in links(read(built, decision), decision)


def test_the_real_gazette_and_four_plans_of_laiwu(site: Path) -> None:
    gazette = read(site, "gazettes/laiwu-gazette-2021-2")
    documents = {"documents/laiwu-2021/", "documents/laiwu-2021-projects/", "documents/laiwu-2021-decisions/"}
    assert documents <= links(gazette, "gazettes/laiwu-gazette-2021-2")
    plans = links(read(site, "planning"), "planning")
    assert {url for url in plans if url.startswith("decisions/")} == {
        f"decisions/laiwu-2021-decisions/{number}/" for number in (1, 2, 4, 5)
    }


STATES = {
    1: ParticipationState.ANSWERED,
    2: ParticipationState.COMING,
    3: ParticipationState.CLOSED,
    4: ParticipationState.ANSWERED,
    5: ParticipationState.CLOSED,
    6: ParticipationState.OPEN,
    7: ParticipationState.UNKNOWN,
}


def test_every_state_of_participation_follows_from_its_days(tmp_path: Path) -> None:
    column = pipeline.check(miniature_repository(tmp_path), AS_OF).column
    items = PARTICIPATION_FILES.of(column)["shili-canyu-2021"].items
    assert {item.number: item.state(AS_OF) for item in items} == STATES
    topics = items[4]
    assert topics.state(date(2021, 12, 1)) is ParticipationState.OPEN
    assert topics.state(date(2021, 12, 31)) is ParticipationState.CLOSED
    assert topics.state(date(2037, 1, 1)) is ParticipationState.CLOSED, "no text sets a day for answers"
    assert replace(topics, answer_due=date(2022, 4, 1)).state(AS_OF) is ParticipationState.CLOSED
    assert replace(topics, answer_due=date(2022, 2, 1)).state(AS_OF) is ParticipationState.OVERDUE


def test_what_is_open_comes_first_and_decisions_are_among_it(built: Path) -> None:
    rows = [words(row) for row in read(built, "participation").css("tbody tr")]
    assert [row.startswith("正在进行") for row in rows[:3]] == [True, True, False]
    assert any("示例区学校布局方案" in row for row in rows[:2])
    assert not any("逾期" in row for row in rows)


def test_what_people_can_join_is_on_the_home_page_in_the_calendar_and_in_a_feed(built: Path) -> None:
    home = read(built, "")
    assert {"decisions/shili-2021-decisions/2/", "participation/shili-canyu-2021/6/"} <= links(home, "")
    assert "现在可以参加" in words(home)
    for name in ("calendar.ics", "participation/calendar.ics"):
        events = icalendar.Calendar.from_ical((built / name).read_bytes()).walk("VEVENT")
        days = {str(event["UID"]): (event["DTSTART"].dt, event["DTEND"].dt) for event in events}
        assert days["shili-canyu-2021/2@gongkai"] == (date(2022, 3, 15), date(2022, 3, 16)), "the hearing"
        assert days["shili-canyu-2021/6@gongkai"] == (date(2022, 2, 20), date(2022, 3, 26)), "the end is included"
        assert "shili-canyu-2021/7@gongkai" not in days, "no day is invented"
    feed = feedparser.parse((built / "participation/feed.xml").read_bytes())
    assert feed.entries[0].id == "urn:gongkai:shili-canyu-2021/6"
    assert all(entry.updated < "2022-03-02" for entry in feed.entries), "no news of days to come"


@pytest.mark.parametrize("url", ["documents", "documents/genres/normative", "interpretations", "gazettes"])
def test_every_list_can_be_followed(built: Path, url: str) -> None:
    feed = feedparser.parse((built / url / "feed.xml").read_bytes())
    assert feed.entries
    assert not feed.bozo


def test_people_find_what_concerns_them(built: Path) -> None:
    page = read(built, "audiences/older-people")
    found = links(page, "audiences/older-people")
    assert {"documents/shili-yanglao-2021/", "plans/shili-2021/tasks/1/", "participation/shili-canyu-2021/1/"} <= found
    assert not (built / "audiences/veterans").exists(), "an empty door is a fault"
    assert (built / "audiences/older-people/feed.xml").exists()


def test_empty_kinds_have_no_list(site: Path) -> None:
    """The real column has no interpretation and no occasion yet: no empty list, and no door to one."""
    assert not (site / "interpretations").exists()
    assert not (site / "participation").exists()
    assert "公众参与" not in words(read(site, "disclosure").css_first("ul"))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("shili-yanglao-wenda.yml", "shili-2021/tasks/1]", "shili-2021/tasks/99]"),
        ("shili-gazette-2021-1.yml", "document: shili-yanglao-2021", "document: shili-yanglao-2020"),
        ("shili-canyu-2021.yml", "about: shili-yanglao-2021", "about: nothing"),
        ("shili-yanglao-guihua.yml", "parent: shili-gangyao", "parent: shili-gangya"),
        ("shili-jiuban-2018.yml", "replaced_by: shili-yanglao-2021", "replaced_by: shili-yanglao-2022"),
    ],
)
def test_a_link_to_nothing_is_an_error_where_it_stands(file: str, old: str, new: str, tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    path = root / "plans" / file
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    found = [finding for finding in pipeline.check(root, AS_OF).findings if finding.code in ("REF-10", "VER-01")]
    assert found
    assert all(finding.file == f"plans/{file}" for finding in found)


def test_an_unknown_audience_is_an_error(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    path = root / "plans/shili-yanglao-2021.yml"
    path.write_text(path.read_text("utf-8").replace("[older-people]", "[old-people]"), "utf-8")
    (finding,) = [each for each in pipeline.check(root, AS_OF).findings if each.code == "REF-09"]
    assert "older-people" in (finding.hint or "")
