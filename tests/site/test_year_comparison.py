"""Two plans of a district stand side by side: every heading and task once, and what carries on what by its text."""

from __future__ import annotations

from pathlib import Path

from gongkai import pipeline
from gongkai.column.site_data import SiteData
from gongkai.kinds.plan import KIND as PLAN_FILES
from gongkai.site.year_comparison import GROUPS, Pair, matched, year_comparison_pages
from tests.pages import page, references

EARLIER, LATER = "laiwu-2021", "laiwu-2025"


def pairs(column: SiteData, block: int) -> list[Pair]:
    (made,) = year_comparison_pages(column, LATER, EARLIER)
    return [pair for _, _, some in made.view["blocks"][block][2] for pair in some]


def test_every_heading_and_task_of_both_plans_stands_there_once(checked: pipeline.Checked) -> None:
    plans = PLAN_FILES.of(checked.column)
    for block, of in ((0, lambda plan: plan.sections), (1, lambda plan: plan.tasks)):
        found = pairs(checked.column, block)
        assert len({pair.before.url for pair in found if pair.before}) == len(of(plans[EARLIER]))
        assert len({pair.after.url for pair in found if pair.after}) == len(of(plans[LATER]))
        assert {pair.group for pair in found} <= set(GROUPS)


def test_what_is_marked_is_the_text(checked: pipeline.Checked) -> None:
    for pair in pairs(checked.column, 0):
        for item, pieces in ((pair.before, pair.removed), (pair.after, pair.added)):
            assert not pieces or (item and "".join(piece.text for piece in pieces) == item.whole)


def test_texts_written_anew_are_found_by_what_they_are_about(checked: pipeline.Checked) -> None:
    known = {
        pair.after.text[:8]: pair.before.text[:8] for pair in pairs(checked.column, 0) if pair.before and pair.after
    }
    assert known["加强政策解读回应"] == "推进政策文件精准"
    assert known["规范依申请公开工"] == "优化依申请办理工"
    assert "加快政务公开数字" not in known  # there was nothing of it


def test_a_changed_day_leaves_its_task_where_it_is() -> None:
    tasks = [f"第{number}类事项的公开目录于{number}月底前公布" for number in range(1, 9)]
    later = [tasks[0].replace("1月底", "3月底"), "新建政务公开专区", *tasks[2:]]
    assert matched(tasks, later) == {0: 0, **{at: at for at in range(2, 8)}}
    assert matched([], later) == {}


def test_the_page_is_reached_from_the_plans_the_year_and_the_district(site: Path) -> None:
    address = f"compare/{LATER}/{EARLIER}/index.html"
    for url in (f"plans/{LATER}/", f"plans/{EARLIER}/", "years/2025/", "organs/laiwu/"):
        assert any(link.endswith(address) for link in references(page(site, url))), url
