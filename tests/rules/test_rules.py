"""Every rule is kept by its good example and broken by its bad one; a district without mistakes triggers none."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from gongkai import checking, pipeline
from gongkai.cache.cache import Cache
from gongkai.findings.finding import Finding, Severity
from gongkai.law.duties import DUTIES
from gongkai.load import history
from gongkai.rules.registry import RULES
from gongkai.rules.rule import EXAMPLE_DAY, Example, Rule
from tests.rules.examples import write_example


def findings_of(example: Example, text: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    commits = write_example(example, text, root)
    monkeypatch.setattr(checking, "first_commits", lambda _: commits)
    return list(pipeline.check(root, EXAMPLE_DAY).findings)


def test_the_district_without_mistakes_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    findings = findings_of(Example("files", "", ""), "lizhou-2024: {}", tmp_path, monkeypatch)
    notes = {finding.code for finding in findings}
    assert notes <= {"PROG-02"}, findings  # its progress entry has no evidence, on purpose


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_good_example_keeps_the_rule(rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    findings = findings_of(rule.example, rule.example.good, tmp_path, monkeypatch)
    assert rule.id not in {finding.code for finding in findings}, findings
    if rule.example.place != "files":
        assert not [finding for finding in findings if finding.severity is Severity.ERROR], findings


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_bad_example_breaks_it_and_is_explained(rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    findings = findings_of(rule.example, rule.example.bad, tmp_path, monkeypatch)
    found = [finding for finding in findings if finding.code == rule.id]
    assert found, [f"{finding.code} {finding.message}" for finding in findings]
    for finding in found:
        assert re.search("[\u4e00-\u9fff]", finding.message)
        assert (tmp_path / finding.file).exists()
        lines = (tmp_path / finding.file).read_text("utf-8").splitlines()
        assert 1 <= finding.line <= len(lines)
        assert finding.citation or rule.check is None


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_what_is_kept_never_hides_a_mistake(rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Checked when all was right, and again with the same cache when it no longer is."""
    cache = Cache(tmp_path / "kept")
    for text in (rule.example.good, rule.example.bad, rule.example.good):
        root = tmp_path / "repository"
        shutil.rmtree(root, ignore_errors=True)
        fresh = findings_of(rule.example, text, root, monkeypatch)
        assert list(pipeline.check(root, EXAMPLE_DAY, cache).findings) == fresh


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_says_one_thing_and_where_it_comes_from(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]+-\d\d", rule.id)
    assert rule.promise.endswith("。")
    assert rule.promise.count("。") == 1
    assert rule.duties or rule.basis
    assert set(rule.duties) <= DUTIES.keys()
    assert rule.example.good != rule.example.bad


def _waived(root: Path, entry: str, monkeypatch: pytest.MonkeyPatch) -> pipeline.Checked:
    commits = write_example(Example("task", "", ""), f"text: 公布范围,说明标准。\nignore: [{entry}]", root)
    monkeypatch.setattr(checking, "first_commits", lambda _: commits)
    return pipeline.check(root, EXAMPLE_DAY)


def test_a_waiver_moves_a_finding_to_the_public_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = _waived(tmp_path, "{rule: TYPO-01, reason: 原文如此}", monkeypatch)
    assert "TYPO-01" not in {finding.code for finding in checked.findings}
    assert [(item.rule, item.reason) for item in checked.column.ignored] == [("TYPO-01", "原文如此")]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("{rule: TYPO-01, reason: 原文如此, until: 2024-08-31}", "已经过了"),
        ("{rule: TYPO-09, reason: 原文如此}", "没有编号为 TYPO-09 的规则"),
        ("{rule: DEC-06, reason: 原文如此}", "已经没有 DEC-06 的问题"),
    ],
)
def test_a_waiver_that_waives_nothing_is_reported(
    entry: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = _waived(tmp_path, entry, monkeypatch)
    assert any(finding.code == "IGN-01" and words in finding.message for finding in checked.findings)
    assert "TYPO-01" in {finding.code for finding in checked.findings}


@pytest.mark.parametrize(
    ("day", "second", "words"),
    [
        ("2024-03-08", "false", None),
        ("2024-08-01", "false", "解读晚于文件公开"),
        ("2024-08-01", "true", "没有解读材料"),
    ],
)
def test_an_interpretation_may_be_a_document_of_its_own(
    day: str, second: str, words: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commits = write_example(Example("document", "", ""), "genre: 政策文件", tmp_path)
    monkeypatch.setattr(checking, "first_commits", lambda _: commits)
    (tmp_path / "plans/lizhou-jiedu.yml").write_text(
        f"""
kind: document
id: lizhou-jiedu
organ: lizhou
year: 2024
title: 工作要点解读
explains: [lizhou-2024/tasks/1]
second: {second}
document:
  genre: 解读
  issuer: lizhou-zhengfuban
  body: [工作要点的两项任务，这样来做。]
  date_published: {day}
  openness: 主动公开
  sources: [虚构的例子]
""",
        "utf-8",
    )
    found = [finding for finding in pipeline.check(tmp_path, EXAMPLE_DAY).findings if finding.code == "INT-01"]
    assert [words is not None and words in finding.message for finding in found] == ([True] if words else [])


def test_what_cannot_be_linked_cannot_be_waived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "units: 区教育局\nignore: [{rule: TAB-02, reason: 原文如此}]"
    findings = findings_of(Example("task", "", ""), text, tmp_path, monkeypatch)
    assert "TAB-02" in {finding.code for finding in findings if finding.severity is Severity.ERROR}


def test_production_is_stricter_than_a_demonstration(tmp_path: Path) -> None:
    write_example(RULES["META-01"].example, RULES["META-01"].example.bad, tmp_path)
    root = Path(__file__).resolve().parents[2]
    settings = (root / "mkdocs.yml").read_text("utf-8")
    weights = {}
    for profile in ("demo", "production"):
        (tmp_path / "mkdocs.yml").write_text(settings.replace("profile: demo", f"profile: {profile}"), "utf-8")
        found = pipeline.check(tmp_path, EXAMPLE_DAY).findings
        weights[profile] = next(finding.severity for finding in found if finding.code == "META-01")
    assert weights == {"demo": Severity.INFO, "production": Severity.WARNING}


def test_a_district_sets_its_own_numbers(tmp_path: Path) -> None:
    example = RULES["TAB-06"].example
    write_example(example, example.bad, tmp_path)
    settings = (Path(__file__).resolve().parents[2] / "mkdocs.yml").read_text("utf-8")
    (tmp_path / "mkdocs.yml").write_text(f"{settings}\n    rules: {{similar_from: 0.9, similar_to: 0.95}}\n", "utf-8")
    assert "TAB-06" not in {finding.code for finding in pipeline.check(tmp_path, EXAMPLE_DAY).findings}


def test_the_first_commit_of_a_file_is_read_from_the_history() -> None:
    root = Path(__file__).resolve().parents[2]
    days = history.first_commits(root)
    assert isinstance(days.get("plans/laiwu-2021.yml"), date)


def test_without_a_history_there_are_no_days(tmp_path: Path) -> None:
    assert history.first_commits(tmp_path) == {}
