"""What a person says of a column: the document is read again so, and the draft says it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from gongkai.cli import main
from gongkai.importing.blocks import Cell, Paragraph, Reading, Table
from gongkai.importing.importer import ImportResult, import_reading
from gongkai.importing.recognise.columns import KIND_LABELS, Kind, kind_said
from gongkai.importing.recognise.heads import table_columns
from gongkai.kinds.plan.columns import columns_of
from gongkai.load.files import load_text
from tests.conftest import ROOT

TITLE = "示例区2026年政务公开工作要点任务分解表"


def read(heads: list[str], rows: list[list[str]], columns: dict[str, Kind] | None = None) -> ImportResult:
    table = Table(tuple(tuple(Cell(text) for text in row) for row in [heads, *rows]), 2)
    reading = Reading("表格", (Paragraph(TITLE, 1), table))
    return import_reading(reading, "表.xlsx", organ="shili", columns=columns or {})


def table_of(result: ImportResult) -> dict[str, object]:
    found = yaml.safe_load(result.drafts[0].text)["task_table"]
    assert isinstance(found, dict)
    return found


ROWS = [["1", "公开预算。", "区财政局", "区审计局", "6月底前"], ["2", "公开决算。", "区财政局", "区统计局", "9月底前"]]


@pytest.mark.parametrize(("kind", "meaning", "field"), [
    (Kind.DEADLINE, "deadline", "deadline"), (Kind.UNITS, "units", "units"), (Kind.OTHER, "other", "cells"),
])  # fmt: skip
def test_an_unknown_head_is_what_the_clerk_says(kind: Kind, meaning: str, field: str) -> None:
    text = "9月底前" if kind is Kind.DEADLINE else "区审计局"
    result = read(["序号", "具体要求", "牵头单位", "跟进"], [["1", "公开预算。", "区财政局", text]], {"跟进": kind})
    table = table_of(result)
    assert {"head": "跟进", "meaning": meaning} in table["columns"]  # type: ignore[operator]
    (row,) = table["rows"]  # type: ignore[misc]
    assert text in str(row[field])
    file, _ = load_text(f"plans/{result.drafts[0].name}", result.drafts[0].text)
    assert file
    shown = {column.head: column.meaning.value for column in columns_of(file.shape.task_table) if column.printed}
    assert shown["跟进"] == meaning


def test_a_known_head_keeps_its_own_name_where_the_clerk_says_so() -> None:
    heads = ["序号", "具体要求", "责任单位", "配合单位", "完成时限"]
    assert "区审计局" in str(table_of(read(heads, ROWS))["rows"][0]["units"])  # type: ignore[index]
    row = table_of(read(heads, ROWS, {"配合单位": Kind.OTHER}))["rows"][0]  # type: ignore[index]
    assert row["cells"] == {"配合单位": "区审计局"}


def test_a_table_of_which_no_head_is_known_is_read_once_they_are_said() -> None:
    heads, rows = ["甲", "乙", "丙"], [["1", "公开预算。", "区财政局"], ["2", "公开决算。", "区统计局"]]
    first = read(heads, rows)
    assert [table.columns for table in table_columns(first.blocks)] == [(("甲", None), ("乙", None), ("丙", None))]
    said = {"甲": Kind.NUMBER, "乙": Kind.TEXT, "丙": Kind.UNITS}
    table = table_of(read(heads, rows, said))
    assert [(row["number"], row["text"], row["units"]) for row in table["rows"]] == [  # type: ignore[attr-defined]
        (1, "公开预算。", "区财政局"), (2, "公开决算。", "区统计局"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", list(Kind))
def test_no_cell_is_lost_where_two_columns_are_said_to_be_one_thing(kind: Kind) -> None:
    result = read(["序号", "具体要求", "责任单位", "甲", "乙"], [["1", "公开预算。", "区财政局", "第一格", "第二格"]],
                  {"甲": kind, "乙": kind})  # fmt: skip
    assert all(words in result.drafts[0].text for words in ("第一格", "第二格"))


def test_a_head_that_no_table_has_is_told() -> None:
    result = read(["序号", "具体要求", "责任单位"], [["1", "公开预算。", "区财政局"]], {"没有的": Kind.UNITS})
    assert any("没有“没有的”这一列" in finding.message for finding in result.findings)


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_is_named_by_its_id_and_by_what_people_call_it(kind: Kind) -> None:
    assert kind_said(kind.value) is kind_said(KIND_LABELS[kind]) is kind


def test_on_the_command_line(tmp_path: Path) -> None:
    source = tmp_path / "表.txt"
    heads = "| 序号 | 具体要求 | 牵头单位 | 跟进 |"
    source.write_text(f"{TITLE}\n{heads}\n| 1 | 公开预算。 | 区财政局 | 区审计局 |\n", "utf-8")
    paper = tmp_path / "paper.json"
    command = ["import", str(source), "--root", str(ROOT), "--output", str(tmp_path / "out"), "--organ", "shili"]
    done = CliRunner().invoke(main, [*command, "--column", "跟进=配合单位", "--provenance", str(paper)])
    assert done.exit_code == 0, done.output
    (table,) = json.loads(paper.read_text("utf-8"))["columns"]
    assert ["跟进", "support"] in table["columns"]
    wrong = CliRunner().invoke(main, [*command, "--column", "跟进=什么"])
    assert "--column 跟进=什么" in wrong.output
