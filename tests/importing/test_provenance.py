"""Links of fields to the paper: each leads to the very words of its field, and nearly every printed field has one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.importing.corpus import CASES, made
from benchmarks.importing.links import linked
from gongkai.importing.accounting import account
from gongkai.importing.blocks import Cell, Paragraph, Table, placed
from gongkai.importing.command import run_import
from gongkai.importing.importer import import_file
from gongkai.importing.provenance import Provenance
from tests.importing.support import imported

pytestmark = pytest.mark.quick
SOME = CASES[::7]


@pytest.mark.parametrize("case", SOME, ids=[case.name for case in SOME])
def test_links_of_a_document_say_what_its_fields_say(case, tmp_path):
    document = made(case)
    path = tmp_path / document.name
    path.write_bytes(document.data)
    found = linked(import_file(path, organ=case.organ))
    assert found.wrong == []
    assert found.whole >= found.printed - 1
    assert found.printed > 3


@pytest.mark.parametrize("name", ["changqing-2022.docx", "laiwu-2025-work-plan.html.txt"])
def test_links_of_a_real_plan(name):
    found = linked(imported(name))
    assert found.wrong == []
    assert found.whole * 100 >= found.printed * 98


def table(*rows: tuple[str, ...]) -> Table:
    return Table(tuple(tuple(Cell(text, merged=text == "↑") for text in row) for row in rows), 1)


def paths(blocks, draft, *, printed=()):
    """The way of each field with the cells that it is linked to."""
    provenance = Provenance(printed=list(printed))
    found = account(list(placed(blocks)), [draft], provenance)
    return {(link.path, link.place.row, link.place.column, link.place.start) for link in found.links}


def test_cells_of_a_row_belong_to_one_record_though_others_say_the_same():
    rows = [{"text": "公开预算和决算。", "units": "县财政局"}, {"text": "公开重大项目。", "units": "县财政局"}]
    blocks = [table(("公开重大项目。", "县财政局"), ("公开预算和决算。", "县财政局"))]
    assert paths(blocks, {"rows": rows}) == {
        (("rows", 1, "text"), 0, 0, 0),
        (("rows", 1, "units"), 0, 1, 0),
        (("rows", 0, "text"), 1, 0, 0),
        (("rows", 0, "units"), 1, 1, 0),
    }


def test_what_a_merged_cell_says_is_linked_for_each_row_that_repeats_it():
    rows = [{"text": "公开预算和决算。", "area": "财政"}, {"text": "公开重大项目。", "area": "财政"}]
    blocks = [table(("财政", "公开预算和决算。"), ("", "公开重大项目。"))]
    assert (("rows", 1, "area"), 0, 0, 0) in paths(blocks, {"rows": rows})


def test_units_in_brackets_belong_to_their_field_not_to_the_brackets():
    blocks = [Paragraph("公开预算和决算。〔责任单位：县财政局〕", 1)]
    draft = {"text": "公开预算和决算。", "units": "县财政局"}
    assert (("units",), -1, -1, 14) in paths(blocks, draft, printed=["〔责任单位：县财政局〕"])


def test_blanks_of_the_paper_are_counted_in_the_places_of_links():
    assert paths([Paragraph("示 例 县  2025 年工作要点", 1)], {"title": "示例县2025年工作要点"}) == {
        (("title",), -1, -1, 0)
    }


def test_the_command_writes_paper_and_links_for_a_screen(tmp_path: Path):
    (tmp_path / "plans").mkdir()
    source = tmp_path / "a.txt"
    source.write_text("2025年示例区政务公开工作要点\n一、聚焦重点\n（一）健全机制。完善制度。\n", "utf-8")
    done = run_import(tmp_path, source, tmp_path / "plans", organ="shili", provenance=tmp_path / "links.json")
    assert tmp_path / "links.json" in done.written
    said = json.loads((tmp_path / "links.json").read_text("utf-8"))
    link = next(link for link in said["links"] if link["path"] == ["sections", 0, "sections", 0, "text"])
    text = said["blocks"][link["block"]]["text"]
    assert text[link["start"] : link["start"] + link["length"]] == "完善制度。"
    assert link["draft"] == "shili-2025.yml"
