"""The office's own list of words: taken in from a table, looked for in texts and attachments."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from gongkai import pipeline
from gongkai.authoring.wording import PATH, taken_in
from gongkai.cli import main
from gongkai.load.yaml_values import load_values
from tests.load.test_mistakes import DAY, PLAN, column

ROWS = [
    ["不规范写法", "规范写法", "理由"],
    ["帐号", "账号", "通用规范"],
    ["黄河", "黄河路", ""],
    ["帐号", "又一次", ""],
]
WANTED = [{"wrong": "帐号", "right": "账号", "reason": "通用规范"}, {"wrong": "黄河", "right": "黄河路"}]


def workbook(path: Path) -> None:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(path)


@pytest.mark.parametrize("form", ["xlsx", "csv", "gbk.csv", "txt"])
def test_a_table_is_taken_in(form: str, tmp_path: Path) -> None:
    source = tmp_path / f"用词.{form}"
    if form == "xlsx":
        workbook(source)
    else:
        text = "\n".join(("\t" if form == "txt" else ",").join(row) for row in ROWS)
        source.write_bytes(text.encode("gbk" if "gbk" in form else "utf-8-sig"))
    (tmp_path / "plans/vocabularies").mkdir(parents=True)
    done = CliRunner().invoke(main, ["new", "wording", "--from", str(source), "--root", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert load_values((tmp_path / PATH).read_text("utf-8"))["entries"] == WANTED
    before = (tmp_path / PATH).read_text("utf-8").replace("通用规范", "改过的理由  # 注")
    (tmp_path / PATH).write_text(before, "utf-8")
    assert taken_in(tmp_path, source).text == before


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    source = tmp_path / "x.xlsx"
    source.write_bytes(b"PK\x03\x04 no")
    done = CliRunner().invoke(main, ["new", "wording", "--from", str(source), "--root", str(tmp_path)])
    assert done.exit_code == 1
    assert "不是 Excel 工作簿" in done.output


def test_unwanted_words_are_told_in_texts_and_attachments(tmp_path: Path) -> None:
    root = column(tmp_path)
    entries = (
        "kind: wording\nentries:\n  - {wrong: 帐号, right: 账号, reason: 规范}\n  - {wrong: 采购, right: 政府采购}\n"
    )
    (root / PATH).write_text(entries, "utf-8")
    (root / "plans/files/说明和用法.txt").write_text("公布帐号。", "utf-8")
    text = (root / PLAN).read_text("utf-8")
    attached = "{file: 2026年任务分解表.pdf, title: 2026年政务公开任务分解表}"
    more = f"{attached}\n    - {{file: 说明和用法.txt, title: 说明和用法}}"
    text = text.replace(attached, more, 1).replace("text: 公开政府采购项目信息。", "text: 公开政府采购项目的帐号。", 1)
    (root / PLAN).write_text(text, "utf-8")
    found = [each for each in pipeline.check(root, DAY).findings if each.code == "TYPO-04"]
    assert {(each.path[-1], "帐号" in each.message) for each in found} >= {("text", True), ("file", True)}
    assert all("“采购”" not in each.message or "政府采购" not in each.message.split("里写了")[0] for each in found)
    assert any("说明和用法.txt" in each.message and "请写 账号（规范）" in (each.hint or "") for each in found)
