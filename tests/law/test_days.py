"""What only the passing of days makes wrong never stops a site: it is told a month before, and warned of after."""

from __future__ import annotations

import inspect
import shutil
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest

from gongkai import pipeline, publishing
from gongkai.findings.finding import Finding, Severity, errors
from gongkai.host import render_theme
from gongkai.rules.registry import RULES
from gongkai.rules.rule import EXAMPLE_DAY, Example, Rule
from tests.conftest import ROOT
from tests.law.districts import set_profile, words_in
from tests.miniature.build import AS_OF as MINIATURE_DAY
from tests.miniature.build import miniature_repository
from tests.rules.examples import write_example

TODAY = date(2026, 11, 26)
LATER = (1, 31, 400, 4000)
PROFILES = ("demo", "production")


def wrong(findings: Iterable[Finding]) -> set[tuple[str, str, int, str]]:
    return {(each.code, each.file, each.line, each.message) for each in findings if each.severity is Severity.ERROR}


def real_column(scratch: Path) -> Path:
    for name in ("plans", "content", "overrides"):
        shutil.copytree(ROOT / name, scratch / "repository" / name)
    shutil.copy(ROOT / "mkdocs.yml", scratch / "repository")
    return scratch / "repository"


COLUMNS = {"real": (real_column, TODAY), "miniature": (miniature_repository, MINIATURE_DAY)}


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", COLUMNS)
def test_no_day_stops_a_column(name: str, profile: str, tmp_path: Path) -> None:
    """Built and looked at as ``publish`` does, from the day itself to eleven years after it."""
    make, day = COLUMNS[name]
    root = make(tmp_path)
    set_profile(root, profile)
    before = None
    for after in (0, 400, 4000):
        then = max(day, TODAY) + timedelta(days=after)
        built = pipeline.build(root, tmp_path / f"site-{after}", tmp_path / "cache", then, render_theme)
        assert built.ok, built.report()
        found = wrong(publishing.check_site(root, tmp_path / f"site-{after}", then))
        before = found if before is None else before
        assert found == before
        shutil.rmtree(tmp_path / f"site-{after}")


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if rule.check], ids=lambda rule: rule.id)
def test_no_day_makes_an_error_of_an_example(rule: Rule, profile: str, tmp_path: Path) -> None:
    """Mistakes of every kind, as they are and waived until the day of the check."""
    for text in (rule.example.bad, rule.example.good):
        root = tmp_path / "repository"
        shutil.rmtree(root, ignore_errors=True)
        write_example(rule.example, text, root)
        (root / "mkdocs.yml").write_text((ROOT / "mkdocs.yml").read_text("utf-8"), "utf-8")
        set_profile(root, profile)
        today = wrong(pipeline.check(root, EXAMPLE_DAY).findings)
        for after in LATER:
            new = wrong(pipeline.check(root, EXAMPLE_DAY + timedelta(days=after)).findings) - today
            assert not new, (after, new)


def test_only_what_a_later_day_mends_may_be_an_error() -> None:
    """Rules that ask for today: a day that has not come yet is an error, and is none once it has come."""
    sources = {rule.id: inspect.getsource(rule.check) for rule in RULES.values() if rule.check}
    asking = {name for name, source in sources.items() if ".today" in source or ".coverage" in source}
    assert {"META-03", "META-04", "DEC-12", "DEC-16", "INT-01", "PART-02", "CAT-01"} <= asking
    heavy = {name for name in asking if RULES[name].severity is Severity.ERROR or "severity=E" in sources[name]}
    assert heavy == {"PUB-06", "PROG-01"}


DOCUMENT = "validity: 有效\nvalid_until: 2024-10-02"


@pytest.mark.parametrize(
    ("day", "weight", "words"),
    [
        (date(2024, 9, 1), Severity.INFO, "快要到期"),
        (date(2024, 10, 2), Severity.INFO, "快要到期"),
        (date(2024, 10, 3), Severity.WARNING, "已经过了"),
        (date(2034, 10, 3), Severity.WARNING, "已经过了"),
    ],
)
def test_the_end_of_validity_is_noted_before_and_warned_of_after(
    day: date, weight: Severity, words: str, tmp_path: Path
) -> None:
    write_example(Example("document", "", ""), DOCUMENT, tmp_path)
    (found,) = (each for each in pipeline.check(tmp_path, day).findings if each.code == "META-04")
    assert (found.severity, words in found.message) == (weight, True)
    early = pipeline.check(tmp_path, date(2024, 8, 31)).findings
    assert "META-04" not in {each.code for each in early}


def test_a_waiver_that_ends_is_noted_before_and_never_stops_a_site(tmp_path: Path) -> None:
    """What was waived was an error; after its day it is told again, as a warning."""
    text = "number: 1\nignore: [{rule: DEC-06, reason: 原文如此, until: 2024-10-02}]\n"
    text += "stages:\n  consultation: {start: 2024-05-06, end: 2024-05-20}"
    write_example(Example("decision", "", ""), text, tmp_path)
    for day, weight in ((date(2024, 8, 31), None), (date(2024, 9, 2), Severity.INFO), (date(2024, 10, 3), "after")):
        checked = pipeline.check(tmp_path, day)
        assert not errors(list(checked.findings)), checked.report()
        told = {each.code: each.severity for each in checked.findings}
        if weight == "after":
            assert told["DEC-06"] is told["IGN-01"] is Severity.WARNING
        else:
            assert told.get("IGN-01") is weight
            assert "DEC-06" not in told


def test_pages_lists_and_data_say_that_validity_has_ended(tmp_path: Path) -> None:
    """The document of the miniature whose validity ends on 2026-06-30."""
    root = miniature_repository(tmp_path)
    built = pipeline.build(root, tmp_path / "site", tmp_path / "cache", date(2026, 7, 1), render_theme)
    assert built.ok, built.report()
    saying = {name for name, _ in words_in(tmp_path / "site", ("已过有效期",))}
    listed = {"documents/index.html", "documents/shili-yanglao-2021/index.html", "data/v1/documents.json"}
    assert listed | {"documents/shili-yanglao-2019/index.html", "audiences/older-people/index.html"} <= saying
    page = (tmp_path / "site/documents/shili-yanglao-2021/index.html").read_text("utf-8")
    assert "已过有效期（有效期至2026年6月30日）" in page
    assert "<td>有效</td>" not in page
