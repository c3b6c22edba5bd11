"""Every character of the sources stands on the site, in order.

`tests/sources/` holds the five source texts. A page's document (without what editors and the program add: editor notes,
inherited cells, order numbers) must equal the source text, white space and line wraps aside. What differs is listed
here, cell by cell: page breaks repeat table heads and merged cells, and a merged cell stands in its middle row in the
extracted text but at its top on the page.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests.pages import page, text_of

SOURCES = Path(__file__).parents[1] / "sources"
ADDED = (".editor-note", ".added", ".inherited", ".ours", "small")


@cache
def source(name: str) -> str:
    return (SOURCES / name).read_text(encoding="utf-8")


def flat(text: str) -> str:
    return "".join(text.split())


def document(site: Path, url: str) -> str:
    """The official text as printed: the task table, with which the page begins, in its place before the colophon."""
    main = page(site, url)
    body, table, colophon = (
        main.css_first(f"main {part}") for part in (".document:not(#tasks)", ".document#tasks", ".colophon")
    )
    assert body is not None
    foot = text_of(colophon) if colophon else ""
    text = text_of(body, without=ADDED)
    return text.removesuffix(foot) + (text_of(table, without=ADDED) if table else "") + foot


def same(left: str, right: str) -> None:
    """Equality with a readable failure: the first place where two long texts part."""
    if left != right:
        at = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
        pytest.fail(f"texts part at {at}:\n page   {left[at - 30 : at + 60]}\n source {right[at - 30 : at + 60]}")


# --- 莱芜 2025: one web page, no table -------------------------------------------------------------------------------


def test_laiwu_2025_is_complete(site: Path) -> None:
    same(document(site, "plans/laiwu-2025/"), flat(source("laiwu-2025-work-plan.html.txt")))


# --- 长清 2022 --------------------------------------------------------------------------------------------------------

HEAD = "序号工作任务具体要求责任单位完成时限"
REPEATED = {  # cells that a page break prints again: row -> how many leading cells
    8: 2, 16: 1, 25: 1, 31: 1, 33: 1, 36: 1, 47: 2, 53: 2, 61: 2,
}  # fmt: skip
MOVED = {  # merged cells printed in a middle row -> the row where the merged cell begins
    21: 17, 43: 41, 44: 43,
}  # fmt: skip
PAGE_BREAK_BEFORE_MERGED = {17}  # row 17 repeats the first level although its second level starts a new merged cell


def changqing_rows() -> dict[int, list[str]]:
    rows: dict[int, list[str]] = {}
    table = (
        source("changqing-2022-work-plan.txt").split("2022 年长清区政务公开重点工作任务分解表\n")[1].split("抄送：")[0]
    )
    for line in table.splitlines():
        cells = [flat(cell) for cell in line.split("\t") if cell.strip()]
        if not cells or "".join(cells) == HEAD:
            continue
        if cells[0].isdigit():
            number = int(cells[0])
            rows[number] = cells[1:]
        else:
            rows[number].insert(1, cells[0])  # the line below row 46 is its 具体要求
    return rows


def test_changqing_2022_is_complete(site: Path) -> None:
    text = source("changqing-2022-work-plan.txt")
    before, rest = text.split("附件\n\n2022 年长清区政务公开重点工作任务分解表\n")
    after = "抄送：" + rest.split("抄送：")[1]
    rows = changqing_rows()
    assert sorted(rows) == list(range(1, 67))
    for row, count in REPEATED.items():
        printed_before = "".join("".join(rows[number]) for number in range(1, row))
        assert all(cell in printed_before for cell in rows[row][:count]), row
        rows[row] = rows[row][count:]
    for row in PAGE_BREAK_BEFORE_MERGED:
        rows[row] = rows[row][1:]
    for row, start in MOVED.items():
        rows[start].insert(0, rows[row].pop(0))
    rows[44].insert(
        0, "推动基层政务公开标准化规范化向纵深发展"
    )  # the extraction lost the requirement; see its editor note
    table = HEAD + "".join(f"{number}{''.join(cells)}" for number, cells in sorted(rows.items()))
    expected = flat(before) + "附件2022年长清区政务公开重点工作任务分解表" + table + flat(after)
    same(document(site, "plans/changqing-2022/"), expected)


# --- 莱芜 2021: three renderings, one plan ---------------------------------------------------------------------------

TABLE_TITLE = "2021年莱芜区政务公开重点工作任务分解表"
TABLE_HEAD = "工作任务具体要求责任单位"


def docx_rows() -> list[list[str]]:
    """The table of the Word text: four cells a row, page breaks repeat the head."""
    cells: list[str] = []
    for line in source("laiwu-2021-work-plan.docx.txt").split("附件\n\n" + TABLE_TITLE)[1].splitlines():
        if line.startswith("\t"):
            cells.append(flat(line))
        elif line.strip():
            cells[-1] += flat(line)
    while TABLE_HEAD in "".join(cells):
        at = next(i for i in range(len(cells)) if "".join(cells[i : i + 3]) == TABLE_HEAD)
        del cells[at : at + 3]
    return [cells[at : at + 4] for at in range(0, len(cells), 4)]


def test_laiwu_2021_is_complete(site: Path) -> None:
    docx = source("laiwu-2021-work-plan.docx.txt")
    pdf = source("laiwu-2021-work-plan.pdf.txt")
    notice = flat(pdf.split("2021年莱芜区政务公开工作要点\n\n2021年政务公开工作的总体要求")[0])
    body = flat(docx.split("附件\n\n" + TABLE_TITLE)[0])
    area = ""
    table = TABLE_HEAD
    rows = docx_rows()
    assert len(rows) == 33
    for row in rows:
        if row[0] == area:
            row[0] = ""  # printed again after a page break
        area = row[0] or area
        table += "".join(row)
    colophon = flat("抄送：" + pdf.split("抄送：")[1])
    expected = notice + body + "附件" + TABLE_TITLE + table + colophon
    same(document(site, "plans/laiwu-2021/"), expected)


def pdf_body(name: str) -> str:
    text = source(name)
    start = text.index("总体要求是：")
    return flat(text[start : text.index("附件：2021", start)])


@pytest.mark.parametrize("name", ["laiwu-2021-work-plan.pdf.txt", "laiwu-2021-gazette-issue-2.pdf.txt"])
def test_the_other_two_renderings_have_the_same_body(name: str) -> None:
    same(pdf_body(name), pdf_body("laiwu-2021-work-plan.docx.txt"))


@pytest.mark.parametrize("name", ["laiwu-2021-work-plan.pdf.txt", "laiwu-2021-gazette-issue-2.pdf.txt"])
def test_the_other_two_renderings_have_the_same_requirements(name: str) -> None:
    """In the PDF texts cells are torn from their rows; each requirement must still be there, dashes aside."""

    def alike(text: str) -> str:
        return flat(text).translate(str.maketrans("—（）", "-()"))

    text = alike(re.sub(r"—\n14\n—", "", source(name)))
    missing = [row[2] for row in docx_rows() if alike(row[2]) not in text]
    assert missing == []


# --- 公报: projects and decisions ------------------------------------------------------------------------------------


def gazette_part(start: str, end: str | None) -> str:
    text = source("laiwu-2021-gazette-issue-2.pdf.txt")
    at = text.index(start)
    return flat(text[at : text.index(end, at) if end else None])


def test_projects_are_complete(site: Path) -> None:
    expected = gazette_part(
        "济南市莱芜区人民政府办公室\n关于印发2021年度区级重点项目安排", " 2021年度区级重点预备项目安排"
    )
    same(document(site, "projects/laiwu-2021-projects/"), expected)


def test_reserve_projects_are_complete(site: Path) -> None:
    end = " 济南市莱芜区人民政府办公室\n关于公布"
    expected = gazette_part(" 2021年度区级重点预备项目安排", end)
    same(document(site, "projects/laiwu-2021-reserve-projects/"), expected)


def test_the_reserve_list_says_that_one_project_is_missing(site: Path) -> None:
    note = page(site, "projects/laiwu-2021-reserve-projects/").css_first(".editor-note")
    assert note is not None
    assert "29" in note.text()


def test_decisions_are_complete(site: Path) -> None:
    expected = gazette_part("济南市莱芜区人民政府办公室\n关于公布", None)
    same(document(site, "decisions/laiwu-2021-decisions/"), expected)
