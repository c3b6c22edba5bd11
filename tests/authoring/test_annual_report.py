"""The draft for the annual report says what the entries say, and nothing else."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import docx
from click.testing import CliRunner

from gongkai import pipeline
from gongkai.authoring.annual_report import PARTS, as_word, draft
from gongkai.cli import main
from gongkai.kinds.plan import KIND as PLAN_FILES
from tests.miniature.build import AS_OF, miniature_repository


def text_of(tmp_path: Path) -> str:
    column = pipeline.check(miniature_repository(tmp_path), AS_OF).column
    return draft(column, PLAN_FILES.of(column)["shili-2021"])


def test_every_entry_is_there_and_every_figure_is_counted(tmp_path: Path) -> None:
    text = text_of(tmp_path)
    assert (
        "共4项任务，3项公开了落实情况：已完成，长期坚持1项；过了原定日期，未报完成1项；停止并说明1项。1项还没有公开落实情况。"
        in text
    )
    for words in (
        "第一次公开了补贴名单。",
        "全年公开两次，以后每年照办。",
        "名单正在核对。",
        "入学政策改由市级统一公开",
    ):
        assert words in text
    assert "https://www.example.com/subsidy" in text
    assert "还没有公开落实情况的任务：第4项。" in text
    assert [part for part in PARTS if f"、{part}" not in text] == []


def test_a_report_ends_on_its_day(tmp_path: Path) -> None:
    """What was published later belongs to the next report."""
    column = pipeline.check(miniature_repository(tmp_path), date(2021, 8, 1)).column
    text = draft(column, PLAN_FILES.of(column)["shili-2021"])
    assert "第一次公开了补贴名单。" in text
    assert "全年公开两次" not in text
    assert "共4项任务，1项公开了落实情况" in text


def test_late_and_stopped_tasks_are_problems_not_achievements(tmp_path: Path) -> None:
    before, after = text_of(tmp_path).split("## 五、")
    assert "公开养老服务补贴" in before
    assert "名单正在核对。" in after
    assert "名单正在核对。" not in before


def test_nothing_is_invented_for_a_plan_without_entries(checked: pipeline.Checked) -> None:
    text = draft(checked.column, PLAN_FILES.of(checked.column)["changqing-2022"])
    assert "共66项任务，0项公开了落实情况。66项还没有公开落实情况。" in text
    assert "完成" not in text.replace("完成时限", "")


def test_word_says_the_same(tmp_path: Path) -> None:
    text = text_of(tmp_path)
    said = [paragraph.text for paragraph in docx.Document(io.BytesIO(as_word(text))).paragraphs]
    written = [re.sub(r"^\s*(?:#+|-|>)\s*", "", line).strip() for line in text.splitlines()]
    assert said == [line for line in written if line]


def test_the_command_writes_it(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    out = tmp_path / "out/report.docx"
    arguments = ["report", "shili-2021", "--root", str(root), "--as-of", "2022-03-01"]
    assert "落实情况（草稿）" in CliRunner().invoke(main, arguments).output
    assert CliRunner().invoke(main, [*arguments, "--output", str(out)]).exit_code == 0
    assert docx.Document(str(out)).paragraphs
    out.write_text("改过的", encoding="utf-8")
    again = CliRunner().invoke(main, [*arguments, "--output", str(out)])
    assert (again.exit_code, out.read_text(encoding="utf-8")) == (1, "改过的")
    assert "不会覆盖" in again.output
    assert "没有编号为 nothing" in CliRunner().invoke(main, ["report", "nothing", "--root", str(root)]).output
