"""Workbooks and tables as LibreOffice opens and prints them, which is what WPS and Excel users see, too."""

from __future__ import annotations

import csv
import datetime as dt
import io
import shutil
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pdfplumber

from gongkai.alternates.flat_sheet import NAME
from gongkai.alternates.tables import TABLES
from tests.tools import tool
from tests.waiting import finished

NEAR = 3.0
"""Points. Characters of a line are at least this far apart; those of rows that are too low are not."""


def converted(files: Sequence[Path], kind: str, scratch: Path, *options: str) -> Path:
    """A directory with every file as LibreOffice writes it when it has read it; names carry the number of the file."""
    program = tool("soffice")
    given, out = scratch / "given", scratch / "converted"
    given.mkdir()
    for at, path in enumerate(files):
        shutil.copy(path, given / f"{at}{path.suffix}")
    command = [program, f"-env:UserInstallation={(scratch / 'profile').as_uri()}", "--headless", *options]
    command += ["--convert-to", kind, "--outdir", str(out), *map(str, sorted(given.iterdir()))]
    done = finished(command)
    assert done.returncode == 0, done.stderr
    return out


def workbooks(site: Path) -> list[Path]:
    """All workbooks of plans, directories and lists, and some of the many units."""
    found = [path for kind in ("plans", "decisions", "projects") for path in sorted(site.glob(f"{kind}/*/index.xlsx"))]
    assert len(found) == 6
    return [*found, *sorted(site.glob("units/*/index.xlsx"))[::15]]


def test_workbooks_open_with_every_cell_as_it_was_written(site: Path, tmp_path: Path) -> None:
    all_sheets = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    files = workbooks(site)
    opened = converted(files, all_sheets, tmp_path)
    for at, path in enumerate(files):
        for sheet in openpyxl.load_workbook(path):
            written = [[_as_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
            text = (opened / f"{at}-{sheet.title}.csv").read_text(encoding="utf-8-sig")
            assert list(csv.reader(io.StringIO(text, newline=""))) == written, path


def _as_text(cell: object) -> object:
    return cell.date().isoformat() if isinstance(cell, dt.datetime) else cell or ""


def test_workbooks_print_across_with_heads_on_every_page_and_nothing_on_top_of_anything(
    site: Path, tmp_path: Path
) -> None:
    files = workbooks(site)
    printed = converted(files, "pdf", tmp_path)
    pages = 0
    for at, path in enumerate(files):
        book = openpyxl.load_workbook(path)
        heads = [[str(cell.value) for cell in sheet[1 if sheet.title == NAME else 2] if cell.value] for sheet in book]
        with pdfplumber.open(printed / f"{at}.pdf") as document:
            for page in document.pages:
                pages += 1
                assert page.width > page.height
                text = page.extract_text().replace(" ", "")
                assert f"第{page.page_number}页，共{len(document.pages)}页" in text
                assert any(all(head in text for head in row) for row in heads), (path, text)
                assert on_top_of_each_other(page) == [], path
    assert pages > len(files)


def on_top_of_each_other(page: pdfplumber.page.Page) -> list[tuple[str, str]]:
    """Characters that are printed where another one is."""
    marks = [mark for mark in page.chars if mark["text"].strip()]
    at: dict[tuple[int, int], list[tuple[float, float, str]]] = {}
    found = []
    for mark in marks:
        x, y = (mark["x0"] + mark["x1"]) / 2, (mark["top"] + mark["bottom"]) / 2
        cell = (int(x / NEAR), int(y / NEAR))
        near = [other for i in (-1, 0, 1) for j in (-1, 0, 1) for other in at.get((cell[0] + i, cell[1] + j), ())]
        found += [(mark["text"], word) for ox, oy, word in near if abs(ox - x) < NEAR / 2 and abs(oy - y) < NEAR]
        at.setdefault(cell, []).append((x, y, mark["text"]))
    return found


def test_tables_open_with_every_cell_in_its_column(site: Path, tmp_path: Path) -> None:
    files = [site / f"data/v1/{name}.csv" for name in TABLES]
    opened = converted(files, "xlsx", tmp_path, "--infilter=Text - txt - csv (StarCalc):44,34,76,1")
    for at, path in enumerate(files):
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
        (sheet,) = openpyxl.load_workbook(opened / f"{at}.xlsx").worksheets
        shown = list(sheet.iter_rows(values_only=True))
        assert len(shown) == len(rows), path
        for row, cells in zip(rows, shown, strict=True):
            assert [as_text(cell) for cell in cells][: len(row)] == [in_calc(text) for text in row], path


def as_text(cell: object) -> str:
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return "" if cell is None else str(cell)


def in_calc(text: str) -> str:
    """What Calc makes of a text: true and false are values there."""
    return {"true": "True", "false": "False"}.get(text, text)
