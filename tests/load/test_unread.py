"""One file that cannot be read hides nothing of the others, and accuses none of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gongkai import pipeline
from gongkai.column.origin import Origin
from gongkai.column.problems import Problem
from gongkai.findings.finding import Finding, Severity
from gongkai.kinds import NAMES
from gongkai.load.files import SHAPES
from gongkai.load.tree import Unread
from gongkai.load.yaml_values import load_values
from gongkai.rules.consequences import without_consequences
from gongkai.rules.registry import RULES
from tests.miniature.build import AS_OF

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = {
    "repository": (ROOT / "plans", date(2026, 10, 1)),
    "miniature": (ROOT / "tests/miniature/plans", AS_OF),
    "district": (ROOT / "tests/rules/district/plans", date(2024, 9, 2)),
    "clerk": (ROOT / "tests/mistakes/plans", date(2026, 10, 1)),
}
BREAKS: dict[str, Callable[[bytes], bytes]] = {
    "syntax": lambda content: content + b"\n  - [x\n",
    "a field too many": lambda content: content + b"\nnonsense: 1\n",
    "empty": lambda _: b"",
    "cut off": lambda content: content[: len(content) // 2] + b'\n"',
    "UTF-16": lambda content: content.decode().encode("utf-16"),
}
DEPENDENT = {
    "organs": {"REF-01", "DEC-02", "DEC-04", "DEC-05", "DEC-12", "DEC-17", "DEC-26", "META-10", "CAL-01"},
    "themes": {"REF-02", "CLS-01", "META-05", "CAT-01"},
    "units": {"REF-03", "TAB-02", "TAB-03", "TAB-04", "UNIT-01", "UNIT-02", "UNIT-03", "CAT-04", "DEC-01", "DEC-03"},
    "document_numbers": {"DOC-04"},
    "decision_stages": {*(rule for rule in RULES if rule.startswith("DEC-")), "CAL-01", "REF-07"},
    "workdays": {
        "CAL-01",
        "PUB-01",
        "DEC-06",
        "DEC-09",
        "DEC-10",
        "DEC-12",
        "INT-01",
        "CAT-01",
        "PART-01",
        "TAB-05",
        "TAB-09",
    },
    "law": {"CAL-01", "DEC-02", "DEC-04", "DEC-05", "DEC-12", "DEC-17", "DEC-26", "META-10", "DEC-31"},
    "audiences": {"REF-09"},
    "search_vocabulary": set(),
    "withdrawals": set(),
    "wording": {"TYPO-04"},
    **{kind: {"CAT-01", "INT-01", "DEC-18", "UNIT-03", "PART-01", "VER-02", "DOC-05"} for kind in NAMES},
}
"""By kind of file: what nobody can find any more without it."""

Key = tuple[str, str, str]


def column(name: str, scratch: Path) -> tuple[Path, date]:
    """A copy of a column, as it would be published."""
    plans, day = COLUMNS[name]
    shutil.copytree(plans, scratch / "plans")
    settings = (ROOT / "mkdocs.yml").read_text("utf-8").replace("profile: demo", "profile: production")
    (scratch / "mkdocs.yml").write_text(settings, "utf-8")
    return scratch, day


def findings(root: Path, day: date) -> dict[Key, Finding]:
    return {(found.file, found.code, found.message): found for found in pipeline.check(root, day).findings}


@pytest.mark.parametrize("name", COLUMNS)
@pytest.mark.parametrize("how", BREAKS)
def test_whatever_is_broken_the_others_say_what_they_said(name: str, how: str, tmp_path: Path) -> None:
    root, day = column(name, tmp_path)
    before = findings(root, day)
    for path in sorted((root / "plans").rglob("*.yml")):
        content, file = path.read_bytes(), path.relative_to(root).as_posix()
        kind = load_values(content.decode())["kind"]
        path.write_bytes(BREAKS[how](content))
        now = findings(root, day)
        path.write_bytes(content)
        assert any(found.file == file and found.severity == "error" for found in now.values())
        added = [key for key in now.keys() - before.keys() if key[0] != file]
        assert added == [], f"{file} is broken, not these"
        lost = {code for where, code, _ in before.keys() - now.keys() if where != file}
        unknown = how in ("empty", "UTF-16")  # then its kind is only known by its name
        assert lost <= (set().union(*DEPENDENT.values()) if unknown else DEPENDENT[kind]), file


PLAN = "plans/shili-2026-yaodian.yml"
MISTAKES = {
    "中文冒号": ("year: 2026", "year：2026"),
    "冒号后没空格": ("year: 2026", "year:2026"),
    "缩进少一格": ("      text: 公开政府采购项目信息。", "     text: 公开政府采购项目信息。"),
    "缩进用Tab": ("      text: 公开政府采购项目信息。", "\ttext: 公开政府采购项目信息。"),
    "文中半角冒号空格": ("text: 公开政府采购项目信息。", "text: 公开: 政府采购项目信息。"),
    "弯引号包编号": ("section: 1-2", "section: “1-2”"),
    "日期": ("date_signed: 2026-04-20", "date_signed: 2026年4月20日"),
    "合并冲突标记": ("      text: 公开政府采购项目信息。\n", "<<<<<<< HEAD\n=======\n>>>>>>> origin/main\n"),
    "删了 id": ("id: shili-2026-yaodian\n", ""),
    "字段名拼错": ("      deadline: 2026年9月底前", "      deadlin: 2026年9月底前"),
    "零宽空格": ("units: 县财政局\n", "units: 县财政\u200b局\n"),
    "主题写中文": ("themes: [platforms, policy-interpretation]", "themes: [平台建设, 政策解读]"),
    "kind写中文": ("kind: plan", "kind: 工作要点"),
    "organ写名称": ("organ: shili", "organ: 示例县"),
    "引号不成对": ("text: 公开政府采购项目信息。", 'text: "公开政府采购项目信息。'),
    "编号大写": ("id: shili-2026-yaodian", "id: Shili_2026"),
}


@pytest.mark.parametrize(("old", "new"), MISTAKES.values(), ids=MISTAKES)
def test_a_clerks_mistake_stays_in_its_file(old: str, new: str, tmp_path: Path) -> None:
    """Above all the attachment that the broken file names is not called unused."""
    root, day = column("clerk", tmp_path)
    before = findings(root, day)
    text = (root / PLAN).read_text("utf-8")
    assert old in text
    (root / PLAN).write_text(text.replace(old, new, 1), "utf-8")
    now = findings(root, day)
    assert {key for key in now if key[0] != PLAN} == {key for key in before if key[0] != PLAN}
    assert [found for found in now.values() if found.file == PLAN and found.severity == "error"]


@pytest.mark.parametrize("name", ["shili-2026-yaodian.yml.txt", "shili-2026-yaodian.yml.bak"])
def test_a_file_with_a_wrong_ending_may_name_an_attachment_too(name: str, tmp_path: Path) -> None:
    root, day = column("clerk", tmp_path)
    (root / PLAN).rename(root / "plans" / name)
    assert not [key for key in findings(root, day) if key[1] == "ATT-05"]


def test_an_attachment_is_not_called_unused_where_another_is_missing(tmp_path: Path) -> None:
    """A name that is mistyped is one mistake, not a reason to delete what it means."""
    root, day = column("clerk", tmp_path)
    text = (root / PLAN).read_text("utf-8")
    (root / PLAN).write_text(text.replace("file: 2026年任务分解表.pdf", "file: 2026年任务分解.pdf"), "utf-8")
    (root / "plans/files/notes.zip").write_text("x")
    codes = [(code, where) for where, code, _ in findings(root, day) if code.startswith("ATT")]
    assert sorted(codes) == [("ATT-01", PLAN), ("ATT-05", "plans/files/notes.zip")]


def test_a_copy_is_one_mistake(tmp_path: Path) -> None:
    """What counts is the file that is called like its id, whatever comes first in the alphabet."""
    root, day = column("clerk", tmp_path)
    before = findings(root, day)
    shutil.copy(root / PLAN, root / "plans/shili-2026-yaodian - 副本.yml")
    now = findings(root, day)
    assert before.keys() <= now.keys()
    new = [now[key] for key in now.keys() - before.keys()]
    assert sorted(found.code for found in new) == ["ATT-06", "SHAPE-11", "SHAPE-12"]
    (again,) = (found for found in new if found.code == "SHAPE-12")
    assert (again.path, again.fields, again.line) == (("id",), ("id",), 5)
    assert again.message == f"编号 shili-2026-yaodian 已经用在 {PLAN}"


def test_a_broken_register_is_needed_by_its_own_district_only(tmp_path: Path) -> None:
    root, day = column("repository", tmp_path)
    for name, old, new in (
        ("laiwu-2021.yml", "units: 各镇（街道）", "units: 区没有局"),
        ("changqing-2022.yml", "units: 各街镇", "units: 区没有局"),
        ("vocabularies/units-changqing.yml", "kind: department", "kind: 部门"),
    ):
        path = root / "plans" / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
    wrong = {(found.file, found.code) for found in findings(root, day).values() if found.severity == "error"}
    assert ("plans/laiwu-2021.yml", "TAB-02") in wrong
    assert ("plans/vocabularies/units-changqing.yml", "SHAPE-05") in wrong
    assert not [each for each in wrong if each[0] == "plans/changqing-2022.yml" and each[1].startswith(("TAB", "REF"))]


def test_a_waiver_is_not_called_idle_where_its_rule_could_not_look(tmp_path: Path) -> None:
    root, day = column("repository", tmp_path)
    path = root / "plans/changqing-2022.yml"
    text = path.read_text("utf-8").replace(
        "organ: changqing\n",
        "organ: changqing\nignore: [{rule: META-05, reason: 甲}, {rule: TYPO-01, reason: 乙}]\n",
        1,
    )
    path.write_text(text, "utf-8")
    idle = [key for key in findings(root, day) if key[1] == "IGN-01" and key[0].endswith("changqing-2022.yml")]
    assert "这里已经没有 META-05 的问题" in {message for _, _, message in idle}
    (root / "plans/vocabularies/themes.yml").write_bytes(b"kind: themes\nthemes: [\n")
    assert not [key for key in findings(root, day) if key[1] == "IGN-01" and "META-05" in key[2]]


def test_a_prefix_of_an_unknown_unit_is_a_sentence(tmp_path: Path) -> None:
    root, day = column("clerk", tmp_path)
    path = root / "plans/vocabularies/document-numbers.yml"
    path.write_text(path.read_text("utf-8").replace("issuer: shili-zhengfuban", "issuer: shili-nobody"), "utf-8")
    found = findings(root, day)
    assert (path.relative_to(root).as_posix(), "REF-03", "单位名录中没有编号 shili-nobody") in found
    assert [message for _, code, message in found if code == "DOC-04" and "shili-nobody" in message]


def test_every_vocabulary_and_record_is_accounted_for() -> None:
    assert DEPENDENT.keys() == SHAPES.keys()


@pytest.mark.parametrize("kind", NAMES)
def test_what_a_catalogue_asks_for_may_stand_in_an_unread_file_of_any_kind(kind: str) -> None:
    missing = Problem("CAT-01", Severity.WARNING, Origin("plans/catalogue.yml"), "没有公开", None, None)
    unread = Unread("plans/x.yml", frozenset({kind}), frozenset({"x"}), None)
    assert without_consequences([missing], [unread], {}) == []


def test_what_stands_in_an_unread_document_is_not_missed_elsewhere(tmp_path: Path) -> None:
    """The party's consent and the themes may well stand in it; a wrong word in the file itself is still found."""
    root, day = column("clerk", tmp_path)
    path = root / "plans/shili-2026-decisions.yml"
    text = path.read_text("utf-8")
    start, end = text.index("document:\n"), text.index("themes: [major-decisions]")
    shared = text[:start] + "document: shili-2026-yaodian\n" + text[end:].replace("themes: [major-decisions]\n", "")
    shared = shared.replace("party_consent: 经县委、县政府同意\n", "").replace("县民政局", "县民证局")
    path.write_text(shared, "utf-8")
    where = path.relative_to(root).as_posix()
    (root / PLAN).write_text((root / PLAN).read_text("utf-8").replace("year: 2026", "year：2026"), "utf-8")
    codes = {code for file, code, _ in findings(root, day) if file == where}
    assert codes.isdisjoint({"DEC-02", "CLS-01", "REF-06"})
    assert "TAB-02" in codes
