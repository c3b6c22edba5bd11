"""The open data: what design promises, in files that real programs read, saying the same as the pages."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from gongkai import pipeline
from gongkai.alternates.files import csv_columns, csv_texts
from gongkai.alternates.tables import TABLES

COUNTS = {"plans": 3, "tasks": 33 + 66 + 16, "decisions": 5, "projects": 60 + 29}
PROMISED = {
    "documents": "id organ title doc_number issuer paragraphs date_signed date_published openness validity"
    " date_abolished genre sources url",
    "directories": "id title document organ year organizer_label url",
    "project-lists": "id title document organ year announced categories url",
    "organs": "id name short_name region url",
    "themes": "id name scheme parent url",
    "plans": "id title doc_number organ year date_signed date_printed date_published openness validity themes url",
    "sections": "id plan number level title text themes url",
    "tasks": "id plan number section topic text units_text units deadline themes status url",
    "units": "id name aliases organ kind members valid_from valid_to successor url",
    "decisions": "id directory number title organizers year stages url",
    "projects": "id list number title category tags url",
    "records": "id kind title text year organ doc_number units themes url",
    "interpretations": "id title explains questions url",
    "gazettes": "id year issue title items url",
    "catalogues": "id title document organ year related themes editor_note url",
    "catalogue": "id catalogue number area title content basis deadline_text every within units units_text level newest"
    " status due organ year url",
    "consultations": "id type title about start end status outcome url",
}


def items(site: Path, table: str) -> list[dict[str, Any]]:
    data = json.loads((site / f"data/v1/{table}.json").read_bytes().decode("utf-8"))
    assert data["version"] == 1
    assert data["as_of"] == "2026-11-21"
    return data["items"]


@pytest.mark.parametrize("table", TABLES)
def test_every_promised_field_is_in_every_row(site: Path, table: str) -> None:
    for row in items(site, table):
        assert set(PROMISED[table].split()) <= set(row)


@pytest.mark.parametrize(("table", "count"), COUNTS.items())
def test_the_sources_are_complete(site: Path, table: str, count: int) -> None:
    assert len(items(site, table)) == count


@pytest.mark.parametrize("table", TABLES)
def test_csv_says_the_same_as_json(site: Path, table: str) -> None:
    raw = (site / f"data/v1/{table}.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    json_rows = items(site, table)
    assert [row["id"] for row in rows] == [row["id"] for row in json_rows]
    for flat, full in zip(rows, json_rows, strict=True):
        for key, value in full.items():
            if isinstance(value, str):
                assert flat[key].removeprefix("'") == value
            elif isinstance(value, int) and not isinstance(value, bool):
                assert flat[key] == str(value)
            elif value is None and key in flat:
                assert flat[key] == ""


@pytest.mark.parametrize("table", TABLES)
def test_addresses_lead_to_pages(site: Path, table: str) -> None:
    for row in items(site, table):
        assert row["url"].endswith("/")
        assert (site / row["url"] / "index.html").is_file()


def test_what_the_reader_asked_for_is_in_the_data(site: Path) -> None:
    tasks = {row["id"]: row for row in items(site, "tasks")}
    yibao = [row["number"] for row in tasks.values() if any(u["name"] == "区医保局" for u in row["units"])
             and row["plan"] == "changqing-2022"]  # fmt: skip
    assert yibao == [22, 24]
    inherited = tasks["changqing-2022/tasks/10"]
    assert inherited["units_text"] == ""
    assert {unit["via"] for unit in inherited["units"]} == {"inherited"}
    lead = {unit["printed"]: unit["role"] for unit in tasks["changqing-2022/tasks/13"]["units"]}
    assert lead == {"区行政审批局": "lead", "区司法局": "lead", "各街镇": "support", "区政府有关部门": "support"}
    assert tasks["changqing-2022/tasks/64"]["deadline"] == {
        "text": "本文件印发后30日内", "kind": "relative", "due": "2022-07-11", "inherited": False,
    }  # fmt: skip
    organized = [row["title"] for row in items(site, "decisions") if row["organizers"][0]["name"] == "区发展改革局"]
    assert len(organized) == 2
    assert {stage["status"] for row in items(site, "decisions") for stage in row["stages"].values()} == {"pending"}


def test_sections_are_ordered_and_numbered_as_printed(site: Path) -> None:
    rows = [row for row in items(site, "sections") if row["plan"] == "laiwu-2025"]
    assert [row["number"] for row in rows if row["level"] == 1] == ["一", "二", "三", "四", "五"]
    assert [row["number"] for row in rows if row["level"] == 2][-1] == "（十六）"
    assert len([row for row in rows if row["level"] == 2]) == 16


def test_a_spreadsheet_never_runs_a_cell(checked: pipeline.Checked) -> None:
    columns = csv_columns(TABLES["projects"][1], checked.column)
    assert b"'=1+1" in csv_texts([{"id": "x", "title": "=1+1"}], columns)["x"]
