"""Exchange (数据联通): what changed since a day is told by id and digest, and whoever takes it in loses nothing."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from gongkai import pipeline
from gongkai.alternates.exchange import exchange_schema, rows_of
from gongkai.cli import main
from gongkai.column.exchange import TABLES
from gongkai.load.exchanged import ExchangeError, read_exchange
from tests.miniature.build import AS_OF, miniature_repository

FIRST, LATER = "2022-02-01", "2022-02-20"
HOME = "https://www.example.gov.cn/zfxxgk/"
GONE = "shili-yanglao-wenda"


def git(root: Path, *words: str, day: str = FIRST) -> None:
    moment = f"{day}T12:00:00+08:00"
    who = {f"GIT_{role}_{name}": "x@example.cn" for role in ("AUTHOR", "COMMITTER") for name in ("NAME", "EMAIL")}
    env = {**os.environ, **who, "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    subprocess.run(["git", "-C", str(root), *words], check=True, capture_output=True, env=env)


def exchange(root: Path, output: Path, *options: str) -> Result:
    return CliRunner().invoke(
        main, ["exchange", "--root", str(root), "--output", str(output), "--as-of", AS_OF.isoformat(), *options]
    )


def told(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").removesuffix("\n").split("\n")]


@pytest.fixture(scope="module", name="edited")
def _edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with two commits, and four exports: whole before, whole after, since the day, after the file."""
    scratch = tmp_path_factory.mktemp("exchange")
    root = miniature_repository(scratch)
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "first")
    assert exchange(root, scratch / "before.jsonl").exit_code == 0
    paper = root / "plans/shili-yanglao-2021.yml"
    paper.write_text(paper.read_text("utf-8").replace("补贴直接发到本人账户。", "补贴按月发到本人账户。"), "utf-8")
    other = root / f"plans/{GONE}.yml"
    other.unlink()
    for topic in root.glob("plans/*.yml"):
        topic.write_text(topic.read_text("utf-8").replace(f"record: {GONE}", "record: shili-yanglao-2021"), "utf-8")
    git(root, "add", "-A", day=LATER)
    git(root, "commit", "-qm", "later", day=LATER)
    for name, options in (
        ("after", ()),
        ("since", ("--since", LATER)),
        ("file", ("--after", str(scratch / "before.jsonl"))),
    ):
        done = exchange(root, scratch / f"{name}.jsonl", *options)
        assert done.exit_code == 0, done.output
    return scratch


def test_a_whole_export_has_every_row(edited: Path) -> None:
    column = pipeline.check(edited / "repository", AS_OF).column
    found = read_exchange([edited / "before.jsonl"])
    assert {table for table, _ in found.rows} == set(TABLES)
    assert dict(read_exchange([edited / "after.jsonl"]).rows) == dict(rows_of(column))


def test_every_line_keeps_the_schema(edited: Path) -> None:
    schema = exchange_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for name in ("after", "since"):
        for line in told(edited / f"{name}.jsonl"):
            validator.validate(line)


@pytest.mark.parametrize("name", ["since", "file"])
def test_changes_on_top_of_what_was_there_give_what_is_there(edited: Path, name: str) -> None:
    header, *lines = told(edited / f"{name}.jsonl")
    assert header["since"]
    operations = {(line["op"], line["table"], line["id"]) for line in lines}
    assert ("changed", "documents", "shili-yanglao-2021") in operations
    assert {(op, table) for op, table, record in operations if record.startswith(GONE)} == {
        ("withdrawn", table)
        for table in ("documents", "interpretations", "interpretation-questions", "records", "links")
    }
    assert len(lines) < len(told(edited / "after.jsonl")) / 2, "what stayed is not told again"
    assert read_exchange([edited / "before.jsonl", edited / f"{name}.jsonl"]).rows == (
        read_exchange([edited / "after.jsonl"]).rows
    )


def test_a_city_takes_in_everything(edited: Path, tmp_path: Path) -> None:
    listed = f"districts:\n  - home: '{HOME}'\n    exchange: [{edited}/before.jsonl, {edited}/since.jsonl]\n"
    (tmp_path / "districts.yml").write_text(listed, "utf-8")
    root = miniature_repository(tmp_path)
    for path in (root / "plans").glob("*.yml"):
        path.unlink()
    place = [str(tmp_path / "city"), str(tmp_path / "districts.yml")]
    done = CliRunner().invoke(main, ["federate", *place, "--root", str(root)])
    assert done.exit_code == 0, done.output
    found = read_exchange([edited / "after.jsonl"]).tables
    for table in TABLES:
        rows = json.loads((tmp_path / f"city/data/v1/{table}.json").read_bytes())["items"]
        assert [row["id"] for row in rows] == [row["id"] for row in found[table]], table
        for row, was in zip(rows, found[table], strict=True):
            assert {key for key in row if row[key] != was[key]} <= {"url", "attachments"}, table
            assert row.get("url", HOME).startswith(HOME)


def _swapped(lines: list[str]) -> list[str]:
    return [line.replace("本人账户", "他人账户") for line in lines]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_swapped, "散列不符"),
        (lambda lines: lines[1:], "不是 gongkai exchange"),
        (lambda lines: [*lines, "{"], "不是一行 JSON"),
        (lambda lines: [*lines, '{"op": "added", "table": "passwd", "id": "x"}'], "table 和 id"),
        (lambda lines: [*lines, '{"op": "swap", "table": "units", "id": "x"}'], "op 不是"),
        (lambda _lines: [], "不是一行 JSON"),
    ],
)  # fmt: skip
def test_what_is_not_as_written_is_refused(
    edited: Path, tmp_path: Path, change: Callable[[list[str]], list[str]], words: str
) -> None:
    lines = (edited / "before.jsonl").read_text("utf-8").removesuffix("\n").split("\n")
    path = tmp_path / "damaged.jsonl"
    path.write_text("\n".join(change(lines)) + "\n", "utf-8")
    with pytest.raises(ExchangeError, match=words):
        read_exchange([path])


def test_files_follow_each_other(edited: Path) -> None:
    with pytest.raises(ExchangeError, match="第一个文件应当是全部"):
        read_exchange([edited / "since.jsonl"])
    with pytest.raises(ExchangeError, match="接不上"):
        read_exchange([edited / "before.jsonl", edited / "after.jsonl"])


def test_without_a_history_it_says_what_to_do(edited: Path, tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    done = exchange(root, tmp_path / "x.jsonl", "--since", LATER)
    assert done.exit_code == 1
    assert "--after" in done.output
    assert not (tmp_path / "x.jsonl").exists()
