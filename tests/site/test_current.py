"""What the home page says is going on, judged at the day of the build."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec.structs import replace

from gongkai import pipeline
from gongkai.column.site_data import SiteData
from gongkai.kinds.decision_directory import KIND as DIRECTORY_FILES
from gongkai.kinds.decision_directory.model import Consultation, StageStatus
from gongkai.site.current import decisions_in_progress, due_this_quarter
from gongkai.site.occasions import open_now
from tests.miniature.build import miniature_repository
from tests.pages import page, text_of


def test_tasks_of_the_quarter_are_those_with_a_day_in_it(checked: pipeline.Checked) -> None:
    quarter = due_this_quarter(checked.column.but(as_of=date(2022, 8, 15)))
    assert quarter is not None
    assert quarter.label == "2022年7月至9月"
    days = [due.deadline.due for due in quarter.tasks]
    assert days == sorted(days)
    assert {day.month for day in days if day} <= {7, 8, 9}
    assert quarter.total == 4
    assert due_this_quarter(checked.column.but(as_of=date(2030, 1, 1))) is None


def test_projects_with_a_day_in_the_quarter_are_among_them(tmp_path: Path) -> None:
    column = pipeline.check(miniature_repository(tmp_path), date(2021, 10, 10)).column
    quarter = due_this_quarter(column)
    assert quarter is not None
    (project,) = (due for due in quarter.tasks if due.entry.kind == "project")
    assert project.entry.id == "shili-2021-projects/2"
    assert project.units_text == "责任单位：区民政局；配合单位：东路街道"


def with_consultation(column: SiteData, start: date, end: date | None = None, *, result: bool = False) -> SiteData:
    directory = DIRECTORY_FILES.of(column)["laiwu-2021-decisions"]
    first = directory.decisions[0]
    public = {"consultation", "result"} if result else {"consultation"}
    window = Consultation(start=start, end=end, shortened_reason=None, channels=(), enterprises=None)
    stages = tuple(
        replace(
            stage,
            status=StageStatus.PUBLISHED,
            date=start,
            detail=window if stage.kind == "consultation" else stage.detail,
        )
        if stage.kind in public
        else stage
        for stage in first.stages
    )
    changed = replace(directory, decisions=(replace(first, stages=stages), *directory.decisions[1:]))
    files = {**column.files, DIRECTORY_FILES.name: {**DIRECTORY_FILES.of(column), directory.id: changed}}
    return column.but(files=files)


def test_a_consultation_is_open_from_its_first_to_its_last_day(checked: pipeline.Checked) -> None:
    column = with_consultation(checked.column, date(2021, 7, 1), date(2021, 7, 31))
    for day, count in ((date(2021, 6, 30), 0), (date(2021, 7, 1), 1), (date(2021, 7, 31), 1), (date(2021, 8, 1), 0)):
        assert len(open_now(column.but(as_of=day))) == count, day
    ((found, left),) = open_now(column.but(as_of=date(2021, 7, 2)))
    assert left == 29
    assert (found.entry.id, found.type, found.end) == ("laiwu-2021-decisions/1", "意见征集", date(2021, 7, 31))
    unknown = with_consultation(checked.column, date(2021, 7, 1))
    assert open_now(unknown.but(as_of=date(2021, 7, 2))) == []


def test_a_decision_is_in_progress_between_its_first_and_its_last_public_word(checked: pipeline.Checked) -> None:
    column = checked.column
    assert decisions_in_progress(column) == []
    assert len(decisions_in_progress(with_consultation(column, date(2021, 7, 1)))) == 1
    assert decisions_in_progress(with_consultation(column, date(2021, 7, 1), result=True)) == []


def test_home_shows_nothing_that_the_data_does_not_have(site: Path) -> None:
    headings = [text_of(node) for node in page(site, "").css("main h2")]
    assert "正在征求意见" not in headings
    assert headings[:6] == ["承诺的事办得怎样", "最近落实和更正", "与谁有关", "按机构", "按年份", "按主题"]
    assert "最新收录" in headings
