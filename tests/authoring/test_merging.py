"""Two people's changes of one file: what both meant, or a conflict; nothing lost, nothing wrong."""

from __future__ import annotations

import copy
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from gongkai.authoring.edits import Delete, EditError, Insert, Set, edit
from gongkai.authoring.merging import merge_texts
from gongkai.authoring.merging.inheritance import filled
from gongkai.cli import main
from gongkai.load.files import load_text
from gongkai.load.yaml_values import load_values
from tests.conftest import ROOT

PLAN = (ROOT / "plans/laiwu-2021.yml").read_text("utf-8")
UNITS = (ROOT / "plans/vocabularies/units-laiwu.yml").read_text("utf-8")
ROWS = ("task_table", "rows")


def row(text: str, at: int) -> dict[str, Any]:
    rows: list[dict[str, Any]] = load_values(text)["task_table"]["rows"]
    return rows[at]


def both(text: str, *changes: list[Any]) -> tuple[str, str, str]:
    return text, edit(text, changes[0]), edit(text, changes[1])


def test_two_fields_of_one_row() -> None:
    merged = merge_texts(
        *both(PLAN, [Set((*ROWS, 3, "deadline"), "2021年9月底前")], [Set((*ROWS, 3, "editor_note"), "注")])
    )
    assert merged.conflicts == ()
    assert (row(merged.text, 3)["deadline"], row(merged.text, 3)["editor_note"]) == ("2021年9月底前", "注")


def test_both_append_a_unit() -> None:
    known = load_values(UNITS)["units"]
    new = [{"id": f"laiwu-{name}", "name": name, "kind": "department"} for name in ("xinju", "xinban")]
    merged = merge_texts(*both(UNITS, *([Insert(("units", len(known)), each)] for each in new)))
    assert merged.conflicts == ()
    assert [each["id"] for each in load_values(merged.text)["units"]][-2:] == ["laiwu-xinban", "laiwu-xinju"]


def test_both_begin_the_progress_of_a_task() -> None:
    entries = [{"date": f"2021-0{at}-30", "status": "推进中", "text": f"做了{at}"} for at in (9, 6)]
    merged = merge_texts(*both(PLAN, *([Set((*ROWS, 5, "progress"), [entry])] for entry in entries)))
    assert merged.conflicts == ()
    assert [entry["date"] for entry in row(merged.text, 5)["progress"]] == ["2021-06-30", "2021-09-30"]


def test_an_entry_that_both_reworded_is_asked_about_and_never_doubled() -> None:
    """It is known by its day and words, which are what both changed."""
    entry = {"date": "2021-06-30", "status": "推进中", "text": "开始办理"}
    base = edit(PLAN, [Set((*ROWS, 5, "progress"), [entry])])
    said = (*ROWS, 5, "progress", 0, "text")
    merged = merge_texts(*both(base, [Set(said, "开始了")], [Set(said, "已经开始")]))
    assert len(merged.conflicts) == 1
    one = merge_texts(*both(base, [Set(said, "开始了")], [Set((*ROWS, 5, "progress", 0, "status"), "已完成")]))
    assert one.conflicts == ()
    assert row(one.text, 5)["progress"] == [{**entry, "text": "开始了", "status": "已完成"}]


def test_the_same_field_is_a_conflict_with_both_sides_in_the_file() -> None:
    merged = merge_texts(*both(PLAN, *([Set((*ROWS, 3, "deadline"), text)] for text in ("全年", "2021年9月底前"))))
    assert [each for each in merged.conflicts if "“全年”" in each and "“2021年9月底前”" in each]
    _, (found,) = load_text("plans/laiwu-2021.yml", merged.text)
    assert found.code == "YAML-16"
    assert "全年" in found.message
    assert "2021年9月底前" in found.message


@pytest.mark.parametrize("also", [Set((*ROWS, 4, "editor_note"), "注"), Delete((*ROWS, 4))])
def test_a_row_that_one_changes_and_one_deletes_is_a_conflict(also: Any) -> None:
    changed = edit(PLAN, [Set((*ROWS, 4, "text"), "改成别的很不一样的一件事情。")])
    merged = merge_texts(PLAN, changed, edit(PLAN, [also]))
    assert merged.conflicts
    assert merged.text.count("<<<<<<<") == merged.text.count(">>>>>>>") > 0


def test_rows_numbered_anew_are_not_merged_with_what_others_wrote_of_them() -> None:
    """The old third row is the fourth now: what somebody wrote of the third is not about the new one."""
    rows = copy.deepcopy(load_values(PLAN)["task_table"]["rows"])
    rows.insert(2, {"number": 3, "text": "新的一项任务。", "units": "区财政局", "deadline": "全年"})
    for at, each in enumerate(rows, start=1):
        each["number"] = at
    renumbered = edit(PLAN, [Set(ROWS, rows)])
    merged = merge_texts(PLAN, renumbered, edit(PLAN, [Set((*ROWS, 2, "editor_note"), "只说旧的第三项")]))
    assert merged.conflicts


def test_a_row_put_in_by_one_keeps_what_blank_cells_meant_to_the_other() -> None:
    """One changes the units of the row above, the other puts a row below that takes them over."""
    rows = [{"number": at, "text": f"任务{at}", "units": f"单位{at}"} for at in (1, 2)]
    base = yaml.safe_dump({"kind": "plan", "task_table": {"rows": rows}}, allow_unicode=True, sort_keys=False)
    ours = edit(base, [Set((*ROWS, 1, "units"), "新单位")])
    theirs = edit(base, [Insert((*ROWS, 2), {"number": 3, "text": "任务3"}), Set((*ROWS, 1, "editor_note"), "注")])
    merged = merge_texts(base, ours, theirs)
    assert merged.conflicts == ()
    assert [each["units"] for each in filled(load_values(merged.text))["task_table"]["rows"]] == [
        "单位1",
        "新单位",
        "单位2",
    ]


def test_comments_of_both_sides_stay() -> None:
    ours = PLAN.replace("kind: plan", "# 甲核对过\nkind: plan", 1)
    theirs = edit(PLAN, [Set((*ROWS, 3, "editor_note"), "注")]).replace("year: 2021", "year: 2021  # 乙核对过", 1)
    merged = merge_texts(PLAN, ours, theirs)
    assert merged.conflicts == ()
    assert "甲核对过" in merged.text
    assert "乙核对过" in merged.text


FILES = [PLAN, UNITS, (ROOT / "plans/laiwu-2021-decisions.yml").read_text("utf-8")]


@pytest.mark.parametrize("seed", range(120))
def test_random_changes_are_both_there_or_a_conflict(seed: int) -> None:
    """Looked at with an oracle of its own: every changed leaf of either side, by the identity of what holds it."""
    rng = random.Random(seed)
    base = rng.choice(FILES)
    ours, theirs = (changed(base, rng, side) for side in ("甲", "乙"))
    merged = merge_texts(base, ours, theirs)
    if merged.conflicts:
        assert "<<<<<<<" in merged.text
        return
    before, *sides, after = (leaves(filled(load_values(text))) for text in (base, ours, theirs, merged.text))
    for side in sides:
        for place in before.keys() | side.keys():
            if before.get(place) != side.get(place):
                assert after.get(place) == side.get(place), place
    for place in after.keys() | before.keys():
        if after.get(place) != before.get(place):
            assert any(after.get(place) == side.get(place) for side in sides), place


def changed(text: str, rng: random.Random, side: str) -> str:
    for _ in range(rng.randint(1, 3)):
        data = load_values(text)
        places = list(lists(data))
        path, items = rng.choice(places)
        at = rng.randrange(len(items))
        what = rng.choice(["set", "set", "note", "insert", "delete"])
        fields = [name for name, value in items[at].items() if isinstance(value, str) and name not in ("id", "date")]
        change: Any
        if what == "set" and fields:
            change = Set((*path, at, rng.choice(fields)), f"{side}改的{rng.randrange(9)}")
        elif what == "insert" and "number" in items[0] and isinstance(items[0]["number"], int):
            number = max(each["number"] for each in items) + rng.randint(1, 2)
            change = Insert((*path, len(items)), {**items[-1], "number": number, "title": f"{side}{number}"})
        elif what == "delete" and len(items) > 1:
            change = Delete((*path, at))
        else:
            change = Set((*path, at, "editor_note"), f"{side}注{rng.randrange(9)}")
        try:
            text = edit(text, [change])
        except EditError:
            continue
    return text


def lists(value: Any, path: tuple[Any, ...] = ()) -> Any:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from lists(inner, (*path, key))
    elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        yield path, value
        for at, item in enumerate(value):
            yield from lists(item, (*path, at))


def leaves(value: Any, path: tuple[Any, ...] = ()) -> dict[tuple[Any, ...], Any]:
    """Every value by where it is, items of lists by id or number; those without are what they say."""
    if isinstance(value, dict):
        return {place: leaf for key, inner in value.items() for place, leaf in leaves(inner, (*path, key)).items()}
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        found = {}
        for item in value:
            named = item.get("id", item.get("number", item.get("date", item.get("title"))))
            found |= {(*path, named): True} | leaves(item, (*path, named))
        return found
    return {path: yaml.safe_dump(value, allow_unicode=True)}


def test_git_calls_it_once_it_is_installed(tmp_path: Path) -> None:
    def git(*words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["git", *words], cwd=tmp_path, capture_output=True, text=True, check=check)

    git("init", "-q", "-b", "main")
    git("config", "user.email", "a@example.org")
    git("config", "user.name", "a")
    (tmp_path / "plans").mkdir()
    path = tmp_path / "plans/laiwu-2021.yml"
    path.write_text(PLAN, "utf-8")
    done = CliRunner().invoke(main, ["merge-file", "--install", "--root", str(tmp_path)])
    assert "已登记" in done.output
    assert sys.executable in git("config", "merge.gongkai.driver").stdout
    git("add", "-A")
    git("commit", "-qm", "base")
    git("checkout", "-qb", "other")
    path.write_text(edit(PLAN, [Set((*ROWS, 3, "editor_note"), "乙")]), "utf-8")
    git("commit", "-qam", "theirs")
    git("checkout", "-q", "main")
    path.write_text(edit(PLAN, [Set((*ROWS, 3, "deadline"), "2021年9月底前")]), "utf-8")
    git("commit", "-qam", "ours")
    git("merge", "-q", "other")
    assert (row(path.read_text("utf-8"), 3)["editor_note"], row(path.read_text("utf-8"), 3)["deadline"]) == (
        "乙",
        "2021年9月底前",
    )


def test_a_conflict_is_told_and_written(tmp_path: Path) -> None:
    names = ("base", "ours", "theirs")
    for name, text in zip(names, both(PLAN, *([Set(("title",), each)] for each in ("甲", "乙"))), strict=True):
        (tmp_path / name).write_text(text, "utf-8")
    done = CliRunner().invoke(main, ["merge-file", *(str(tmp_path / name) for name in names), "plans/laiwu-2021.yml"])
    assert done.exit_code == 1
    assert "plans/laiwu-2021.yml：title：您的“甲”，别人的“乙”" in done.output
    assert (tmp_path / "ours").read_text("utf-8").count("<<<<<<<") == 1
