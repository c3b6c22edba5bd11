"""Tables that offices have, in any form; what is hostile is refused before it costs anything."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from gongkai.cli import main
from gongkai.extras import command
from gongkai.load.inside import MAX_UNPACKED_BYTES
from gongkai.load.tables import MAX_BYTES, MAX_CELLS, TableError, read_table, read_table_file

pytestmark = pytest.mark.quick

ROWS = [["名称", "说明"], ["县民政局", "一、二"], ["", ""], ["<县&局>", "3"]]
SHEET = "xl/worksheets/sheet1.xml"


def workbook(*rows: list[object], **sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name, more in sheets.items():
        sheet = book.create_sheet(name)
        for row in more:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """A workbook with another part in the place of one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(item.filename, part if item.filename == name else old.read(item))
    return out.getvalue()


def with_sheet(xml: str) -> bytes:
    return with_part(workbook(["x"]), SHEET, xml.encode())


def sheet_of(rows: str) -> str:
    begin = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return f"{begin}{rows}</sheetData></worksheet>"


def joined(separator: str, end: str = "\n") -> str:
    return end.join(separator.join(row) for row in ROWS)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(joined(",").encode(), id="csv"),
        pytest.param(joined(",", "\r\n").encode("utf-8-sig"), id="csv-of-excel"),
        pytest.param(joined("\t").encode("gb18030"), id="pasted-gbk"),
        pytest.param(joined("\t", "\r\n").encode("utf-16"), id="unicode-text-of-excel"),
        pytest.param(workbook(*ROWS, other=[["x"]]), id="workbook"),
    ],
)
def test_every_form_gives_the_same_rows(content: bytes) -> None:
    rows = {at: cells for at, cells in read_table(content, "x") if any(cells)}
    assert rows == {at: row for at, row in enumerate(ROWS, start=1) if any(row)}


def test_the_first_sheet_of_many_counts() -> None:
    more = {f"s{at}": [[at]] for at in range(12)}
    assert read_table(workbook(["first"], **more), "x.xlsx") == [(1, ["first"])]


def test_quotation_marks_are_those_of_csv_or_of_the_text() -> None:
    assert read_table(b'a,"b\nc",d\ne\n', "x") == [(1, ["a", "b\nc", "d"]), (3, ["e"]), (4, [])]
    assert read_table('"县民政局\n县财政局'.encode(), "x") == [(1, ['"县民政局']), (2, ["县财政局"])]


LAUGHS = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
HOSTILE = {
    "entities": lambda: with_sheet(f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x>&l9;</x>'),
    "entity-of-a-file": lambda: with_sheet('<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'),
    "unclosed-rows": lambda: with_sheet(sheet_of("<row ><c " * 400_000)),
    "far-away-row": lambda: with_sheet(sheet_of('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')),
    "wide-rows": lambda: with_sheet(sheet_of("".join(f'<row><c r="XFD{at}"/></row>' for at in range(1, 100)))),
    "no-sheet": lambda: with_part(workbook(["x"]), "xl/workbook.xml", b"<workbook/>"),
    "unpacked": lambda: with_part(workbook(["x"]), "docProps/app.xml", b" " * (MAX_UNPACKED_BYTES + 1)),
    "large": lambda: b" " * (MAX_BYTES + 1),
    "many-cells": lambda: b"," * (MAX_CELLS + 1),
    "many-lines": lambda: b"\n" * (MAX_CELLS + 1),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_is_refused(name: str) -> None:
    content = HOSTILE[name]()
    with pytest.raises(TableError) as raised:
        read_table(content, "名单.xlsx" if content.startswith(b"PK") else "名单.txt")
    assert "名单" in str(raised.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="读不到"):
        read_table_file(tmp_path / "x.xlsx")


@pytest.mark.parametrize("words", [("new", "wording"), ("new", "units", "x")], ids=" ".join)
def test_a_command_names_the_extra_that_is_missing(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plans/vocabularies").mkdir(parents=True)
    source = tmp_path / "x.xlsx"
    source.write_bytes(workbook(["帐号", "账号"]))
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    done = CliRunner().invoke(main, [*words, "--from", str(source), "--root", str(tmp_path)])
    assert done.exit_code == 1
    assert command("import") in done.output
