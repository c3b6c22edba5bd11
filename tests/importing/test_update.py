"""``import --update``: what changed in print changes in the file, what editors wrote stays."""

from __future__ import annotations

import difflib

import pytest
import yaml

from gongkai.importing.importer import import_file
from gongkai.importing.update import render_update, update_drafts
from tests.importing.support import ROOT, SOURCES, vocabularies

NAME = "changqing-2022.yml"
SOURCE = "changqing-2022-work-plan.txt"


def existing() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "plans").glob("*.yml")}


def updated(tmp_path, changes: dict[str, str]):
    text = (SOURCES / SOURCE).read_text(encoding="utf-8")
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after, 1)
    path = tmp_path / SOURCE
    path.write_text(text, encoding="utf-8")
    (update,) = update_drafts(import_file(path, vocabularies=vocabularies()), existing())
    return update


@pytest.mark.parametrize(
    "source", ["changqing-2022-work-plan.txt", "laiwu-2025-work-plan.html.txt", "laiwu-2021-work-plan.docx.txt"]
)
def test_an_unchanged_document_changes_nothing(source):
    updates = update_drafts(import_file(SOURCES / source, vocabularies=vocabularies()), existing())
    assert [update.changes for update in updates] == [()]
    assert all(update.text == existing()[update.name] for update in updates)
    assert "没有变化" in render_update(updates)


def test_a_changed_wording_is_replaced_in_place_and_nothing_else(tmp_path):
    update = updated(tmp_path, {"全年\t\n3\t\t加强减税降费信息公开": "2022年10月底前\t\n3\t\t加强减税降费信息公开"})
    assert [(change.before, change.after) for change in update.changes] == [("全年", "2022年10月底前")]
    before, after = existing()[NAME].split("\n"), update.text.split("\n")
    assert [(one, other) for one, other in zip(before, after, strict=True) if one != other] == [
        ("      deadline: 全年", "      deadline: 2022年10月底前")
    ]


def test_rows_come_and_go_and_no_comment_does(tmp_path):
    """What was once a reason to write the file anew: it stays the editors', line by line."""
    words = "适时对上一年度工作要点落实情况开展“回头看”督查，逐项核查核销，对未完成的依法督促整改。"
    row = f"65\t\t\t{words}\t\t2022年6月底前\n"
    new = "67\t\t\t公开新增的一项重点工作进展情况。\t区政府办公室\t全年\n"
    text = (SOURCES / SOURCE).read_text(encoding="utf-8")
    changed = text.replace(row, "").replace("\n抄送：", f"\n{new}\n抄送：")
    assert changed != text
    path = tmp_path / SOURCE
    path.write_text(changed, encoding="utf-8")
    committed = existing()[NAME].replace("    - number: 64\n", "    # 已电话核实\n    - number: 64  # 见原件\n")
    before = committed.replace("\n", "\r\n")
    (update,) = update_drafts(import_file(path, vocabularies=vocabularies()), {NAME: before})
    assert {change.where for change in update.changes} >= {"任务分解表·任务·新增", "任务分解表·任务·删去"}
    old, now = before.split("\r\n"), update.text.split("\r\n")
    assert "\n" not in "".join(now)
    assert "    # 已电话核实" in now
    assert "    - number: 64  # 见原件" in now
    gone = [line for line in difflib.ndiff(old, now) if line.startswith("- ")]
    assert len(gone) <= 6, "only the row itself, and what the row below it had from it"


def test_an_inserted_row_moves_no_theme_note_or_section(tmp_path):
    update = updated(tmp_path, {"\n抄送：": "\n67\t\t\t公开新增的一项重点工作进展情况。\t区政府办公室\t全年\n\n抄送："})
    old, new = yaml.safe_load(existing()[NAME]), yaml.safe_load(update.text)
    assert new["task_table"]["rows"][:66] == old["task_table"]["rows"]
    assert new["task_table"]["rows"][66]["text"] == "公开新增的一项重点工作进展情况。"
    assert {key: new[key] for key in ("id", "themes", "related") if key in old} == {
        key: old[key] for key in ("id", "themes", "related") if key in old
    }
    assert [change.where for change in update.changes] == ["任务分解表·任务·新增"]


def test_a_removed_row_is_shown(tmp_path):
    text = "适时对上一年度工作要点落实情况开展“回头看”督查，逐项核查核销，对未完成的依法督促整改。"
    row = f"65\t\t\t{text}\t\t2022年6月底前\n"
    update = updated(tmp_path, {row: ""})
    assert ("任务分解表·任务·删去", True) in [(change.where, change.after is None) for change in update.changes]
    numbers = [row["number"] for row in yaml.safe_load(update.text)["task_table"]["rows"]]
    assert 65 not in numbers
    assert len(numbers) == 65


def test_the_changes_are_told_in_chinese(tmp_path):
    update = updated(tmp_path, {"区人社局、区医保局": "区人社局、区医疗保障局"})
    report = render_update([update])
    assert "changqing-2022.yml：1 处变化" in report
    assert "任务分解表·任务 22·责任单位" in report
    assert "- 区人社局、区医保局" in report
    assert "+ 区人社局、区医疗保障局" in report
