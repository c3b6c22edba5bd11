"""What must be public: every state follows from the catalogue's own times, and no page claims more than is known."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai import pipeline
from gongkai.column.coverage import CatalogueState, Coverage, Place, Publication, coverage
from gongkai.column.origin import Origin
from gongkai.findings.finding import errors
from gongkai.kinds.catalogue.model import CatalogueItem
from gongkai.linking.times import read_times
from gongkai.text.periods import Span, SpanUnit
from gongkai.text.workdays import WorkCalendar
from tests.miniature.build import AS_OF, ROOT, build_miniature, miniature_repository
from tests.site.test_publications import links, read, words
from tests.waiting import passes_in_node

CATALOGUE = "shili-mulu-2021"
STATES = {
    1: CatalogueState.ON_TIME,
    2: CatalogueState.LATE,
    3: CatalogueState.ELSEWHERE,
    4: CatalogueState.ON_TIME,
    5: CatalogueState.PUBLISHED,
    6: CatalogueState.LATE,
    7: CatalogueState.ELSEWHERE,
    8: CatalogueState.UNKNOWN,
    9: CatalogueState.UNKNOWN,
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_miniature(tmp_path_factory.mktemp("catalogue"))


def covered(root: Path, day: date) -> dict[int, Coverage]:
    index = pipeline.check(root, day).column.index
    return {number: index.coverage[f"{CATALOGUE}/{number}"] for number in STATES}


def test_every_state_stands_in_the_miniature_district(tmp_path: Path) -> None:
    found = covered(miniature_repository(tmp_path), AS_OF)
    assert {number: each.state for number, each in found.items()} == STATES
    assert set(STATES.values()) == set(CatalogueState)


def test_an_item_becomes_late_on_the_day_after_its_last(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    due = covered(root, AS_OF)[2].due
    assert due
    assert due.day == date(2022, 1, 30)
    assert covered(root, due.day)[2].state is CatalogueState.ON_TIME
    assert covered(root, due.day + timedelta(days=1))[2].state is CatalogueState.LATE


def test_what_will_be_published_is_not_published_yet(tmp_path: Path) -> None:
    found = covered(miniature_repository(tmp_path), date(2021, 6, 1))
    newest = found[1].newest
    assert newest
    assert newest.title == "示例区养老服务补贴办法（2019年）", "the text of 2021 was published on 7 June"
    assert found[6].state is CatalogueState.UNKNOWN
    assert found[7].newest is None


def test_the_newest_publication_follows_when_the_file_does(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    path = root / "plans/shili-yanglao-2021.yml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("date_published: 2021-06-07", "date_published: 2021-07-01"), "utf-8")
    assert covered(root, AS_OF)[1].state is CatalogueState.LATE, "20 working days after 1 June are over on 30 June"
    path.write_text(text.replace("  date_published: 2021-06-07\n", ""), "utf-8")
    found = covered(root, AS_OF)[1]
    assert found.state is CatalogueState.PUBLISHED, "no day, no judgement"
    assert found.newest
    assert found.newest.day is None


# The judgement itself


def item(every: Span | None = None, within: Span | None = None) -> CatalogueItem:
    texts = dict.fromkeys(("area", "content", "basis", "deadline", "channels", "audience", "method", "level"))
    return CatalogueItem(
        number=1, title="事项", every=every, within=within, units_text="", units=(), place=Place(), editor_note=None,
        origin=Origin("plans/x.yml"), **texts,
    )  # fmt: skip


DAYS = st.dates(date(2021, 1, 1), date(2024, 12, 31))
SPANS = st.builds(Span, st.integers(1, 40), st.sampled_from(SpanUnit))
PUBLICATIONS = st.lists(
    st.builds(Publication, st.just("x"), st.text("ab", max_size=3), st.none() | DAYS, st.none() | DAYS, st.booleans())
)
CALENDAR = WorkCalendar()


@given(PUBLICATIONS, st.none() | DAYS, DAYS)
def test_nothing_is_late_without_a_time(published: list[Publication], since: date | None, day: date) -> None:
    found = coverage(item(), published, since, day, CALENDAR)
    assert found.state in (CatalogueState.PUBLISHED, CatalogueState.ELSEWHERE, CatalogueState.UNKNOWN)
    assert found.due is None


@given(st.none() | SPANS, st.none() | SPANS, PUBLICATIONS, st.none() | DAYS, DAYS)
def test_late_is_said_only_where_every_day_is_known(
    every: Span | None, within: Span | None, published: list[Publication], since: date | None, day: date
) -> None:
    found = coverage(item(every, within), published, since, day, CALENDAR)
    known = [each for each in published if each.day is None or each.day <= day]
    assert (found.newest is None) == (known == [])
    if found.state is CatalogueState.LATE:
        assert all(each.day for each in known)
        assert found.due
        assert found.due.day < day
    if found.newest and found.newest.day:
        assert found.newest.day == max(each.day for each in known if each.day)


@given(SPANS, DAYS, DAYS)
def test_a_new_publication_never_makes_an_item_late(every: Span, first: date, day: date) -> None:
    late = coverage(item(every), [Publication("x", "a", first)], None, day, CALENDAR)
    mended = coverage(item(every), [Publication("x", "a", first), Publication("y", "b", day)], None, day, CALENDAR)
    assert mended.state is CatalogueState.ON_TIME
    assert late.state in (CatalogueState.ON_TIME, CatalogueState.LATE, CatalogueState.UNKNOWN)


@pytest.mark.parametrize(
    ("span", "start", "end"),
    [
        (Span(1, SpanUnit.MONTH), date(2024, 1, 31), date(2024, 2, 29)),
        (Span(3, SpanUnit.MONTH), date(2021, 11, 30), date(2022, 2, 28)),
        (Span(1, SpanUnit.YEAR), date(2024, 2, 29), date(2025, 2, 28)),
        (Span(90, SpanUnit.DAY), date(2021, 1, 1), date(2021, 4, 1)),
        (Span(12, SpanUnit.MONTH), date(2021, 12, 1), date(2022, 12, 1)),
    ],
)
def test_spans_end_on_the_same_day_of_a_later_month_or_its_last(span: Span, start: date, end: date) -> None:
    assert span.after(start, CALENDAR).day == end


@pytest.mark.parametrize(
    ("text", "every", "within"),
    [
        ("每季度公开", "3个月", None),
        ("按照《条例》，自形成或者变更之日起20个工作日内", None, "20个工作日"),
        ("每年1月底前；变更后二十个工作日之内", "1年", "20个工作日"),
        ("每两个月", "2个月", None),
        ("每半年更新一次", "6个月", None),
        ("每月10日内更新", "1个月", None),
        ("及时公开", None, None),
        ("长期公开", None, None),
        ("每学期开学前", None, None),
    ],
)
def test_printed_times_that_can_be_counted(text: str, every: str | None, within: str | None) -> None:
    found = read_times(text)
    assert (found.every and found.every.words, found.within and found.within.words) == (every, within)


# What readers see


def test_the_catalogue_is_grouped_and_says_where_and_whether(built: Path) -> None:
    page = read(built, f"catalogues/{CATALOGUE}")
    groups = [words(row) for row in page.css("tr.group")]
    assert groups == ["区级：养老服务", "区级：教育", "镇（街道）级：村务公开", "镇（街道）级"]
    row = page.css_first("#item-2")
    assert "2021年10月30日" in words(row)
    assert words(row).endswith("超过目录时限")
    assert "共9项：按时公开2项，超过目录时限2项，已经公开1项，在别处公开2项，尚未公开2项。" in words(page)
    assert links(page, f"catalogues/{CATALOGUE}") >= {
        "documents/shili-yanglao-2021/", "units/shili-minzhengju/", f"catalogues/{CATALOGUE}/2/",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (1, "没有超过时限（2021年6月30日）。"),
        (2, "按本目录应于2022年1月30日前公开，尚未公开。"),
        (3, "有的日期还不知道，不判断是否按时。"),
        (4, "下一次最晚在2023年2月22日公开。"),
        (5, "目录没有规定可以按天数计算的时限，不判断是否按时。"),
        (8, "还没有写明在哪里公开。"),
        (9, "本专栏还没有收录，最晚在2023年3月22日公开。"),
    ],
)
def test_an_item_says_in_a_sentence_why_it_stands_so(built: Path, number: int, sentence: str) -> None:
    assert sentence in words(read(built, f"catalogues/{CATALOGUE}/{number}").css_first("dl.answer"))


def test_a_unit_shows_what_it_has_to_publish(built: Path) -> None:
    page = read(built, "units/shili-minzhengju").css_first("#catalogue")
    assert page is not None
    assert "负责公开的事项（3项）" in words(page)
    town = read(built, "units/shili-xilu").css_first("#catalogue")
    assert "各镇（街道）" in words(town), "through the group that names it"


def test_named_records_and_items_are_linked_both_ways(built: Path) -> None:
    url = "participation/shili-canyu-2021/4"
    assert f"catalogues/{CATALOGUE}/2/" in links(read(built, url), url)
    assert f"{url}/" in links(read(built, f"catalogues/{CATALOGUE}/2"), f"catalogues/{CATALOGUE}/2")


def test_items_can_be_searched_and_are_data(built: Path) -> None:
    records = json.loads((built / "data/v1/records.json").read_bytes())["items"]
    found = next(row for row in records if row["id"] == f"{CATALOGUE}/2")
    assert found["kind"] == "catalogue_item"
    assert "《社会救助暂行办法》第十条" in found["text"]
    rows = json.loads((built / "data/v1/catalogue.json").read_bytes())["items"]
    assert {row["number"]: row["status"] for row in rows} == {number: state.value for number, state in STATES.items()}
    assert rows[1]["newest"] == {
        "title": "走进养老院：结果", "url": "participation/shili-canyu-2021/4/", "date": "2021-10-30",
    }  # fmt: skip
    raw = (built / f"catalogues/{CATALOGUE}/index.csv").read_text("utf-8-sig")
    assert [row["every_number"] for row in csv.DictReader(io.StringIO(raw))][1] == "3"


def test_the_workbook_is_the_printed_table(built: Path) -> None:
    sheet = openpyxl.load_workbook(built / f"catalogues/{CATALOGUE}/index.xlsx").active
    heads = [cell.value for cell in sheet[2]]
    assert heads == ["序号", "一级事项", "公开事项", "公开内容（要素）", "公开依据", "公开时限", "公开主体",
                     "公开渠道和载体", "公开对象", "公开方式", "公开层级"]  # fmt: skip
    assert {str(area) for area in sheet.merged_cells.ranges} >= {"B3:B5", "B6:B8"}
    assert sheet["C4"].value == "养老服务补贴发放情况"


def test_an_empty_catalogue_has_no_list_and_no_door(site: Path) -> None:
    assert not (site / "catalogues").exists()
    assert "主动公开事项目录" not in words(read(site, "disclosure").css_first("ul"))


# What editors are told


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("records: [shili-canyu-2021/4]", "records: [shili-canyu-2021/40]", "REF-10"),
        ("    units: 东路街道", "    units: 不存在的单位", "TAB-02"),
        ("  - number: 9", "  - number: 8", "DOC-07"),
        ("themes: [elderly-care]}", "themes: [elderly]}", "REF-02"),
        ("https://www.example.com/board", "javascript:alert(1)", "LINK-01"),
        ("kinds: [通知]", "kinds: [公告]", "SHAPE-05"),
    ],
)
def test_what_leads_nowhere_is_an_error_where_it_stands(old: str, new: str, code: str, tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    path = root / f"plans/{CATALOGUE}.yml"
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")
    found = errors(list(pipeline.check(root, AS_OF).findings))
    assert {finding.code for finding in found} == {code}
    assert all(finding.file == f"plans/{CATALOGUE}.yml" for finding in found)


def test_a_late_item_is_a_warning_that_may_be_explained(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    path = root / f"plans/{CATALOGUE}.yml"
    late = [each for each in pipeline.check(root, AS_OF).findings if each.code == "CAT-01"]
    assert len(late) == 2
    assert "应于2022年1月30日前公开，最近一次公开是2021年10月30日" in late[0].message
    waiver = "    title: 校车线路\n    ignore: [{rule: CAT-01, reason: 学校尚未开学}]\n"
    path.write_text(path.read_text("utf-8").replace("    title: 校车线路\n", waiver), "utf-8")
    checked = pipeline.check(root, AS_OF)
    assert len([each for each in checked.findings if each.code == "CAT-01"]) == 1
    assert [each.reason for each in checked.column.ignored if each.rule == "CAT-01"] == ["学校尚未开学"]


# In a browser, and valid


@pytest.mark.browser
def test_in_a_browser_it_narrows_and_has_no_violation(built: Path) -> None:
    passes_in_node(ROOT / "tests/browser/catalogue/catalogue.test.mjs", SITE=str(built))
