"""Only what binds a district is said of it: by its division, its own texts, and their years."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gongkai import pipeline
from gongkai.column.division import covers
from gongkai.findings.finding import Finding, Severity
from gongkai.host import render_theme
from gongkai.kinds.decision_directory.obligations import adoption_due
from gongkai.rules.laws import LocalText
from gongkai.rules.registry import RULES
from gongkai.rules.rule import EXAMPLE_DAY, Example, Rule
from tests.conftest import ROOT
from tests.law.districts import henan, run, set_profile, words_in
from tests.rules.examples import write_example

TODAY = date(2026, 11, 26)
ELSEWHERE = ("莱芜", "济长", "长清", "山东", "济南", "鲁政")


@pytest.mark.parametrize(
    ("authority", "division", "binds"),
    [
        ("370000", "370116", True),
        ("370100", "370116", True),
        ("370116", "370116", True),
        ("370113", "370116", False),
        ("370000", "410703", False),
        ("371000", "371002", True),
        ("371000", "371102", False),
        ("411000", "411502", False),
        ("330110", "330111", False),
        ("429004", "429004", True),
        ("110000", "110101", True),
        ("000000", "659001", True),
        ("370000", None, False),
        ("000000", None, False),
    ],
)
def test_whom_a_text_binds_follows_from_the_code(authority: str, division: str | None, binds: bool) -> None:
    assert covers(authority, division) is binds


@pytest.mark.parametrize("profile", ["demo", "production"])
@pytest.mark.parametrize("division", [None, "410703"])
def test_a_district_of_another_province_is_accused_of_nothing(
    division: str | None, profile: str, tmp_path: Path
) -> None:
    root = henan(tmp_path, division)
    set_profile(root, profile)
    checked = pipeline.check(root, TODAY)
    assert checked.ok, checked.report()
    warned = {each.code for each in checked.findings if each.severity is Severity.WARNING}
    assert warned <= {"META-01", "PUB-05"}, "what national law asks of the catalogue and of review, nothing else"
    said = "".join(f"{each.message}{each.hint}{each.citation}" for each in checked.findings)
    assert not [word for word in (*ELSEWHERE, "逾期") if word in said]
    built = pipeline.build(root, tmp_path / "site", tmp_path / "cache", TODAY, render_theme, offline=True)
    assert built.ok, built.report()
    assert not list(words_in(tmp_path / "site", ELSEWHERE))
    decision = (tmp_path / "site/decisions/weibin-2026-decisions/2/index.html").read_text("utf-8")
    assert "原定2026年9月底前，尚未公布" in decision
    told = [name for name, _ in words_in(tmp_path / "site/decisions", ("逾期", "应于"))]
    assert not told, "no day and no lateness without a text"


def test_what_binds_one_province_only_is_no_rule_elsewhere(tmp_path: Path) -> None:
    """Its page, its number in the list and its findings are for the districts it binds."""
    local = {rule.id for rule in RULES.values() if not rule.citation}
    assert local == {"DEC-04", "DEC-17", "DEC-26"}
    there = {rule.id for rule in pipeline.check(henan(tmp_path, "410703"), TODAY).column.rulebook}
    here = {rule.id for rule in pipeline.check(ROOT, TODAY).column.rulebook}
    assert here - there == local


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if rule.local], ids=lambda rule: rule.id)
@pytest.mark.parametrize("division", ["379999", "410703", None])
def test_the_same_mistake_is_judged_by_the_law_of_the_place(rule: Rule, division: str | None, tmp_path: Path) -> None:
    write_example(rule.example, rule.example.bad, tmp_path)
    organs = tmp_path / "plans/vocabularies/organs.yml"
    text = organs.read_text("utf-8")
    organs.write_text(text.replace(', division: "379999"', f', division: "{division}"' if division else ""), "utf-8")
    findings = [each for each in pipeline.check(tmp_path, EXAMPLE_DAY).findings if each.code == rule.id]
    assert bool(findings) is (division == "379999" or bool(rule.citation))
    for each in findings:
        assert ("山东" in (each.citation or "")) is (division == "379999")


def test_no_rule_in_the_program_names_a_district_or_its_yearly_plan() -> None:
    for rule in RULES.values():
        words = f"{rule.promise}{rule.citation}{''.join(text.words for text in rule.local)}"
        assert not [word for word in ("莱芜", "济长", "长清", "工作要点") if word in words], rule.id
        assert all(isinstance(text, LocalText) and text.division.endswith("0000") for text in rule.local)


DECIDED = "adoption: {status: pending, date: null, url: null}"


def adoption(root: Path, day: date, sets: str) -> tuple[list[Finding], str]:
    """What is found of DEC-05 and DEC-12, and the page of a decision whose adoption is not public."""
    write_example(Example("decision", "", ""), f"stages: {{{DECIDED}}}", root)
    (root / "plans/vocabularies/decision-stages-lizhou.yml").write_text(
        f"kind: decision_stages\nsets: {sets}\n", "utf-8"
    )
    for name in ("content", "overrides"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    built = pipeline.build(root, root / "site", root / ".cache", day, render_theme)
    assert built.ok, built.report()
    found = [each for each in pipeline.check(root, day).findings if each.code in ("DEC-05", "DEC-12")]
    return found, (root / "site/decisions/lizhou-2024-decisions/1/index.html").read_text("utf-8")


@pytest.mark.parametrize("workdays", [10, 30])
def test_page_and_rule_ask_the_same_text_for_the_same_day(workdays: int, tmp_path: Path) -> None:
    term = f"{{workdays: {workdays}, citation: 理政发〔2024〕9号第五条}}"
    slots = "[{label: 意见采纳情况, stages: [adoption]}]"
    text = "citation: 理政发〔2024〕9号第三条"
    sets = f"[{{id: own, organ: lizhou, from_year: 2024, {text}, adoption_within: {term}, slots: {slots}}}]"
    found, page = adoption(tmp_path, date(2024, 8, 21), sets)
    day = {10: "2024年8月5日", 30: "2024年9月2日"}[workdays]
    (late,) = (each for each in found if each.code == "DEC-12")
    assert (late.severity, late.citation) == (Severity.WARNING, "理政发〔2024〕9号第五条")
    assert f"应于{day}前公开" in late.message
    assert f">{day}</time>前公开" in page
    assert "理政发〔2024〕9号第五条" in page
    assert "逾期" not in page
    assert ("尚未公开</b>：意见" in page) is (workdays == 10)


@pytest.mark.parametrize(
    ("organ", "years"), [("lizhou", "from_year: 2021, until_year: 2023"), ("lizhou", "from_year: 2025")]
)
def test_a_text_speaks_for_its_years_only(organ: str, years: str, tmp_path: Path) -> None:
    term = "{workdays: 10, citation: 理政发〔2021〕9号第五条}"
    slots = "[{label: 意见采纳情况, stages: [adoption]}]"
    sets = (
        f"[{{id: own, organ: {organ}, {years}, citation: 理政发〔2021〕9号, adoption_within: {term}, slots: {slots}}}]"
    )
    found, page = adoption(tmp_path, date(2026, 8, 10), sets)
    assert not found
    assert "理政发〔2021〕9号" not in page
    assert "应于" not in page


def test_a_yearly_text_ends_with_its_year_for_what_was_issued_later(tmp_path: Path) -> None:
    """Laiwu's plan of 2021 says nothing of a decision of its directory that was issued in 2022."""
    write_example(Example("decision", "", ""), f"stages: {{{DECIDED}}}", tmp_path)
    real = pipeline.check(ROOT, TODAY).column
    stage_set = real.files["decision_directory"]["laiwu-2021-decisions"].stage_set
    assert (stage_set.organ, stage_set.until_year) == ("laiwu", 2021)
    decision = pipeline.check(tmp_path, TODAY).column.files["decision_directory"]["lizhou-2024-decisions"].decisions[0]
    assert adoption_due(decision, stage_set, real.calendar) is None, "issued in 2024"
    assert adoption_due(decision, replace(stage_set, until_year=2024), real.calendar)


@pytest.mark.parametrize(
    ("sets", "words"),
    [
        ("[{id: a, organ: lizhuo, from_year: 2024, citation: 甲, slots: [{label: 甲, stages: [draft]}]}]", "lizhuo"),
        ("[{id: a, from_year: 2024, citation: 甲, slots: [{label: 甲, stages: [drafts]}]}]", "drafts"),
    ],
)
def test_a_stage_set_names_what_there_is(sets: str, words: str, tmp_path: Path) -> None:
    write_example(Example("files", "", ""), "lizhou-2024: {}", tmp_path)
    (tmp_path / "plans/vocabularies/decision-stages-lizhou.yml").write_text(f"kind: decision_stages\nsets: {sets}\n")
    found = [each for each in pipeline.check(tmp_path, EXAMPLE_DAY).findings if each.severity is Severity.ERROR]
    assert any(words in each.message for each in found), found


@pytest.mark.parametrize("code", ["370116", '"37011"', '"3701160"', '"山东济南市区"', '"037011"'])
def test_a_division_is_six_digits_in_quotes(code: str, tmp_path: Path) -> None:
    write_example(Example("files", "", ""), "lizhou-2024: {}", tmp_path)
    organs = tmp_path / "plans/vocabularies/organs.yml"
    organs.write_text(organs.read_text("utf-8").replace('"379999"', code), "utf-8")
    found = [each for each in pipeline.check(tmp_path, EXAMPLE_DAY).findings if "division" in each.message]
    assert found
    assert "引号" in (found[0].hint or "")


LAWFUL = {
    "two organizers without a lead": ("decision", "organizers: 区教育和体育局、区财政局"),
    "no day of the legality review": ("decision", "stages:\n  legality: {sent: null, opinion: null}"),
    "online before it was printed": ("document", "date_printed: 2024-03-20"),
    "an order without 第": ("document", "doc_number: 沪府令35号"),
    "an order with 第": ("document", "doc_number: 国务院令第713号"),
    "an announcement": ("document", "doc_number: 公告2024年第3号"),
    "signed in December, numbered in January": ("document", "date_signed: 2023-12-29\ndate_printed: 2024-01-04"),
    "an emergency plan": ("decision", "title: 理州区供热应急预案"),
    "a hearing whose delivery nobody published": (
        "decision",
        "stages:\n  hearing: {status: published, held: 2024-06-20}",
    ),
    "no party consent in a league's words": ("directory", "party_consent: 经旗委同意"),
}
NUMBERS = (
    "SY0024381610202200053", "01527918X-2020-153077", "330803-025/2020-69502", "510681-2025-011470",
    "0142768-8/2022-00185", "A25010-9857-2024-0001", "shg58/2021-402",
)  # fmt: skip


@pytest.mark.parametrize(("place", "text"), LAWFUL.values(), ids=LAWFUL)
def test_what_is_lawful_stops_nothing(place: str, text: str, tmp_path: Path) -> None:
    write_example(Example(place, "", ""), text, tmp_path)
    (tmp_path / "mkdocs.yml").write_text((ROOT / "mkdocs.yml").read_text("utf-8"), "utf-8")
    for profile in ("demo", "production"):
        set_profile(tmp_path, profile)
        checked = pipeline.check(tmp_path, EXAMPLE_DAY)
        assert checked.ok, checked.report()


@pytest.mark.parametrize("number", NUMBERS)
def test_index_numbers_of_every_form_are_taken(number: str, tmp_path: Path) -> None:
    write_example(Example("document", "", ""), f"index_number: {number}", tmp_path)
    assert "META-06" not in {each.code for each in pipeline.check(tmp_path, EXAMPLE_DAY).findings}


@pytest.mark.parametrize("number", ['" "', "113700000001/2024-00005"])
def test_an_index_number_is_neither_empty_nor_double(number: str, tmp_path: Path) -> None:
    write_example(Example("document", "", ""), f"index_number: {number}", tmp_path)
    found = [each for each in pipeline.check(tmp_path, EXAMPLE_DAY).findings if each.code == "META-06"]
    assert [each.severity for each in found] == [Severity.ERROR]


def test_a_setting_that_went_says_where_it_is_now(tmp_path: Path) -> None:
    root = henan(tmp_path)
    settings = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(f"{settings}\n    rules: {{adoption_workdays: 20}}\n", "utf-8")
    with pytest.raises(AssertionError, match="decision-stages"):
        run(root, "build")


def test_a_district_is_begun_with_its_code_or_told_how_to_write_it(tmp_path: Path) -> None:
    root = henan(tmp_path, "410703")
    assert pipeline.check(root, TODAY).column.organs["weibin"].division == "410703"
    name = ("--name", "示例市又一区人民政府", "--short-name", "又一区", "--region", "示例市")
    with pytest.raises(AssertionError, match="六位数字"):
        run(root, "new", "district", "youyi", *name, "--division", "4107")


def test_a_directory_of_an_unknown_district_is_a_finding_and_no_crash(tmp_path: Path) -> None:
    write_example(Example("directory", "", ""), "organ: lizhuo\nparty_consent: null", tmp_path)
    path = tmp_path / "plans/lizhou-2024-decisions.yml"
    path.write_text(path.read_text("utf-8").replace("经区委同意", "经区政府同意"), "utf-8")
    assert "REF-01" in {each.code for each in pipeline.check(tmp_path, EXAMPLE_DAY).findings}
