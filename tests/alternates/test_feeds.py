"""Feeds, calendars, workbooks and twins, read by the programs that people read them with."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import feedparser
import icalendar
import openpyxl
import pytest

from gongkai import pipeline
from gongkai.alternates.beside_pages import Alternates
from gongkai.alternates.calendars import to_ics
from gongkai.alternates.feeds import Feed, to_atom
from gongkai.alternates.files import MadeRows
from gongkai.alternates.flat_sheet import NAME as FLAT
from gongkai.alternates.flat_sheet import items_sheet
from gongkai.column.event import Event
from gongkai.column.news import News
from gongkai.column.progress import TASK_STATUS_LABELS
from gongkai.kinds.decision_directory import KIND as DIRECTORY_FILES
from gongkai.kinds.decision_directory.workbook import directory_workbook
from gongkai.kinds.plan import KIND as PLAN_FILES
from gongkai.kinds.plan.workbook import plan_workbook
from gongkai.kinds.project_list import KIND as PROJECT_FILES
from gongkai.kinds.project_list.workbook import project_list_workbook
from gongkai.site.data import data_page
from gongkai.site.home import home_page
from tests.miniature.build import AS_OF as MINIATURE_DAY
from tests.miniature.build import build_miniature, miniature_repository
from tests.pages import page, page_urls, text_of

SITE_URL = "https://www.example.gov.cn/zfxxgk/"
ATOM = "{http://www.w3.org/2005/Atom}"


def feeds(site: Path) -> list[Path]:
    return sorted(site.rglob("feed.xml"))


def test_promised_feeds_exist(site: Path) -> None:
    for url in ("feed.xml", "decisions/feed.xml", "years/2021/feed.xml", "units/changqing-yibaoju/feed.xml",
                "organs/laiwu/feed.xml", "decisions/laiwu-2021-decisions/1/feed.xml"):  # fmt: skip
        assert (site / url).is_file(), url
    assert list(site.glob("themes/*/feed.xml"))


def test_every_feed_is_read_by_a_feed_reader(site: Path) -> None:
    for path in feeds(site):
        content = path.read_bytes()
        read = feedparser.parse(content)
        assert not read.bozo, path
        assert read.version == "atom10"
        dates = [entry.updated for entry in read.entries]
        assert dates == sorted(dates, reverse=True), path
        assert len({entry.id for entry in read.entries}) == len(read.entries)
        if dates:
            assert read.feed.updated == dates[0]
        for link in ET.fromstring(content).iter(f"{ATOM}link"):
            target, _, anchor = link.attrib["href"].partition("#")
            assert (path.parent / target).resolve().is_file(), (path, link.attrib)
            assert not anchor or f' id="{anchor}"' in (path.parent / target).read_text(encoding="utf-8"), link.attrib


def test_feed_of_a_unit_tells_its_tasks(site: Path) -> None:
    read = feedparser.parse((site / "units/changqing-yibaoju/feed.xml").read_bytes())
    assert {entry.id for entry in read.entries} == {
        "urn:gongkai:changqing-2022/tasks/22",
        "urn:gongkai:changqing-2022/tasks/24",
    }
    assert {entry.published for entry in read.entries} == {"2022-06-10T00:00:00+08:00"}


def test_feed_has_full_addresses_where_the_site_has_one(checked: pipeline.Checked) -> None:
    companions = Alternates(checked.column, MadeRows(checked.column), SITE_URL)
    beside = {file.name: file.content for file in companions.of(home_page(checked.column))}
    read = feedparser.parse(beside["feed.xml"])
    assert {entry.link for entry in read.entries} >= {f"{SITE_URL}plans/laiwu-2021/"}
    assert read.feed.links[1].href == f"{SITE_URL}feed.xml"
    assert b"URL:" + SITE_URL.encode() in beside["calendar.ics"]


def test_markup_in_a_title_stays_text() -> None:
    told = News("x/1", date(2021, 6, 17), "<b>", "<i>&", "]]>", "x/1/", text="<!--")
    hostile = ET.fromstring(to_atom(Feed("x/", "x", "<script>&]]>", "a", [told], {}, {}), ""))
    assert hostile.findtext(f"{ATOM}title") == "<script>&]]>"
    assert hostile.findtext(f"{ATOM}entry/{ATOM}title") == "<b> · <i>& · ]]>"
    assert hostile.findtext(f"{ATOM}entry/{ATOM}summary") == "<!--"


def test_calendar_has_every_dated_deadline_once(site: Path, checked: pipeline.Checked) -> None:
    calendar = icalendar.Calendar.from_ical((site / "calendar.ics").read_bytes())
    found = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    dated = {
        f"{plan.id}/tasks/{task.number}@gongkai": task
        for plan in PLAN_FILES.of(checked.column).values()
        for task in plan.tasks
        if task.deadline and task.deadline.due
    }
    assert set(found) == set(dated)
    for uid, task in dated.items():
        event = found[uid]
        assert event.decoded("DTSTART") == task.deadline.due
        assert event["SUMMARY"].endswith(f"完成时限：{task.title}")
        assert f"完成时限：{task.deadline.text}" in event["DESCRIPTION"]


def test_a_computed_day_says_so(site: Path) -> None:
    calendar = icalendar.Calendar.from_ical((site / "calendar.ics").read_bytes())
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    relative = events["changqing-2022/tasks/64@gongkai"]
    assert relative.decoded("DTSTART") == date(2022, 7, 11), "the 10th is a Sunday"
    assert "（估算）" in relative["SUMMARY"]
    assert relative["STATUS"] == "TENTATIVE"
    printed = [event for event in events.values() if "STATUS" not in event]
    assert printed
    assert all("估算" not in event["SUMMARY"] for event in printed)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The miniature district: two of its decisions have taken opinions."""
    return build_miniature(tmp_path_factory.mktemp("small"))


def calendar_of(path: Path) -> dict[str, icalendar.Event]:
    return {str(event["UID"]): event for event in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")}


def test_the_days_on_which_opinions_are_taken_are_in_the_calendars(small: Path) -> None:
    rows = json.loads((small / "data/v1/decisions.json").read_bytes())["items"]
    windows = {
        f"{row['id']}/{kind}/window@gongkai": (row, stage["details"])
        for row in rows
        for kind, stage in row["stages"].items()
        if stage["details"].get("start") or stage["details"].get("end")
    }
    assert len(windows) == 2
    found = {uid: event for uid, event in calendar_of(small / "calendar.ics").items() if "/window@" in uid}
    assert set(found) == set(windows)
    for uid, (row, details) in windows.items():
        event = found[uid]
        assert event.decoded("DTSTART") == date.fromisoformat(details["start"])
        assert event.decoded("DTEND") == date.fromisoformat(details["end"]) + timedelta(days=1)  # the end is exclusive
        assert event["SUMMARY"] == f"公开征求意见：{row['title']}"
        assert f"截止：{details['end']}" in event["DESCRIPTION"]
        assert f"提意见的途径：{details['channels'][0]}" in event["DESCRIPTION"]
        assert "STATUS" not in event
        for unit in row["organizers"]:
            assert uid in calendar_of(small / f"units/{unit['id']}/calendar.ics")


@pytest.mark.parametrize(
    ("lost", "title", "day"),
    [
        ("end: 2021-06-05", "公开征求意见开始：", date(2021, 5, 2)),
        ("start: 2021-05-02", "公开征求意见截止：", date(2021, 6, 5)),
    ],
)
def test_a_window_of_which_one_end_is_public_tells_that_end_only(
    tmp_path: Path, lost: str, title: str, day: date
) -> None:
    root = miniature_repository(tmp_path)
    path = root / "plans/shili-2021-decisions.yml"
    text = path.read_text(encoding="utf-8")
    assert text.count(lost) == 1
    path.write_text(text.replace(f"        {lost}\n", ""), encoding="utf-8")
    column = pipeline.check(root, MINIATURE_DAY).column
    files = {file.name: file.content for file in Alternates(column, MadeRows(column), "").of(home_page(column))}
    (tmp_path / "calendar.ics").write_bytes(files["calendar.ics"])
    event = calendar_of(tmp_path / "calendar.ics")["shili-2021-decisions/1/consultation/window@gongkai"]
    assert event["SUMMARY"].startswith(title)
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (day, day + timedelta(days=1))


def test_calendar_lines_are_short_enough() -> None:
    day = date(2021, 6, 17)
    content = to_ics("标题" * 40, [Event("x/1", day, "标" * 99, "a文" * 200, "x/1/", day, True)], "")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert icalendar.Calendar.from_ical(to_ics("没有", [], "")).walk("VTIMEZONE"), "RFC 5545 asks for a component"


def test_every_calendar_is_read_by_a_calendar(site: Path) -> None:
    calendars = sorted(site.rglob("*.ics"))
    assert len(calendars) > 10
    for path in calendars:
        assert icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"), path


def test_every_page_has_its_twin_and_says_so(site: Path) -> None:
    for url in page_urls(site):
        twin = json.loads((site / url / "index.json").read_bytes())
        shown = page(site, url).css_first("h1")
        assert (twin["version"], twin["url"], twin["title"]) == (1, url, shown and shown.text())
        links = page(site, url).css('link[rel="alternate"]')
        assert links, url
        for link in links:
            assert (site / url / (link.attributes["href"] or "")).is_file()


def test_twin_has_the_rows_of_the_tables(site: Path) -> None:
    tables: dict[str, dict[str, object]] = {}
    for path in sorted(site.glob("data/v1/*.json")):
        tables[path.stem] = {row["id"]: row for row in json.loads(path.read_bytes()).get("items", ())}
    for path in site.rglob("index.json"):
        twin = json.loads(path.read_bytes())
        for name, rows in twin.items():
            if isinstance(rows, list):
                assert [tables[name][row["id"]] for row in rows] == rows, path


def test_twin_and_list_show_what_the_page_shows(site: Path) -> None:
    twin = json.loads((site / "plans/changqing-2022/index.json").read_bytes())
    assert [row["number"] for row in twin["tasks"]] == list(range(1, 67))
    raw = (site / "plans/changqing-2022/index.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert [row["id"] for row in rows] == [row["id"] for row in twin["tasks"]]
    assert rows[0]["text"] == twin["tasks"][0]["text"]


def test_plan_opens_in_a_spreadsheet_as_printed(site: Path, checked: pipeline.Checked) -> None:
    plan = PLAN_FILES.of(checked.column)["changqing-2022"]
    book = openpyxl.load_workbook(site / "plans/changqing-2022/index.xlsx")
    sheet = book["任务分解表"]
    assert [cell.value for cell in sheet[2]] == ["序号", "工作任务", None, "具体要求", "责任单位", "完成时限"]
    assert sheet.max_row == 2 + len(plan.tasks)
    for row, task in zip(sheet.iter_rows(min_row=3, values_only=True), plan.tasks, strict=True):
        assert row[0] == str(task.number)
        assert row[3] == task.text
        if task.units_text:
            assert row[4] == task.units_text
        assert row[5] == (task.deadline.text if task.deadline else None)
    merged = {str(found) for found in sheet.merged_cells.ranges}
    assert "B2:C2" in merged
    areas = sum(not task.area_inherited for task in plan.tasks)
    assert len([found for found in merged if found[0] == "B" and ":B" in found]) <= areas


@pytest.mark.parametrize("plan_id", ["laiwu-2021", "changqing-2022", "laiwu-2025"])
def test_workbook_is_the_same_twice_and_holds_no_formula(checked: pipeline.Checked, plan_id: str) -> None:
    plan = PLAN_FILES.of(checked.column)[plan_id]
    flat = items_sheet(checked.column, plan, SITE_URL)
    first = plan_workbook(plan, flat)
    assert first == plan_workbook(plan, flat)
    book = openpyxl.load_workbook(io.BytesIO(first))
    assert book.properties.created.date() == plan.document.date_signed
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_unit_opens_in_a_spreadsheet(site: Path) -> None:
    for path in sorted(site.glob("units/*/index.xlsx")):
        twin = json.loads((path.parent / "index.json").read_bytes())
        book = openpyxl.load_workbook(path)
        if twin["tasks"]:
            assert book["任务"].max_row - 2 >= len(twin["tasks"]), path
        if twin["decisions"]:
            assert book["重大行政决策"].max_row - 2 == len(twin["decisions"]), path


def test_directory_opens_in_a_spreadsheet_as_its_page(small: Path, site: Path) -> None:
    for path in [*site.glob("decisions/*/index.xlsx"), *small.glob("decisions/*/index.xlsx")]:
        shown = page(path.parents[2], path.parent.relative_to(path.parents[2]).as_posix())
        sheet = openpyxl.load_workbook(path)["决策事项目录"]
        table = shown.css_first("table.directory")
        assert table is not None
        rows = [[text_of(cell) for cell in row.css("th, td")] for row in table.css("tr")]
        assert [str(cell.value) for cell in sheet[2][:3]] == rows[0][:3]
        printed = [[str(cell).replace(" ", "") for cell in row] for row in sheet.iter_rows(min_row=3, values_only=True)]
        assert [row[:3] for row in printed] == [row[:3] for row in rows[1:]]
        assert len(printed) == len(json.loads((path.parent / "index.json").read_bytes())["decisions"])
        for in_book, on_page in zip(printed, rows[1:], strict=True):
            for cell, words in zip(in_book[3:], on_page[3:], strict=True):
                assert words[:4] in cell
    sheet = openpyxl.load_workbook(small / "decisions/shili-2021-decisions/index.xlsx")["决策事项目录"]
    texts = [str(cell) for row in sheet.iter_rows(min_row=3, values_only=True) for cell in row]
    assert "征求意见公告 2021-05-02 https://www.example.com/consultation" in texts
    assert "尚未公开" in texts


def test_project_list_opens_in_a_spreadsheet_as_printed(site: Path, checked: pipeline.Checked) -> None:
    assert len(PROJECT_FILES.of(checked.column)) == 2
    for projects in PROJECT_FILES.of(checked.column).values():
        sheet = openpyxl.load_workbook(site / f"projects/{projects.id}/index.xlsx")["项目清单"]
        rows = list(sheet.iter_rows(min_row=3, values_only=True))
        assert len(rows) == len(projects.categories) + len(projects.projects)
        listed = [(row[0], row[1]) for row in rows if row[1]]
        assert listed == [(str(project.number), project.title) for project in projects.projects]
        headings = [str(row[0]) for row in rows if not row[1]]
        for category, heading in zip(projects.categories, headings, strict=True):
            assert heading.startswith(category.number)
            assert category.title in heading
            assert category.announced is None or f"（{category.announced}个）" in heading


def test_workbooks_of_lists_are_the_same_twice_and_hold_no_formula(checked: pipeline.Checked) -> None:
    column = checked.column
    makers: list[Callable[[], bytes]] = [
        partial(directory_workbook, item, items_sheet(column, item, SITE_URL))
        for item in DIRECTORY_FILES.of(column).values()
    ]
    makers += [
        partial(project_list_workbook, item, items_sheet(column, item, SITE_URL))
        for item in PROJECT_FILES.of(column).values()
    ]
    for make in makers:
        content = make()
        assert content == make()
        book = openpyxl.load_workbook(io.BytesIO(content))
        assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_every_workbook_has_a_sheet_that_filters(checked: pipeline.Checked, small: Path, site: Path) -> None:
    """A frozen row of heads, a filter on every column, real dates, no merged cell; one row a record of the page."""
    paths = [*site.rglob("index.xlsx"), *small.rglob("index.xlsx")]
    flat = 0
    for path in paths:
        book = openpyxl.load_workbook(path)
        assert any(sheet.auto_filter.ref for sheet in book), path
        if FLAT not in book.sheetnames:
            continue
        flat += 1
        sheet = book[FLAT]
        heads = [cell.value for cell in sheet[1]]
        assert sheet.auto_filter.ref == sheet.dimensions, path
        assert (sheet.freeze_panes, list(sheet.merged_cells.ranges)) == ("A2", []), path
        assert "网页" not in heads, "without the site's own address a link would lead nowhere"
        for head, cells in zip(heads, sheet.iter_cols(min_row=2), strict=True):
            if head in ("最晚日期", "动态日期"):
                assert all(cell.value is None or cell.is_date for cell in cells), (path, head)
    assert flat > len(paths) / 2


def test_the_flat_sheet_of_a_plan_filters_by_unit_status_and_day(checked: pipeline.Checked) -> None:
    plan = PLAN_FILES.of(checked.column)["changqing-2022"]
    content = plan_workbook(plan, items_sheet(checked.column, plan, SITE_URL))
    sheet = openpyxl.load_workbook(io.BytesIO(content))[FLAT]
    heads = [cell.value for cell in sheet[1]]
    rows = [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=2)]
    assert len(rows) == len(plan.tasks) == 66
    for row, task in zip(rows, plan.tasks, strict=True):
        assert row["区县"].value == "长清区"
        assert row["落实情况"].value == TASK_STATUS_LABELS[task.status]
        due = row["最晚日期"].value
        assert (due.date() if due else None) == (task.deadline.due if task.deadline else None)
        assert row["网页"].hyperlink.target == f"{SITE_URL}plans/changqing-2022/tasks/{task.number}/"
    named = [
        row for row in rows if "区医保局" in "、".join(str(row[head].value or "") for head in ROLE_HEADS & row.keys())
    ]
    use = checked.column.index.units["changqing-yibaoju"]
    assert len(named) == len({duty.task.id for duty in use.duties if duty.group is None})


ROLE_HEADS = {"牵头", "配合", "责任（未分主次）"}


def test_linked_data_names_what_it_describes(site: Path) -> None:
    kinds = set()
    for path in sorted(site.rglob("*.jsonld")):
        value = json.loads(path.read_bytes())
        assert value["@context"] == "https://schema.org"
        assert value["name"]
        assert (path.parent / value["url"]).resolve().is_file()
        kinds.add(value["@type"])
        for file in value.get("distribution", ()):
            assert (path.parent / file["contentUrl"]).resolve().is_file()
    assert kinds == {"Legislation", "GovernmentOrganization", "Dataset"}


def test_addresses_in_linked_data_are_full_where_the_site_has_one(checked: pipeline.Checked) -> None:
    companions = Alternates(checked.column, MadeRows(checked.column), SITE_URL)
    beside = {file.name: file.content for file in companions.of(data_page(checked.column, [], []))}
    value = json.loads(beside["index.jsonld"])
    assert {urljoin(file["contentUrl"], ".") for file in value["distribution"]} == {f"{SITE_URL}data/v1/"}
