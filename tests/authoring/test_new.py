"""``gongkai new``: what it writes can be checked at once, and what stood there before is still there."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from gongkai import pipeline
from gongkai.authoring.edits import Set, edit
from gongkai.cli import main
from gongkai.findings.finding import Severity
from gongkai.kinds.catalogue import KIND as CATALOGUE_FILES
from gongkai.kinds.decision_directory import KIND as DIRECTORY_FILES
from gongkai.kinds.plan import KIND as PLAN_FILES
from gongkai.text.numerals import numeral, parse_numeral

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    return tmp_path


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--root", str(root)])


def added(root: Path, name: str) -> list[str]:
    """The lines that a file has more; none may be missing."""
    before = (ROOT / "plans" / name).read_text("utf-8").splitlines()
    after = (root / "plans" / name).read_text("utf-8").splitlines()
    rest = iter(after)
    assert all(line in rest for line in before), "a line was changed or lost"
    return [line for line in after if line not in before]


def test_a_new_plan_passes_the_check_but_for_what_is_to_be_filled_in(root: Path) -> None:
    done = run(root, "new", "plan", "laiwu-2026", "--organ", "laiwu", "--year", "2026", "--title", "2026年工作要点")
    assert done.exit_code == 0, done.output
    findings = pipeline.check(root, date(2026, 11, 21)).findings
    wrong = {finding.code for finding in findings if finding.severity is Severity.ERROR}
    assert wrong == {"DOC-01", "TYPO-02"}


def test_a_new_catalogue_passes_the_check_but_for_what_is_to_be_filled_in(root: Path) -> None:
    name = "laiwu-2026-catalogue"
    done = run(
        root, "new", "catalogue", name, "--organ", "laiwu", "--year", "2026", "--title", "莱芜区主动公开事项目录"
    )
    assert done.exit_code == 0, done.output
    checked = pipeline.check(root, date(2026, 11, 21))
    wrong = {finding.code for finding in checked.findings if finding.severity is Severity.ERROR}
    assert wrong == {"DOC-01", "TYPO-02"}
    assert CATALOGUE_FILES.of(checked.column)[name].items[0].units[0].unit == "laiwu-zhengfuban"


def test_two_people_who_add_units_do_not_meet(root: Path) -> None:
    """At the end of the register they would always be a merge conflict."""
    register = root / "plans/vocabularies/units-laiwu.yml"
    base = register.read_bytes()
    texts = []
    for name, identifier in (("区档案局", "laiwu-danganju"), ("区水利局", "laiwu-shuiliju")):
        register.write_bytes(base)
        done = run(root, "new", "unit", "laiwu", name, "--id", identifier, "--kind", "department")
        assert done.exit_code == 0, done.output
        texts.append(register.read_bytes())
    files = [root / name for name in ("mine", "base", "theirs")]
    for file, content in zip(files, (texts[0], base, texts[1]), strict=True):
        file.write_bytes(content)
    merged = subprocess.run(["git", "merge-file", "-p", *map(str, files)], check=False, capture_output=True)
    assert merged.returncode == 0, merged.stdout.decode()
    register.write_bytes(merged.stdout)
    units = pipeline.check(root, date(2026, 11, 21)).column.units
    assert {"laiwu-danganju", "laiwu-shuiliju"} <= units.keys()
    departments = [unit for unit in units.values() if unit.organ == "laiwu" and unit.kind.value == "department"]
    assert departments[-1].id != "laiwu-shuiliju"


def test_what_is_reported_late_stands_in_its_place(root: Path) -> None:
    for day in ("2021-12-30", "2021-09-01", "2021-12-30"):
        done = run(
            root, "new", "progress", "laiwu-2021/tasks/3", "--status", "推进中", "--text", day, "--date", day
        )  # fmt: skip
        assert done.exit_code == 0, done.output
    plan = pipeline.check(root, date(2022, 1, 5)).column.files["plan"]["laiwu-2021"]
    assert [entry.text for entry in plan.tasks[2].progress] == ["2021-09-01", "2021-12-30", "2021-12-30"]


@pytest.mark.parametrize("newline", ["\r\n", "\n"])
def test_line_ends_and_comments_stay_as_they_are(root: Path, newline: str) -> None:
    path = root / "plans/laiwu-2021.yml"
    text = path.read_text("utf-8").replace("year: 2021\n", "year: 2021  # 待核\n").rstrip("\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", newline).encode())
    done = run(
        root, "new", "progress", "laiwu-2021/tasks/3", "--status", "完成", "--text", "甲", "--date", "2021-12-30"
    )
    assert done.exit_code == 0, done.output
    after = path.read_bytes().decode()
    assert after.startswith("\ufeff")
    assert not after.endswith("\n")
    assert f"year: 2021  # 待核{newline}" in after
    assert after.count(newline) == after.count("\n") == text.count("\n") + 4


def test_an_entry_of_progress_is_added_below_the_earlier_ones(root: Path) -> None:
    for day, status in (("2021-09-01", "推进中"), ("2021-12-30", "完成")):
        done = run(
            root, "new", "progress", "laiwu-2021/tasks/3", "--status", status, "--text", "测试", "--date", day,
            "--evidence", "公告", "https://www.example.com/a",
        )  # fmt: skip
        assert done.exit_code == 0, done.output
    assert len(added(root, "laiwu-2021.yml")) >= 7
    plan = PLAN_FILES.of(pipeline.check(root, date(2022, 1, 5)).column)["laiwu-2021"]
    assert [entry.status.value for entry in plan.tasks[2].progress] == ["推进中", "完成"]
    assert plan.tasks[2].progress[0].evidence[0].url == "https://www.example.com/a"


@pytest.mark.parametrize("record", ["laiwu-2025/tasks/2", "laiwu-2021-projects/7", "changqing-2022/tasks/66"])
def test_progress_goes_to_clauses_and_projects_too(root: Path, record: str) -> None:
    done = run(root, "new", "progress", record, "--status", "推进中", "--text", "测试", "--date", "2025-12-01")
    assert done.exit_code == 0, done.output
    assert added(root, f"{record.split('/', maxsplit=1)[0]}.yml")
    assert pipeline.check(root, date(2026, 1, 5)).ok


def test_stages_are_added_and_replaced(root: Path) -> None:
    for url in ("https://www.example.com/1", "https://www.example.com/2"):
        done = run(root, "new", "stage", "laiwu-2021-decisions/3", "draft", "--url", url, "--date", "2021-10-08")
        assert done.exit_code == 0, done.output
    assert (
        run(
            root, "new", "stage", "laiwu-2021-decisions/3", "background", "--url", "https://www.example.com/3"
        ).exit_code
        == 0
    )
    decision = DIRECTORY_FILES.of(pipeline.check(root, date(2021, 11, 1)).column)["laiwu-2021-decisions"].decisions[2]
    assert [(stage.kind, stage.url) for stage in decision.stages if stage.url] == [
        ("draft", "https://www.example.com/2"),
        ("background", "https://www.example.com/3"),
    ]


def test_a_decision_is_added_and_a_directory_begun(root: Path) -> None:
    done = run(root, "new", "decision", "laiwu-2021-decisions", "--title", "测试事项", "--organizers", "区财政局")
    assert done.exit_code == 0, done.output
    assert [line.strip() for line in added(root, "laiwu-2021-decisions.yml")] == [
        "- number: 6", "number_text: 六", "title: 测试事项", "organizers: 区财政局",
    ]  # fmt: skip
    fresh = ("new", "decision", "laiwu-2026-decisions", "--title", "测试：事项", "--organizers", "区财政局")
    assert "新建时请写 --organ" in run(root, *fresh).output
    assert run(root, *fresh, "--organ", "laiwu", "--year", "2026").exit_code == 0
    column = pipeline.check(root, date(2026, 11, 21)).column
    assert DIRECTORY_FILES.of(column)["laiwu-2026-decisions"].decisions[0].title == "测试：事项"


def test_a_row_goes_in_by_its_number_and_the_rows_below_say_what_they_said(root: Path) -> None:
    """A blank cell means: as above. Whoever puts a row between must not change what the next one takes over."""
    path = root / "plans/changqing-2022.yml"
    before = PLAN_FILES.of(pipeline.check(root, date(2022, 12, 1)).column)["changqing-2022"].tasks
    rows = list(yaml.safe_load(path.read_text("utf-8"))["task_table"]["rows"])
    blank = next(at for at, row in enumerate(rows) if at and "units" not in row and "area" not in row)
    number = rows[blank]["number"]
    text = path.read_text("utf-8")
    for at in range(len(rows) - 1, blank - 1, -1):  # a number is free in front of the row that takes everything over
        text = edit(text, [Set(("task_table", "rows", at, "number"), rows[at]["number"] + 1)])
    path.write_text(text, "utf-8")
    done = run(
        root, "new", "task", "changqing-2022", "--number", str(number), "--text", "插在中间", "--units", "区财政局",
        "--area", "别的任务", "--deadline", "2022年6月底前",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    after = PLAN_FILES.of(pipeline.check(root, date(2022, 12, 1)).column)["changqing-2022"].tasks
    assert [task.text for task in after] == [
        *(task.text for task in before[:blank]), "插在中间", *(task.text for task in before[blank:])
    ]  # fmt: skip
    for was, now in zip(before[blank:], after[blank + 1 :], strict=True):
        assert (now.area, now.topic, [given.unit for given in now.assignments]) == (
            was.area, was.topic, [given.unit for given in was.assignments]
        )  # fmt: skip
        assert (now.deadline and now.deadline.text) == (was.deadline and was.deadline.text)


def test_what_would_not_be_well_shaped_is_not_written(root: Path) -> None:
    before = (root / "plans/laiwu-2021-projects.yml").read_bytes()
    done = run(root, "new", "project", "laiwu-2021-projects", "--title", "甲", "--themes", "不是编号")
    assert done.exit_code == 1
    assert "主题" in done.output or "编号" in done.output
    done = run(root, "new", "project", "laiwu-2021-projects", "--title", "甲", "--number", "7")
    assert "已经有第 7 项" in done.output
    done = run(root, "new", "task", "laiwu-2025", "--text", "甲")
    assert "没有放任务分解表的一行的表" in done.output
    assert (root / "plans/laiwu-2021-projects.yml").read_bytes() == before


def test_a_unit_is_added(root: Path) -> None:
    done = run(root, "new", "unit", "laiwu", "区测试局", "--id", "laiwu-ceshi", "--kind", "department")
    assert done.exit_code == 0, done.output
    assert pipeline.check(root, date(2026, 11, 21)).column.units["laiwu-ceshi"].name == "区测试局"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("new", "plan", "laiwu-2021", "--organ", "laiwu", "--year", "2021", "--title", "甲"), "已经存在，不会覆盖"),
        (
            ("new", "plan", "x-2021", "--organ", "nowhere", "--year", "2021", "--title", "甲"),
            "没有编号为 nowhere",
        ),
        (("new", "stage", "laiwu-2021-decisions/3", "drafts"), "没有 drafts 这个环节"),
        (("new", "stage", "laiwu-2021-decisions/99", "draft"), "没有编号为 laiwu-2021-decisions/99 的事项"),
        (("new", "stage", "laiwu-2021/tasks/1", "draft"), "不是决策事项"),
        (("new", "progress", "nothing/1", "--status", "完成", "--text", "甲"), "没有编号为 nothing 的文件"),
        (("new", "unit", "nowhere", "甲局", "--id", "a-b", "--kind", "department"), "没有区县 nowhere 的单位名录"),
    ],
)
def test_refusals_are_sentences_and_nothing_is_written(root: Path, arguments: tuple[str, ...], words: str) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    done = run(root, *arguments)
    assert done.exit_code == 1
    assert words in done.output
    assert "Traceback" not in done.output
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


@given(st.integers(1, 99))
def test_numerals_are_read_back(number: int) -> None:
    assert parse_numeral(numeral(number)) == number


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.com")
    subprocess.run(["git", *identity, "-C", str(root), *arguments], check=True, capture_output=True)


def test_diff_says_what_readers_will_see(root: Path) -> None:
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "one")
    assert "没有变化" in run(root, "diff", "HEAD").output
    run(root, "new", "progress", "laiwu-2021/tasks/3", "--status", "完成", "--text", "测试记录", "--date", "2021-12-01")
    run(root, "new", "stage", "laiwu-2021-decisions/3", "draft", "--url", "https://www.example.com/d")
    run(root, "new", "decision", "laiwu-2021-decisions", "--title", "新增的<b>事项", "--organizers", "区财政局")
    (root / "plans/laiwu-2021-reserve-projects.yml").unlink()
    git(root, "add", ".")
    git(root, "commit", "-qm", "two")
    told = run(root, "diff", "HEAD~1..HEAD").output
    assert told.startswith("### 读者看到的变化：新增 1 页，删除 30 页、1 项，内容变化 3 页")
    assert "决策事项 新增的\\<b\\>事项 `decisions/laiwu-2021-decisions/6/`" in told
    assert "落实情况：新增“2021-12-01 完成 测试记录”" in told
    assert "决策草案·状态：“尚未公开” → “已公开”；决策草案·材料网址：新增“https://www.example.com/d”" in told
    path = root / "plans/laiwu-2021.yml"
    path.write_text(path.read_text("utf-8").replace("text: 测试记录", "text: 改过的记录"), "utf-8")
    assert "已经公开的记录被改动或删去" in run(root, "diff", "HEAD").output


def test_a_renamed_plan_is_moved_not_removed(root: Path) -> None:
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "one")
    text = (root / "plans/changqing-2022.yml").read_text("utf-8")
    (root / "plans/changqing-2022.yml").unlink()
    moved = text.replace("id: changqing-2022\n", "id: changqing-plan\nmoved_from: [changqing-2022]\n")
    (root / "plans/changqing-plan.yml").write_text(moved, "utf-8")
    told = run(root, "diff", "HEAD").output
    assert "改址" in told.splitlines()[0]
    assert "删除" not in told.splitlines()[0]
    assert "原为 `plans/changqing-2022/tasks/1/`" in told


def test_an_unknown_commit_is_a_sentence(root: Path) -> None:
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "one"]):
        git(root, *command)
    for span in ("nothing..HEAD", "--help..x"):
        done = CliRunner().invoke(main, ["diff", "--root", str(root), "--", span])
        assert done.exit_code == 1
        assert "找不到版本" in done.output
