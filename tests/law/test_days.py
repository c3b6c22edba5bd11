"""What only the passing of days makes wrong never stops a site: it is told a month before, and warned of after."""

from __future__ import annotations

import inspect
import shutil
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest

from gongkai import checking, pipeline, publishing
from gongkai.cache.cache import Cache
from gongkai.column.origin import Origin
from gongkai.findings.finding import Finding, Severity, errors
from gongkai.rules.registry import RULES, weight
from gongkai.rules.rule import EXAMPLE_DAY, Example, Rule, Violation
from gongkai.rules.site.registry import facts_of, judge_site
from tests.conftest import ROOT
from tests.law.conftest import Frame
from tests.law.districts import set_profile
from tests.miniature.build import miniature_repository
from tests.rules.examples import write_example
from tests.theme import render_theme

TODAY = date(2026, 11, 26)
LATER = (1, 31, 400, 4000)
MUCH_LATER = LATER[1::2]


def wrong(findings: Iterable[Finding]) -> set[tuple[str, str, int, str]]:
    return {(each.code, each.file, each.line, each.message) for each in findings if each.severity is Severity.ERROR}


@pytest.mark.parametrize("production", [False, True])
def test_no_day_makes_an_error_of_the_repositorys_own_column(production: bool, tmp_path: Path) -> None:
    """Files by every rule, from today to eleven years after it."""
    cache = Cache(tmp_path)
    today = wrong(pipeline.check(ROOT, TODAY, cache, production=production).findings)
    for after in LATER:
        then = TODAY + timedelta(days=after)
        assert wrong(pipeline.check(ROOT, then, cache, production=production, evict=False).findings) == today, after


def test_no_day_stops_the_repositorys_own_site(site: Path, tmp_path: Path) -> None:
    """Built in eleven years it has no other errors than today, whenever it is looked at."""
    then = TODAY + timedelta(days=LATER[-1])
    built = pipeline.build(ROOT, tmp_path / "site", tmp_path / "cache", then, render_theme)
    assert built.ok, built.report()
    later = wrong(publishing.check_site(ROOT, tmp_path / "site", then))
    assert later == wrong(publishing.check_site(ROOT, site, TODAY))
    for made in (site, tmp_path / "site"):  # rules on pages do not know the day, those on the whole site do
        seen = {after: wrong(judge_site(facts_of(made, TODAY + timedelta(days=after)), {})) for after in (0, *LATER)}
        assert len({frozenset(found) for found in seen.values()}) == 1, seen


@pytest.mark.parametrize(("profile", "days"), [("demo", (0, 400)), ("production", (0, 4000))])
def test_no_day_stops_a_column_with_every_kind_of_file(profile: str, days: tuple[int, int], tmp_path: Path) -> None:
    """Built and looked at as ``publish`` does, again and again into one directory."""
    root = miniature_repository(tmp_path)
    set_profile(root, profile)
    before = None
    for after in days:
        then = TODAY + timedelta(days=after)
        built = pipeline.build(root, tmp_path / "site", tmp_path / "cache", then, render_theme)
        assert built.ok, built.report()
        found = wrong(publishing.check_site(root, tmp_path / "site", then))
        before = found if before is None else before
        assert found == before


def test_what_is_an_error_in_a_demonstration_is_one_when_live() -> None:
    """So that the days of what is live are those of a demonstration, too."""
    for rule in RULES.values():
        for given in (None, *Severity):
            found = Violation(Origin(""), "", severity=given)
            live, shown = (weight(rule, found, demo=demo) for demo in (False, True))
            assert shown is not Severity.ERROR or live is Severity.ERROR, rule.id


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if rule.check], ids=lambda rule: rule.id)
def test_no_day_makes_an_error_of_an_example(rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mistakes of every kind, and what is right."""
    for text in (rule.example.bad, rule.example.good):
        root, cache = tmp_path / "repository", Cache()
        shutil.rmtree(root, ignore_errors=True)
        commits = write_example(rule.example, text, root)
        monkeypatch.setattr(checking, "first_commits", lambda _, commits=commits: commits)
        today = wrong(pipeline.check(root, EXAMPLE_DAY, cache, production=True).findings)
        for after in MUCH_LATER:
            then = EXAMPLE_DAY + timedelta(days=after)
            new = wrong(pipeline.check(root, then, cache, production=True, evict=False).findings) - today
            assert not new, (after, new)


def test_only_what_a_later_day_mends_may_be_an_error() -> None:
    """Rules that ask for today: a day that has not come yet is an error, and is none once it has come."""
    sources = {rule.id: inspect.getsource(rule.check) for rule in RULES.values() if rule.check}
    asking = {name for name, source in sources.items() if ".today" in source or ".coverage" in source}
    assert {"META-03", "META-04", "DEC-12", "DEC-16", "INT-01", "PART-02", "CAT-01"} <= asking
    heavy = {name for name in asking if RULES[name].severity is Severity.ERROR or "severity=E" in sources[name]}
    assert heavy == {"PUB-06", "PUB-07", "PROG-01"}


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
    for day, told in ((date(2024, 8, 31), None), (date(2024, 9, 2), Severity.INFO), (date(2024, 10, 3), "after")):
        checked = pipeline.check(tmp_path, day)
        assert not errors(list(checked.findings)), checked.report()
        found = {each.code: each.severity for each in checked.findings}
        if told == "after":
            assert found["DEC-06"] is found["IGN-01"] is Severity.WARNING
        else:
            assert found.get("IGN-01") is told
            assert "DEC-06" not in found


def test_pages_lists_and_data_say_that_validity_has_ended(frame: Frame, tmp_path: Path) -> None:
    """The document of the miniature whose validity ends on 2026-06-30, the day before and after."""
    root = miniature_repository(tmp_path)
    for day, ended in ((date(2026, 6, 30), False), (date(2026, 7, 1), True)):
        column = pipeline.check(root, day).column
        saying = (
            "documents/",
            "documents/shili-yanglao-2021/",
            "documents/shili-yanglao-2019/",
            "audiences/older-people/",
        )
        for address in saying:
            assert ("已过有效期" in frame.page(column, address)) is ended, address
        page = frame.page(column, "documents/shili-yanglao-2021/")
        assert ("已过有效期（有效期至2026年6月30日）" in page) is ended
        assert ("<td>有效</td>" in page) is not ended
        assert ("已过有效期" in frame.file(column, "data/v1/documents.json")) is ended
