"""The annual report and the sheet for self-inspection: every number is counted from something, all else is a blank."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from gongkai import pipeline
from gongkai.authoring.annual_report import PARTS
from gongkai.authoring.paper import BLANK, Cell, Grid, Paper, as_excel, as_word
from gongkai.authoring.year_report import applications, disputes, normative_counts, published, year_report
from gongkai.cli import main
from gongkai.column.document import Document, Validity
from gongkai.column.site_data import SiteData
from tests.miniature.build import AS_OF, miniature_repository

pytestmark = pytest.mark.quick


@pytest.fixture(scope="module", name="column")
def _column(tmp_path_factory: pytest.TempPathFactory) -> SiteData:
    return pipeline.check(miniature_repository(tmp_path_factory.mktemp("report")), AS_OF).column


@pytest.fixture(scope="module", name="paper")
def _paper(column: SiteData) -> Paper:
    return year_report(column, "shili", 2021)


def _numbers(grid: Grid) -> list[Cell]:
    return [cell for cell in grid.cells if cell.text.isdigit()]


def test_it_has_six_parts_and_nothing_of_which_nobody_told(column: SiteData, paper: Paper) -> None:
    assert [chapter.heading.split("、", 1)[1] for chapter in paper.chapters] == list(PARTS)
    assert not _numbers(applications())
    assert not _numbers(disputes())
    counted = _numbers(published(column, "shili", 2021))
    assert counted
    assert {cell.row for cell in counted} == {3}, "normative documents, which the column has"
    nothing = column.but(index=column.index.but(documents={}))
    assert not _numbers(published(nothing, "shili", 2021)), "no document is no 0"


@pytest.mark.parametrize("grid", [applications(), disputes()])
def test_the_cells_of_a_form_cover_it_once(grid: Grid) -> None:
    taken = [
        (cell.row + down, cell.at + over)
        for cell in grid.cells
        for down in range(cell.below + 1)
        for over in range(cell.right + 1)
    ]
    assert len(taken) == len(set(taken))
    assert set(taken) == {(row, at) for row in range(grid.rows) for at in range(len(grid.widths))}


def _document(column: SiteData, **values: object) -> Document:
    known = next(iter(column.index.documents.values()))
    given = {
        "validity": Validity.IN_FORCE,
        "date_signed": date(2020, 1, 1),
        "date_abolished": None,
        "valid_until": None,
    }
    return replace(known, **{**given, **values})  # type: ignore[arg-type]


def test_documents_are_counted_only_where_they_say_what_is_asked(column: SiteData) -> None:
    holds, new = _document(column), _document(column, date_signed=date(2021, 5, 1))
    repealed = _document(column, validity=Validity.ABOLISHED, date_abolished=date(2021, 6, 1))
    lapsed = _document(column, valid_until=date(2021, 12, 30))
    assert normative_counts([holds, new, repealed, lapsed], 2021) == ("1", "1", "2")
    assert normative_counts([holds, _document(column, validity=None)], 2021) == ("0", "0", BLANK)
    assert normative_counts([holds, _document(column, validity=Validity.EXPIRED)], 2021) == ("0", BLANK, BLANK)
    assert normative_counts([_document(column, date_signed=None)], 2021) == (BLANK, "0", BLANK)
    assert normative_counts([], 2021) == (BLANK, BLANK, BLANK)


def test_word_and_excel_say_the_same(paper: Paper) -> None:
    word = docx.Document(io.BytesIO(as_word(paper)))
    book = openpyxl.load_workbook(io.BytesIO(as_excel(paper, "示例区", AS_OF)))
    grids = [grid for chapter in paper.chapters for grid in chapter.grids]
    assert book.sheetnames == ["文字部分", *(grid.name for grid in grids)]
    for table, grid in zip(word.tables, grids, strict=True):
        sheet = book[grid.name]
        for cell in grid.cells:
            assert table.cell(cell.row, cell.at).text == cell.text
            assert sheet.cell(cell.row + 2, cell.at + 1).value == cell.text
    lines = [line for chapter in paper.chapters for line in chapter.lines]
    said = {paragraph.text for paragraph in word.paragraphs}
    assert said >= set(lines)
    assert [row[1].value for row in book["文字部分"].iter_rows(min_row=4)] == lines


def test_the_command_reports_on_the_last_day_of_the_year(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    told = CliRunner().invoke(main, ["report", "--year", "2021", "--root", str(root)]).output
    assert "截至2021年12月31日" in told
    out = tmp_path / "年报.docx"
    arguments = ["report", "--year", "2021", "--root", str(root), "--output", str(out)]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    assert len(docx.Document(str(out)).tables) == 3
    assert "不会覆盖" in CliRunner().invoke(main, arguments).output
    assert (
        "没有编号为 nobody 的区县"
        in CliRunner().invoke(main, [*arguments[:3], "--organ", "nobody", *arguments[3:5]]).output
    )
    assert CliRunner().invoke(main, ["report", "--root", str(root)]).exit_code == 2


def test_the_sheet_says_what_was_looked_at_and_leaves_the_rest_blank(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    told = CliRunner().invoke(main, ["inspect", "--root", str(root), "--as-of", AS_OF.isoformat()]).output
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in told.splitlines() if re.match(r"\| \d", line)
    ]
    assert [row[0] for row in rows] == [str(at) for at in range(1, len(rows) + 1)]
    by_name = {row[1]: row for row in rows}
    blank = next(row for name, row in by_name.items() if name.endswith("第3项"))
    assert blank[4:] == [BLANK, BLANK], "rules on the built site have not run"
    assert by_name["单项否决指标“互动回应差”"][2] == BLANK
    honest = next(row for name, row in by_name.items() if name.endswith("第5项"))
    assert "PUB-03" in honest[4]
    out = tmp_path / "自查.xlsx"
    done = CliRunner().invoke(main, ["inspect", "--root", str(root), "--output", str(out)])
    assert done.exit_code == 0, done.output
    assert openpyxl.load_workbook(out).sheetnames == ["文字部分", "检查指标"]
