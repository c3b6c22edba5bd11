"""Pictures say what the data says, stay inside their frame, and have the same facts as a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from gongkai import pipeline
from gongkai.column.pictures.bars import Amount, Month, lying_bars, months_of_deadlines
from gongkai.column.pictures.grids import themes_by_year, unit_theme_matrix
from gongkai.column.pictures.picture import Box, Dot, Label, Leading, Picture, Shape, Stroke, shortened, steps
from gongkai.column.pictures.timeline import Step, decision_timeline
from gongkai.kinds.plan import KIND as PLAN_FILES
from gongkai.site.counts import organ_matrix, theme_changes, theme_years
from gongkai.site.months import year_months
from tests.pages import all_pages


def boxes(picture: Picture) -> list[Box]:
    return [shape for shape in picture.shapes if isinstance(shape, Box)]


def labels(picture: Picture) -> list[str]:
    return [shape.text for shape in picture.shapes if isinstance(shape, Label)]


def test_bars_are_as_long_as_their_numbers_and_the_table_has_all() -> None:
    picture = lying_bars("各类", "个", "分类", [Amount("甲", 10), Amount("乙", 5), Amount("丙", 0)])
    assert picture is not None
    lengths = [box.width for box in boxes(picture)]
    assert lengths[0] == 2 * lengths[1]
    assert [[cell.text for cell in row] for row in picture.rows] == [["甲", "10个"], ["乙", "5个"], ["丙", "0个"]]
    assert "甲" in picture.alt_text


def test_pictures_are_bounded_and_their_tables_are_not() -> None:
    picture = lying_bars("各类", "个", "分类", [Amount(f"第{at}类", at + 1) for at in range(100)])
    assert picture is not None
    assert len(boxes(picture)) == 24
    assert len(picture.rows) == 100
    assert "24" in (picture.note or "")
    counts = {(f"u{unit}", f"t{theme}"): 1 for unit in range(60) for theme in range(40)}
    units = {f"u{unit}": (f"单位{unit}", None) for unit in range(60)}
    themes = {f"t{theme}": (f"主题{theme}", None) for theme in range(40)}
    matrix = unit_theme_matrix("某区", units, themes, counts)
    assert matrix is not None
    assert len(boxes(matrix)) == 20 * 14
    years = {("t1", str(year)): 1 for year in range(2000, 2020)}
    by_year = themes_by_year("各年", themes, range(2000, 2020), years)
    assert by_year is not None
    assert len(boxes(by_year)) == 6


def test_one_bar_one_year_or_no_day_is_no_picture() -> None:
    assert lying_bars("各类", "个", "分类", [Amount("甲", 1)]) is None
    assert themes_by_year("各年", {"t": ("主题", None)}, [2021], {("t", "2021"): 3}) is None
    assert months_of_deadlines(2022, [Month(month, 0, 0, "", "", "") for month in range(1, 13)], 5) is None
    assert decision_timeline([]) is None


def test_a_timeline_shows_days_and_what_lies_between_only_where_days_are_known() -> None:
    unknown = decision_timeline([Step("决策草案", "尚未公开", reached=False, day=None)])
    assert unknown is not None
    assert labels(unknown) == ["决策草案", "尚未公开"]
    known = decision_timeline(
        [
            Step("意见征集", "已公开", reached=True, day=date(2022, 3, 1)),
            Step("意见采纳", "尚未公开", reached=False, day=None),
            Step("决策结果", "已公开", reached=True, day=date(2022, 5, 1)),
        ]
    )
    assert known is not None
    assert "隔61天" in labels(known)
    assert [shape.look for shape in known.shapes if isinstance(shape, Dot)] == ["reached", "open", "reached"]
    assert [cell.text for cell in known.rows[1]] == ["意见采纳", "尚未公开", "—"]


def test_labels_fit_and_shades_have_steps() -> None:
    assert shortened("区人力资源社会保障局", 70) == "区人力资…"
    assert shortened("区民政局", 70) == "区民政局"
    assert [steps(value, 8) for value in (0, 1, 2, 3, 8)] == [0, 2, 2, 3, 4]


def flat(shapes: Iterable[Shape]) -> Iterator[Box | Dot | Stroke | Label]:
    for shape in shapes:
        yield from shape.shapes if isinstance(shape, Leading) else (shape,)


def test_everything_is_drawn_inside_the_picture(checked: pipeline.Checked) -> None:
    column = checked.column
    pictures = [organ_matrix(column, organ) for organ in column.organs.values()]
    pictures += [year_months(column, year) for year in column.index.years] + [theme_years(column)]
    drawn = [picture for picture in pictures if picture]
    assert len(drawn) >= 4
    for picture in drawn:
        for shape in flat(picture.shapes):
            assert 0 <= shape.x <= picture.width, (picture.title, shape)
            assert 0 <= shape.y <= picture.height, (picture.title, shape)
            if isinstance(shape, Box):
                assert shape.x + shape.width <= picture.width + 0.1
                assert shape.y + shape.height <= picture.height + 0.1


def test_months_add_up_to_the_tasks_of_the_year(checked: pipeline.Checked) -> None:
    column = checked.column
    picture = year_months(column, 2022)
    assert picture is not None
    tasks = PLAN_FILES.of(column)["changqing-2022"].tasks
    dated = Counter(task.deadline.due.month for task in tasks if task.deadline and task.deadline.due)
    table = {row[0].text: int(row[3].text.removesuffix("项")) for row in picture.rows}
    assert table == {f"{month}月": number for month, number in sorted(dated.items())}


def test_the_matrix_counts_only_units_that_are_printed(checked: pipeline.Checked) -> None:
    column = checked.column
    picture = organ_matrix(column, column.organs["changqing"])
    assert picture is not None
    by_unit = {row[0].text: "、".join(cell.text for cell in row[1].more) for row in picture.rows}
    assert "社会救助2项" in by_unit["区医保局"]  # tasks 22 and 24
    assert not any(name.startswith("各") or name == "有关部门" for name in by_unit)


def test_years_are_compared_within_a_district_only(checked: pipeline.Checked) -> None:
    column = checked.column
    assert list(theme_changes(column, 2022)) == []  # 长清 has no earlier plan; 莱芜 2021 is another district's
    (change,) = theme_changes(column, 2025)
    assert (change.organ.id, change.before) == ("laiwu", 2021)
    names = [{theme.name for theme in found} for found in (change.added, change.kept, change.dropped)]
    assert "文化旅游" in names[0]
    assert "疫情防控" in names[2]
    assert not names[0] & names[1]
    assert not names[1] & names[2]


def test_every_picture_on_the_site_has_words_and_a_table(site: Path) -> None:
    """By its source: asked one inside another, selectors lost a picture in long runs of the tests."""
    seen = 0
    for path in all_pages(site):
        text = path.read_text("utf-8")
        for figure in re.findall(r'<figure class="figure.*?</figure>', text, re.DOTALL):
            seen += 1
            assert re.search(r'<svg[^>]* aria-label="[^"]{11,}"', figure), path
            told = re.search(r"<table.*<tbody>\s*<tr.*</table>", figure, re.DOTALL)
            assert told or all(
                f"<h3>{name}</h3>" in text for name in re.findall(r'class="text">(\w+)</text>', figure)
            ), path
            assert len(figure) < 60_000, path
    assert seen >= 10
    assert re.search(r"<svg.*<rect ", (site / "projects/laiwu-2021-projects/index.html").read_text("utf-8"))
