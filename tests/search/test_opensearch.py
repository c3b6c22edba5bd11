"""What a search server is given: pure pieces, without one. What it makes of them: tests/indexing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from gongkai import pipeline
from gongkai.cli import main
from gongkai.column.record import Record
from gongkai.kinds.walk import all_records, within
from gongkai.search import opensearch
from gongkai.search.corpus import Corpus, changing
from gongkai.search.opensearch import body, bulk, documents, synonym_lines
from gongkai.search.spellings import Spellings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module", name="records")
def _records(checked: pipeline.Checked) -> list[Record]:
    return list(all_records(checked.column))


@pytest.fixture(scope="module")
def corpus(checked: pipeline.Checked, records: list[Record]) -> Corpus:
    column = checked.column
    spellings = Spellings(column.search_vocabulary, column.units.values(), column.organs.values())
    known = (column.themes, column.organs, column.search_vocabulary, spellings, column.audiences, within(column))
    return Corpus(records, *known, documents=column.documents, **changing(column))


@pytest.fixture(scope="module")
def rows(corpus: Corpus) -> list[dict[str, Any]]:
    about = {"district": "./", "home": "./", "release": "r"}
    return list(documents(enumerate(corpus.records), corpus, about))


def test_every_field_is_in_the_mapping_and_every_record_there(
    rows: list[dict[str, Any]], records: list[Record], corpus: Corpus
) -> None:
    assert [row["id"] for row in rows] == [record.id for record in records]
    properties = body(corpus.vocabulary, {})["mappings"]["properties"]
    assert {field for row in rows for field in row} <= set(properties)
    assert set(properties) - {field for row in rows for field in row} <= {"answer", "news", "state"}


def test_own_tokens_name_departments_by_a_spelling_not_by_a_number(rows: list[dict[str, Any]], corpus: Corpus) -> None:
    found = {token for row in rows for field in opensearch.OWN for token in row[field].split() if token[0] == "@"}
    assert found
    assert found <= {f"@{min(group)}" for group in corpus.spellings.groups if group}
    head = next(row for row in rows if row["id"] == "laiwu-2021")
    assert "#莱芜政办发2021-3" in head["own_title"].split()


def test_a_year_alone_lies_before_the_first_day_of_it(corpus: Corpus, records: Sequence[Record]) -> None:
    days = [date(2021, 12, 31), None, date(2022, 1, 1)]
    some = [replace(records[0], year=2022, date=day) for day in days]
    told = [row["day"] for row in documents(enumerate(some), corpus, {})]
    assert told == sorted(told)
    assert len(set(told)) == 3


def test_the_analyzers_are_all_there_and_synonyms_are_pairs(corpus: Corpus) -> None:
    made = body(corpus.vocabulary, {"names": "x"})
    analysis, properties = made["settings"]["analysis"], made["mappings"]["properties"]
    used = {field[name] for field in properties.values() for name in ("analyzer", "search_analyzer") if name in field}
    assert used == set(analysis["analyzer"])
    query, index = (analysis["analyzer"][name]["filter"] for name in ("han_query", "han_pairs"))
    assert query == [*index, "column_synonyms"]
    assert analysis["filter"]["column_synonyms"]["lenient"] is False
    assert made["mappings"]["dynamic"] == "strict"
    assert made["mappings"]["_source"]["excludes"] == list(opensearch.OWN)


def test_no_character_of_a_synonym_means_anything_to_the_format(checked: pipeline.Checked) -> None:
    vocabulary = replace(checked.column.search_vocabulary, same=[("甲，乙", "a=>b", "#丙\\")], to=[("丁,", ("戊",))])
    assert list(synonym_lines(vocabulary)) == ["甲\\,乙,a\\=\\>b,\\#丙\\\\", "丁\\, => 丁\\,,戊"]


def test_parts_hold_whole_records_and_are_as_long_as_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opensearch, "PART_BYTES", 100)
    rows = [{"id": f"{at}", "text": "政" * at} for at in range(40)]
    parts = list(bulk(rows))
    assert [count for count, _ in parts] == [part.count(b"\n") // 2 for _, part in parts]
    assert [json.loads(line) for _, part in parts for line in part.splitlines()[1::2]] == rows
    assert all(len(part) <= 100 or count == 1 for count, part in parts)
    assert len(parts) < len(rows)


def test_without_a_server_the_parts_are_files(tmp_path: Path, records: list[Record]) -> None:
    done = CliRunner().invoke(main, ["index", "--root", str(ROOT), "--to", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    told = json.loads((tmp_path / "out/manifest.json").read_bytes())
    parts = [part for district in told["districts"] for part in district["parts"]]
    assert told["records"] == sum(part["records"] for part in parts) == len(records)
    for part in parts:
        assert (tmp_path / "out" / part["file"]).stat().st_size == part["bytes"]
    again = CliRunner().invoke(main, ["index", "--root", str(ROOT), "--to", str(tmp_path / "out")])
    assert again.exit_code == 1
    assert "新的或空的目录" in again.output
